"""Rebuild: a bag in, made again from its own sources in an empty folder; which files are the same and what differs, out."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from PIL import ImageChops
from pypdfium2 import PdfDocument, PdfiumError

from dossier.archive.create import LISTS, REPORT, build_from, name_products, read_versions
from dossier.archive.mdto import SIDECAR
from dossier.archive.sources import LOCK
from dossier.compare.versions import SOURCES
from dossier.errors import ArchiveError, Place
from dossier.messages import finding
from dossier.products import Options
from dossier.typeset import Report


@dataclass(frozen=True)
class Rebuilt:
    """What came out: files that are the same, what differs in the others, and the versions that are others than then."""

    same: tuple[str, ...]
    different: Mapping[str, Mapping[str, Any]]
    versions: Mapping[str, tuple[str, str]]


def rebuild(bag: Path, jobs: int, report: Report) -> Rebuilt:
    """Return how the products of a bag compare with those that its own sources give now; every error of a build."""
    try:
        base = next(bag.glob(f'data/*/*/{REPORT}')).parent
        paths = [path for path in base.rglob('*') if path.is_file() and not path.name.endswith(SIDECAR)]
        kept = {path.relative_to(base).as_posix(): path.read_bytes() for path in paths}
        asked, then = (json.loads(kept[f'{REPORT}/{name}.json']) for name in ('opdracht', 'versies'))
        asked['date'] = datetime.fromisoformat(asked['date']) if asked['date'] else None
        options = Options(**asked, jobs=jobs)
    except (StopIteration, KeyError, TypeError, ValueError) as error:
        raise ArchiveError([finding('archief-opdracht', Place(bag.name))]) from error
    ronde = base.name.removeprefix('dossier-')
    of_sources = {name.removeprefix(f'{SOURCES}/'): kept[name] for name in kept if name.startswith(f'{SOURCES}/')}
    of_sources.pop(LOCK, None)
    with TemporaryDirectory() as empty:
        products, _findings = build_from(of_sources, ronde, Path(empty), options, report)
    items = name_products(products, ronde, ronde)
    made = {f'{item.folder}/{path}': content for item in items for path, content in item.files.items()}
    old = {name: kept[name] for name in kept if name.partition('/')[0] not in (SOURCES, REPORT, LISTS)}
    changed = {name for name in {*old, *made} if old.get(name) != made.get(name)}
    now = read_versions()
    return Rebuilt(
        tuple(sorted({*old} - changed)),
        {name: _compare(old.get(name, b''), made.get(name, b'')) for name in sorted(changed)},
        {name: (version, now.get(name, '-')) for name, version in then.items() if now.get(name, '-') != version},
    )


def _compare(old: bytes, new: bytes) -> dict[str, Any]:
    """Return what differs: the length in bytes, and of a PDF its pages, and which have another text or another look."""
    told: dict[str, Any] = {'bytes': [len(old), len(new)]}
    try:
        pdfs = PdfDocument(old), PdfDocument(new)
    except PdfiumError:
        return told
    pages = range(min(map(len, pdfs)))
    texts = [n + 1 for n in pages if len({pdf[n].get_textpage().get_text_range() for pdf in pdfs}) > 1]
    return told | {
        'paginas': [*map(len, pdfs)],
        'tekst': texts,
        'beeld': [n + 1 for n in pages if _look_differs(pdfs, n)],
    }


def _look_differs(pdfs: tuple[PdfDocument, PdfDocument], number: int) -> bool:
    one, other = (pdf[number].render(scale=0.7).to_pil().convert('L') for pdf in pdfs)
    return one.size != other.size or ImageChops.difference(one, other).getbbox() is not None
