"""The cache of fragments: keyed by everything that a part laid out depends on, so that it can never make a wrong page.

The key holds the part itself, what all parts read of the style, the program's own layout, the libraries and the locale. Which
other files a part reads (pictures, sheets of its own) shows only when it is laid out: they stand in the entry with their
digests, and are compared.
"""

import re
from collections.abc import Collection
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from dossier.i18n import current_language
from dossier.layout.style import Style
from dossier.parts import Fragment, Heading, Part, Slot
from dossier.store import Entry, Store, digest
from dossier.versions import installed_locale, installed_versions

_IMPORT = re.compile(rb'@[i\\]', re.IGNORECASE)  # `@import`, or a rule whose name is escaped


@dataclass(frozen=True)
class FragmentCache:
    """Fragments on disk; `state` stands for the files of the style, `base` for all that every part depends on."""

    store: Store
    style: Style
    state: str
    base: str

    def key(self, part: Part) -> str:
        """Return the key of a part."""
        return digest(self.base, part.name, part.file, part.html)

    def find(self, part: Part) -> Fragment | None:
        """Return the fragment of a part, its PDF still on disk; None when it must be laid out."""
        entry = self.store.get(self.key(part))
        if entry is None or any(read_digest(self.style, url) != made for url, made in entry.head['reads'].items()):
            return None
        return _unpack(entry)

    def keep(self, part: Part, fragment: Fragment) -> Fragment:
        """Return the fragment with its PDF on disk; as it is when something went wrong, or the disk can't take it."""
        if digest_style(self.style) != self.state or any(level != 'WARNING' for level, _message, _file in fragment.log):
            return fragment
        head = {name: value for name, value in asdict(fragment).items() if name != 'content'}
        try:
            entry = self.store.put(self.key(part), head, fragment.pdf)
        except OSError:
            return fragment
        return replace(fragment, content=entry)


def open_cache(folder: Path, style: Style) -> FragmentCache:
    """Return the cache in a folder for a style as its files are now."""
    state, locales = digest_style(style), (installed_locale(), current_language())
    return FragmentCache(Store(folder), style, state, digest(state, *installed_versions(), *locales, digest_program()))


def digest_program() -> str:
    """Return the digest of the program's own layout."""
    return digest(*(path.read_bytes() for path in sorted(Path(__file__).parent.glob('*.py'))))


def digest_style(style: Style) -> str:
    """Return the digest of all that is read before a part is: the sheets, the fonts, and every sheet once one imports.

    A sheet of a template's own and a picture are read while a part is laid out, so they stand in its entry.
    """
    imports = any(_IMPORT.search(path.read_bytes()) for path in style.sheets)
    return digest_files(style, {'.js', '.svg'} if imports else {'.css', '.js', '.svg'})


def digest_files(style: Style, apart: Collection[str] = ()) -> str:
    """Return the digest of the sheets and of every file of the style, but those that end so."""
    files = {path for folder in style.stijl if folder.is_dir() for path in folder.rglob('*') if path.is_file()}
    read = {*style.sheets, *(path for path in files if path.suffix not in apart)}
    return digest(*(item for path in sorted(read) for item in (path.name, path.read_bytes())))


def read_digest(style: Style, url: str) -> str:
    """Return the digest of the file behind an address, empty where there is none."""
    path = style.find(url)
    return sha256(path.read_bytes()).hexdigest() if path else ''


def _unpack(entry: Entry) -> Fragment:
    head: dict[str, Any] = entry.head
    return Fragment(
        **{
            **head,
            'content': entry,
            'slots': tuple(Slot(**slot) for slot in head['slots']),
            'headings': tuple(Heading(**heading) for heading in head['headings']),
            'uses': {form: tuple(pages) for form, pages in head['uses'].items()},
            'anchors': {name: tuple(place) for name, place in head['anchors'].items()},
            'log': tuple(tuple(line) for line in head['log']),
        }
    )
