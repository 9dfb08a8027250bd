"""BagIt 1.0 (RFC 8493): writes the tag files of a bag, reads them back, and gives the root hash of all."""

import re
import zipfile
from collections.abc import Iterator, Mapping
from hashlib import new as new_hash
from hashlib import sha256
from pathlib import Path

ALGORITHMS = ('sha256', 'sha512')
DECLARATION = 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n'
ROOT_FILE = 'tagmanifest-sha512.txt'  # covers the manifests, and so every byte of the bag
_LINE = re.compile(r'([0-9a-f]{64}|[0-9a-f]{128})  ([\x21-\x7e]+)\n')


def write_bag(bag: Path, files: Mapping[str, bytes], info: Mapping[str, str]) -> str:
    """Return the root hash of a bag that is written with these files as its payload; OSError."""
    for name, content in files.items():
        path = bag / 'data' / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    total = sum(map(len, files.values()))
    told = {**info, 'Payload-Oxum': f'{total}.{len(files)}'}
    tags = {'bagit.txt': DECLARATION, 'bag-info.txt': ''.join(f'{key}: {told[key]}\n' for key in sorted(told))}
    for name in ALGORITHMS:
        tags[f'manifest-{name}.txt'] = _manifest(name, {f'data/{path}': content for path, content in files.items()})
    covered = {name: text.encode() for name, text in tags.items()}
    tags |= {f'tagmanifest-{name}.txt': _manifest(name, covered) for name in ALGORITHMS}
    for name, text in tags.items():
        (bag / name).write_bytes(text.encode())
    return root_hash(bag)


def _manifest(algorithm: str, files: Mapping[str, bytes]) -> str:
    return ''.join(f'{new_hash(algorithm, files[name]).hexdigest()}  {name}\n' for name in sorted(files))


def root_hash(bag: Path) -> str:
    """Return the hash by which a bag can be known: who changes anything in it, changes this."""
    return sha256((bag / ROOT_FILE).read_bytes()).hexdigest()


def read_manifest(path: Path) -> dict[str, str] | None:
    """Return the checksum of every file in a manifest; None when it isn't written as we write one."""
    try:
        text = path.read_bytes().decode('ascii')  # line ends as they are
    except (OSError, ValueError):
        return None
    rows = {match[2]: match[1] for match in _LINE.finditer(text)}
    return rows if rows and ''.join(f'{rows[name]}  {name}\n' for name in sorted(rows)) == text else None


def list_files(bag: Path) -> dict[str, Path]:
    """Return everything in a bag by its path: files, links, and folders with nothing in them."""
    found = (path for path in bag.rglob('*') if path.is_symlink() or not path.is_dir() or not any(path.iterdir()))
    return {path.relative_to(bag).as_posix(): path for path in sorted(found)}


def hash_file(path: Path) -> dict[str, str]:
    """Return the checksums of a file by algorithm."""
    content = path.read_bytes()
    return {name: new_hash(name, content).hexdigest() for name in ALGORITHMS}


def zip_folder(folder: Path, target: Path, inside: str) -> Path:
    """Return the ZIP that was written of a folder, everything in it below one folder; the same files give the same bytes."""
    with zipfile.ZipFile(target, 'w', zipfile.ZIP_DEFLATED) as archive:
        for name, path in list_files(folder).items():
            entry = zipfile.ZipInfo(f'{inside}/{name}')
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, path.read_bytes(), zipfile.ZIP_DEFLATED)
    return target


def find_bags(project: Path, ronde: str = '*') -> Iterator[Path]:
    """Yield the bags of the archive, the versions of a round in order."""
    bags = (project / 'output' / 'archief').glob(f'{ronde}/dossier-*-v*/bagit.txt')
    yield from sorted((path.parent for path in bags), key=lambda bag: (bag.parent.name, version_of(bag)))


def version_of(bag: Path) -> int:
    """Return the number of the version of a bag; 0 when its name has none."""
    number = bag.name.rpartition('-v')[2]
    return int(number) if number.isdecimal() else 0
