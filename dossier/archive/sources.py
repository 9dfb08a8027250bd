"""What a round is made of: its texts, and the templates, styles, fonts and profiles; refuses what does not belong in an archive."""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from dossier.errors import ArchiveError, Finding, Place
from dossier.messages import finding
from dossier.resources import SHIPPED, shipped

KINDS = (
    'yaml', 'yml', 'md', 'png', 'jpg', 'jpeg', 'svg', 'html', 'css', 'js', 'txt', 'xsd', 'xml', 'ttf', 'otf', 'woff2', 'icc',
    'conf', 'py', 'json', 'webmanifest',
)  # fmt: skip
NAME = re.compile(r'[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*')  # ASCII, and what the SIP specification allows in a name
LOCK = 'requirements.lock'
# What a text has that came from a mail box, whatever its name is.
_MAIL = re.compile(rb'^(?:From|Return-Path|Received|Message-ID|Delivered-To): ', re.MULTILINE)


def collect_sources(project: Path, ronde: str) -> dict[str, bytes]:
    """Return the sources by their path in a project; ArchiveError with every file that does not belong among them."""
    folders = [(project / 'data' / ronde, f'data/{ronde}')]
    folders += [(folder / name, name) for name in ('templates', 'styles') for folder in (shipped(name).parent, project)]
    files = {f'{name}/{path}': file for folder, name in folders for path, file in _walk(folder)}
    files |= {f'data/{file.name}': file for file in (project / 'data').glob('*.yaml')}
    wrong = [found for name, file in files.items() if (found := _look_at(name, file, project))]
    if wrong:
        raise ArchiveError(wrong)
    return {name: files[name].read_bytes() for name in sorted(files)}


def _walk(folder: Path) -> Iterator[tuple[str, Path]]:
    for file in sorted(folder.rglob('*')):
        path = file.relative_to(folder)
        hidden = any(part.startswith('.') or part in ('nieuw-project', '__pycache__') for part in path.parts)
        if not hidden and (file.is_symlink() or not file.is_dir()):
            yield path.as_posix(), file


def _look_at(name: str, file: Path, project: Path) -> Finding | None:
    """Return why a file can't go in: its name, its kind, or a link that leads out of the project."""
    if not all(NAME.fullmatch(part) for part in name.split('/')):
        return finding('archief-naam', Place(name))
    known = KINDS if name.startswith('data/') else (*KINDS, 'csv')  # in data a table could be one of addresses
    if file.suffix[1:].lower() not in known:
        return finding('archief-vreemd', Place(name))
    inside = (project.resolve(), SHIPPED.resolve())
    if not any(file.resolve().is_relative_to(folder) for folder in inside):
        return finding('buiten-project', Place(name))
    return None


def find_personal(files: Mapping[str, bytes], private: Sequence[str]) -> list[Finding]:
    """Return every file in which personal data of requests stand: a mail as it came in, or a value of the register.

    What the writers themselves publish in the texts of the round, such as their own address, is not personal data of a request.
    """
    own = '\n'.join(
        _read(name, content) for name, content in files.items() if re.search(r'(contact|dossier)\.yaml$', name)
    )
    known = [value for value in private if len(value) > 5 and value.casefold() not in own]
    found = []
    for name, content in files.items():
        text = _read(name, content)
        if _MAIL.search(content) or any(value.casefold() in text for value in known):
            found.append(finding('archief-persoonsgegevens', Place(name)))
    return found


def _read(name: str, content: bytes) -> str:
    """Return the text of a file, that of a PDF as it is read; in small letters, on one line."""
    if name.endswith('.pdf'):
        from pypdfium2 import PdfDocument  # slow to load

        pdf = PdfDocument(content)
        text = '\n'.join(page.get_textpage().get_text_range() for page in pdf)
        pdf.close()
    else:
        text = content.decode('utf-8', 'ignore')
    return ' '.join(text.casefold().split())
