"""Links of the site: its files in; every link that leads nowhere, out, as a finding."""

import re
from collections.abc import Iterator, Mapping
from html import unescape
from urllib.parse import unquote

from dossier.errors import Finding, Place
from dossier.messages import finding

_POINTER = re.compile(r'\s(?:popovertarget|aria-describedby|aria-labelledby|for)="([^"]*)"')
_ADDRESS = re.compile(r'(?<!<base)\s(?:href|src)="([^"]*)"')
_ID = re.compile(r'\sid="([^"]*)"')
_OUTSIDE = re.compile(r'(?:https?|mailto|tel|webcal):')


def find_dead_links(files: Mapping[str, bytes]) -> Iterator[Finding]:
    """Yield a finding for every link to a file or a place that isn't there, and for every id that stands twice."""
    pages = {name: content.decode() for name, content in files.items() if name.endswith('.html')}
    ids = {name: _ID.findall(page) for name, page in pages.items()}
    known = {name: {*found} for name, found in ids.items()}
    for name, page in pages.items():
        place = Place(f'web/{name}')
        for twice in sorted({found for found in known[name] if ids[name].count(found) > 1}):
            yield finding('web-id-dubbel', place, name=twice)
        targets = [f'#{pointer}' for pointer in _POINTER.findall(page)]
        for target in dict.fromkeys([*targets, *map(unescape, _ADDRESS.findall(page))]):
            file, _hash, anchor = target.partition('#')
            file = unquote(file) or name
            dead = file not in files or (anchor and file in pages and unquote(anchor) not in known[file])
            if dead and not _OUTSIDE.match(target):
                yield finding('web-link-dood', place, link=target)
