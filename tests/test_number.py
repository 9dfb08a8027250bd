"""Numbering: right-hand openings, folded pages, and that it ends."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from dossier.number import (
    choose_ready,
    collect_pages,
    find_misfits,
    find_references,
    fold_pages,
    foretell_digits,
    number_fragments,
    number_parts,
    refers_to,
)
from dossier.parts import Fragment, Part, Slot


def fragment(name, pages, targets=(), uses=None, digits=2):
    slots = tuple(Slot(0, 0, 0, digits, target, 'exact') for target in targets)
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
    assert find_misfits(numbering, fragments, may_shrink=True) == {}
    fragments['a'] = fragment('a', 100, ['b'])
    assert find_misfits(numbering, fragments, may_shrink=False) == {'b': 3}
    assert refers_to(fragments['a'], ['b'])
    assert not refers_to(fragments['b'], ['b'])


def test_a_place_that_is_too_wide_is_a_misfit_only_at_first():
    numbering = number_parts([('a', 90, True), ('b', 1, True)])
    fragments = {'a': fragment('a', 90, ['b'], digits=3)}
    assert find_misfits(numbering, fragments, may_shrink=True) == {'b': 2}
    assert find_misfits(numbering, fragments, may_shrink=False) == {}


def refers(name, *targets):
    spans = ''.join(f'<span class="nr" data-naar="{target}">0</span>' for target in targets)
    return Part(name, name, f'{spans}<span class="nr rechts" data-naar="kolom">0</span>', '')


def test_references_in_a_line_are_found_and_those_in_a_column_are_not():
    assert find_references(refers('a', 'b', 'c').html) == {'b', 'c'}


def chosen(waiting, unsure):
    parts = [refers(*name) for name in waiting]  # `ac` is the part a, which refers to c
    return ' '.join(part.name for part in choose_ready('abcdefg', parts, unsure))


def test_what_refers_to_an_unsure_number_waits():
    assert chosen(['ad', 'b', 'c', 'e', 'fd'], set()) == 'a b c e f'
    assert chosen(['ad', 'b', 'c', 'e', 'fd'], {'d'}) == 'b c'  # they make d surer
    assert chosen(['ad', 'cd', 'e', 'fd', 'g'], {'d'}) == 'a e'  # half of the guesses, and as many others
    assert chosen(['cd', 'fd', 'g'], {'d'}) == 'c g'
    assert chosen(['fd', 'g'], set()) == 'f g'
    assert chosen(['a', 'b', 'c', 'e'], {'d'}) == 'a b c e'  # nothing waits for it


def test_a_number_is_sure_when_all_before_it_is_laid_out():
    parts = [refers(name) for name in 'abcd']
    laid_out = {'a': fragment('a', 96), 'b': fragment('b', 2)}
    digits, unsure = foretell_digits('abcd', parts, laid_out)
    assert digits == {'a': 1, 'b': 2, 'c': 2, 'd': 3}  # 1, 97, 99, 101
    assert unsure == {'d'}  # the length of c is a guess
    assert foretell_digits('abcd', parts, {**laid_out, 'c': fragment('c', 2)})[1] == set()


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
