"""Verify: a bag in, everything that is wrong with it out, by file. Writes nothing, so a read-only disk will do.

Three rings, so that no single repair hides a change: the manifests (RFC 8493), the checksum and size in the MDTO beside each file,
and the root hash, which stands outside the bag.
"""

import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from dossier.archive.bag import ALGORITHMS, DECLARATION, hash_file, list_files, read_manifest, root_hash
from dossier.archive.formats import find_format
from dossier.archive.mdto import FILE_SIDECAR, SIDECAR, read_mdto, read_texts
from dossier.archive.pdfa import find_rejected, validate_pdfs
from dossier.errors import ArchiveError, Finding, Place
from dossier.messages import finding

Sums = Mapping[str, Mapping[str, str]]  # of every file, by algorithm; empty when only names and sizes are looked at

_MAX_BYTES = 4_000_000_000  # of an archive in ZIP, unpacked
_TAGS = (
    'bagit.txt',
    'bag-info.txt',
    *(f'{kind}-{name}.txt' for kind in ('manifest', 'tagmanifest') for name in ALGORITHMS),
)


@dataclass(frozen=True)
class Verdict:
    """What is wrong with a bag, and the hash by which it is known (empty when that can't be read)."""

    findings: tuple[Finding, ...]
    root: str
    files: int


@contextmanager
def open_bag(path: Path) -> Iterator[Path]:
    """Give the folder of a bag, that of a ZIP unpacked for the while; ArchiveError when it is neither."""
    if path.is_dir():
        yield path
        return
    with TemporaryDirectory() as folder:
        try:
            with zipfile.ZipFile(path) as archive:
                entries = archive.infolist()
                tops = {entry.filename.partition('/')[0] for entry in entries}
                if sum(entry.file_size for entry in entries) > _MAX_BYTES or len(tops) != 1:
                    raise zipfile.BadZipFile
                archive.extractall(folder)  # which leaves no name outside the folder
        except (OSError, zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError) as error:
            raise ArchiveError([finding('archief-geen-bag', Place(path.name))]) from error
        yield Path(folder) / tops.pop()


def verify_bag(bag: Path, fast: bool = False, verapdf: str | None = None, root: str | None = None) -> Verdict:
    """Return what is wrong with a bag; fast looks at names and sizes only. ArchiveError when it is no bag at all."""
    if not (bag / 'bagit.txt').is_file():
        raise ArchiveError([finding('archief-geen-bag', Place(bag.name))])
    try:
        files = list_files(bag)
        found = [finding('archief-ontbreekt', Place(name)) for name in _TAGS if name not in files]
        if files['bagit.txt'].read_bytes() != DECLARATION.encode():
            found.append(finding('archief-manifest', Place('bagit.txt')))
        manifests = {name: read_manifest(bag / name) for name in _TAGS[2:]}
        found += [finding('archief-manifest', Place(name)) for name, rows in manifests.items() if rows is None]
        sums = {} if fast else {name: hash_file(path) for name, path in files.items() if path.is_file()}
        found += _check_files(files, {name: rows for name, rows in manifests.items() if rows is not None}, sums)
        found += _check_metadata(files, sums)
        if not fast and verapdf:
            pdfs = {name: path.read_bytes() for name, path in files.items() if name.endswith('.pdf') and name in sums}
            found += find_rejected(validate_pdfs(verapdf, pdfs))
        actual = '' if manifests['tagmanifest-sha512.txt'] is None else root_hash(bag)
    except OSError as error:
        place = Path(error.filename or bag).name
        raise ArchiveError([finding('bestand-onleesbaar', Place(place), reason=error.strerror)]) from error
    if root and root != actual:
        found.append(finding('archief-wortel', Place(bag.name), found=actual[:16], asked=root[:16]))
    return Verdict(tuple(dict.fromkeys(found)), actual, len(files))


def _check_files(
    files: Mapping[str, Path], manifests: Mapping[str, Mapping[str, str]], sums: Sums
) -> Iterator[Finding]:
    """Yield every file that is missing, added or changed; a file is held against both of its checksums."""
    listed = {name for rows in manifests.values() for name in rows}
    own = {name for name in _TAGS if name.startswith('tagmanifest-')}
    yield from (finding('archief-ontbreekt', Place(name)) for name in sorted(listed - {*files}))
    for name, path in files.items():
        if name in own:
            continue
        if name not in listed or path.is_symlink() or not path.is_file():
            yield finding('archief-extra', Place(name))
            continue
        kind = 'manifest' if name.startswith('data/') else 'tagmanifest'
        asked = {one: manifests.get(f'{kind}-{one}.txt', {}).get(name) for one in ALGORITHMS}
        if sums and asked != sums[name]:
            yield finding('archief-gewijzigd', Place(name))


def _check_metadata(files: Mapping[str, Path], sums: Sums) -> Iterator[Finding]:
    """Yield every file whose MDTO is missing, isn't valid, or says something else than the file."""
    keys: set[str] = set()
    references: list[tuple[str, str]] = []
    payload = {name: path for name, path in files.items() if name.startswith('data/') and path.is_file()}
    for name, path in payload.items():
        if not name.endswith(SIDECAR):
            if f'{name}{FILE_SIDECAR}' not in payload:
                yield finding('archief-zonder-mdto', Place(name))
            continue
        try:
            thing = read_mdto(path.read_bytes())
        except ValueError as error:
            yield finding('archief-mdto', Place(name), reason=error)
            continue
        keys |= set(read_texts(thing, 'identificatie/identificatieKenmerk'))
        for kind in ('isRepresentatieVan', 'isOnderdeelVan', 'bevatOnderdeel', 'heeftRepresentatie'):
            path_of = f'{kind}/verwijzingIdentificatie/identificatieKenmerk'
            references += [(name, key) for key in read_texts(thing, path_of)]
        if name.endswith(FILE_SIDECAR):
            of = name.removesuffix(FILE_SIDECAR)
            if of not in payload:
                yield finding('archief-ontbreekt', Place(of))
            elif _differs(thing, payload[of], sums.get(of)):
                yield finding('archief-anders-dan-mdto', Place(of))
    yield from (finding('archief-verwijzing', Place(name), key=key) for name, key in references if key not in keys)


def _differs(thing: Any, path: Path, sums: Mapping[str, str] | None) -> bool:
    """Whether a file has another name or size than its metadata say; with its checksums, another checksum or format too."""
    paths = ('naam', 'omvang', 'checksum/checksumWaarde', 'bestandsformaat/begripLabel')
    told = [text for name in paths for text in read_texts(thing, name)]
    actual = [path.name, str(path.stat().st_size)]
    if sums:
        actual += [sums['sha256'], find_format(path.name, path.read_bytes()).label]
    return told[: len(actual)] != actual
