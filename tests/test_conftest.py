"""The guard around the repository's own `output/` really refuses, and only there."""

import os
import shutil
from pathlib import Path

import pytest

from dossier.i18n import current_language
from tests.conftest import ROOT, copy_project

OUTPUT = ROOT / 'output'


@pytest.mark.parametrize(
    'write',
    [
        lambda own: (OUTPUT / 'x.txt').write_text('a'),
        lambda own: (OUTPUT / 'x.txt').open('a'),
        lambda own: os.open(OUTPUT / 'x.txt', os.O_CREAT | os.O_WRONLY),
        lambda own: (OUTPUT / 'x').mkdir(),
        lambda own: own.rename(OUTPUT / 'x.txt'),
        lambda own: own.replace(OUTPUT / 'x.txt'),
        lambda own: shutil.copy(own, OUTPUT / 'x.txt'),
        lambda own: (OUTPUT / 'x.txt').symlink_to(own),
        lambda own: (OUTPUT / 'README.md').unlink(),
        lambda own: OUTPUT.rmdir(),
        lambda own: (ROOT / 'data' / '..' / 'output' / 'x.txt').write_text('a'),
    ],
)
def test_no_test_can_write_in_the_output_of_the_repository(tmp_path, write):
    own = tmp_path / 'eigen.txt'
    own.write_text('a')
    with pytest.raises(AssertionError, match='writes in the output of the repository'):
        write(own)
    assert not (OUTPUT / 'x.txt').exists()
    assert own.exists()


def test_it_may_be_read_and_other_output_may_be_written(tmp_path):
    assert (OUTPUT / 'README.md').read_text(encoding='utf-8')
    (tmp_path / 'output').mkdir()
    (tmp_path / 'output' / 'x.txt').write_text('a')


def test_every_test_starts_in_english():
    assert current_language() == 'en'


def test_dutch_may_be_asked_for(dutch):
    assert current_language() == 'nl'


def test_a_replacement_must_stand_once_in_the_file(tmp_path):
    project = copy_project('klein', tmp_path / 'project')
    with pytest.raises(AssertionError, match='stands 0 times'):
        project.replace('data/2027/dossier.yaml', 'staat er niet', 'a')
    assert isinstance(project.path, Path)
