"""Tokens to HTML: how references, abbreviations, footnotes, boxes and pictures of a text come out in a part."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from inspect import isfunction
from typing import Any

from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import OptionsDict
from markupsafe import Markup, escape

from dossier.errors import Place
from dossier.messages import N_
from dossier.parts import PLACEHOLDER
from dossier.text import Tekst, plain

BARRED = ('paragraph_open', 'list_item_open', 'tr_open')  # headings have a rule of their own
Words = Callable[[str], str]
# How a use is printed; between round brackets a comma takes the place of another pair.
_PRINTED = {
    'short': Markup('{short}'),
    'long': Markup('{long}'),
    'long_brackets': Markup('{long} ({short})'),
    'long_comma': Markup('{long}, {short}'),
    'short_brackets': Markup('{short} ({long})'),
    'short_comma': Markup('{short}, {long}'),
}


@dataclass
class Setting:
    """What the texts of one part are set with: titles to refer to, the digits their pages will have, words, and numbering."""

    titles: Mapping[str, str]
    digits: Mapping[str, int]
    words: Words
    number: str = ''  # '4' gives headings 4.1, 4.2; empty: headings have no number
    links: bool = True
    entries: Mapping[str, int] = field(
        default_factory=dict
    )  # number of an abbreviation's entry in the list, to link to
    changed: frozenset[Place] = frozenset()  # what gets a bar in the margin
    sources: bool = False  # note in the page where each line came from, for the preview
    counters: list[int] = field(default_factory=lambda: [0, 0])
    memory: dict[Any, Any] = field(default_factory=dict, compare=False)  # texts that were rendered before

    def make_renderer(self) -> 'Renderer':
        """Return what renders a text in this setting."""
        return Renderer(self)


def placeholder(target: str, digits: int, style: str = 'nr') -> Markup:
    """Return the element that will hold the page number of `target`."""
    return Markup('<span class="{}" data-naar="{}">{}</span>').format(style, target, chr(PLACEHOLDER) * digits)


def render_html(tekst: Tekst, setting: Setting) -> Markup:
    """Return the text as HTML: blocks for a text with paragraphs, else just what stands on the line.

    The same text in the same setting is remembered, as editions share most of theirs.
    """
    if type(setting) is not Setting:
        return _render(tekst, setting)
    slugs, forms = _uses(tekst, setting.memory)
    numbers = ((setting.titles.get(slug), setting.digits.get(slug)) for slug in slugs)
    entries = (setting.entries.get(form) for form in forms)
    plainly = (setting.words, setting.number, setting.links, setting.changed, setting.sources)
    key = (tekst, *numbers, *entries, *plainly, *setting.counters)
    if key not in setting.memory:
        setting.memory[key] = _render(tekst, setting), tuple(setting.counters)
    html: Markup
    html, setting.counters[:] = setting.memory[key]
    return html


def _uses(tekst: Tekst, memory: dict[Any, Any]) -> tuple[list[str], list[str]]:
    """Return the parts to which a text refers, and its abbreviations."""
    if tekst not in memory:
        metas = [(token.type, token.meta) for token, _line in tekst.walk()]
        slugs = [meta['slug'] for kind, meta in metas if kind == 'reference']
        memory[tekst] = slugs, [meta['key'] for kind, meta in metas if kind == 'abbreviation']
    found: tuple[list[str], list[str]] = memory[tekst]
    return found


def _render(tekst: Tekst, setting: Setting) -> Markup:
    renderer = setting.make_renderer()
    renderer.place = tekst.place
    options = OptionsDict(
        {
            'maxNesting': 50,
            'html': False,
            'linkify': False,
            'typographer': False,
            'quotes': '',
            'xhtmlOut': False,
            'breaks': False,
            'langPrefix': 'language-',
            'highlight': None,
        }
    )
    tokens = list(_with_sources(tekst)) if setting.sources else tekst.tokens
    return Markup(renderer.render(tokens, options, {}))  # noqa: S704  # every rule below escapes


@lru_cache
def _rule_names(kind: type[RendererHTML]) -> tuple[str, ...]:
    return tuple(name for name in dir(kind) if not name.startswith(('render', '_')) and isfunction(getattr(kind, name)))


class Renderer(RendererHTML):
    """Renders tokens for a part of the book."""

    def __init__(self, setting: Setting) -> None:
        # Its own __init__ looks through all members for each text, which takes longer than most texts.
        self.rules = {name: getattr(self, name) for name in _rule_names(type(self))}
        self.setting, self.place = setting, Place('')
        self.in_link = self.in_figure = False
        self.spans: list[str] = []  # how each open span ends

    def renderInline(self, tokens: Sequence[Token], options: OptionsDict, env: Any) -> str:  # noqa: N802  # its name there
        html = ''
        for n, token in enumerate(tokens):
            if token.type in ('link_open', 'link_close'):
                self.in_link = token.type == 'link_open'
            if self.in_link and token.type not in ('link_open', 'text', 'softbreak'):
                html += str(escape(plain(token)))  # an element inside a link is no valid tag (ISO 14289-1, 7.18.5)
            else:
                rule = self.rules.get(token.type)
                # str: a Markup would escape what stands before it
                html += str(rule(tokens, n, options, env) if rule else self.renderToken(tokens, n, options, env))
        return html

    def renderToken(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: Any) -> str:  # noqa: N802  # its name there
        html = super().renderToken(tokens, idx, options, env)
        bar = self.bar(tokens[idx]) if tokens[idx].type in BARRED else ''
        return html.replace(f'<{tokens[idx].tag}', f'<{tokens[idx].tag}{bar}', 1) if bar else html

    def bar(self, token: Token) -> str:
        """Return the class of what has changed, for a token that opens on such a line."""
        line = (self.place.line or 1) + (token.map or [0])[0]
        return ' class="gewijzigd"' if Place(self.place.file, line) in self.setting.changed else ''

    def abbreviation(self, tokens: Sequence[Token], n: int, options: OptionsDict, env: Any) -> str:
        token, meta = tokens[n], tokens[n].meta
        if meta['negeer']:
            return str(escape(token.content))
        lang = Markup(' lang="{}"').format(meta['taal']) if meta['taal'] != 'nl' else ''
        if not meta['voluit']:
            return str(Markup('<span data-afk="{}">{}</span>{}').format(meta['key'], token.content, meta['tail']))
        first = Markup(' data-eerste') if meta['first'] else ''
        inside = escape(token.content)
        if meta['key'] in self.setting.entries:
            inside = Markup('<a href="dossier:afkortingen#{}">{}</a>').format(self.setting.entries[meta['key']], inside)
        short = Markup('<abbr data-afk="{}" title="{}"{}{}>{}</abbr>{}').format(
            meta['key'], meta['voluit'], lang, first, inside, meta['tail']
        )
        long = Markup('<span{}>{}</span>').format(lang, meta['long']) if lang else escape(meta['long'])
        return str(_PRINTED[meta['print']].format(short=short, long=long)) + str(meta['end'])

    def reference(self, tokens: Sequence[Token], n: int, options: OptionsDict, env: Any) -> str:
        slug = tokens[n].meta['slug']
        title = tokens[n].content or self.setting.titles[slug]
        link = Markup('<a href="dossier:{}">{}</a>').format(slug, title) if self.setting.links else escape(title)
        if slug not in self.setting.digits:
            return link
        return Markup('{} (<span class="nowrap">{} {}</span>)').format(
            link, self.setting.words(N_('p.')), placeholder(slug, self.setting.digits[slug])
        )

    def source(self, tokens: Sequence[Token], n: int, options: OptionsDict, env: Any) -> str:
        # A comment costs no layout, and belongs to the element that it stands in; inside a paragraph only a box has a place.
        mark = Markup('<!--bron {}-->') if tokens[n].meta['begin'] else Markup('<span data-bron="{}"></span>')
        return str(mark.format(tokens[n].meta['place']))

    def literal(self, tokens: Sequence[Token], n: int, options: OptionsDict, env: Any) -> str:
        return str(escape(tokens[n].content))

    def waarde(self, tokens: Sequence[Token], n: int, options: OptionsDict, env: Any) -> str:
        return f'{{provincie.{escape(tokens[n].content)}}}'  # outside of editions, as in a comparison of rounds

    def footnote_ref(self, tokens: Sequence[Token], n: int, options: OptionsDict, env: Any) -> str:
        return f'<span class="voetnoot">{self.renderInline(tokens[n].children or [], options, env)}</span>'

    def heading_open(self, tokens: Sequence[Token], n: int, options: OptionsDict, env: Any) -> str:
        if not self.setting.number:
            return f'<{tokens[n].tag}{self.bar(tokens[n])}>'
        level = int(tokens[n].tag[1]) - 2
        if level > 1:
            return f'<{tokens[n].tag}{self.bar(tokens[n])}>'
        self.setting.counters[level] += 1
        self.setting.counters[level + 1 :] = [0] * (1 - level)
        bar = Markup(self.bar(tokens[n]))  # noqa: S704  # a constant
        number = '.'.join([self.setting.number, *map(str, self.setting.counters[: level + 1])])
        return str(Markup('<{}{}><span class="kopnummer">{}</span> ').format(tokens[n].tag, bar, number))

    def span_open(self, tokens: Sequence[Token], n: int, options: OptionsDict, env: Any) -> str:
        # {.kort} and its like have done their work; a writer's class says nothing to a stylesheet
        language = tokens[n].attrGet('lang')
        self.spans.append('</span>' if language else '')
        return str(Markup('<span lang="{}">').format(language)) if language else ''

    def span_close(self, tokens: Sequence[Token], n: int, options: OptionsDict, env: Any) -> str:
        return self.spans.pop()

    def ordered_list_open(self, tokens: Sequence[Token], n: int, options: OptionsDict, env: Any) -> str:
        start = tokens[n].attrGet('start')
        return f'<ol style="counter-reset: list-item {int(start) - 1}">' if start else '<ol>'

    def container_kader_open(self, tokens: Sequence[Token], n: int, options: OptionsDict, env: Any) -> str:
        title = tokens[n].info.strip().removeprefix('kader').strip()
        return '<div class="kader">' + (str(Markup('<p class="kadertitel">{}</p>').format(title)) if title else '')

    def container_uitgelicht_open(self, tokens: Sequence[Token], n: int, options: OptionsDict, env: Any) -> str:
        return '<blockquote class="uitgelicht">'

    def container_uitgelicht_close(self, tokens: Sequence[Token], n: int, options: OptionsDict, env: Any) -> str:
        return '</blockquote>'

    def th_open(self, tokens: Sequence[Token], n: int, options: OptionsDict, env: Any) -> str:
        style = str(tokens[n].attrGet('style') or '')
        return f'<th scope="col" style="{escape(style)}">' if style else '<th scope="col">'

    def paragraph_open(self, tokens: Sequence[Token], n: int, options: OptionsDict, env: Any) -> str:
        self.in_figure = not tokens[n].hidden and _is_picture(tokens[n + 1])
        return '<figure>' if self.in_figure else str(self.renderToken(tokens, n, options, env))

    def paragraph_close(self, tokens: Sequence[Token], n: int, options: OptionsDict, env: Any) -> str:
        closes, self.in_figure = self.in_figure, False
        return '</figure>\n' if closes else str(self.renderToken(tokens, n, options, env))

    def image(self, tokens: Sequence[Token], n: int, options: OptionsDict, env: Any) -> str:
        token = tokens[n]
        picture = Markup('<img src="{}" alt="{}">').format(token.attrGet('src'), plain_children(token))
        title = token.attrGet('title')
        return str(picture + (Markup('<figcaption>{}</figcaption>').format(title) if title and self.in_figure else ''))


def _with_sources(tekst: Tekst) -> Iterator[Token]:
    """Yield the tokens with a mark of nothing but its place before every line that the writer typed."""
    first = tekst.place.line or 1
    for token in tekst.tokens:
        line = first + (token.map or [0])[0]
        children = [_source(tekst, line, begin=True)]
        for child in token.children or ():
            children.append(child)
            if child.type in ('softbreak', 'hardbreak'):
                line += 1
                children.append(_source(tekst, line))
        yield token.copy(children=children) if token.type == 'inline' else token


def _source(tekst: Tekst, line: int, begin: bool = False) -> Token:
    return Token('source', '', 0, meta={'place': f'{tekst.place.file}:{line}', 'begin': begin})


def _is_picture(token: Token) -> bool:
    """Return whether a paragraph holds a picture and nothing else: then it is a figure, its title the caption."""
    return [child.type for child in token.children or () if child.type != 'source'] == ['image']


def plain_children(token: Token) -> str:
    """Return the text inside a token, such as the alternative text of a picture."""
    return ''.join(plain(child) for child in token.children or ())
