"""Create: a round in, its bag sealed in the archive; nothing that can't be made again from its sources goes in.

What was delivered is made anew in an empty folder from the sources that go along, and compared. The bag is written beside its
place on the same file system, verified, and moved there in one step; a bag that is there is never touched.
"""

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from functools import partial
from hashlib import sha256
from importlib.metadata import distributions
from pathlib import Path
from platform import python_version
from shutil import rmtree
from tempfile import mkdtemp

from dossier import __version__, resources
from dossier.archive.bag import find_bags, version_of, write_bag, zip_folder
from dossier.archive.mdto import SIDECAR, Item, Version, describe_items
from dossier.archive.pdfa import find_rejected, validate_pdfs
from dossier.archive.sources import LOCK, collect_sources, find_personal
from dossier.archive.verify import verify_bag
from dossier.compare.versions import SOURCES
from dossier.compose import Composer
from dossier.deliver import explained
from dossier.errors import ArchiveError, Finding, Place
from dossier.messages import finding
from dossier.model import Dossier
from dossier.pipeline import build, check
from dossier.products import Options, Product
from dossier.read import find_round, find_rounds
from dossier.table import write_csv
from dossier.typeset import Report

_STALE_SECONDS = 86_400
REPORT, LISTS = 'verantwoording', 'lijsten'


@dataclass(frozen=True)
class Order:
    """What the command line asks of a new bag; `private` are values of the register that must not be in it."""

    options: Options
    moment: datetime
    verapdf: str | None = None
    private: Sequence[str] = ()
    zip: bool = False
    sip: bool = False


@dataclass(frozen=True)
class Sealed:
    """What was made: the bag and what stands beside it, the hash by which the bag can be known, and its files."""

    paths: tuple[Path, ...]
    root: str
    files: int


def create(project: Path, ronde: str | None, order: Order, report: Report) -> Sealed:
    """Return the sealed bag; ArchiveError when it can't be trusted, and every error of a build."""
    version = _next_version(project, find_round(project, ronde))
    sources = collect_sources(project, version.ronde)
    folder = project / 'output' / 'archief' / version.ronde
    moment = order.moment.strftime('%Y-%m-%dT%H:%M:%SZ')
    with explained(f'output/archief/{version.ronde}'), _aside(folder) as aside:
        products, findings = build_from(sources, version.ronde, aside / 'bouw', order.options, report)
        _refuse(_compare(project, products))
        composer = Composer(check(aside / 'bouw', version.ronde, tips=False), aside / 'bouw')
        title = f'{composer.dossier.ronde.titel} {version.ronde}'
        items = [*name_products(products, version.ronde, title), _list_abbreviations(composer.dossier)]
        items += [_keep_sources(sources), _report(products, findings, order)]
        files = {f'{item.folder}/{name}': content for item in items for name, content in item.files.items()}
        _refuse(find_personal(files, order.private))
        report('archive', version.name, 0)
        payload = describe_items(items, version, composer, moment)
        about = {
            'Source-Organization': ' '.join(str(composer.dossier.ronde.uitgever).split()),
            'External-Identifier': version.name,
            'External-Description': ' '.join(title.split()),
            'Bagging-Date': moment[:10],
            'Bag-Software-Agent': f'dossier {__version__}',
        }
        root = write_bag(aside / version.name, payload, about)
        _refuse(verify_bag(aside / version.name).findings)
        made = [aside / version.name, *_pack(aside, version, order, composer, moment)]
        os.sync() if hasattr(os, 'sync') else None  # all of it is on the disk before it gets its name
        paths = tuple(path.rename(folder / path.name) for path in made)
    return Sealed(paths, root, len(payload))


def build_from(
    sources: Mapping[str, bytes], ronde: str, folder: Path, options: Options, report: Report
) -> tuple[list[Product], list[Finding]]:
    """Return what a build makes of sources in an empty folder, with the templates, styles and fonts among them and no others."""
    for name, content in sources.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    with resources.shipped_from(folder):
        built = build(folder, ronde, replace(options, cache=False), report)
    return built.products, built.findings


def _refuse(findings: Sequence[Finding]) -> None:
    if findings:
        raise ArchiveError(findings)


@contextmanager
def _aside(folder: Path) -> Iterator[Path]:
    """Give a hidden folder beside the bags; what a stopped command left there a day ago goes."""
    folder.mkdir(parents=True, exist_ok=True)
    aside = Path(mkdtemp(prefix='.bezig-', dir=folder))
    for old in folder.glob('.bezig-*'):
        if aside.stat().st_mtime - old.stat().st_mtime > _STALE_SECONDS:
            rmtree(old, ignore_errors=True)
    try:
        yield aside
    finally:
        rmtree(aside, ignore_errors=True)


def _next_version(project: Path, ronde: str) -> Version:
    rounds = sorted({*find_rounds(project), *(bag.parent.name for bag in find_bags(project))})
    number = max((version_of(bag) for bag in find_bags(project, ronde)), default=0) + 1
    before, after = [name for name in rounds if name < ronde], [name for name in rounds if name > ronde]
    return Version(ronde, number, *before[-1:] or [''], *after[:1])


def _compare(project: Path, products: Sequence[Product]) -> list[Finding]:
    """Return what was delivered and is not what the sources give now."""
    files = {project / name: content for product in products for name, content in product.files.items()}
    changed = (path for path, content in files.items() if path.is_file() and path.read_bytes() != content)
    return [finding('archief-anders', Place(path.relative_to(project).as_posix())) for path in changed]


def name_products(products: Sequence[Product], ronde: str, title: str) -> Iterator[Item]:
    """Yield the archiefstuk of every product, its files by their path in the folder of the edition."""
    for product in products:
        base = f'output/{ronde}/{product.edition}/'
        files = {path.removeprefix(base): content for path, content in product.files.items()}
        yield Item(f'{product.kind}-{product.edition}', f'{title}: {product.kind}, editie {product.edition}', files)


def _list_abbreviations(dossier: Dossier) -> Item:
    rows = [(entry.afkorting, entry.voluit, entry.toelichting) for entry in dossier.afkortingen if not entry.negeer]
    table = write_csv(('afkorting', 'voluit', 'toelichting'), rows)
    return Item(LISTS, 'lijsten: de afkortingen als CSV', {'afkortingen.csv': table.encode()})


def _keep_sources(sources: Mapping[str, bytes]) -> Item:
    lock = resources.SHIPPED / LOCK
    files = {**sources, **({LOCK: lock.read_bytes()} if lock.is_file() else {})}
    return Item(SOURCES, 'bronnen: teksten, sjablonen, opmaak, lettertypen en profielen', files)


def _report(products: Sequence[Product], findings: Sequence[Finding], order: Order) -> Item:
    """Return the archiefstuk that says how it was made and checked; ArchiveError when veraPDF, where it is, says no."""
    pdfs = {name: content for product in products for name, content in product.files.items() if name.endswith('.pdf')}
    verdicts = validate_pdfs(order.verapdf, pdfs) if order.verapdf else {}
    _refuse(find_rejected(verdicts))
    asked = {key: value for key, value in asdict(order.options).items() if key not in ('jobs', 'cache', 'strict')}
    told = {
        'opdracht': asked,
        'producten': [product.as_json() for product in products],
        'versies': read_versions(),
        'preflight': {'preflight': 'goed', 'bevindingen': [found.as_json() for found in findings]},
        'verapdf': verdicts or 'veraPDF was niet aanwezig',
    }
    write = partial(json.dumps, ensure_ascii=False, indent=2, default=datetime.isoformat)
    files = {f'{name}.json': write(value).encode() for name, value in told.items()}
    return Item(REPORT, 'verantwoording: hoe is gemaakt en gecontroleerd', files)


def read_versions() -> dict[str, str]:
    """Return the versions of the program, of Python and of every library that is there."""
    found = {one.metadata['Name'].lower(): one.version for one in distributions()}
    return {'dossier': __version__, 'python': python_version(), **dict(sorted(found.items()))}


def _pack(aside: Path, version: Version, order: Order, composer: Composer, moment: str) -> Iterator[Path]:
    """Yield what is asked beside the bag: it as one ZIP, and an MDTO SIP with its pakbon."""
    bag = aside / version.name
    if order.zip:
        yield zip_folder(bag, aside / f'{version.name}.zip', version.name)
    if order.sip:
        sip = zip_folder(bag / 'data', aside / f'{version.name}-SIP.zip', version.name)
        paths = [path for path in (bag / 'data').rglob('*') if path.is_file()]
        sizes = [path.stat().st_size for path in paths if not path.name.endswith(SIDECAR)]
        digest = sha256(sip.read_bytes()).hexdigest()
        facts = {'omvang': sizes, 'objecten': len(paths) - 2 * len(sizes), 'sha256': digest}
        pakbon = aside / f'{version.name}-SIP.pakbon.xml'
        xml = composer.render('mdto/pakbon.xml', {'versie': version, 'moment': moment, **facts})
        pakbon.write_text(xml, encoding='utf-8')
        yield from (sip, pakbon)
