"""Composes, lays out and numbers the parts of a book until every number fits: the three stages that need each other."""

from collections.abc import Callable
from dataclasses import dataclass

from dossier.abbreviate.vocabulary import key_of
from dossier.compose import Composer, Entry, PageRange
from dossier.layout.pool import Typesetter
from dossier.number import (
    Numbering,
    collect_definitions,
    collect_pages,
    find_misfits,
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


def lay_out_books(composer: Composer, typesetter: Typesetter, report: Report) -> dict[str, Book]:
    """Return the dossier and the afkortingenlijst by product; a part is laid out again only for a wrong guess of digits."""

    def progress(fragment: Fragment) -> None:
        report('lay out', fragment.name, fragment.pages)

    names = [name for name in composer.names if name != 'afkortingen']
    composer.digits = dict.fromkeys(composer.names, 2)
    parts = [composer.compose(name) for name in names]
    composer.digits = foretell_digits(parts, composer.names)
    other = [f'data-naar="{name}"' for name, digits in composer.digits.items() if digits != 2]
    parts = [composer.compose(part.name) if any(mark in part.html for mark in other) else part for part in parts]
    fragments = typesetter.lay_out(parts, progress)
    for attempt in range(_ROUNDS):
        numbering = number_fragments(composer.names, parts, fragments)
        misfits = find_misfits(numbering, fragments, composer.digits, may_shrink=attempt == 0)
        if not misfits:
            break
        composer.digits |= misfits
        parts = [composer.compose(part.name) if refers_to(fragments[part.name], misfits) else part for part in parts]
        again = [part for part in parts if refers_to(fragments[part.name], misfits)]
        fragments |= typesetter.lay_out(again, progress)
    # The list knows the number of every page by now, and stands after all that it counts.
    pages, defined = collect_pages(numbering, fragments.values()), collect_definitions(numbering, fragments.values())
    entries = list_entries(composer, pages, defined)
    inside, alone = composer.compose_list(entries), composer.compose_list(entries, alone=True)
    lists = typesetter.lay_out([inside, alone], progress)
    books = {'afkortingenlijst': Book([alone], lists, number_fragments([alone.name], [alone], lists))}
    if 'afkortingen' in composer.names:
        parts, fragments = [*parts, inside], fragments | lists
    return {'dossier': Book(parts, fragments, number_fragments(composer.names, parts, fragments)), **books}


def list_entries(composer: Composer, pages: dict[str, list[int]], defined: dict[str, int]) -> list[Entry]:
    """Return the used abbreviations with their folded pages, the one on which each is first written out apart."""
    entries = []
    for entry in composer.marked.used():
        key = key_of(entry)
        main = defined.get(key, 0)
        folded = fold_pages(pages.get(key, []), main)
        entries.append(Entry(entry, tuple(PageRange(first, last, first == main) for first, last in folded)))
    return entries
