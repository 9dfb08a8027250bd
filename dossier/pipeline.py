"""The whole program as a list of its stages: read this first.

    read -> validate -> abbreviate -> compose -> lay out -> number -> assemble -> preflight -> deliver

Each stage takes a value, returns a value, and fails with its own error that carries all of its findings.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from dossier.abbreviate import Abbreviated, abbreviate_dossier
from dossier.compose import Composer, Entry, PageRange
from dossier.deliver import deliver
from dossier.errors import DataError, Finding, PreflightError, Severity
from dossier.layout.pool import lay_out_parts, layout_warnings, open_pool
from dossier.layout.style import Style, find_style
from dossier.number import (
    Numbering,
    collect_pages,
    find_misfits,
    fold_pages,
    foretell_digits,
    number_fragments,
    refers_to,
)
from dossier.parts import Fragment, Part
from dossier.read import read_round
from dossier.resources import shipped
from dossier.validate import validate_sources

EDITION = 'landelijk'
PRODUCTS = ('dossier', 'afkortingenlijst')
FILES = {'dossier': 'overdrachtsdossier.pdf', 'afkortingenlijst': 'afkortingenlijst.pdf'}
_ROUNDS = 6  # one to correct the guess, and one for each digit that a number can grow

Report = Callable[[str, str, int], None]  # stage, what it is at, pages


@dataclass(frozen=True)
class Options:
    """What the command line asks of a build."""

    products: Sequence[str] = PRODUCTS
    jobs: int = 1
    strict: bool = False
    date: datetime | None = None  # of the metadata; by default the editors' closing date


@dataclass(frozen=True)
class Product:
    """A file that was delivered."""

    kind: str
    path: str
    pages: int
    content: bytes = field(repr=False)

    def as_json(self) -> dict[str, str | int]:
        """Return the product with the keys of `build --format json`."""
        return {
            'soort': self.kind,
            'editie': EDITION,
            'pad': self.path,
            'paginas': self.pages,
            'bytes': len(self.content),
            'sha256': sha256(self.content).hexdigest(),
        }


@dataclass(frozen=True)
class Book:
    """All parts laid out and numbered."""

    parts: list[Part]
    fragments: dict[str, Fragment]
    numbering: Numbering


def check(project: Path, ronde: str | None) -> Abbreviated:
    """Return the round with its abbreviations marked, and all that can be said without laying out a page."""
    return abbreviate_dossier(validate_sources(read_round(project, ronde)))


def build(project: Path, ronde: str | None, options: Options, report: Report) -> tuple[list[Product], list[Finding]]:
    """Return the products, delivered, and the warnings; DossierError with every finding of the stage that failed."""
    report('read', '', 0)
    marked = check(project, ronde)
    findings = list(marked.findings)
    style = find_style(project, marked.dossier.ronde.ronde)
    composer = Composer(marked, project)
    with open_pool(style, options.jobs) as pool:
        book = lay_out_book(composer, pool, style, report)
        findings += layout_warnings(book.fragments, book.parts)
        if options.strict and (serious := [finding for finding in findings if finding.severity is not Severity.TIP]):
            raise DataError(serious)
        products = [_make_product(kind, composer, book, pool, style, options, report) for kind in options.products]
    report('deliver', '', 0)
    deliver(project, {product.path: product.content for product in products})
    return products, findings


def lay_out_book(composer: Composer, pool: Executor, style: Style, report: Report) -> Book:
    """Return every part of the book, laid out once, or again where its guess of a page number's digits was wrong."""

    def progress(fragment: Fragment) -> None:
        report('lay out', fragment.name, fragment.pages)

    names = [name for name in composer.names if name != 'afkortingen']
    composer.digits = dict.fromkeys(composer.names, 2)
    composer.digits = foretell_digits([composer.compose(name) for name in names]) | {'afkortingen': 3}
    parts = {name: composer.compose(name) for name in names}
    fragments = lay_out_parts(pool, list(parts.values()), style, progress)
    for attempt in range(_ROUNDS):
        numbering = number_fragments(list(parts.values()), fragments)
        if 'afkortingen' in composer.names:
            pages = collect_pages(numbering, fragments.values())
            parts['afkortingen'] = composer.compose_list(_entries(composer, pages))
            fragments |= lay_out_parts(pool, [parts['afkortingen']], style, progress)
            numbering = number_fragments(list(parts.values()), fragments)
        misfits = find_misfits(numbering, fragments, composer.digits, may_shrink=attempt == 0)
        if not misfits:
            break
        composer.digits |= misfits
        again = [composer.compose(name) for name in names if refers_to(fragments[name], misfits)]
        fragments |= lay_out_parts(pool, again, style, progress)
        parts |= {part.name: part for part in again}
    return Book(list(parts.values()), {name: fragments[name] for name in parts}, numbering)


def _entries(composer: Composer, pages: dict[str, list[int]]) -> list[Entry]:
    """Return the used abbreviations with their folded pages."""
    return [
        Entry(
            entry,
            tuple(
                PageRange(str(first) if first == last else f'{first}–{last}', first)
                for first, last in fold_pages(pages.get(entry.afkorting, []))
            ),
        )
        for entry in composer.marked.used()
        if not entry.negeer
    ]


def _make_product(
    kind: str, composer: Composer, book: Book, pool: Executor, style: Style, options: Options, report: Report
) -> Product:
    """Return a product, assembled and checked; PreflightError when it isn't fit to publish."""
    from dossier.assemble.book import (
        Supplies,
        assemble_book,
    )  # slow to import, and not needed when a stage before fails
    from dossier.assemble.metadata import Metadata
    from dossier.press.preflight import preflight_screen

    ronde = composer.dossier.ronde
    parts, fragments, numbering = book.parts, book.fragments, book.numbering
    title = f'{ronde.titel} {ronde.ronde}'
    if kind == 'afkortingenlijst':
        entries = _entries(composer, collect_pages(numbering, fragments.values()))
        parts = [composer.compose_list(entries, alone=True)]
        fragments = lay_out_parts(pool, parts, style, lambda fragment: report('lay out', kind, fragment.pages))
        numbering = number_fragments(parts, fragments)
        title = f'{parts[0].title} {ronde.titel} {ronde.ronde}'
    report('assemble', kind, 0)
    moment = options.date or datetime.combine(ronde.redactiesluiting or ronde.peildatum, datetime.min.time(), UTC)
    fonts = {path.stem: path for path in sorted(shipped('styles').glob('fonts/DossierNummers*.ttf'))}
    supplies = Supplies(fonts, shipped('styles') / 'profielen' / 'sRGB2014.icc')
    content = assemble_book(
        parts, fragments, numbering, Metadata(title, str(ronde.uitgever), ronde.taal, moment), supplies
    )
    report('preflight', kind, 0)
    pages = sum(fragments[part.name].pages for part in parts)
    if wrong := preflight_screen(content, pages, sum(part.html.count('<abbr ') for part in parts)):
        raise PreflightError(wrong)
    return Product(kind, f'output/{ronde.ronde}/{EDITION}/{FILES[kind]}', pages, content)
