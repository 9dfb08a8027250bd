"""The site: the composed dossier and the PDFs to download, in; every file of the site by its path, out.

All pages lie in one folder and link to each other by name, so that the site works on any server and from a USB stick.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit
from uuid import NAMESPACE_URL, uuid5

from markupsafe import Markup

from dossier.compose import Composer, letter_group
from dossier.compose.render import Setting
from dossier.errors import Place, PreflightError
from dossier.messages import finding
from dossier.messages.mark import N_
from dossier.model import ONDERDELEN, Hoofdstuk, Thema
from dossier.requests.form import SUBJECTS, make_form
from dossier.resources import find_file
from dossier.store import Store
from dossier.text import split_sections
from dossier.web.calendar import Agenda, concerns
from dossier.web.fonts import subset_fonts
from dossier.web.links import find_dead_links
from dossier.web.render import WebSetting, slug_of

# Of the meta element; a server adds frame-ancestors, which a page can't say of itself (docs/web.md).
POLICY = (
    "default-src 'none'; img-src 'self'; style-src 'self'; font-src 'self'; script-src 'self'; connect-src 'self'; "
    "base-uri 'self'; form-action 'none'"
)
SHEETS = ('maten.css', 'web/site.css')
FILES = {  # of styles/, to their places on the site
    'web/site.js': 'site.js',
    'web/pictogram.svg': 'beeld/pictogram.svg',
    'beeld/omslag.svg': 'beeld/omslag.svg',
    'beeld/opening.svg': 'beeld/opening.svg',
}
MENU = {
    'inhoud': N_('The dossier'),
    'bijeenkomsten': N_('Meetings'),
    'organisaties': N_('Who is who'),
    'afkortingen': N_('Abbreviations'),
    'nieuws': N_('News'),
    'contact': N_('Contact'),
}


@dataclass(frozen=True)
class Page:
    """A page of the site: its file without `.html`, its template, its title, and what it is about."""

    naam: str
    template: str
    titel: str
    onderwerp: Any = None  # a chapter, a theme or a province

    @property
    def adres(self) -> str:
        """The address on the site."""
        return f'{self.naam}.html'


@dataclass(frozen=True)
class Download:
    """A PDF that lies on the site."""

    bestand: str
    titel: str
    paginas: int
    inhoud: bytes

    @property
    def grootte(self) -> float:
        """The size in megabytes."""
        return max(0.1, round(len(self.inhoud) / 1_000_000, 1))


class Site:
    """Composes the pages of one dossier."""

    def __init__(self, composer: Composer, downloads: Sequence[Download], moment: date) -> None:
        self._composer = composer  # not for templates: it knows where the project is
        self.downloads, self.moment = downloads, moment
        self.dossier, self.words = composer.dossier, composer.words
        address = self.dossier.ronde.web.adres
        self.address = f'{address.rstrip("/")}/' if address else ''
        self.book = [page for name in composer.names if (page := self._chapter(name))]
        self.pages = [*self._own_pages(), *self.book]
        self.addresses = {page.naam: page.adres for page in self.pages}
        self.agenda = Agenda(self.dossier, self.words, self.address, moment)

    def compose(self, project: Path, store: Store) -> dict[str, bytes]:
        """Return every file of the site; PreflightError with all names that are taken and all links that are dead."""
        if taken := [name for name, times in Counter(page.naam for page in self.pages).items() if times > 1]:
            raise PreflightError(finding('web-naam-dubbel', Place(f'{name}.md'), name=name) for name in taken)
        texts = {page.adres: self._compose_page(page) for page in self.pages}
        texts |= {name: self._composer.render(f'web/{name}', self._context()) for name in self._machine_files()}
        files = {name: text.encode() for name, text in texts.items()}
        files |= {f'agenda/{name}.ics': content for name, content in self._calendars()}
        files |= {download.bestand: download.inhoud for download in self.downloads}
        sheets = (find_file(project, 'styles', name).read_text(encoding='utf-8') for name in SHEETS)
        files['site.css'] = '\n'.join(sheets).encode()
        files |= {place: find_file(project, 'styles', name).read_bytes() for name, place in FILES.items()}
        files |= self._pictures(project / 'data' / self.dossier.ronde.ronde)
        fonts = subset_fonts({*''.join(texts.values())} - {'\n'}, project, store)
        files |= {f'letters/{name}': content for name, content in fonts.items()}
        if dead := list(find_dead_links(files)):
            raise PreflightError(dead)
        return files

    def _chapter(self, name: str) -> Page | None:
        """Return the page of a part of the book; cover and contents have others on a site."""
        if name in ('omslag', 'inhoud'):
            return None
        theme, chapter = self.dossier.themas.get(name), self.dossier.hoofdstukken.get(name)
        template = 'thema' if theme else name if name in ONDERDELEN else 'hoofdstuk'
        title = self._composer.titles.get(name) or self.words(N_('Colophon'))
        # What introduces the list in the book speaks of page numbers; an edition has a page on its province.
        subject = {'afkortingen': None, 'provincie': self.dossier.provincie}.get(name, theme or chapter)
        return Page(name, f'web/{template}.html', title, subject)

    def _own_pages(self) -> Iterator[Page]:
        """Yield the pages that the book has not."""
        start = self.dossier.paginas.get('start')
        yield Page('index', 'web/start.html', str(self.dossier.ronde.titel), start)
        yield Page('inhoud', 'web/inhoud.html', self.words(MENU['inhoud']))
        yield Page('404', 'web/404.html', self.words(N_('This page is not here')))
        if self.dossier.nieuws:
            yield Page('nieuws', 'web/nieuws.html', self.words(MENU['nieuws']))
        for name, page in self.dossier.paginas.items():
            if name != 'start':
                yield Page(name, 'web/hoofdstuk.html', str(page.titel), page)
        if self.dossier.bijeenkomsten:
            for province in self.dossier.provincies:
                yield Page(f'provincie-{slug_of(province.naam)}', 'web/provincie.html', province.naam, province)

    def _compose_page(self, page: Page) -> str:
        setting = WebSetting(self._composer.titles, {}, self.words, pages=self.addresses)
        place = self.book.index(page) if page in self.book else -1
        around = {
            'vorige': self.book[place - 1] if place > 0 else None,
            'volgende': self.book[place + 1] if 0 <= place < len(self.book) - 1 else None,
        }
        context = {'pagina': page, 'hoofdstuk': page.onderwerp, 'zetting': setting, **around}
        return self._composer.render(page.template, {**self._context(), **context})

    def _context(self) -> dict[str, Any]:
        """Return what every page knows."""
        return {
            'site': self,
            'beleid': POLICY,
            'menu': [(name, title) for name, title in MENU.items() if name in self.addresses],
            'basis': urlsplit(self.address).path,
            'zetting': Setting(self._composer.titles, {}, self.words, links=False),
        }

    def _machine_files(self) -> Iterator[str]:
        if self.dossier.nieuws:
            yield 'nieuws.xml'
        if self.address:
            yield 'sitemap.xml'
        if urlsplit(self.address).path == '/':  # nobody asks for it elsewhere (RFC 9309, 2.3)
            yield 'robots.txt'

    def _calendars(self) -> Iterator[tuple[str, bytes]]:
        if self.dossier.bijeenkomsten:
            ronde = self.dossier.ronde
            yield 'alle', self.agenda.write(f'{ronde.uitgever} {ronde.ronde}')
            for province in self.dossier.provincies:
                title = f'{ronde.uitgever} {ronde.ronde}: {province.naam}'
                yield slug_of(province.naam), self.agenda.write(title, province.naam)

    def _pictures(self, folder: Path) -> dict[str, bytes]:
        """Return the pictures of the writers; validate has seen that each is inside the folder of the round."""
        chapters: list[Thema | Hoofdstuk] = [*self.dossier.themas.values(), *self.dossier.hoofdstukken.values()]
        chapters += self.dossier.paginas.values()
        names: set[str] = {picture.bestand for chapter in chapters for picture in chapter.beeld}
        for chapter in chapters:
            names |= {unquote(str(token.attrGet('src'))) for token, _ in chapter.tekst.walk() if token.type == 'image'}
        return {name: (folder / name).read_bytes() for name in sorted(names)}

    # What the templates ask for.

    def titel_van(self, name: str) -> str:
        """Return the title of a page."""
        return next(page.titel for page in self.pages if page.naam == name)

    def head(self, setting: WebSetting, name: str, words: str) -> Markup:
        """Return a heading that the page's own contents lead to."""
        setting.headings[name] = words
        setting.ids.add(name)
        return Markup('<h2 id="{}">{}</h2>').format(name, words)

    slug = staticmethod(slug_of)

    def meetings_in(self, province: str) -> list[Any]:
        """Return the meetings that are of interest in a province."""
        return [meeting for meeting in self.dossier.bijeenkomsten if concerns(meeting, province)]

    def used(self) -> list[Any]:
        """Return the abbreviations of book and site, in order."""
        return self._composer.marked.used(on_site=True)

    def letters(self) -> list[str]:
        """Return the letters of the list, in order."""
        return list(dict.fromkeys(letter_group(entry.afkorting) for entry in self.used()))

    def latest(self) -> date:
        """Return the day on which the news last changed."""
        return max(entry.gewijzigd or entry.datum for entry in self.dossier.nieuws)

    def sections(self) -> Mapping[str, Any]:
        """Return the parts of the text about the organisation that the leaflet holds too, by heading."""
        leaflet = self.dossier.ronde.folder
        chapter = self.dossier.hoofdstukken.get(leaflet.hoofdstuk) if leaflet else None
        found = split_sections(chapter.tekst) if chapter else {}
        return {name: found[name] for name in (leaflet.koppen if leaflet else ()) if name in found}

    def mail_link(self) -> str:
        """Return the link that asks for a printed copy: a mail with a form in its body (RFC 6068)."""
        asked = self.dossier.contact.gedrukte_versie
        language = self.dossier.ronde.taal
        subject, body = SUBJECTS.get(language, SUBJECTS['nl']), make_form(language, self.dossier.editie.naam or '')
        return f'mailto:{asked.email}?subject={quote(subject)}&body={quote(body, safe="")}' if asked else ''

    def urn(self, *names: str) -> str:
        """Return an id that never changes, of the newsfeed or of an entry (RFC 4287, 4.2.6)."""
        ronde = self.dossier.ronde
        return uuid5(NAMESPACE_URL, '/'.join((str(ronde.uitgever), ronde.ronde, 'nieuws', *names))).urn
