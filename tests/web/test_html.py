"""The pages by the rules of the W3C, as its own checker reads them: `vnu` on the path, or its jar in VNU_JAR."""

import os
import shutil
import subprocess

import pytest

from tests.web.conftest import write

JAR = os.environ.get('VNU_JAR')
COMMAND = ['java', '-jar', JAR] if JAR else [shutil.which('vnu')]
# Read from a file a page has no origin, so that the checker takes 'self' for nobody; and it takes data (JSON-LD) for a script.
NOT_OURS = '.*violates Content Security Policy.*'


def check(folder, names):
    command = [*COMMAND, '--format', 'gnu', '--filterpattern', NOT_OURS, *(str(folder / name) for name in names)]
    return subprocess.run(command, capture_output=True, text=True, check=False).stderr.splitlines()


@pytest.mark.slow
@pytest.mark.skipif(not all(COMMAND), reason='The checker of the W3C (vnu) is not installed')
def test_the_checker_of_the_w3c_finds_nothing_on_any_page(site_2023, tmp_path):
    folder = write(site_2023[1], tmp_path)
    names = [page.naam + '.html' for page in site_2023[0].pages]
    assert check(folder, names) == []
    page = (folder / 'index.html').read_text(encoding='utf-8')
    (folder / 'index.html').write_text(page.replace('<main ', '<main role="banaan" ', 1), encoding='utf-8')
    assert any('banaan' in line for line in check(folder, ['index.html']))
