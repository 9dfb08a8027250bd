"""The layers import one way only: cli, pipeline, stages, shared words and nouns."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / 'dossier'
# Who may import whom: each row those below it. What stands in no row is below all of them.
ORDER = (
    ('__main__',),
    ('cli',),
    ('preview', 'archive', 'changes'),
    ('pipeline',),
    ('unchanged',),
    ('products', 'post'),
    ('typeset',),
)
RANK = {name: n for n, row in enumerate(ORDER) for name in row}
STAGES = (
    'read',
    'validate',
    'abbreviate',
    'proofread',
    'compose',
    'layout',
    'number',
    'assemble',
    'press',
    'deliver',
    'requests',
    'web',
)
# What a stage may lean on besides the nouns: its own folder, and what the list says.
ALLOWED = {
    'proofread': {'read', 'abbreviate'},
    'validate': {'read'},
    'compose': {'abbreviate'},
    'assemble': {'number'},
    'web': {'compose', 'requests'},
}  # the values that they are given
HOMES = {
    'weasyprint': ('layout',),
    'distributed': ('layout',),
    'yaml': ('read',),
    'pydantic': ('model', 'validate', 'abbreviate', 'compare', 'editions', 'schema'),
    'markdown_it': ('text', 'choice', 'proofread', 'compose', 'abbreviate', 'validate', 'compare', 'web'),
    'icalendar': ('web',),
    'segno': ('compose',),
    'jinja2': ('templates',),
    'pikepdf': ('assemble', 'press', 'layout', 'products', 'post'),
    'click': ('cli',),
    'rich': ('cli',),
    'spylls': ('proofread',),
    'mammoth': ('wordfile',),
    'starlette': ('preview', 'requests'),
    'uvicorn': ('preview',),
    'watchfiles': ('preview',),
    'sqlalchemy': ('requests',),
    'imap_tools': ('requests',),
    'tnefparse': ('requests',),
}


def modules():
    for path in sorted(PACKAGE.rglob('*.py')):
        yield path.relative_to(PACKAGE).parts[0].removesuffix('.py'), path


def imports(path):
    for node in ast.walk(ast.parse(path.read_text(encoding='utf-8'))):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
        elif isinstance(node, ast.Import):
            yield from (name.name for name in node.names)


def wrong_imports(owner, names):
    for name in names:
        head, _dot, rest = name.partition('.')
        inner = rest.partition('.')[0]
        if head == 'dossier':
            rank = RANK.get(owner, len(ORDER))
            above = {name for name, other in RANK.items() if other < rank}
            beside = {*STAGES} - {owner} - ALLOWED.get(owner, set()) if owner in STAGES else set()
            wrong = inner in above | beside
        else:
            wrong = owner not in HOMES.get(head, (owner,))
        if wrong:
            yield name


@pytest.mark.parametrize(('owner', 'path'), list(modules()), ids=lambda value: getattr(value, 'name', value))
def test_layers_import_one_way(owner, path):
    assert list(wrong_imports(owner, imports(path))) == []


def test_a_stage_that_imports_a_stage_is_seen():
    assert list(wrong_imports('read', ['dossier.compose', 'dossier.errors'])) == ['dossier.compose']
    assert list(wrong_imports('model', ['dossier.pipeline', 'weasyprint'])) == ['dossier.pipeline', 'weasyprint']


def test_only_the_command_line_touches_clock_environment_and_terminal():
    for owner, path in modules():
        text = path.read_text(encoding='utf-8')
        if owner != 'cli':
            assert 'os.environ' not in text or path.name == 'weasy.py', path  # which sets what fontconfig reads
            assert 'datetime.now' not in text, path
            assert 'print(' not in text, path
