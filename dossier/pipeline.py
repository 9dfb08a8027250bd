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
from dossier.layout.pool import lay_out_parts, open_pool, read_log
from dossier.layout.style import Style, find_style
from dossier.number import (
    Numbering,
    collect_definitions,
    collect_pages,
    find_misfits,
    fold_pages,
    foretell_digits,
    number_fragments,
    refers_to,
)
from dossier.parts import Fragment, Part
from dossier.read import find_round, read_round
from dossier.resources import shipped
from dossier.validate import find_remarks, validate_sources
from dossier.vocabulary import key_of

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
    """The parts of a product, laid out and numbered."""

    parts: list[Part]
    fragments: dict[str, Fragment]
    numbering: Numbering


def check(project: Path, ronde: str | None, tips: bool = True) -> Abbreviated:
    """Return the round with its abbreviations marked, and all that can be said without laying out a page."""
    dossier = validate_sources(read_round(project, ronde))
    marked = abbreviate_dossier(dossier, tips)
    marked.findings += find_remarks(dossier)
    if any(finding.severity is Severity.ERROR for finding in marked.findings):
        raise DataError(marked.findings)
    return marked


def build(project: Path, ronde: str | None, options: Options, report: Report) -> tuple[list[Product], list[Finding]]:
    """Return the products, delivered, and the warnings; DossierError with every finding of the stage that failed."""
    report('read', '', 0)
    style = find_style(project, find_round(project, ronde))
    with open_pool(style, options.jobs) as pool:  # the workers get warm while the texts are read
        marked = check(project, ronde, tips=False)
        composer = Composer(marked, project)
        books = lay_out_books(composer, pool, style, report)
        warnings = [finding for book in books.values() for finding in read_log(book.fragments)]
        findings = list(dict.fromkeys([*marked.findings, *warnings]))
        if options.strict and findings:
            raise DataError(findings)
    products = [make_product(kind, books[kind], composer, options, report) for kind in options.products]
    report('deliver', '', 0)
    deliver(project, {product.path: product.content for product in products})
    return products, findings


def lay_out_books(composer: Composer, pool: Executor, style: Style, report: Report) -> dict[str, Book]:
    """Return the dossier and the afkortingenlijst by product; a part is laid out again only for a wrong guess of digits."""

    def progress(fragment: Fragment) -> None:
        report('lay out', fragment.name, fragment.pages)

    names = [name for name in composer.names if name != 'afkortingen']
    composer.digits = dict.fromkeys(composer.names, 2)
    composer.digits = foretell_digits([composer.compose(name) for name in names], composer.names)
    parts = [composer.compose(name) for name in names]
    fragments = lay_out_parts(pool, parts, style, progress)
    for attempt in range(_ROUNDS):
        numbering = number_fragments(composer.names, parts, fragments)
        misfits = find_misfits(numbering, fragments, composer.digits, may_shrink=attempt == 0)
        if not misfits:
            break
        composer.digits |= misfits
        parts = [composer.compose(part.name) if refers_to(fragments[part.name], misfits) else part for part in parts]
        again = [part for part in parts if refers_to(fragments[part.name], misfits)]
        fragments |= lay_out_parts(pool, again, style, progress)
    # The list knows the number of every page by now, and stands after all that it counts.
    pages, defined = collect_pages(numbering, fragments.values()), collect_definitions(numbering, fragments.values())
    entries = _entries(composer, pages, defined)
    inside, alone = composer.compose_list(entries), composer.compose_list(entries, alone=True)
    lists = lay_out_parts(pool, [inside, alone], style, progress)
    books = {'afkortingenlijst': Book([alone], lists, number_fragments([alone.name], [alone], lists))}
    if 'afkortingen' in composer.names:
        parts, fragments = [*parts, inside], fragments | lists
    return {'dossier': Book(parts, fragments, number_fragments(composer.names, parts, fragments)), **books}


def _entries(composer: Composer, pages: dict[str, list[int]], defined: dict[str, int]) -> list[Entry]:
    """Return the used abbreviations with their folded pages, the one on which each is first written out apart."""
    entries = []
    for entry in composer.marked.used():
        key = key_of(entry)
        main = defined.get(key, 0)
        folded = fold_pages(pages.get(key, []), main)
        entries.append(Entry(entry, tuple(PageRange(first, last, first == main) for first, last in folded)))
    return entries


def make_product(kind: str, book: Book, composer: Composer, options: Options, report: Report) -> Product:
    """Return a product, assembled and checked; PreflightError when it isn't fit to publish."""
    from dossier.assemble.book import (
        Supplies,
        assemble_book,
    )  # slow to import, and not needed when a stage before fails
    from dossier.assemble.metadata import Metadata
    from dossier.press.preflight import preflight_screen

    ronde = composer.dossier.ronde
    report('assemble', kind, 0)
    name = f'{ronde.titel} {ronde.ronde}'
    title = f'{book.parts[0].title} {name}' if kind == 'afkortingenlijst' else name
    moment = options.date or datetime.combine(ronde.redactiesluiting or ronde.peildatum, datetime.min.time(), UTC)
    fonts = {path.stem: path for path in sorted(shipped('styles').glob('fonts/DossierNummers*.ttf'))}
    supplies = Supplies(fonts, shipped('styles') / 'profielen' / 'sRGB2014.icc')
    metadata = Metadata(title, str(ronde.uitgever), ronde.taal, moment)
    content = assemble_book(book.parts, book.fragments, book.numbering, metadata, supplies)
    report('preflight', kind, 0)
    pages = sum(book.fragments[part.name].pages for part in book.parts)
    if wrong := preflight_screen(content, pages, sum(part.html.count('<abbr ') for part in book.parts)):
        raise PreflightError(wrong)
    return Product(kind, f'output/{ronde.ronde}/{EDITION}/{FILES[kind]}', pages, content)
