"""Compose: the marked dossier and the templates in, the parts of the book out (one HTML document each); or a TemplateError."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from markupsafe import Markup

from dossier.abbreviate import Abbreviated
from dossier.abbreviate.vocabulary import key_of
from dossier.compose.charts import draw_line
from dossier.compose.render import Setting, placeholder, render_html
from dossier.compose.web_address import draw_code, short_address
from dossier.dates import MONTHS, Datum
from dossier.errors import Place
from dossier.i18n import translations
from dossier.messages import N_
from dossier.model import ONDERDELEN, Afkorting, Besluitpunt, Bijeenkomst, Dossier, Gebeurtenis, Thema
from dossier.parts import PADDED_DIGITS, Part
from dossier.templates import Templates
from dossier.text import Tekst

# Words of the book, in its own language.
QUARTERS = (N_('first quarter of'), N_('second quarter of'), N_('third quarter of'), N_('fourth quarter of'))
TITLES = {  # of the parts that are made from data, when no chapter of the same name gives another
    'omslag': N_('Cover'),
    'colofon': N_('Colophon'),
    'inhoud': N_('Contents'),
    'provincie': N_('Your province'),
    'proposities': N_('Propositions'),
    'organisaties': N_('Who is who'),
    'bijeenkomsten': N_('Meetings'),
    'besluiten': N_('Decisions at a glance'),
    'tijdlijn': N_('Timeline'),
    'contact': N_('Contact'),
    'afkortingen': N_('Abbreviations'),
    'omslagvel': N_('Cover'),
    'order': N_('Job ticket'),
    'notities': N_('Notes'),
}


@dataclass(frozen=True)
class PageRange:
    """Pages that follow each other: the first and the last; `main` when there it is written out for the first time."""

    page: int
    last: int
    main: bool = False

    @property
    def text(self) -> str:
        """The pages as they stand in the list: 12, or 14–16."""
        return str(self.page) if self.page == self.last else f'{self.page}–{self.last}'


@dataclass(frozen=True)
class Entry:
    """An abbreviation in the list, with its folded pages."""

    afkorting: Afkorting
    pages: tuple[PageRange, ...] = ()


@dataclass(frozen=True)
class Chapter:
    """A chapter in the contents."""

    slug: str
    titel: str
    number: str = ''
    theme: bool = False


@dataclass
class Composer:
    """Composes the parts of one dossier; `digits` says how many digits the page number of each part will have."""

    marked: Abbreviated
    project: Path
    digits: Mapping[str, int] = field(default_factory=dict)
    since: str = ''  # the round or version with which it was compared
    changed: frozenset[Place] = frozenset()  # what has changed since then
    sources: bool = False  # for the preview: note where each line came from
    memory: dict[Any, Any] = field(default_factory=dict)  # of templates and texts, for the next edition

    def __post_init__(self) -> None:
        self.words = translations(self.marked.dossier.ronde.taal).gettext
        self._templates = self._open_templates()
        self.take(self.marked)

    def take(self, marked: Abbreviated) -> None:
        """Go on with other texts of the same round; the templates stay compiled."""
        self.marked = marked
        self.dossier: Dossier = marked.dossier
        self.themes = self.dossier.themas if 'themas' in self.dossier.onderdelen else {}
        linked = self.dossier.ronde.afkortingen.koppeling and 'afkortingen' in self.dossier.onderdelen
        self.entries = {key_of(entry): n for n, entry in enumerate(self.marked.used())} if linked else {}
        self.chapters = list(self._chapters())
        self.titles = {chapter.slug: chapter.titel for chapter in self.chapters}
        self._templates.environment.globals |= {
            'dossier': self.dossier,
            'ronde': self.dossier.ronde,
            'hoofdstukken': self.chapters,
            'besluiten': list(self._decisions()),
            'tijdlijn': list(self._timeline()),
            'eigen_bijeenkomsten': list(self._own_meetings()),
        }

    @property
    def folder(self) -> str:
        """The folder of the round, below the project."""
        return f'data/{self.dossier.ronde.ronde}'

    @property
    def names(self) -> list[str]:
        """The names of the parts, in the order of the book."""
        order = self.dossier.onderdelen
        return [slug for name in order for slug in (self.dossier.themas if name == 'themas' else (name,))]

    def compose(self, name: str, **more: Any) -> Part:
        """Return one part; TemplateError when its template is missing or wrong."""
        theme = self.dossier.themas.get(name)
        introduction = self.dossier.hoofdstukken.get(name)
        template = 'thema.html' if theme else f'{name}.html' if name in ONDERDELEN else 'hoofdstuk.html'
        chapter = next(
            (chapter for chapter in self.chapters if chapter.slug == name),
            Chapter(name, self.words(TITLES.get(name, name))),
        )
        number = chapter.number if self.dossier.ronde.genummerde_koppen else ''
        setting = Setting(
            self.titles,
            self.digits,
            self.words,
            number,
            entries=self.entries,
            changed=self.changed,
            sources=self.sources,
            memory=self.memory,
        )
        context = {'naam': name, 'deel': chapter, 'hoofdstuk': theme or introduction, 'zetting': setting, **more}
        html = self.render(template, context)
        texts = theme or introduction
        return Part(name, chapter.titel, html, texts.tekst.place.file if texts else self.folder, folio=name != 'omslag')

    def compose_list(self, entries: list[Entry], alone: bool = False) -> Part:
        """Return the afkortingenlijst, in the book or as a product of its own."""
        part = self.compose('afkortingen', lijst=entries, los=alone)
        return replace(part, name='afkortingenlijst') if alone else part

    def compose_changes(self, since: str, page: bool = False, **more: Any) -> Part:
        """Return what has changed since a round, as a part for print or as a page for the screen."""
        title = self.words(N_('What has changed since {since}')).format(since=since)
        context = {'naam': 'verschil', 'deel': Chapter('verschil', title), **more}
        return Part('verschil', title, self.render(f'verschil{"-pagina" if page else ""}.html', context), 'data')

    def compose_sheet(self, name: str, **more: Any) -> Part:
        """Return a sheet that is no part of the book, such as the cover with its spine, from the template of its name."""
        chapter = Chapter(name, self.words(TITLES.get(name, name)))
        setting = Setting(self.titles, self.digits, self.words)
        context = {'naam': name, 'deel': chapter, 'hoofdstuk': None, 'zetting': setting, **more}
        return Part(name, chapter.titel, self.render(f'{name}.html', context), 'data', folio=False)

    def _chapters(self) -> Iterator[Chapter]:
        number = 0
        for name in self.names:
            chapter = self.dossier.themas.get(name) or self.dossier.hoofdstukken.get(name)
            number += name in self.dossier.themas
            if name not in ('omslag', 'colofon', 'inhoud'):
                title = str(chapter.titel) if chapter else self.words(TITLES[name])
                yield Chapter(
                    name, title, str(number) if name in self.dossier.themas else '', name in self.dossier.themas
                )

    def render(self, template: str, context: dict[str, Any]) -> str:
        """Return what a template makes of the context; TemplateError when it is missing or wrong."""
        return self._templates.fill(template, **context)

    def _open_templates(self) -> Templates:
        templates = Templates(self.project, self.marked.dossier.ronde.taal, memory=self.memory)
        environment = templates.environment
        environment.filters |= {'html': render_html, 'datum': self.day, 'wanneer': self.moment, 'getal': number_text}
        environment.filters |= {'kortadres': short_address, 'qr': draw_code}
        environment.globals |= {
            'folio_van': folio_of,
            'lijngrafiek': draw_line,
            'lettergroep': letter_group,
            'sinds': self.since,
        }
        environment.tests['gewijzigd'] = self._is_changed
        return templates

    def _is_changed(self, tekst: Tekst) -> bool:
        return Place(tekst.place.file, tekst.place.line) in self.changed

    def day(self, value: date) -> str:
        """Return a date in words: 29 maart 2023."""
        return f'{value.day} {self.words(MONTHS[value.month - 1])} {value.year}'

    def moment(self, value: Datum) -> str:
        """Return a date that may be vague in words: 29 maart 2023, maart 2023, eerste kwartaal 2023, 2023."""
        if value.kwartaal:
            return f'{self.words(QUARTERS[value.kwartaal - 1])} {value.jaar}'
        if not value.maand:
            return str(value.jaar)
        month = f'{self.words(MONTHS[value.maand - 1])} {value.jaar}'
        return f'{value.dag} {month}' if value.dag else month

    def _decisions(self) -> Iterator[tuple[str, Thema, Besluitpunt]]:
        """Yield every decision with its theme, the first date first; those without a date last."""
        found = [(slug, theme, point) for slug, theme in self.themes.items() for point in theme.besluitpunten]
        yield from sorted(found, key=lambda item: item[2].uiterlijk.last_day if item[2].uiterlijk else date.max)

    def _own_meetings(self) -> Iterator[Bijeenkomst]:
        """Yield the meetings in the province of the edition, those for all provinces after them."""
        province = self.dossier.provincie
        names = [province.naam, 'alle'] if province else []
        for name in names:
            for meeting in self.dossier.bijeenkomsten:
                if meeting.provincie == name and province and province.naam not in meeting.behalve:
                    yield meeting

    def _timeline(self) -> Iterator[tuple[str, Gebeurtenis]]:
        """Yield every date of every theme, with the theme's name, in order of time."""
        found = [(slug, event) for slug, theme in self.themes.items() for event in theme.data]
        yield from sorted(found, key=lambda item: (item[1].datum.last_day, item[1].datum.first_day))


def folio_of(slug: str) -> Markup:
    """Return the place for the page number of a part in a column that is set to the right."""
    return placeholder(slug, PADDED_DIGITS, 'nr rechts')


def number_text(value: float) -> str:
    """Return a number as Dutch writes it: 2.846,6."""
    text = f'{value:,.10f}'.rstrip('0').rstrip('.')
    return text.translate(str.maketrans(',.', '.,'))


def letter_group(form: str) -> str:
    """Return the letter under which a form stands in the list; digits and signs share one."""
    first = next((char for char in form.upper() if char.isalnum()), '#')
    return first if first.isalpha() else '0–9'
