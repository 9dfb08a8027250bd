"""Lays parts out on a dask.distributed cluster: the same pages as here, or an error. Fragments come back as bytes."""

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import CancelledError, Executor, Future, wait
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any

from dossier.errors import Finding, ToolError
from dossier.i18n import current_language, set_language
from dossier.layout.cache import digest_program
from dossier.layout.style import Style, find_style
from dossier.messages import finding
from dossier.parts import Fragment, Part
from dossier.store import digest
from dossier.versions import layout_versions

_PATIENCE_S = 5  # for a scheduler to answer, and for workers to be there
_RETRIES = 3  # of a part whose worker died
_ONE = Lock()  # WeasyPrint is changed while it works, and a worker of dask may have threads


@dataclass
class Cluster:
    """A cluster that is connected; its workers hold the same versions and files as this computer."""

    address: str
    client: Any
    executor: Executor
    style: Style
    expected: dict[str, str]

    def lay_out(self, part: Part) -> Future[Fragment]:
        """Return what will be the part laid out, by any worker; ask `results` for it."""
        return self.executor.submit(lay_out_there, part, self.style.ronde[0], self.expected, current_language())

    def results(self, futures: Iterable[Future[Fragment]]) -> Iterator[Future[Fragment]]:
        """Yield each as its fragment comes in; ToolError when workers die again and again, or none is left."""
        from distributed import KilledWorker

        left, idle_s = {*futures}, 0
        while left:
            done, left = wait(left, timeout=1, return_when='FIRST_COMPLETED')
            idle_s = 0 if done or self._has_workers() else idle_s + 1
            if idle_s >= _PATIENCE_S:
                raise ToolError([finding('cluster-leeg', url=self.address)])
            try:
                for future in done:
                    future.result()
            except (KilledWorker, CancelledError, OSError) as error:
                raise ToolError([finding('cluster-gestopt', url=self.address)]) from error
            yield from done

    def close(self) -> None:
        """Let go of the cluster, which goes on without us."""
        self.executor.shutdown(wait=False)
        self.client.close(timeout=_PATIENCE_S)

    def _has_workers(self) -> bool:
        try:
            return bool(self.client.nthreads())
        except OSError:  # nor a scheduler
            return False


def open_cluster(address: str, style: Style) -> Cluster:
    """Return the cluster at an address; ToolError when it isn't there, or when a worker would make other pages."""
    try:
        from distributed import Client
    except ImportError as error:
        raise ToolError([finding('cluster-ontbreekt')]) from error
    import logging

    logging.getLogger('distributed').setLevel(logging.CRITICAL)  # what matters we say ourselves
    connect: Any = Client  # it has no types
    try:
        client = connect(address, timeout=_PATIENCE_S, set_as_default=False)
    except (OSError, ValueError) as error:
        raise ToolError([finding('cluster-onbereikbaar', url=address)]) from error
    cluster = Cluster(address, client, client.get_executor(pure=False, retries=_RETRIES), style, describe(style))
    try:
        client.wait_for_workers(1, timeout=_PATIENCE_S)
        said = client.run(describe_there, style.ronde[0], on_error='return')
    except OSError as error:
        cluster.close()
        raise ToolError([finding('cluster-leeg', url=address)]) from error
    if wrong := [found for worker in sorted(said) for found in compare(worker, said[worker], cluster.expected)]:
        cluster.close()
        raise ToolError(wrong)
    return cluster


def describe(style: Style) -> dict[str, str]:
    """Return all that a page depends on besides its part: versions, and digests of the program and of the files it may read."""
    files = {
        'styles, fonts': digest(*_contents(style.stijl)),
        'data': digest(*_contents(style.ronde)),
        'dossier': digest_program(),
    }
    return layout_versions() | files


def describe_there(ronde: Path) -> dict[str, str]:
    """Return the same of a worker, whose program may stand in another place; its project stands where ours does."""
    return describe(_style_there(ronde))


def lay_out_there(part: Part, ronde: Path, expected: dict[str, str], language: str) -> Fragment:
    """Return the part laid out on a worker; ToolError when it came later, or was changed, and differs."""
    from distributed import get_worker

    with _ONE:
        style = _style_there(ronde)
        said = describe(style)
        if wrong := compare(get_worker().address, said, expected):
            raise ToolError(wrong)
        set_language(language)
        from dossier.layout.weasy import lay_out_part

        return lay_out_part(part, style, said['styles, fonts'])


def compare(worker: str, said: dict[str, str] | Exception, expected: dict[str, str]) -> list[Finding]:
    """Return what makes a worker unfit."""
    if isinstance(said, Exception):  # it has no dossier, or another Python
        return [finding('cluster-anders', worker=worker, name='dossier', there=said, here=expected['dossier'])]
    return [
        finding('cluster-anders', worker=worker, name=name, there=said.get(name, '-')[:12], here=here[:12])
        for name, here in expected.items()
        if said.get(name) != here
    ]


def _style_there(ronde: Path) -> Style:
    return find_style(ronde.parent.parent, ronde.name)


def _contents(folders: Sequence[Path]) -> Iterator[str | bytes]:
    """Yield names and contents in an order that doesn't depend on where the folders stand."""
    for folder in folders:
        for path in sorted(path for path in folder.rglob('*') if path.is_file()):
            yield path.relative_to(folder).as_posix()
            yield path.read_bytes()
