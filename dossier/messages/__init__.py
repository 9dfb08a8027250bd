"""What a user can be told: for every code the message and the way out. The codes never change meaning; docs/ explains each.

The table of each area stands in a module of its own, and is joined here.
"""

from dossier.errors import Finding, Place, Severity
from dossier.i18n import _
from dossier.messages import archive, book, editions, post, press, preview, proofread, requests, web, wordfile
from dossier.messages.mark import N_

__all__ = ['MESSAGES', 'N_', 'finding']

_AREAS = (archive, book, editions, post, press, preview, proofread, requests, web, wordfile)
MESSAGES: dict[str, tuple[str, str]] = {code: words for area in _AREAS for code, words in area.MESSAGES.items()}
_ABOUT = ('about', 'value', 'slug', 'form', 'address', 'label', 'name')  # values that stand in the author's file
_OF_NOTHING = ('sleutel-ontbreekt', 'bestandsnaam', 'naam-dubbel')  # what is named doesn't stand there


def finding(code: str, place: Place | None = None, severity: Severity = Severity.ERROR, **values: object) -> Finding:
    """Return the finding of a code, its words in the current language with the values filled in."""
    message, hint = MESSAGES[code]
    about = '' if code in _OF_NOTHING else next((str(values[name]) for name in _ABOUT if values.get(name)), '')
    return Finding(code, _(message, **values), place, _(hint, **values) if hint else '', severity, about)
