"""The kinds of values in the data files: how each is read from what the writer typed, and what it may be.

A value that can't be read raises an error whose type is the code of its message (dossier.messages).
"""

import re
from collections.abc import Callable
from datetime import date
from typing import Annotated, Any
from unicodedata import normalize

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from dossier.dates import Datum
from dossier.errors import Place, Scalar
from dossier.messages import MESSAGES
from dossier.text import Kind, Tekst, curl_apostrophes, parse_text

MAX_FORM_LENGTH = 60
MAX_NUMBER = 10**15
# Letters and digits of a script that is written from left to right, and the signs that occur between them.
_FORM = re.compile(r'[A-Za-z0-9\u00c0-\u024f](?:[A-Za-z0-9\u00c0-\u024f]|[&+./ ’\u2011-](?=\S)|[.+]$)*')
_TIME = re.compile(r'(?:[01]?\d|2[0-3]):[0-5]\d')


def _read_text(kind: Kind, may_be_empty: bool = False) -> Callable[[Any], Any]:
    def read(value: Any) -> Any:
        if not isinstance(value, str):
            return value
        if not value.strip() and not may_be_empty:
            raise PydanticCustomError('tekst-leeg', 'tekst-leeg')
        return parse_text(value, getattr(value, 'place', Place('?')), kind)

    return read


def _read_date(value: Any) -> date:
    try:
        found = Datum.parse(value)
        return date(found.jaar, found.maand or 0, found.dag or 0)
    except (ValueError, TypeError, AttributeError) as error:
        raise PydanticCustomError('geen-dag', 'geen-dag') from error


def _read_vague_date(value: Any) -> Datum:
    try:
        return Datum.parse(value)
    except (ValueError, AttributeError, TypeError) as error:
        raise PydanticCustomError('geen-datum', 'geen-datum') from error


def _read_yes(value: Any) -> bool:
    answers = {'true': True, 'ja': True, 'yes': True, 'false': False, 'nee': False, 'no': False}
    if not isinstance(value, str) or value.lower() not in answers:
        raise PydanticCustomError('geen-ja-of-nee', 'geen-ja-of-nee')
    return answers[value.lower()]


def _read_form(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if not value.strip():
        raise PydanticCustomError('tekst-leeg', 'tekst-leeg')
    if len(value) > MAX_FORM_LENGTH:
        raise PydanticCustomError('tekst-te-lang', 'tekst-te-lang', {'max_length': MAX_FORM_LENGTH})
    form = curl_apostrophes(normalize('NFC', value))
    if not _FORM.fullmatch(form) or sum(char.isalnum() for char in form) < 2:
        raise PydanticCustomError('vorm-onbruikbaar', 'vorm-onbruikbaar')
    return Scalar(form, getattr(value, 'place', Place('data/afkortingen.yaml')))


def _read_name(value: Any) -> Any:
    return Scalar(value.strip(), getattr(value, 'place', Place('?'))) if isinstance(value, str) else value


def _check(code: str, test: Callable[[str], bool]) -> AfterValidator:
    def check(value: str) -> str:
        if not test(value):
            raise PydanticCustomError(code, code)
        return value

    return AfterValidator(check)


Titel = Annotated[Tekst, BeforeValidator(_read_text('heading'))]  # no mark-up
Regel = Annotated[Tekst, BeforeValidator(_read_text('line'))]  # inline mark-up
Lopend = Annotated[Tekst, BeforeValidator(_read_text('block'))]  # Markdown
BELOW = 'below the keys'
Hoofdtekst = Annotated[
    Tekst, BeforeValidator(_read_text('block', may_be_empty=True)), BELOW
]  # that of a chapter's file
Woord = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Getal = Annotated[float, Field(allow_inf_nan=False, ge=-MAX_NUMBER, le=MAX_NUMBER)]
Aantal = Annotated[int, Field(ge=0, le=MAX_NUMBER)]
Bestand = Annotated[Scalar, BeforeValidator(_read_name)]  # the name of a file, that knows its place
Woorden = Annotated[Woord, AfterValidator(curl_apostrophes)]  # as they are printed
Vorm = Annotated[Scalar, BeforeValidator(_read_form)]  # a short form, that knows its place
Dag = Annotated[date, BeforeValidator(_read_date)]
Wanneer = Annotated[Datum, BeforeValidator(_read_vague_date)]
Ja = Annotated[bool, BeforeValidator(_read_yes)]
Slug = Annotated[
    Woord, _check('geen-korte-naam', lambda text: text.replace('-', '').isalnum() and text == text.lower())
]
Webadres = Annotated[
    Woord, _check('geen-webadres', lambda text: text.startswith(('https://', 'http://')) and ' ' not in text)
]
Mailadres = Annotated[Woord, _check('geen-mailadres', lambda text: text.count('@') == 1 and ' ' not in text)]
Controle = Annotated[Woord, _check('controle-onbekend', lambda text: text in MESSAGES)]
Tijd = Annotated[Woord, _check('geen-tijd', lambda text: bool(_TIME.fullmatch(text)))]
Taal = Annotated[Woord, _check('geen-taal', lambda text: 2 <= len(text) <= 8 and text.replace('-', '').isalpha())]
