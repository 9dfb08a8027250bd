"""The build against plain WeasyPrint laying out the same parts as one tagged document: time, memory, ratio.

python -m tests.bench.bench [PAGES ...]     one run, both in turn on this machine; prints a table in Markdown
"""

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from tests.bench.generate import make_project

ROOT = Path(__file__).parent.parent.parent


@dataclass(frozen=True)
class Cost:
    """What a command took: seconds on the clock, seconds of processor, and MB of its largest process."""

    wall_s: float
    cpu_s: float
    largest_mb: float
    output: str


def measure(*command: str) -> Cost:
    """Run a command and return what it took, its child processes included."""
    environment = {**os.environ, 'PYTHONPATH': str(ROOT)}
    started = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    peak = [0.0]
    watcher = threading.Thread(target=_watch, args=(process.pid, peak), daemon=True)
    watcher.start()
    output = process.stdout.read() if process.stdout else ''
    _pid, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - started
    assert os.waitstatus_to_exitcode(status) == 0, command
    return Cost(wall, usage.ru_utime + usage.ru_stime, max(peak[0], usage.ru_maxrss / 1024), output)


def _watch(pid: int, peak: list[float]) -> None:
    """Note the largest resident size among a process and its children (Linux), until it ends."""
    while Path(f'/proc/{pid}').exists():
        for child in [pid, *_children(pid)]:
            try:
                lines = Path(f'/proc/{child}/status').read_text(encoding='utf-8').splitlines()
            except OSError:
                continue
            peak[0] = max(peak[0], *(int(line.split()[1]) / 1024 for line in lines if line.startswith('VmHWM')), 0.0)
        time.sleep(0.05)


def _children(pid: int) -> list[int]:
    try:
        return [int(child) for child in Path(f'/proc/{pid}/task/{pid}/children').read_text(encoding='utf-8').split()]
    except OSError:
        return []


def compare(pages: int, folder: Path) -> str:
    """Return a row of the table for a made dossier of about so many pages."""
    project = folder / str(pages)
    make_project(project, pages)
    whole = measure(sys.executable, '-m', 'tests.bench.onepiece', str(project), str(folder / 'whole.pdf'))
    ours = measure(
        sys.executable, '-m', 'dossier', '--project', str(project), 'build', '--product', 'dossier', '--format', 'json'
    )
    (product,) = json.loads(ours.output)['producten']
    times = f'{whole.wall_s:.1f} s | {ours.wall_s:.1f} s | **{ours.wall_s / whole.wall_s:.2f}** | {ours.cpu_s / whole.cpu_s:.2f}'
    memory = f'{whole.largest_mb:.0f} MB | {ours.largest_mb:.0f} MB | **{ours.largest_mb / whole.largest_mb:.2f}**'
    return f'| {product["paginas"]} | {times} | {memory} |'


def main() -> None:
    """Print the table."""
    sizes = [int(size) for size in sys.argv[1:]] or [60, 240]
    print('| pages | one piece | dossier, cold | time | processor | one piece | largest process | memory |')
    print('| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |')
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            print(compare(size, Path(folder)), flush=True)


if __name__ == '__main__':
    main()
