"""Two rows of blocks of text in; which are the same, moved, reworded, new and gone out. And two texts, word by word.

difflib is slow on much at a time, so it only gets whole blocks to line up, and the words of two blocks that belong together.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from dossier.errors import Place

ALIKE = 0.5  # share of words (Dice) from which one text is another version of the other
_WORD = re.compile(r'\s*(?:\w(?:[\w.,:’\'/-]*\w)?|\S)')


@dataclass(frozen=True, slots=True)
class Block:
    """A text that stands by itself: a paragraph, an item, a row of a table; what it is, and where."""

    text: str
    kind: str
    place: Place | None = None
    value: Any = None  # of the model, where the block stands for more than its text


@dataclass(frozen=True, slots=True)
class Pair:
    """An old and a new block that belong together; None where there is no other."""

    old: Block | None
    new: Block | None
    moved: bool = False


def pair_blocks(old: Sequence[Block], new: Sequence[Block], alike: float = ALIKE) -> list[Pair]:
    """Return the pairs in the order of the new blocks, then what is gone."""
    partner: dict[int, int] = {}
    matcher = SequenceMatcher(None, [block.text for block in old], [block.text for block in new], autojunk=False)
    for first_old, first_new, size in matcher.get_matching_blocks():
        partner |= {first_new + n: first_old + n for n in range(size)}
    in_order = set(partner)
    left = {n: _words(old[n].text) for n in set(range(len(old))) - set(partner.values())}
    free = {n: _words(new[n].text) for n in set(range(len(new))) - in_order}
    together = sorted(  # the best first: equal texts, then texts that share words, then the nearest
        (-score, abs(n_new - n_old), n_new, n_old)
        for n_new, words in free.items()
        for n_old, others in left.items()
        if (score := similarity(words, others) + (old[n_old].text == new[n_new].text)) >= alike
    )
    for _score, _distance, n_new, n_old in together:
        if n_new not in partner and n_old in left:
            partner[n_new] = n_old
            del left[n_old]
    pairs = [
        Pair(old[partner[n]], block, n not in in_order and old[partner[n]].text == block.text)
        if n in partner
        else Pair(None, block)
        for n, block in enumerate(new)
    ]
    return [*pairs, *(Pair(old[n], None) for n in sorted(left))]


def similarity(words: frozenset[str], others: frozenset[str]) -> float:
    """Return the share of words that two texts have in common, from 0 to 1 (Dice)."""
    total = len(words) + len(others)
    return 2 * len(words & others) / total if total else 0.0


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r'\w+', text.casefold()))


def word_set(blocks: Sequence[Block]) -> frozenset[str]:
    """Return the different words of blocks."""
    return frozenset().union(*(_words(block.text) for block in blocks))


def diff_words(old: str, new: str) -> tuple[tuple[str, str], ...]:
    """Return the pieces of both texts in order: ('=', kept), ('-', gone) and ('+', new)."""
    olds, news = _WORD.findall(old), _WORD.findall(new)
    matcher = SequenceMatcher(None, [word.strip() for word in olds], [word.strip() for word in news], autojunk=False)
    pieces: list[tuple[str, str]] = []
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == 'equal':
            pieces.append(('=', ''.join(news[c:d])))
        else:
            pieces += [(sign, text) for sign, text in (('-', ''.join(olds[a:b])), ('+', ''.join(news[c:d]))) if text]
    return tuple(pieces)
