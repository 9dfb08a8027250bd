"""The products of an edition, and the function that makes each of its laid out books."""

from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from dossier.compose import Composer
from dossier.errors import Finding
from dossier.layout.pool import Typesetter
from dossier.parts import Metadata
from dossier.products.screen import make_pdf, plan_screen
from dossier.store import Entry, Store
from dossier.typeset import Book, Report

USUAL = ('dossier', 'afkortingenlijst')


@dataclass(frozen=True)
class Options:
    """What the command line asks of a build."""

    products: Sequence[str] = USUAL
    jobs: int = 1
    strict: bool = False
    date: datetime | None = None  # of the metadata; by default the editors' closing date
    cache: bool = True  # use what was laid out before
    since: str = ''  # the round or version since which changes get a bar in the margin
    editions: Sequence[str] = ()  # the first one by default
    all_editions: bool = False
    cluster: str = ''  # address of the scheduler that lays out, instead of jobs


@dataclass(frozen=True)
class Product:
    """A product: its main file, and the other files that belong to it, by path below the project."""

    kind: str
    edition: str
    path: str
    pages: int
    content: bytes = field(repr=False)
    others: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    folder: str = ''  # that is wholly the product's, and replaced as one

    @property
    def files(self) -> dict[str, bytes]:
        """All files of the product, by path."""
        return {self.path: self.content, **self.others}

    def as_json(self) -> dict[str, str | int]:
        """Return the product with the keys of `build --format json`."""
        return {
            'soort': self.kind,
            'editie': self.edition,
            'pad': self.path,
            'paginas': self.pages,
            'bytes': len(self.content),
            'sha256': sha256(self.content).hexdigest(),
        }


@dataclass
class Job:
    """What is at hand when the products of one edition are made; `made` holds those that are ready."""

    project: Path
    edition: str
    composer: Composer
    typesetter: Typesetter
    books: Mapping[str, Book]
    options: Options
    report: Report
    begun: dict[str, Future[bytes | Entry]] = field(default_factory=dict)
    made: dict[str, Product] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)  # warnings of making

    @property
    def folder(self) -> str:
        """The folder of the edition, below the project."""
        return f'output/{self.composer.dossier.ronde.ronde}/{self.edition}'

    @property
    def title(self) -> str:
        """The title in the metadata: that of the round, with the name of the edition behind it."""
        dossier = self.composer.dossier
        named = f' \u2013 {dossier.editie.naam}' if dossier.editie.naam else ''
        return f'{dossier.ronde.titel} {dossier.ronde.ronde}{named}'

    @property
    def list_title(self) -> str:
        """The title of the afkortingenlijst as a file of its own."""
        return f'{self.books["afkortingenlijst"].parts[0].title} {self.title}'

    @property
    def moment(self) -> datetime:
        """The date of the metadata: as asked, or the editors' closing date."""
        ronde = self.composer.dossier.ronde
        return self.options.date or datetime.combine(
            ronde.redactiesluiting or ronde.peildatum, datetime.min.time(), UTC
        )


def make_dossier(job: Job) -> Product:
    """Return the overdrachtsdossier for the screen; PreflightError when it isn't fit to publish."""
    file = 'overdrachtsdossier-wijzigingen.pdf' if job.options.since else 'overdrachtsdossier.pdf'
    return make_screen(job, 'dossier', file, job.title)


def make_list(job: Job) -> Product:
    """Return the afkortingenlijst as a file of its own; PreflightError when it isn't fit to publish."""
    return make_screen(job, 'afkortingenlijst', 'afkortingenlijst.pdf', job.list_title)


def start_screen(job: Job, kind: str, title: str) -> Future[bytes | Entry]:
    """Begin to make the PDF of a laid out book; other editions can be laid out meanwhile."""
    ronde = job.composer.dossier.ronde
    job.report('assemble', kind, 0)
    screen = plan_screen(job.books[kind], Metadata(title, str(ronde.uitgever), ronde.taal, job.moment))
    return job.typesetter.submit(make_pdf, screen, Store(job.typesetter.folder))


def make_screen(job: Job, kind: str, file: str, title: str) -> Product:
    """Return a laid out book as PDF/A-2a and PDF/UA-1; PreflightError when it isn't fit to publish."""
    begun = job.begun.pop(kind) if kind in job.begun else start_screen(job, kind, title)
    content = job.typesetter.wait(begun)
    book = job.books[kind]
    pages = sum(book.fragments[part.name].pages for part in book.parts)
    content = content if isinstance(content, bytes) else content.read()
    return Product(kind, job.edition, f'{job.folder}/{file}', pages, content)


def start_products(job: Job) -> None:
    """Begin with the products that workers can make."""
    titles = {
        kind: job.list_title if kind == 'afkortingenlijst' else job.title
        for kind in USUAL
        if kind in job.options.products
    }
    job.begun |= {kind: start_screen(job, kind, title) for kind, title in titles.items()}


def needs_list(products: Collection[str]) -> bool:
    """Return whether one of these products has the afkortingenlijst as a file of its own."""
    return not {'afkortingenlijst', 'web'}.isdisjoint(products)


def make_druk(job: Job) -> Product:
    """Return the files for the printer; PreflightError when they aren't fit to print."""
    from dossier.products.druk import make_print_product

    return make_print_product(job)


def make_folder(job: Job) -> Product:
    """Return the leaflet; PreflightError with each box that is too full."""
    from dossier.products.leaflet import make_leaflet

    return make_leaflet(job)


def make_web(job: Job) -> Product:
    """Return the site, with the PDFs to download inside its folder; PreflightError with every link that is dead."""
    from dossier.web.site import Download, Site

    pdfs = [job.made.get(kind) or MAKERS[kind](job) for kind in USUAL]
    job.report('compose', 'web', 0)
    titles = [str(job.composer.dossier.ronde.titel), job.books['afkortingenlijst'].parts[0].title]
    downloads = [
        Download(Path(pdf.path).name, title, pdf.pages, pdf.content) for pdf, title in zip(pdfs, titles, strict=True)
    ]
    site = Site(job.composer, downloads, job.moment.date())
    files = site.compose(job.project, Store(job.typesetter.folder))
    folder = f'{job.folder}/web'
    others = {f'{folder}/{name}': content for name, content in files.items() if name != 'index.html'}
    return Product('web', job.edition, f'{folder}/index.html', len(site.pages), files['index.html'], others, folder)


# In the order in which they are made: a product may use those before it.
MAKERS: dict[str, Callable[[Job], Product]] = {
    'dossier': make_dossier,
    'afkortingenlijst': make_list,
    'druk': make_druk,
    'folder': make_folder,
    'web': make_web,
}
