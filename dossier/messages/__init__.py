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
# What the operating system says when a file can't be opened; in Python it speaks English.
_OF_THE_SYSTEM = (
    N_('No such file or directory'),
    N_('Permission denied'),
    N_('Is a directory'),
    N_('Not a directory'),
    N_('Too many levels of symbolic links'),
    N_('File name too long'),
)
_OF_NOTHING = ('sleutel-ontbreekt', 'bestandsnaam', 'naam-dubbel')  # what is named doesn't stand there


def finding(code: str, place: Place | None = None, severity: Severity = Severity.ERROR, **values: object) -> Finding:
    """Return the finding of a code, its words in the current language with the values filled in."""
    message, hint = MESSAGES[code]
    if values.get('reason') in _OF_THE_SYSTEM:
        values['reason'] = _(str(values['reason']))
    about = '' if code in _OF_NOTHING else next((str(values[name]) for name in _ABOUT if values.get(name)), '')
    return Finding(code, _(message, **values), place, _(hint, **values) if hint else '', severity, about)
