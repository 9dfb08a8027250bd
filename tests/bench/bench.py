"""The build against plain WeasyPrint laying out the same parts as one tagged document: time, memory, ratio.

python -m tests.bench.bench [PAGES ...]     one run, all in turn; prints a table in Markdown, and draws docs/snelheid.svg

Typst and Prince are measured too where they are installed (pip install typst prince-pdf; Prince has a licence of its own).
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import pikepdf

from tests.bench import peers
from tests.bench.generate import make_project
from tests.bench.plot import draw_bars

ROOT = Path(__file__).parent.parent.parent
PLOT = ROOT / 'docs' / 'snelheid.svg'
HEAD = '| pages | what | time | of one piece | processor | largest process | of one piece | all processes |'


@dataclass(frozen=True)
class Cost:
    """What a command took: seconds on the clock and of processor, MB of its largest process and of all together."""

    wall_s: float
    cpu_s: float
    largest_mb: float
    tree_mb: float
    output: str

    def row(self, pages: int, what: str, whole: 'Cost') -> str:
        """Return a row of the table."""
        time, memory = self.wall_s / whole.wall_s, self.largest_mb / whole.largest_mb
        ratio = f'{time:.3f}' if time < 0.1 else f'{time:.2f}'
        return (
            f'| {pages} | {what} | {self.wall_s:.1f} s | **{ratio}** | {self.cpu_s / whole.cpu_s:.2f} '
            f'| {self.largest_mb:.0f} MB | **{memory:.2f}** | {self.tree_mb:.0f} MB |'
        )


def measure(*command: str) -> Cost:
    """Run a command and return what it took, its child processes included."""
    environment = {**os.environ, 'PYTHONPATH': str(ROOT)}
    started = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    peak = [0.0, 0.0]
    watcher = threading.Thread(target=_watch, args=(process.pid, peak), daemon=True)
    watcher.start()
    output = process.stdout.read() if process.stdout else ''
    _pid, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - started
    assert os.waitstatus_to_exitcode(status) == 0, command
    largest = max(peak[0], usage.ru_maxrss / 1024)
    return Cost(wall, usage.ru_utime + usage.ru_stime, largest, max(peak[1], largest), output)


def _watch(pid: int, peak: list[float]) -> None:
    """Note the largest resident size among a process and its children, and that of all, what they share once (Linux)."""
    while Path(f'/proc/{pid}').exists():
        total = 0.0
        for child in [pid, *_children(pid)]:
            peak[0] = max(peak[0], _size(child, 'status', 'VmHWM'))
            total += _size(child, 'smaps_rollup', 'Pss')
        peak[1] = max(peak[1], total)
        time.sleep(0.1)


def _size(pid: int, file: str, name: str) -> float:
    try:
        lines = Path(f'/proc/{pid}/{file}').read_text(encoding='utf-8').splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith(f'{name}:')), 0.0)


def _children(pid: int) -> list[int]:
    try:
        return [int(child) for child in Path(f'/proc/{pid}/task/{pid}/children').read_text(encoding='utf-8').split()]
    except OSError:
        return []


def build(project: Path, *options: str) -> Cost:
    """Return what a build of the book takes."""
    command = (
        sys.executable,
        '-m',
        'dossier',
        '--project',
        str(project),
        'build',
        '--product',
        'dossier',
        '--format',
        'json',
    )
    return measure(*command, *options)


def peer_rows(project: Path, folder: Path, whole: Cost) -> Iterator[tuple[str, float, str]]:
    """Yield the rows of the other programs that are installed, each with the number of pages that it makes."""
    for peer, package in (('typst', 'typst'), ('prince', 'prince_pdf')):
        if find_spec(package):
            source = folder / f'{peer}-{project.name}'
            measure(sys.executable, '-m', 'tests.bench.peers', 'write', peer, str(project), str(source))
            cost = measure(*peers.command(peer, source))
            with pikepdf.open(source / peers.RESULT) as pdf:
                count = len(pdf.pages)
            what = f'{peer.title()}, one piece'
            yield f'{count} {what}', cost.wall_s / whole.wall_s, cost.row(count, what, whole)


def compare(pages: int, folder: Path) -> Iterator[tuple[str, float, str]]:
    """Yield what was done, its time as a part of one piece, and its row, for a made dossier of about so many pages."""
    project = folder / str(pages)
    make_project(project, pages)
    whole = measure(sys.executable, '-m', 'tests.bench.onepiece', str(project), str(folder / 'whole.pdf'))
    cold = build(project)
    count = json.loads(cold.output)['producten'][0]['paginas']

    def told(what: str, cost: Cost) -> tuple[str, float, str]:
        return f'{count} {what}', cost.wall_s / whole.wall_s, cost.row(count, what, whole)

    yield told('WeasyPrint, one piece', whole)
    yield from peer_rows(project, folder, whole)
    yield told('cold', cold)
    yield told('nothing changed', build(project))
    theme = sorted(project.glob('data/2027/themas/*.md'))[-1]
    theme.write_text(theme.read_text(encoding='utf-8').replace('## ', 'Een nieuwe zin.\n\n## ', 1), encoding='utf-8')
    yield told('one theme edited', build(project))
    if pages <= 240:
        shutil.rmtree(project / 'output')
        editions = [option for n in range(1, 13) for option in ('--edition', f'gewest-{n}')]
        twelve = build(project, *editions)
        what, _ratio, row = told('twelve editions, cold', twelve)
        yield f'{what}, of one', twelve.wall_s / cold.wall_s, row + f' {twelve.wall_s / cold.wall_s:.2f} x cold'


def main() -> None:
    """Print the table, and draw it."""
    sizes = [int(size) for size in sys.argv[1:]] or [60, 240, 1000]
    print(f'{HEAD}\n| ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: |')
    ratios: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            for what, ratio, row in compare(size, Path(folder)):
                ratios[what] = ratio
                print(row, flush=True)
    PLOT.write_text(draw_bars(ratios), encoding='utf-8')


if __name__ == '__main__':
    main()
