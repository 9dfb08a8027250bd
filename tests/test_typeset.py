"""Typesetting: every part is laid out, every number fits its place, and it ends; whatever the lengths are."""

import re
from dataclasses import dataclass, field
from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st

from dossier.parts import Fragment, Part, Slot
from dossier.typeset import set_books


@dataclass
class Composer:
    """Stands in for the real one: parts that hold nothing but references, in as many digits as they get."""

    references: dict[str, list[str]]
    digits: dict[str, int] = field(default_factory=dict)
    marked = SimpleNamespace(used=list)

    @property
    def names(self):
        return [*self.references, 'afkortingen']

    def compose(self, name):
        spans = (f'<span class="nr" data-naar="{to}">{"0" * self.digits[to]}</span>' for to in self.references[name])
        return Part(name, name, ''.join(spans) + '<p>' * 200, '')

    def compose_list(self, entries, alone=False):
        return Part('afkortingenlijst' if alone else 'afkortingen', '', '', '')


def set_all(composer, length, alone=False):
    """Return the books, and the names of the parts in the order in which they were laid out."""
    composer.digits = dict.fromkeys(composer.names, 2)
    steps, asked = set_books(composer, alone), []
    wanted = next(steps)
    while True:
        asked += [part.name for part in wanted]
        try:
            wanted = steps.send({part.name: lay_out(part, length(part)) for part in wanted})
        except StopIteration as end:
            return end.value, asked


def lay_out(part, pages):
    places = re.findall('data-naar="(.*?)">(0+)<', part.html)
    return Fragment(part.name, b'', pages, tuple(Slot(0, 0, 0, len(zeros), to, 'exact') for to, zeros in places))


@given(
    st.lists(st.tuples(st.integers(1, 40), st.lists(st.integers(0, 9), max_size=4)), min_size=2, max_size=10),
    st.booleans(),
    st.data(),
)
def test_every_number_fits_even_when_a_part_grows_and_shrinks_with_its_digits(shapes, alone, data):
    """The length of a part that refers may depend in any way on the digits of what it refers to."""
    names = [f'd{n}' for n in range(len(shapes))]
    pages = dict(zip(names, (length for length, _targets in shapes), strict=True))
    composer = Composer(
        {
            name: [names[to % len(names)] for to in targets]
            for name, (_length, targets) in zip(names, shapes, strict=True)
        }
    )
    lengths = {}

    def length(part):
        free = '<span' in part.html
        key = part.name, part.html
        if key not in lengths:
            lengths[key] = max(1, pages.get(part.name, 3) + (data.draw(st.integers(-3, 3)) if free else 0))
        return lengths[key]

    books, asked = set_all(composer, length, alone)
    assert set(books) == ({'dossier', 'afkortingenlijst'} if alone else {'dossier'})
    assert set(asked) == {*composer.names, *(['afkortingenlijst'] if alone else [])}
    assert [part.name for part in books['dossier'].parts] == composer.names
    right = books['dossier'].numbering.digits()
    for fragment in books['dossier'].fragments.values():
        assert all(right[slot.target] <= slot.digits for slot in fragment.slots)


def test_what_was_foretold_right_is_laid_out_once():
    names = [f'd{n}' for n in range(30)]  # of three pages by their length, so the last begins on page 117
    composer = Composer({name: ['d29', 'd2'] for name in names})
    _books, asked = set_all(composer, lambda _part: 3)
    assert sorted(asked) == sorted(composer.names)
