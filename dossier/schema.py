"""JSON Schema of the data files, for editors: from the models, with what the project has as examples.

Slugs, provinces and abbreviations are offered and never demanded: a schema that is a day old must not call a right file wrong.
For the same reason every text may look like a number or a yes: the program keeps what was typed.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue

from dossier.model import ONDERDELEN, Hoofdstuk, Thema
from dossier.validate import FILES

FOLDER = 'data/schema'
_TEXT: JsonSchemaValue = {'type': ['string', 'number', 'boolean']}
_DROPPED = ('description', 'default', 'minLength', 'maxLength', 'const')


class _Generator(GenerateJsonSchema):
    """Describes our own kinds of values by what a writer types."""

    ignored_warning_kinds = {'skipped-choice', 'non-serializable-default'}  # noqa: RUF012  # its name and kind there

    def is_instance_schema(self, schema: Any) -> JsonSchemaValue:
        return dict(_TEXT)

    def dataclass_schema(self, schema: Any) -> JsonSchemaValue:
        return dict(_TEXT)  # a date that may be vague


def make_schemas(project: Path) -> dict[str, dict[str, Any]]:
    """Return a schema for each data file, by its path below the project."""
    offered = _offered(project)
    kinds = {**FILES, 'thema': Thema, 'hoofdstuk': Hoofdstuk}
    return {f'{FOLDER}/{name}.json': _describe(kind, offered) for name, kind in kinds.items()}


def _describe(kind: Any, offered: Mapping[str, list[str]]) -> dict[str, Any]:
    made = TypeAdapter(kind).json_schema(schema_generator=_Generator, ref_template='#/definitions/{model}')
    if kind in (Thema, Hoofdstuk):  # whose text stands below the keys
        del made['properties']['tekst']
        made['required'].remove('tekst')
    return {'$schema': 'http://json-schema.org/draft-07/schema#', **_ease(made, offered)}


def _offered(project: Path) -> dict[str, list[str]]:
    """Return what can be filled in for a key, by key; from the names of files, and from lists as far as they can be read."""
    slugs = {path.stem.partition('-')[2] for path in project.glob('data/*/themas/*.md')}
    chapters = {path.stem for path in project.glob('data/*/hoofdstukken/*.md')}
    provinces = _values(project / 'data' / 'provincies.yaml', 'naam')
    return {
        'onderdelen': [*ONDERDELEN, *sorted(chapters - set(ONDERDELEN))],
        'alleen_in': sorted(slugs | chapters),
        'themas': sorted(slugs),
        'provincie': ['alle', *provinces],
        'behalve': provinces,
        'opvolger': _values(project / 'data' / 'afkortingen.yaml', 'afkorting'),
    }


def _values(path: Path, key: str) -> list[str]:
    text = path.read_text(encoding='utf-8', errors='replace') if path.is_file() else ''
    return sorted({match.strip('"\' ') for match in re.findall(rf'^[- ] *{key}: *(.+)$', text, re.MULTILINE)})


def _ease(value: Any, offered: Mapping[str, list[str]], key: str = '') -> Any:
    """Return a schema that never says more than the program does, with the examples of the key filled in."""
    if isinstance(value, list):
        return [_ease(item, offered, key) for item in value]
    if not isinstance(value, dict):
        return value
    eased = {('definitions' if name == '$defs' else name): item for name, item in value.items() if name not in _DROPPED}
    eased = {name: item for name, item in eased.items() if name != 'title' or not isinstance(item, str)}
    if eased.get('type') in ('string', 'boolean', 'number', 'integer') and 'enum' not in eased:
        eased = {**{name: item for name, item in eased.items() if name not in ('type', 'format')}, **_TEXT}
        if key in offered:
            eased['examples'] = offered[key]
    inner = {name: _ease(item, offered, key if name in ('items', 'anyOf') else '') for name, item in eased.items()}
    if isinstance(eased.get('properties'), dict):
        inner['properties'] = {name: _ease(item, offered, name) for name, item in eased['properties'].items()}
    return inner
