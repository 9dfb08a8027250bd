"""JSON Schema for editors: it is that of the models, the files point to it, and it calls no right file wrong."""

import json
import re

import pytest
import yaml

from dossier.cli.schema import as_text
from dossier.schema import make_schemas
from tests.conftest import DOSSIERS, ROOT, copy_project

SHIPPED = (ROOT, ROOT / 'templates' / 'nieuw-project')
TYPES = {'object': dict, 'array': list, 'string': str, 'number': (int, float), 'boolean': bool, 'null': type(None)}


def wrong(schema, value, whole):
    """Yield what is wrong with a value, as far as our schemas go."""
    if '$ref' in schema:
        yield from wrong(whole['definitions'][schema['$ref'].rpartition('/')[2]], value, whole)
    if 'anyOf' in schema and all(list(wrong(one, value, whole)) for one in schema['anyOf']):
        yield f'{value!r} fits none'
    types = schema.get('type', [])
    if types and not any(isinstance(value, TYPES[name]) for name in ([types] if isinstance(types, str) else types)):
        yield f'{value!r} is no {types}'
    if 'enum' in schema and value not in schema['enum']:
        yield f'{value!r} is no choice'
    if isinstance(value, dict):
        yield from (f'{name} is missing' for name in schema.get('required', ()) if name not in value)
        known = schema.get('properties', {})
        for name, item in value.items():
            if name in known:
                yield from wrong(known[name], item, whole)
            elif isinstance(schema.get('additionalProperties'), dict):
                yield from wrong(schema['additionalProperties'], item, whole)
            elif schema.get('additionalProperties') is False:
                yield f'{name} is unknown'
    for item in value if isinstance(value, list) and 'items' in schema else ():
        yield from wrong(schema['items'], item, whole)


class _Loader(yaml.SafeLoader):
    """YAML as editors read it: a date stays a text."""


_LOADER_RULES = {key: [rule for rule in rules if rule[0] != 'tag:yaml.org,2002:timestamp'] for key, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()}  # fmt: skip  # noqa: E501
_Loader.yaml_implicit_resolvers = _LOADER_RULES


def files(root):
    for path in sorted(root.glob('data/**/*.yaml')):
        yield path, yaml.load(path.read_text(encoding='utf-8'), _Loader)
    for path in sorted(root.glob('data/*/themas/*.md')):
        front = path.read_text(encoding='utf-8').split('\n---\n')[0]
        yield path.with_name('thema.md'), yaml.load(front, _Loader)


@pytest.mark.parametrize('root', SHIPPED, ids=lambda root: root.name)
def test_the_shipped_schemas_are_those_of_the_models(root):
    made = {name: as_text(schema) for name, schema in make_schemas(root).items()}
    written = {name: (root / name).read_text(encoding='utf-8') for name in made}
    assert written == made, 'run: dossier schema --write (and with --project templates/nieuw-project)'


@pytest.mark.parametrize('root', SHIPPED, ids=lambda root: root.name)
def test_every_data_file_points_to_its_schema(root):
    for path in sorted(root.glob('data/**/*.yaml')):
        line = path.read_text(encoding='utf-8').partition('\n')[0]
        target = re.fullmatch(r'# yaml-language-server: \$schema=(.+)', line)
        assert target, path
        assert (path.parent / target[1]).resolve() == root / 'data' / 'schema' / f'{path.stem}.json'


@pytest.mark.parametrize('root', [*SHIPPED, DOSSIERS / 'volledig', DOSSIERS / 'klein'], ids=lambda root: root.name)
def test_no_right_file_is_called_wrong(root):
    schemas = make_schemas(root)
    for path, value in files(root):
        schema = schemas[f'data/schema/{path.stem}.json']
        assert list(wrong(schema, value, schema)) == [], path


@pytest.mark.parametrize(
    ('file', 'old', 'new'),
    [
     ('dossier', 'titel:', 'tittel:'),
     ('bijeenkomsten', 'soort: gesprek', 'soort: feest'),
     ('contact', 'personen:\n', 'personen: A\nx:\n'),
    ],
)  # fmt: skip
def test_a_wrong_file_is_called_wrong(tmp_path, file, old, new):
    project = copy_project('volledig', tmp_path / 'p')
    path = project.path / f'data/2027/{file}.yaml'
    value = yaml.load(path.read_text(encoding='utf-8').replace(old, new, 1), _Loader)
    schema = make_schemas(project.path)[f'data/schema/{file}.json']
    assert list(wrong(schema, value, schema)) != []


def test_slugs_provinces_and_abbreviations_are_offered(tmp_path):
    text = json.dumps(make_schemas(copy_project('volledig', tmp_path / 'p').path), ensure_ascii=False)
    for key, example in (
        ('alleen_in', 'water'),
        ('opvolger', 'PS'),
        ('provincie', 'Testgouw'),
        ('onderdelen', 'werkwijze'),
    ):
        assert re.search(rf'"{key}": {{.{{0,400}}"examples": \[[^\]]*"{example}"', text), key


def test_a_broken_project_still_has_schemas(project):
    project.write('data/afkortingen.yaml', b'\xff: [')
    assert make_schemas(project.path)
