"""A version of a round: from `data/`, from git, from a bag."""

import shutil
import subprocess

import pytest

from dossier.compare.versions import open_version, read_version
from dossier.errors import SourceError


@pytest.fixture
def repository(project):
    """The small project in git, with a theme changed after the first commit."""
    git = ['git', '-C', str(project.path), '-c', 'user.name=Test', '-c', 'user.email=test@voorbeeld.example']
    subprocess.run([*git, 'init', '-q'], check=True)
    subprocess.run([*git, 'add', '.'], check=True)
    subprocess.run([*git, 'commit', '-qm', 'een'], check=True)
    theme = next((project.path / 'data' / '2027' / 'themas').glob('*.md'))
    theme.write_text(theme.read_text(encoding='utf-8') + '\nEen nieuwe alinea.\n', encoding='utf-8')
    return project


def last_text(dossier):
    return next(iter(dossier.themas.values())).tekst.source


def test_round_and_git_revision(repository):
    assert 'Een nieuwe alinea.' in last_text(read_version(repository.path, '2027'))
    assert 'Een nieuwe alinea.' not in last_text(read_version(repository.path, '2027@HEAD'))


@pytest.mark.parametrize('name', ['2027@nergens', '2027@--help', '2027@HEAD:data', '2031@HEAD', '2031', '2027@'])
def test_unknown_version(repository, name):
    with pytest.raises(SourceError), open_version(repository.path, name):
        pass


def test_without_git_a_revision_is_unknown(project):
    with pytest.raises(SourceError) as caught, open_version(project.path, '2027@HEAD'):
        pass
    assert caught.value.findings[0].code == 'versie-onbekend'


@pytest.mark.parametrize('name', ['2027@v1', 'output/archief/2027/dossier-2027-v1'])
def test_bag(project, name):
    bag = project.path / 'output' / 'archief' / '2027' / 'dossier-2027-v1'
    shutil.copytree(project.path / 'data', bag / 'data' / 'dossier-2027' / 'bronnen' / 'data')
    (bag / 'bagit.txt').write_text('BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n')
    with open_version(project.path, name) as (folder, ronde):
        assert (folder.name, ronde) == ('bronnen', '2027')
