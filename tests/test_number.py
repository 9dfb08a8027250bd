"""Numbering: right-hand openings, folded pages, and that it ends."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from dossier.number import collect_pages, find_misfits, fold_pages, number_fragments, number_parts, refers_to
from dossier.parts import Fragment, Part, Slot


def fragment(name, pages, targets=(), uses=None):
    slots = tuple(Slot(0, 0, 0, 2, target, 'exact') for target in targets)
    return Fragment(name, b'', pages, slots, (), uses or {})


def test_parts_open_on_right_hand_pages_and_the_cover_is_not_counted():
    numbering = number_parts(
        [('omslag', 1, False), ('colofon', 2, True), ('a', 3, True), ('b', 1, True), ('c', 4, True)]
    )
    assert numbering.first == {'omslag': 0, 'colofon': 1, 'a': 3, 'b': 7, 'c': 9}
    assert numbering.last == 12


def test_digits_of_page_numbers():
    assert number_parts([('a', 9, True), ('b', 90, True), ('c', 1, True)]).digits() == {'a': 1, 'b': 2, 'c': 3}


def test_pages_that_follow_each_other_are_folded():
    assert list(fold_pages([12, 14, 15, 16, 18, 19])) == [(12, 12), (14, 16), (18, 19)]
    assert list(fold_pages([])) == []


@given(st.sets(st.integers(1, 400)))
def test_folding_loses_and_adds_no_page(pages):
    folded = list(fold_pages(sorted(pages)))
    assert [page for first, last in folded for page in range(first, last + 1)] == sorted(pages)
    assert all(last + 1 < first for (_, last), (first, _) in pairwise(folded))


def test_pages_of_an_abbreviation_are_numbers_of_the_book():
    numbering = number_parts([('omslag', 1, False), ('a', 3, True), ('b', 2, True)])
    fragments = [
        fragment('omslag', 1, uses={'GS': (0,)}),
        fragment('a', 3, uses={'GS': (0, 2)}),
        fragment('b', 2, uses={'GS': (1,)}),
    ]
    assert collect_pages(numbering, fragments) == {'GS': [1, 3, 6]}


def test_only_a_reference_in_a_line_can_be_a_misfit():
    numbering = number_parts([('a', 100, True), ('b', 1, True)])
    fragments = {'a': fragment('a', 100), 'b': fragment('b', 1)}
    assert find_misfits(numbering, fragments, {'a': 1, 'b': 2}, may_shrink=True) == {}
    fragments['a'] = fragment('a', 100, ['b'])
    assert find_misfits(numbering, fragments, {'a': 1, 'b': 2}, may_shrink=True) == {'b': 3}
    assert refers_to(fragments['a'], ['b'])
    assert not refers_to(fragments['b'], ['b'])


@given(
    st.lists(st.tuples(st.integers(1, 40), st.lists(st.integers(0, 9), max_size=4)), min_size=2, max_size=10), st.data()
)
def test_numbering_ends_even_when_a_part_grows_and_shrinks_with_its_digits(shapes, data):
    """Each part's length may depend in any way on the digits of the numbers that it refers to; six rounds are enough."""
    names = [f'd{n}' for n in range(len(shapes))]
    parts = [Part(name, name, '', '') for name in names]
    lengths = {}

    def lay_out(digits):
        laid = {}
        for name, (pages, targets) in zip(names, shapes, strict=True):
            refs = [names[target % len(names)] for target in targets]
            key = (name, tuple(digits[ref] for ref in refs))
            if key not in lengths:
                lengths[key] = max(1, pages + data.draw(st.integers(-3, 3)) if refs else pages)
            laid[name] = fragment(name, lengths[key], refs)
        return laid

    digits = dict.fromkeys(names, 2)
    for attempt in range(6):
        fragments = lay_out(digits)
        numbering = number_fragments(names, parts, fragments)
        misfits = find_misfits(numbering, fragments, digits, may_shrink=attempt == 0)
        if not misfits:
            break
        digits |= misfits
    right = numbering.digits()
    assert not misfits
    for part in fragments.values():
        assert all(right[slot.target] <= digits[slot.target] for slot in part.slots)


@given(
    st.lists(st.tuples(st.integers(1, 30), st.sets(st.integers(0, 29))), min_size=1, max_size=8),
    st.integers(1, 60),
    st.integers(1, 60),
)
def test_the_list_can_never_move_the_pages_that_it_gives(shapes, pages_of_list, other_pages):
    """Whatever its length, and whatever stands in it: the list comes last, and counts no page of its own."""
    parts = [Part(f'd{n}', '', '', '') for n in range(len(shapes))]
    fragments = {
        part.name: fragment(part.name, pages, uses={'GS': tuple(sorted(page for page in used if page < pages))})
        for part, (pages, used) in zip(parts, shapes, strict=True)
    }
    names = [*fragments, 'afkortingen']
    found = [
        collect_pages(number_fragments(names, parts, {**fragments, **extra}), fragments.values())
        for extra in ({}, *({'afkortingen': fragment('afkortingen', n)} for n in (pages_of_list, other_pages)))
    ]
    assert found[0] == found[1] == found[2]
