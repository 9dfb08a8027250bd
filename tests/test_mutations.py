"""A mistake in any field of any file is told with the file and the line of that field, and of no other."""

import re
from functools import lru_cache

import pytest
import yaml

from dossier import model
from dossier.errors import DossierError, Place
from dossier.excerpt import excerpt, point_out
from dossier.model import fields, settings
from dossier.read import raw
from dossier.validate import FILES
from tests.conftest import copy_project
from tests.mutations import Mutator, bare, hints, is_below, is_model, mutations

ALL, SEEN = mutations()


@pytest.fixture(scope='module')
def full(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        # Of 2,600 rounds all files but one are the same each time.
        patch.setattr(fields, 'parse_text', lru_cache(None)(fields.parse_text))
        compose = lru_cache(None)(yaml.compose)
        patch.setattr(yaml, 'compose', lambda text, **loader: compose(text, **loader))
        patch.setattr(raw, '_refuse_unwanted', lru_cache(None)(raw._refuse_unwanted))
        yield copy_project('volledig', tmp_path_factory.mktemp('mutaties') / 'project')


def complaints(project, mutation):
    """Yield what is not right about the messages of a mutation."""
    before = (project.path / mutation.file).read_text(encoding='utf-8')
    try:
        project.write(mutation.file, mutation.text)
        try:
            project.read()
            yield f'{mutation.name}: not told'
            return
        except DossierError as error:
            found = point_out(project.path, error.findings)
        for finding in found:
            where = (finding.place.file, finding.place.line)
            if where != (mutation.file, mutation.line):
                yield f'{mutation.name}: {where} is not {(mutation.file, mutation.line)}: {finding}'
            elif '^' not in ''.join(excerpt(project.path, finding)):
                yield f'{mutation.name}: no caret: {finding}'
    finally:
        project.write(mutation.file, before)


def test_every_mistake_in_every_field_names_its_own_line(full):
    assert len(ALL) > 1000
    assert [complaint for mutation in ALL for complaint in complaints(full, mutation)] == []


def test_the_names_of_mutations_are_unique():
    names = [mutation.name for mutation in ALL]
    assert len(names) == len(set(names))


def test_a_message_with_another_line_is_seen(full, monkeypatch):
    monkeypatch.setattr(raw.Source, 'place_of', lambda source, path: Place(source.file, 1))
    assert len([complaint for mutation in ALL[::20] for complaint in complaints(full, mutation)]) > 20


def test_a_message_with_another_file_is_seen(full, monkeypatch):
    monkeypatch.setattr(raw.Source, 'place_of', lambda source, path: Place('output/werk/x.html', 3))
    assert len([complaint for mutation in ALL[::50] for complaint in complaints(full, mutation)]) > 10


def owner(kind, name):
    """Return the model in which a field is written."""
    return next(base for base in kind.__mro__ if name in getattr(base, '__annotations__', {}))


def test_the_full_example_has_every_field():
    kinds = [model.Thema, model.Hoofdstuk, *map(bare, FILES.values())]
    known = set()
    while kinds:
        kind = kinds.pop()
        if is_model(kind):
            known |= {(kind, name) for name in hints(kind) if not is_below(kind, name)}
            kinds += hints(kind).values()
        else:
            kinds += [
                bare(inner)
                for inner in getattr(kind, '__args__', ())
                if inner is not ... and not isinstance(inner, str)
            ]
    assert {(owner(*field).__name__, field[1]) for field in known} - {
        (owner(*field).__name__, field[1]) for field in SEEN
    } == set()


def test_a_field_that_is_new_in_a_model_is_mutated(monkeypatch):
    class Ronde(settings.Verkiezingsronde):
        nieuw_veld: settings.Dag | None = None

    names = [mutation.name for mutation in Mutator('data/2027/dossier.yaml', set()).mutations(Ronde)]
    assert len([name for name in names if re.search(r'nieuw_veld added', name)]) > 4
