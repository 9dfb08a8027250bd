"""Markdown as the dossier's writers use it: source text to tokens, and tokens to HTML. The one home of markdown-it-py.

Raw HTML is not known here: it stays text. A reference `[[slug]]` and an unabbreviated `\\GS` are tokens of their own, and a
footnote's text is moved to the place of its mark, where CSS wants it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, Literal

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.attrs import attrs_plugin
from mdit_py_plugins.container import container_plugin
from mdit_py_plugins.footnote import footnote_plugin

from dossier.choice import mark_rule, split_values, value_rule
from dossier.errors import Place

# block: Markdown with paragraphs; line: a sentence or two, inline mark-up only; heading: no mark-up at all.
Kind = Literal['block', 'line', 'heading']

BOXES = ('kader', 'uitgelicht')  # what may stand behind :::
SPAN_CLASSES = ('letterlijk', 'voluit', 'kort')  # what may stand in [GS]{.here}
REFERENCE = re.compile(r'\[\[([^\[\]|\n]{1,200})(?:\|([^\[\]|\n]{1,200}))?\]\]')
_LITERAL = re.compile(r'\\(\w[\w.&+-]*)')
_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)|(?<!\w)'(?=(?:[stn]|er)\b|\d\d\b)")


@dataclass(frozen=True, eq=False)
class Tekst:
    """A text of a writer: its source, where it stands, and its tokens (with abbreviations marked, after that stage)."""

    source: str
    place: Place
    kind: Kind = 'heading'
    tokens: tuple[Token, ...] = field(default=(), repr=False)
    unresolved: tuple[str, ...] = ()  # footnote marks without a text, and texts without a mark

    def __str__(self) -> str:
        return ' '.join(filter(None, (plain(token) for token in self.tokens)))

    def __bool__(self) -> bool:
        return bool(self.source.strip())

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, _handler: Any) -> dict[str, Any]:
        """Tell pydantic that the model makes a text; as a dataclass it would take keys for one as well."""
        return {'type': 'is-instance', 'cls': cls}

    def walk(self) -> Iterator[tuple[Token, int]]:
        """Yield every token, also those inside another, with its line in the file."""
        for token in self.tokens:
            yield from _walk(token, self.place.line or 1, (token.map or [0])[0])


def _walk(token: Token, first_line: int, line: int) -> Iterator[tuple[Token, int]]:
    if token.map:
        line = token.map[0]
    yield token, first_line + line
    for child in token.children or ():
        if child.type in ('softbreak', 'hardbreak'):
            line += 1
        yield from _walk(child, first_line, child.meta.get('line', line))


def plain(token: Token) -> str:
    """Return the text of a token without mark-up."""
    if token.type in ('text', 'code_inline', 'abbreviation', 'literal', 'reference', 'waarde'):
        return token.content
    if token.type in ('softbreak', 'hardbreak'):
        return ' '
    return ''.join(plain(child) for child in token.children or () if token.type == 'inline')


def parse_text(source: str, place: Place, kind: Kind) -> Tekst:
    """Return the text with its tokens; never fails: whatever is no Markdown is plain text."""
    if kind == 'heading':
        content = ' '.join(source.split())
        children = [*split_values(curl_apostrophes(content))]
        return Tekst(source, place, kind, (Token('inline', '', 0, content=content, children=children, map=[0, 1]),))
    env: dict[str, Any] = {}
    shown = _without_comments(source)
    if kind == 'line':
        return Tekst(source, place, kind, tuple(_markdown().parseInline(' '.join(shown.split()), env)))
    tokens = _markdown().parse(shown, env)
    tokens = _place_footnotes(_tighten_lists(tokens))
    refs: dict[str, int] = env.get('footnotes', {}).get('refs', {})
    unused = tuple(label.removeprefix(':') for label, number in refs.items() if number < 0)
    return Tekst(source, place, kind, tuple(tokens), unused)


def _without_comments(source: str) -> str:
    """Return a text without what stands between <!-- and -->; its lines keep their numbers."""
    first, *rest = source.split('<!--')
    for part in rest:
        comment, closed, after = part.partition('-->')
        first += '\n' * comment.count('\n') + after if closed else '<!--' + part
    return first


def curl_apostrophes(text: str) -> str:
    """Return the text with real apostrophes in words such as thema's and 's-Gravenhage."""
    return _APOSTROPHE.sub('’', text)


@lru_cache
def _markdown() -> MarkdownIt:
    md = MarkdownIt('commonmark', {'html': False, 'typographer': True, 'quotes': '“”‘’'})
    md.enable(['table', 'strikethrough', 'smartquotes'])
    md.disable('html_block').disable('html_inline')
    md.use(footnote_plugin, inline=False)
    md.use(attrs_plugin, spans=True, allowed=['class', 'lang'])
    for box in BOXES:
        md.use(container_plugin, box)
    md.inline.ruler.before('link', 'reference', _reference_rule)
    md.inline.ruler.before('escape', 'literal', _literal_rule)
    md.inline.ruler.before('escape', 'value', value_rule)
    md.core.ruler.before('inline', 'editions', mark_rule)
    md.core.ruler.before('smartquotes', 'apostrophes', _apostrophe_rule)
    return md


def _reference_rule(state: StateInline, silent: bool) -> bool:
    match = REFERENCE.match(state.src, state.pos)
    if not match:
        return False
    if not silent:
        token = state.push('reference', '', 0)
        token.content, token.meta = match[2] or '', {'slug': match[1]}
    state.pos = match.end()
    return True


def _literal_rule(state: StateInline, silent: bool) -> bool:
    match = _LITERAL.match(state.src, state.pos)
    if not match:
        return False
    if not silent:
        state.push('literal', '', 0).content = match[1]
    state.pos = match.end()
    return True


def _apostrophe_rule(state: StateCore) -> None:
    """Make an apostrophe of the quote in 's, 't, 'n, 'er and '23, which would otherwise open a quotation."""
    for token in state.tokens:
        for child in token.children or ():
            if child.type == 'text':
                child.content = curl_apostrophes(child.content)


def _tighten_lists(tokens: Sequence[Token]) -> list[Token]:
    """Hide the paragraphs of list items: a block inside LBody is no valid tag (ISO 14289-1, 7.2); a line break parts them."""
    result: list[Token] = []
    open_blocks: list[str] = []
    for token in tokens:
        in_item = bool(open_blocks) and open_blocks[-1] == 'list_item_open'
        if token.type == 'paragraph_open' and in_item:
            token.hidden = True
            if result[-1].type == 'paragraph_close':
                result.append(Token('inline', '', 0, children=[Token('hardbreak', 'br', 0)], content='', map=token.map))
        if token.nesting == 1:
            open_blocks.append(token.type)
        elif token.nesting == -1:
            if open_blocks[-1:] != [token.type.replace('_close', '_open')]:
                continue  # of a note that is defined within a note the plugin leaves the ends behind
            closes_paragraph = open_blocks.pop() == 'paragraph_open'
            token.hidden = token.hidden or (closes_paragraph and open_blocks[-1:] == ['list_item_open'])
        result.append(token)
    return result


def _place_footnotes(tokens: Sequence[Token]) -> list[Token]:
    """Move the text of each footnote into its first mark; a second mark of the same note repeats it."""
    notes: dict[int, list[Token]] = {}
    body: list[Token] = []
    current: list[Token] | None = None
    for token in tokens:
        if token.type == 'footnote_open':
            current = notes.setdefault(token.meta['id'], [])
        elif token.type == 'footnote_close':
            current = None
        elif current is not None:
            if token.type == 'inline':
                if current:
                    current.append(Token('text', '', 0, content=' '))
                for child in token.children or ():
                    child.meta = {**child.meta, 'line': (token.map or [0])[0]}
                    current.append(child)
        elif not token.type.startswith('footnote_'):
            body.append(token)
    for token in body:
        for child in token.children or ():
            if child.type == 'footnote_ref':
                child.children = notes.get(child.meta['id'], [])
    return body


def transform(tekst: Tekst, tokens: Sequence[Token]) -> Tekst:
    """Return the text with other tokens in the place of its own."""
    return replace(tekst, tokens=tuple(tokens))


def split_sections(tekst: Tekst) -> dict[str, Tekst]:
    """Return the parts of a text by the heading of level 2 above each; what stands before the first has none ('')."""
    parts: dict[str, list[Token]] = {'': []}
    heading, skip = '', 0
    for n, token in enumerate(tekst.tokens):
        if token.type == 'heading_open' and token.tag == 'h2':
            heading, skip = plain(tekst.tokens[n + 1]), 3  # the heading itself: open, words, close
        skip -= skip > 0
        if not skip and token.type != 'heading_close':
            parts.setdefault(heading, []).append(token)
    return {heading: transform(tekst, tokens) for heading, tokens in parts.items()}
