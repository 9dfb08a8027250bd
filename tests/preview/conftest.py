"""A preview that runs as a user starts it, and a real Chromium that looks at it."""

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

READY = {'nl': 'Alle bladzijden zijn bijgewerkt.', 'en': 'All pages are up to date.'}
# Stands for the user's editor: writes down with what it was started.
EDITOR = 'import sys; open(sys.argv[1], "a").write(" ".join(sys.argv[2:]) + "\\n")'


class Preview:
    """A running preview of a project."""

    def __init__(self, project, process, address, opened):
        self.project, self.process, self.address, self.opened = project, process, address, opened

    def workers(self):
        """Return the processes that the preview started, as the system knows them (Linux)."""
        found = []
        for path in Path('/proc').glob('[0-9]*/stat'):
            try:
                _name, _paren, rest = path.read_text().rpartition(')')
            except OSError:
                continue
            if int(rest.split()[1]) == self.process.pid:
                found.append(int(path.parent.name))
        return found

    def stop(self, number=signal.SIGINT):
        self.process.send_signal(number)
        return self.process.wait(20)


@contextmanager
def run_preview(project, opened, lang='nl'):
    """Run `dossier preview` on a project until the end of the block; `opened` is where the editor writes."""
    editor = f'"{sys.executable}" -c \'{EDITOR}\' "{opened}" {{file}} {{line}}'
    command = [
        sys.executable,
        '-m',
        'dossier',
        '--lang',
        lang,
        '--project',
        str(project.path),
        'preview',
        '--no-browser',
    ]
    environment = {**os.environ, 'DOSSIER_EDITOR': editor}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)
    try:
        yield Preview(project, process, process.stdout.readline().strip(), opened)
    finally:
        process.kill()
        process.wait()
        process.stdout.close()
        process.stderr.close()


@contextmanager
def open_page(chromium, preview, lang='nl'):
    """Give the page of a preview, all its pages made; it may say nothing on the console."""
    context = chromium.new_context(viewport={'width': 1400, 'height': 900})
    page = context.new_page()
    said = []
    page.on('console', lambda message: '404' in message.text or said.append(message.text))
    page.on('pageerror', lambda error: said.append(str(error)))
    page.set_default_timeout(60_000)
    page.goto(preview.address)
    page.get_by_role('status').get_by_text(READY[lang]).wait_for()
    yield page
    assert said == []
    context.close()


def wait_until(test, seconds=60):
    """Wait until something holds; fails when it doesn't in time."""
    end = time.monotonic() + seconds
    while not (result := test()):
        assert time.monotonic() < end, 'waited in vain'
        time.sleep(0.05)
    return result
