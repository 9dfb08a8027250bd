"""What finding abbreviations costs in a cold build of a made dossier: python -m tests.bench.matching [PAGES]"""

import sys
import tempfile
import time
from pathlib import Path

from dossier.abbreviate import abbreviate_dossier
from dossier.abbreviate.forms import Forms
from dossier.read import read_round
from dossier.validate import iter_texts, validate_sources
from tests.bench.bench import measure
from tests.bench.generate import make_project


def main() -> None:
    """Print the seconds of matching, of the whole stage with all its checks, and of the build, on one processor."""
    pages = int(sys.argv[1]) if len(sys.argv) > 1 else 240
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder) / 'p'
        make_project(project, pages)
        dossier = validate_sources(read_round(project))
        texts = [str(text) for part in (dossier.themas, dossier.ronde) for text in iter_texts(part)]
        forms = Forms.of(entry.afkorting for entry in dossier.afkortingen)
        started = time.process_time()
        uses = sum(1 for text in texts for _match in forms.find(text))
        matching = time.process_time() - started
        started = time.process_time()
        abbreviate_dossier(dossier)
        stage = time.process_time() - started
        build = measure(
            sys.executable, '-m', 'dossier', '--project', str(project), 'build', '--product', 'dossier'
        ).cpu_s
    print(f'{uses} uses of {len(dossier.afkortingen)} forms: matching {matching / build:.1%} of a cold build,')
    print(
        f'the whole stage with all its checks {stage / build:.1%} ({matching:.2f} s, {stage:.2f} s, {build:.1f} s of processor)'
    )


if __name__ == '__main__':
    main()
