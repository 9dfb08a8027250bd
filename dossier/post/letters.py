"""Letters by the hundred: people and a template in, laid out letters out, and a finding for each that can't be made.

The letters are laid out in batches, each kept on disk under the key of all that it depends on: after a correction, or when the
computer was switched off half-way, only the batches that lack are made again, and the result has the same bytes as made at once.
"""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

from dossier.errors import Finding, LayoutError, Place, Severity
from dossier.layout.cache import open_cache
from dossier.layout.pool import Typesetter, open_typesetter, read_log
from dossier.layout.style import Style
from dossier.messages import finding
from dossier.parts import Fragment
from dossier.pieces import Letter, LetterBatch, take_apart
from dossier.post.address import Adres
from dossier.post.bundle import LaidOut
from dossier.post.fit import fit_lines
from dossier.post.office import Office
from dossier.post.templates import in_language
from dossier.resources import find_file, shipped
from dossier.store import Store, digest
from dossier.templates import Templates

BATCH = 100
MAX_WRONG = 25  # then it is not the people who are wrong
INSET_MM = 5  # of the lines in the window, so that they stand above the text
ZONE_MM = 27.3  # of the address, at the foot of the window; above it stands the sender (DIN 5008)
_SHEETS = ('lettertypen.css', 'maten.css', 'post.css')


@dataclass(frozen=True)
class Recipient:
    """Someone who gets a letter: where they come from, their name, their address, and what the template may use."""

    place: Place | None
    name: str
    adres: Adres
    values: Mapping[str, Any]


@contextmanager
def open_letters(project: Path, jobs: int) -> Iterator[Typesetter]:
    """Give the typesetter of letters, its workers started."""
    sheets = tuple(find_file(project, 'styles', name) for name in _SHEETS)
    stijl = ((project / 'styles').resolve(), shipped('styles').resolve())
    with open_typesetter(Style(sheets, ((project / 'templates' / 'post').resolve(),), stijl), jobs) as typesetter:
        typesetter.warm()
        yield typesetter


def compose_letters(
    templates: Templates, name: str, people: Mapping[int, Recipient], office: Office, today: date
) -> tuple[dict[int, Letter], list[Finding]]:
    """Return the letters by the position of their people, and a finding for each address that is no good; TemplateError."""
    letters: dict[int, Letter] = {}
    findings: list[Finding] = []
    for n, person in people.items():
        fitted = fit_lines(person.adres.lines, office.post.venster.b - INSET_MM, ZONE_MM)
        if person.adres.missing or not fitted:
            code = 'adres-onvolledig' if person.adres.missing else 'adres-te-lang'
            findings.append(finding(code, person.place, name=person.adres.missing))
            continue
        language = str(person.values.get('taal') or office.taal)
        known = {'naam': '', 'organisatie': '', 'aanhef': '', 'aantal': 1, **person.values, 'adres': fitted[1]}
        known |= {'taal': language, 'kantoor': office, 'vandaag': today, 'adresmaat': f'pt{fitted[0]}', 'zone': ZONE_MM}
        letters[n] = take_apart(templates.fill(in_language(name, language), **known))
    return letters, findings


@dataclass
class LetterPress:
    """Lays letters out in batches and keeps each; counts the letters that were laid out, and those that were there."""

    typesetter: Typesetter
    store: Store
    laid_out: int = 0
    reused: int = 0
    keys: set[str] = field(default_factory=set)

    def lay_out(
        self, letters: Mapping[int, Letter], people: Mapping[int, Recipient]
    ) -> tuple[dict[int, LaidOut], list[Finding]]:
        """Return the letters laid out by position, and a finding for each that can't be; LayoutError when too many can't."""
        done: dict[int, LaidOut] = {}
        findings: list[Finding] = []
        queue = [[*batch] for _number, batch in groupby(sorted(letters), lambda n: n // BATCH)]
        while queue:
            asked = [(batch, self._ask([letters[n] for n in batch])) for batch in queue]
            queue = []
            for batch, (key, answer) in asked:
                made = answer if isinstance(answer, LetterBatch) else _receive(answer)
                wrong = _find_error(made)
                if not wrong:
                    self._keep(key, made, isinstance(answer, LetterBatch))
                    names = [people[n].name for n in batch]
                    done |= dict(zip(batch, _hand_out(made, names), strict=True))
                elif len(batch) > 1:  # the others go on
                    queue += [batch[: len(batch) // 2], batch[len(batch) // 2 :]]
                else:
                    findings.append(finding('brief-mislukt', people[batch[0]].place, reason=wrong.message))
            if len(findings) >= MAX_WRONG:
                raise LayoutError(findings)
        return done, findings

    def _ask(self, letters: list[Letter]) -> tuple[str, LetterBatch | Future[LetterBatch]]:
        """Return the key of a batch, and the batch as it was kept, or what will bring it."""
        cache = open_cache(self.typesetter.folder, self.typesetter.style)
        key = digest(cache.base, *(letter.html for letter in letters))
        if entry := self.store.get(key):
            return key, LetterBatch(entry.read(), tuple(entry.head))
        assert self.typesetter.executor
        return key, self.typesetter.executor.submit(_work, letters, cache.style, cache.state)

    def forget_others(self) -> None:
        """Throw out what was kept of other people, or of what these were before."""
        for path in self.store.folder.glob('*/*'):
            if path.parent.name + path.name not in self.keys:
                path.unlink(missing_ok=True)

    def _keep(self, key: str, made: LetterBatch, kept: bool) -> None:
        self.keys.add(key)
        self.reused += len(made.pages) if kept else 0
        if not kept:
            self.laid_out += len(made.pages)
            self.store.put(key, made.pages, made.pdf)


def _find_error(made: LetterBatch) -> Finding | None:
    told = read_log({'': Fragment('', b'', 0, log=made.log)})
    return next((line for line in told if line.severity is Severity.ERROR), None)


def _hand_out(made: LetterBatch, names: Sequence[str]) -> Iterator[LaidOut]:
    first = 0
    for name, pages in zip(names, made.pages, strict=True):
        yield LaidOut(name, made.pdf, first, pages)
        first += pages


def _receive(future: Future[LetterBatch]) -> LetterBatch:
    try:
        return future.result()
    except BrokenProcessPool as error:
        raise LayoutError([finding('werker-gestopt')]) from error


def _work(letters: Sequence[Letter], style: Style, state: str) -> LetterBatch:
    from dossier.layout.letters import lay_out_letters

    return lay_out_letters(letters, style, state)
