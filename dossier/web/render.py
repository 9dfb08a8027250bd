"""Texts of a page: references are links between pages, abbreviations open their meaning, notes stand below the text.

Nothing may stand in a `style` attribute: the site's Content-Security-Policy forbids it.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from unicodedata import normalize

from markdown_it.token import Token
from markdown_it.utils import OptionsDict
from markupsafe import Markup, escape

from dossier.compose.render import Renderer, Setting
from dossier.text import plain

_BUTTON = Markup(
    '<button type="button" class="afk" popovertarget="{0}" aria-describedby="{0}"><abbr>{1}</abbr></button>{2}'
)


@dataclass
class WebSetting(Setting):
    """What the texts of one page are set with, and what was met while they were: headings, notes, abbreviations."""

    pages: Mapping[str, str] = field(default_factory=dict)  # name of a part, to its address
    headings: dict[str, str] = field(default_factory=dict)  # of level 2: id, to the words
    ids: set[str] = field(default_factory=set)
    notes: list[Markup] = field(default_factory=list)
    meanings: dict[str, Mapping[str, Any]] = field(default_factory=dict)  # id of the box that says it

    def make_renderer(self) -> Renderer:
        """Return what renders a text in this setting."""
        return _WebRenderer(self)


def slug_of(words: str) -> str:
    """Return words as they stand in an address: Fryslân is fryslan."""
    ascii_only = normalize('NFKD', words.casefold()).encode('ascii', 'ignore').decode()
    return re.sub(r'[^a-z0-9]+', '-', ascii_only).strip('-') or 'kop'


class _WebRenderer(Renderer):
    setting: WebSetting

    def abbreviation(self, tokens: Sequence[Token], n: int, options: OptionsDict, env: Any) -> str:
        token, meta = tokens[n], tokens[n].meta
        if meta['negeer'] or not meta['voluit']:
            return str(escape(token.content + meta['tail']))
        if meta['print'] != 'short' or meta['first']:  # its meaning stands beside it
            return super().abbreviation(tokens, n, options, env)
        box = f'afk-{slug_of(meta["key"])}'
        while self.setting.meanings.get(box, meta)['key'] != meta['key']:  # another form with the same letters
            box += '-'
        self.setting.meanings[box] = {**meta, 'afkorting': meta['key'].partition('@')[0]}
        return str(_BUTTON.format(box, token.content, meta['tail']))

    def reference(self, tokens: Sequence[Token], n: int, options: OptionsDict, env: Any) -> str:
        slug = tokens[n].meta['slug']
        title = tokens[n].content or self.setting.titles[slug]
        return str(Markup('<a href="{}">{}</a>').format(self.setting.pages[slug], title))

    def footnote_ref(self, tokens: Sequence[Token], n: int, options: OptionsDict, env: Any) -> str:
        words = self.renderInline(tokens[n].children or [], options, env)
        self.setting.notes.append(Markup(words))  # noqa: S704  # rendered just now
        mark = Markup('<sup><a id="nootteken-{0}" href="#noot-{0}">{0}</a></sup>')
        return str(mark.format(len(self.setting.notes)))

    def heading_open(self, tokens: Sequence[Token], n: int, options: OptionsDict, env: Any) -> str:
        words = plain(tokens[n + 1])
        name = slug_of(words)
        while name in self.setting.ids:
            name += '-'
        self.setting.ids.add(name)
        if tokens[n].tag == 'h2':
            self.setting.headings[name] = words
        return f'<{tokens[n].tag} id="{name}">'

    def ordered_list_open(self, tokens: Sequence[Token], n: int, options: OptionsDict, env: Any) -> str:
        start = tokens[n].attrGet('start')
        return f'<ol start="{int(start)}">' if start else '<ol>'

    def th_open(self, tokens: Sequence[Token], n: int, options: OptionsDict, env: Any) -> str:
        return f'<th scope="col"{_side(tokens[n])}>'

    def td_open(self, tokens: Sequence[Token], n: int, options: OptionsDict, env: Any) -> str:
        return f'<td{_side(tokens[n])}>'


def _side(cell: Token) -> str:
    style = str(cell.attrGet('style') or '')
    return next((f' class="{name}"' for name in ('right', 'center') if style.endswith(name)), '')
