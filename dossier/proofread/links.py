"""Links: a text that says where they lead (WCAG 2.2, 2.4.4), and an address that can exist."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from dossier.proofread import Proof

_EMPTY = re.compile(
    r'(?:klik |lees |kijk |zie |druk )?(?:hier|meer|verder|deze (?:link|pagina|site|website)|link|website|site|download)[.!]?',
    re.IGNORECASE,
)
_HOST = re.compile(r'(?:[a-z0-9à-ÿ](?:[a-z0-9à-ÿ-]{0,61}[a-z0-9à-ÿ])?\.)+(?:[a-z]{2,24}|xn--[a-z0-9-]+)', re.IGNORECASE)


def check(proof: 'Proof') -> Iterator[tuple[str, dict[str, object]]]:
    """Yield links with a text that says nothing, and addresses that can't be right."""
    for passage in proof.passages:
        for text, address in passage.links:
            place = passage.at(max(passage.text.find(text), 0))
            if _EMPTY.fullmatch(text.strip()):
                yield 'link-tekst', {'place': place, 'name': text.strip()}
            if not is_address(address):
                yield 'webadres-ongeldig', {'place': place, 'address': address}
    for source in (*proof.sources.files.values(), *proof.sources.themas.values(), *proof.sources.hoofdstukken.values()):
        for path, place in source.places.items():
            value = _value(source.value, path)
            if path[-1:] in (('url',), ('website',)) and isinstance(value, str) and not is_address(value):
                yield 'webadres-ongeldig', {'place': place, 'address': value}


def is_address(address: str) -> bool:
    """Return whether an address of the web or of mail can exist; nothing is fetched."""
    try:
        parts = urlsplit(address)
        _port = parts.port
    except ValueError:  # a bracket, or a port that is no number
        return False
    if parts.scheme == 'mailto':
        name, at, host = parts.path.partition('@')
        return bool(name and at and _HOST.fullmatch(host))
    if parts.scheme == 'tel':
        return bool(re.fullmatch(r'\+?[\d-]{3,}', parts.path))
    return bool(_HOST.fullmatch(parts.hostname or '')) and not re.search(r'[\s<>"{}|\\^`]', address)


def _value(value: object, path: tuple[str | int, ...]) -> object:
    for step in path:
        if isinstance(value, dict) or (isinstance(value, list) and isinstance(step, int)):
            value = value[step]  # type: ignore[index]
    return value
