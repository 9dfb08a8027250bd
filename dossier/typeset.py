"""Composes, lays out and numbers the parts of a book until every number fits: the three stages that need each other."""

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass

from dossier.abbreviate.vocabulary import key_of
from dossier.compose import Composer, Entry, PageRange
from dossier.layout.pool import Begun, Typesetter
from dossier.number import (
    Numbering,
    choose_ready,
    collect_definitions,
    collect_pages,
    find_misfits,
    find_references,
    fold_pages,
    foretell_digits,
    number_fragments,
    refers_to,
)
from dossier.parts import Fragment, Part

_ROUNDS = 6  # one to correct the guess, and one for each digit that a number can grow

Report = Callable[[str, str, int], None]  # stage, what it is at, pages


@dataclass(frozen=True)
class Book:
    """The parts of a product, laid out and numbered."""

    parts: list[Part]
    fragments: dict[str, Fragment]
    numbering: Numbering


Steps = Generator[list[Part], dict[str, Fragment], dict[str, Book]]


def lay_out_editions(
    composers: Iterable[tuple[str, Composer]], typesetter: Typesetter, report: Report, alone: bool
) -> Iterator[tuple[str, Composer, dict[str, Book]]]:
    """Yield each edition with its composer and its books by product, the afkortingenlijst where it is wanted alone.

    While the workers are busy with one edition, the next is composed. LayoutError with all that went wrong.
    """

    def progress(fragment: Fragment) -> None:
        report('lay out', fragment.name, fragment.pages)

    typesetter.begun.clear()
    waiting: deque[tuple[str, Composer, Steps, Begun]] = deque()
    digits: dict[str, int] = {}
    for name, composer in composers:
        # Mostly those of the edition before; so most parts are composed once.
        composer.digits = dict.fromkeys(composer.names, 2) | digits
        steps = set_books(composer, alone)
        waiting.append((name, composer, steps, typesetter.begin(next(steps))))
        digits = {**composer.digits}
    while waiting:
        name, composer, steps, begun = waiting.popleft()
        fragments = typesetter.finish(begun, progress)
        try:
            waiting.append((name, composer, steps, typesetter.begin(steps.send(fragments))))
        except StopIteration as end:
            yield name, composer, end.value


def set_books(composer: Composer, alone: bool) -> Steps:
    """Yield what must be laid out next, take the fragments, and return the books by product.

    A part is laid out again only for a wrong guess of digits.
    """
    names, first = composer.names, composer.digits
    parts = {name: composer.compose(name) for name in names if name != 'afkortingen'}
    fragments: dict[str, Fragment] = {}
    while waiting := [part for part in parts.values() if part.name not in fragments]:
        composer.digits, unsure = foretell_digits(names, [*parts.values()], fragments)
        ready = choose_ready(names, waiting, unsure)
        other = {name for name, digits in composer.digits.items() if digits != first[name]}
        parts |= {part.name: composer.compose(part.name) for part in ready if find_references(part.html) & other}
        fragments |= yield [parts[part.name] for part in ready]
    for attempt in range(_ROUNDS):
        numbering = number_fragments(names, [*parts.values()], fragments)
        misfits = find_misfits(numbering, fragments, may_shrink=attempt == 0)
        if not misfits:
            break
        composer.digits = {**composer.digits, **misfits}
        again = {name: composer.compose(name) for name in parts if refers_to(fragments[name], misfits)}
        parts |= again
        fragments |= yield [*again.values()]
    # The list knows the number of every page by now, and stands after all that it counts.
    pages, defined = collect_pages(numbering, fragments.values()), collect_definitions(numbering, fragments.values())
    entries = list_entries(composer, pages, defined)
    inside = [composer.compose_list(entries)] if 'afkortingen' in names else []
    apart = [composer.compose_list(entries, alone=True)] if alone else []
    lists = yield [*inside, *apart]
    book = [*parts.values(), *inside]
    fragments |= {part.name: lists[part.name] for part in inside}
    books = {'dossier': Book(book, fragments, number_fragments(names, book, fragments))}
    return books | {
        part.name: Book([part], {part.name: lists[part.name]}, number_fragments([part.name], [part], lists))
        for part in apart
    }


def list_entries(composer: Composer, pages: dict[str, list[int]], defined: dict[str, int]) -> list[Entry]:
    """Return the used abbreviations with their folded pages, the one on which each is first written out apart."""
    entries = []
    for entry in composer.marked.used():
        key = key_of(entry)
        main = defined.get(key, 0)
        folded = fold_pages(pages.get(key, []), main)
        entries.append(Entry(entry, tuple(PageRange(first, last, first == main) for first, last in folded)))
    return entries
