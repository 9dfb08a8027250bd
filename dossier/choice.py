"""What a text says about editions: blocks with `{#alleen-limburg}`, and values of the edition's province, `{provincie.naam}`.

A mark stands behind a heading (then it holds for all up to the next one of that level), behind or before a paragraph or list
item, or on a line of its own before a table, list or box. Here marks become tokens, and tokens become what an edition prints.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from operator import is_

from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

MARK = re.compile(r'[ \n]*\{(#alleen-[\w-]+(?: +#alleen-[\w-]+)*)\}[ \n]*')
VALUE = re.compile(r'\{provincie\.(\w+)\}')
_LISTS = ('bullet_list', 'ordered_list')


def mark_rule(state: StateCore) -> None:
    """Take the marks out of the text, and note them on the token that opens their block."""
    pending: list[str] = []
    result: list[Token] = []
    for token in state.tokens:
        if pending and token.nesting >= 0 and token.type not in ('inline', 'list_item_open'):
            token.meta['alleen'], pending = pending, []
        if token.type == 'inline':
            found = [
                match for match in MARK.finditer(token.content) if match.start() == 0 or match.end() == match.endpos
            ]
            if found and found[0].start() == 0 and '\n' in found[0][0] and token.map:
                token.map = [token.map[0] + 1, token.map[1]]  # findings tell a line
            for match in reversed(found):
                token.content = token.content[: match.start()] + token.content[match.end() :]
            names = [name.removeprefix('#alleen-') for match in found for name in match[1].split()]
            if names and not token.content and result[-1].type == 'paragraph_open':
                pending = names
                result.pop()
                continue
            in_item = len(result) > 1 and result[-2].type == 'list_item_open'
            if names:
                result[-2 if in_item else -1].meta['alleen'] = names
        elif pending and token.type == 'paragraph_close':
            continue  # of the line that held nothing but a mark
        result.append(token)
    state.tokens = result


def value_rule(state: StateInline, silent: bool) -> bool:
    """Make a token of a value."""
    match = VALUE.match(state.src, state.pos)
    if match:
        if not silent:
            state.push('waarde', '', 0).content = match[1]
        state.pos = match.end()
    return bool(match)


def split_values(content: str) -> Iterator[Token]:
    """Yield the tokens of a text without mark-up: texts and values."""
    for n, piece in enumerate(VALUE.split(content)):
        if piece:
            yield Token('waarde' if n % 2 else 'text', '', 0, content=piece)


def choose_tokens(tokens: Sequence[Token], names: Collection[str], values: Mapping[str, str]) -> Iterator[Token]:
    """Yield the tokens for an edition of these names; KeyError at a value that it doesn't have."""
    chosen: list[Token] = []
    for token in _chosen_blocks(tokens, names):
        opens = chosen[-1].type.removesuffix('_open') if chosen else ''
        if opens in _LISTS and token.type == f'{opens}_close':
            chosen.pop()  # all items are gone; a list without any is no valid tag
        else:
            chosen.append(token)
    yield from (_fill(token, values) for token in chosen)


def _chosen_blocks(tokens: Sequence[Token], names: Collection[str]) -> Iterator[Token]:
    depth = 0  # inside a block that is left out
    heading: Token | None = None  # under which all is left out
    for token in tokens:
        if depth:
            depth += token.nesting
            continue
        if heading and (token.level < heading.level or (token.type == 'heading_open' and token.tag <= heading.tag)):
            heading = None
        only = token.meta.get('alleen')
        if heading or (only and not {*only} & {*names}):
            if token.type == 'heading_open' and not heading:
                heading = token
            depth = max(token.nesting, 0) if not heading else 0
            continue
        yield token


def _fill(token: Token, values: Mapping[str, str]) -> Token:
    if token.type == 'waarde':
        return Token('text', '', 0, content=values[token.content])
    if not token.children:
        return token
    children = [_fill(child, values) for child in token.children]
    return token if all(map(is_, children, token.children)) else token.copy(children=children)
