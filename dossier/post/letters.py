"""Letters by the hundred: people and a template in, laid out letters out, and a finding for each that can't be made.

The letters are laid out in batches, each kept on disk under the key of all that it depends on: after a correction, or when the
computer was switched off half-way, only the batches that lack are made again, and the result has the same bytes as made at once.
"""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import accumulate, groupby
from pathlib import Path
from typing import Any

from dossier.errors import Finding, LayoutError, Place, Severity
from dossier.layout.cache import FragmentCache, digest_files, open_cache
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

    def fit(self, width_mm: float, height_mm: float) -> tuple[int, tuple[str, ...]] | Finding:
        """Return the address with its size in points, as `fit_lines` does, or what is wrong with it."""
        fitted = fit_lines(self.adres.lines, width_mm, height_mm)
        if fitted and not self.adres.missing:
            return fitted
        code = 'adres-onvolledig' if self.adres.missing else 'adres-te-lang'
        return finding(code, self.place, name=self.adres.missing)


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
        fitted = person.fit(office.post.venster.b - INSET_MM, ZONE_MM)
        if isinstance(fitted, Finding):
            findings.append(fitted)
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
        cache = open_cache(self.typesetter.folder, self.typesetter.style)
        # What letters read besides is in no entry, so the whole style is in their key.
        cache = replace(cache, base=digest(cache.base, digest_files(cache.style)))
        done: dict[int, LaidOut] = {}
        findings: list[Finding] = []
        queue = [[*batch] for _number, batch in groupby(sorted(letters), lambda n: n // BATCH)]
        while queue:
            asked = [(batch, self._ask([letters[n] for n in batch], cache)) for batch in queue]
            queue = []
            for batch, (key, answer) in asked:
                made = answer if isinstance(answer, LetterBatch) else self.typesetter.wait(answer)
                told = read_log({'': Fragment('', b'', 0, log=made.log)})
                wrong = next((line for line in told if line.severity is Severity.ERROR), None)
                if not wrong:
                    self._keep(key, made, answer is made)
                    starts = [0, *accumulate(made.pages)][:-1]
                    for n, first, pages in zip(batch, starts, made.pages, strict=True):
                        done[n] = LaidOut(people[n].name, made.pdf, first, pages)
                elif len(batch) > 1:  # the others go on
                    queue += [batch[: len(batch) // 2], batch[len(batch) // 2 :]]
                else:
                    findings.append(finding('brief-mislukt', people[batch[0]].place, reason=wrong.message))
            if len(findings) >= MAX_WRONG:
                raise LayoutError(findings)
        return done, findings

    def _ask(self, letters: list[Letter], cache: FragmentCache) -> tuple[str, LetterBatch | Future[LetterBatch]]:
        """Return the key of a batch, and the batch as it was kept, or what will bring it."""
        key = digest(cache.base, *(letter.html for letter in letters))
        if entry := self.store.get(key):
            return key, LetterBatch(entry.read(), tuple(entry.head))
        return key, self.typesetter.submit(_work, letters, cache.style, cache.state)

    def _keep(self, key: str, made: LetterBatch, kept: bool) -> None:
        self.keys.add(key)
        if kept:
            self.reused += len(made.pages)
        else:
            self.laid_out += len(made.pages)
            self.store.put(key, made.pages, made.pdf)

    def forget_others(self) -> None:
        """Throw out what was kept of other people, or of what these were before."""
        for path in self.store.folder.glob('*/*'):
            if path.parent.name + path.name not in self.keys:
                path.unlink(missing_ok=True)


def _work(letters: Sequence[Letter], style: Style, state: str) -> LetterBatch:
    from dossier.layout.letters import lay_out_letters

    return lay_out_letters(letters, style, state)
