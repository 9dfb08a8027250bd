"""Pydantic's errors in the words of a writer: what is wrong with which key, on which line, and what to do."""

from collections.abc import Sequence
from difflib import get_close_matches
from typing import Any, get_args

from pydantic import BaseModel

from dossier.errors import Finding
from dossier.i18n import _
from dossier.messages import finding
from dossier.model.fields import BELOW
from dossier.read.raw import Source, Steps

# Pydantic's type of error, and the code of our message; an error of another type is a bug. Our own types are codes already.
_CODES = {
    'missing': 'sleutel-ontbreekt',
    'extra_forbidden': 'sleutel-onbekend',
    'literal_error': 'keuze-onbekend',
    'string_too_short': 'tekst-leeg',
    'string_too_long': 'tekst-te-lang',
    'too_short': 'te-weinig',
    'too_long': 'te-veel',
    'tuple_type': 'geen-lijst',
    'model_type': 'geen-sleutels',
    'dict_type': 'geen-sleutels',
    'is_instance_of': 'geen-tekst',
    'string_type': 'geen-tekst',
    **dict.fromkeys(('float_parsing', 'float_type', 'finite_number'), 'geen-getal'),
    **dict.fromkeys(('int_parsing', 'int_parsing_size', 'int_type'), 'geen-getal'),
    **dict.fromkeys(('less_than_equal', 'greater_than_equal'), 'geen-getal'),
}


def explain_problem(problem: dict[str, Any], kind: Any, source: Source) -> Finding:
    """Return the finding for one of pydantic's errors about the value of a source."""
    error_type = problem['type']
    path: Steps = tuple(step for step in problem['loc'] if step != '[key]')
    names = [step for step in path if isinstance(step, str)]
    name = names[-1] if names else source.file
    value = problem['input'] if isinstance(problem['input'], str) else ''
    context = problem.get('ctx', {})
    known = _keys_at(kind, path[:-1] if error_type == 'extra_forbidden' else path)
    choices = [word.strip("' ") for word in str(context.get('expected', '')).replace(' or ', ', ').split(',') if word]
    values = {
        'name': name,
        'about': name if error_type in ('extra_forbidden', 'missing') else value,
        'value': value if len(value) <= 60 else value[:57] + '...',
        'known': _('Known here: {known}.', known=', '.join(known)) if known else _('Write key: value.'),
        'suggestion': suggest(value, choices) if choices else suggest(name, known),
        **context,
    }
    place = source.place_of(path[:-1] if error_type == 'missing' else path)
    code = _CODES.get(error_type, error_type)
    if code == 'geen-tekst' and problem['input'] is None:  # a key with nothing behind it
        code = 'tekst-leeg'
    return finding(code, place, **values)


def suggest(name: str, known: Sequence[str]) -> str:
    """Return the name that was probably meant, or all names that are known."""
    near = get_close_matches(name, known, 1, 0.5)
    if not known:
        return ''
    return _('Did you mean "{near}"?', near=near[0]) if near else _('Known here: {known}.', known=', '.join(known))


def _keys_at(kind: Any, path: Sequence[str | int]) -> list[str]:
    """Return the keys that are known at a place in the data."""
    for step in path:
        inner = _unwrap(kind)
        if isinstance(step, str) and inner and step in inner.model_fields:
            kind = inner.model_fields[step].annotation
    inner = _unwrap(kind)
    return [name for name, field in inner.model_fields.items() if BELOW not in field.metadata] if inner else []


def _unwrap(kind: Any) -> type[BaseModel] | None:
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return kind
    return next((found for argument in get_args(kind) if (found := _unwrap(argument))), None)
