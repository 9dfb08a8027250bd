"""A build of which nothing changed: what was made of the very same inputs, as long as its files are still there, whole."""

from collections.abc import Iterator
from dataclasses import asdict, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from dossier.errors import Finding, Place, Severity
from dossier.i18n import current_language
from dossier.products import Options, Product
from dossier.resources import shipped
from dossier.store import Store, digest
from dossier.versions import installed_locale, installed_versions

_PROGRAM = Path(__file__).parent


def digest_inputs(project: Path, ronde: str, options: Options) -> str:
    """Return the digest of all that a build reads, and of what it is asked; OSError when something can't be read."""
    asked = repr(replace(options, jobs=1, cluster=''))  # which workers there are shows in nothing
    made = [asked, ronde, current_language(), installed_locale(), *installed_versions()]
    for name, path in _inputs(project, ronde):
        made += [name, sha256(path.read_bytes()).hexdigest()]
    return digest(*made)


def _inputs(project: Path, ronde: str) -> Iterator[tuple[str, Path]]:
    """Yield every file of the round, the templates, the styles and the program, by a name that tells its place."""
    data = project / 'data'
    folders = [
        data / ronde,
        *(folder for name in ('templates', 'styles') for folder in (project / name, shipped(name))),
    ]
    paths = [*data.glob('*.yaml'), *_PROGRAM.rglob('*.py'), *_PROGRAM.rglob('*.mo')]
    paths += [path for folder in folders for path in folder.rglob('*')]
    for path in sorted({*paths}):
        if path.is_file() and '__pycache__' not in path.parts:
            inside = path.is_relative_to(project) and not path.is_relative_to(_PROGRAM)
            yield (path.relative_to(project).as_posix() if inside else path.as_posix()), path


def remember_build(store: Store, key: str, products: list[Product], findings: list[Finding], parts: int) -> None:
    """Keep what a build made, by its fingerprint; the files themselves stay where they are."""
    rows = [
        {
            **{name: getattr(product, name) for name in ('kind', 'edition', 'path', 'pages', 'folder')},
            'files': {path: sha256(content).hexdigest() for path, content in product.files.items()},
        }
        for product in products
    ]
    head = {'products': rows, 'findings': [asdict(finding) for finding in findings], 'parts': parts}
    store.put(digest('build', key), head, b'')


def recall_build(store: Store, key: str, project: Path) -> tuple[list[Product], list[Finding], int] | None:
    """Return the products, findings and count of parts of that build; None when a file is gone or no longer what it was."""
    entry = store.get(digest('build', key))
    if entry is None:
        return None
    try:
        products = [_recall_product(row, project) for row in entry.head['products']]
    except (OSError, ValueError):
        return None
    return products, [_recall_finding(row) for row in entry.head['findings']], entry.head['parts']


def _recall_product(row: dict[str, Any], project: Path) -> Product:
    files = {path: (project / path).read_bytes() for path in row['files']}
    for path, content in files.items():
        if sha256(content).hexdigest() != row['files'][path]:
            raise ValueError(path)
    if row['folder']:
        there = (path for path in (project / row['folder']).rglob('*') if path.is_file())
        if {path.relative_to(project).as_posix() for path in there} != {*files}:
            raise ValueError(row['folder'])
    main = files.pop(row['path'])
    return Product(row['kind'], row['edition'], row['path'], row['pages'], main, files, row['folder'])


def _recall_finding(row: dict[str, Any]) -> Finding:
    place = Place(**row['place']) if row['place'] else None
    return Finding(**{**row, 'place': place, 'severity': Severity(row['severity'])})
