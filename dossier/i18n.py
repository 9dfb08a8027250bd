"""The words a user reads: English in the source, other languages from `dossier/locale/` (gettext)."""

from functools import lru_cache
from gettext import NullTranslations, translation
from pathlib import Path

LANGUAGES = ('nl', 'en')
_LOCALE = Path(__file__).parent / 'locale'
_current = ['nl']


@lru_cache
def translations(language: str) -> NullTranslations:
    """Return the catalogue of a language; without one (English too) the words are those of the source."""
    return translation('dossier', _LOCALE, [language], fallback=True)


def set_language(language: str) -> None:
    """Choose the language of all messages from here on."""
    _current[0] = language


def current_language() -> str:
    """Return the language of the messages."""
    return _current[0]


def _(message: str, /, **values: object) -> str:
    """Return the message in the current language, its `{names}` filled in."""
    text = translations(_current[0]).gettext(message)
    return text.format(**values) if values else text


def ngettext(singular: str, plural: str, n: int) -> str:
    """Return the message for `n` in the current language, `{n}` filled in."""
    return translations(_current[0]).ngettext(singular, plural, n).format(n=n)
