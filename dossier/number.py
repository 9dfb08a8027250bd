"""Number: all fragments in, the page number of every part out; and the folded pages of the afkortingenlijst.

Every part opens on a right-hand page, so on an odd number; the blanks in between are counted on the screen too. A number is
written into a place of so many digits. The guess comes from the length of the texts and of what is laid out already, so the
same texts always take the same steps. What refers to a number near 10, 100 or 1,000 waits until the others are laid out; a
wrong guess is laid out again, and after that a place only grows. So numbering ends by construction.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, sqrt

from dossier.parts import PLACEHOLDER, Fragment, Part

_MARK_UP = re.compile(r'<[^>]*>')
_REFERENCE = re.compile(r'<span class="(?![^"]*rechts)[^"]*" data-naar="(?P<name>[^"]*)">')
_BLOCKS = ('<p', '<li', '<h2', '<h3')


@dataclass(frozen=True)
class Numbering:
    """The first page number of each part (0: not counted), in the order of the book, and the number of the last page."""

    first: Mapping[str, int]
    last: int

    def digits(self) -> dict[str, int]:
        """Return how many digits the page number of each part has."""
        return {name: len(str(number)) for name, number in self.first.items()}


def number_parts(parts: Iterable[tuple[str, int, bool]]) -> Numbering:
    """Return the numbering of parts given as name, count of pages, and whether they are counted."""
    first: dict[str, int] = {}
    next_page = 1
    for name, pages, counted in parts:
        next_page += 1 - next_page % 2
        first[name] = next_page if counted else 0
        next_page += pages if counted else 0
    return Numbering(first, next_page - 1)


def foretell_digits(
    names: Sequence[str], parts: Sequence[Part], fragments: Mapping[str, Fragment]
) -> tuple[dict[str, int], set[str]]:
    """Return the digits that the page number of each part of the book will probably have, and the parts of which that is unsure.

    Some parts may be laid out: only the lengths of the others are guessed. A number is unsure when it has another count of
    digits a little further; how far is three times what the guesses before it are off together.
    """
    counted = {part.name: part.folio for part in parts}
    pages = {part.name: estimate_pages(part.html) for part in parts if part.name not in fragments}
    pages |= {name: fragment.pages for name, fragment in fragments.items()}
    numbering = number_parts((name, pages.get(name, 0), counted.get(name, True)) for name in names)
    unsure, guessed = set(), 0
    for name in names:
        margin, number = 2 * ceil(sqrt(guessed)), numbering.first[name]
        if len(str(max(1, number - margin))) != len(str(number + margin)):
            unsure.add(name)
        guessed += counted.get(name, False) and name not in fragments
    return numbering.digits(), unsure


def choose_ready(names: Sequence[str], waiting: Sequence[Part], unsure: Collection[str]) -> list[Part]:
    """Return the parts to lay out now, so that few are laid out for a wrong guess.

    First what makes unsure numbers sure: the parts before them. Of those, the ones that refer to such a number themselves
    must guess; half of them does, and as many others keep the workers busy meanwhile.
    """
    late = {part.name for part in waiting if find_references(part.html) & {*unsure}}
    if not late:
        return [*waiting]
    before = names[: max(names.index(name) for name in unsure)]
    first = [part for part in waiting if part.name in before]
    if ready := [part for part in first if part.name not in late]:
        return ready
    others = [part for part in waiting if part.name not in {*before, *late}]
    half = ceil(len(first) / 2)
    return first[:half] + others[:half]


def find_references(html: str) -> set[str]:
    """Return the parts whose page number stands in a line of a part."""
    return {match['name'] for match in _REFERENCE.finditer(html)}


def estimate_pages(html: str) -> int:
    """Return how many pages a part will probably have: 3 of 4 right, and none off by more than one, on the round of 2023."""
    blocks = sum(html.count(block) for block in _BLOCKS)
    characters = len(_MARK_UP.sub('', html)) - html.count(chr(PLACEHOLDER))  # which may be any number
    # Fitted by least squares on the round of 2023 and a dossier of 240 pages, with the shipped styles.
    return ceil(0.5 + characters / 4000 + html.count('<tr') / 95 + blocks / 80 + html.count('<img') * 0.45)


def number_fragments(names: Sequence[str], parts: Sequence[Part], fragments: Mapping[str, Fragment]) -> Numbering:
    """Return the numbering of the book, in the order of its names; the last part need not be laid out yet."""
    counted = {part.name: part.folio for part in parts}
    pages = ((name, fragments[name].pages if name in fragments else 0, counted.get(name, True)) for name in names)
    return number_parts(pages)


def find_misfits(numbering: Numbering, fragments: Mapping[str, Fragment], may_shrink: bool) -> dict[str, int]:
    """Return the parts whose number needs another count of digits than it has in a line of text, with that count."""
    right = numbering.digits()
    return {
        slot.target: right[slot.target]
        for fragment in fragments.values()
        for slot in fragment.slots
        if slot.fill == 'exact' and slot.target
        if right[slot.target] > slot.digits or (may_shrink and right[slot.target] < slot.digits)
    }


def refers_to(fragment: Fragment, names: Iterable[str]) -> bool:
    """Return whether a fragment has the number of one of these parts in a line of text."""
    wanted = set(names)
    return any(slot.fill == 'exact' and slot.target in wanted for slot in fragment.slots)


def collect_pages(numbering: Numbering, fragments: Iterable[Fragment]) -> dict[str, list[int]]:
    """Return for every abbreviation the numbers of the pages on which it stands."""
    pages: dict[str, set[int]] = {}
    for fragment in fragments:
        first = numbering.first[fragment.name]
        for form, found in fragment.uses.items():
            pages.setdefault(form, set()).update(first + page for page in found if first)
    return {form: sorted(numbers) for form, numbers in pages.items()}


def collect_definitions(numbering: Numbering, fragments: Iterable[Fragment]) -> dict[str, int]:
    """Return for every abbreviation the first page in the book on which it is written out."""
    pages: dict[str, int] = {}
    for fragment in fragments:
        first = numbering.first[fragment.name]
        for form, page in fragment.defined.items():
            pages[form] = min(first + page, pages.get(form, first + page))
    return pages


def fold_pages(numbers: Sequence[int], alone: int = 0) -> Iterator[tuple[int, int]]:
    """Yield pages that follow each other as first and last: 12, 14, 15, 16 becomes (12, 12), (14, 16); one may stand alone."""
    start = previous = None
    for number in numbers:
        if previous is not None and start is not None and (number != previous + 1 or alone in (number, previous)):
            yield start, previous
            start = number
        start = number if start is None else start
        previous = number
    if start is not None and previous is not None:
        yield start, previous
