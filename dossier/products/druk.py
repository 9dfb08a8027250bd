"""The product `druk`: the inside, the cover with its spine, and the job ticket, from the pages of the screen edition."""

import io
import json
from collections.abc import Sequence
from hashlib import md5
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import pikepdf
from pikepdf import Name

from dossier.errors import Finding, Place, PreflightError, Severity
from dossier.layout.style import ROUND_URL, find_style
from dossier.model import Hoofdstuk, Thema
from dossier.parts import Metadata, Part
from dossier.press.binding import PT_PER_MM, Make
from dossier.press.impose import Imposition, even_signatures, impose
from dossier.press.inks import Inks, read_profile, read_tokens
from dossier.press.preflight_print import judge_pdf
from dossier.press.printfile import About, Sheet, make_print_file
from dossier.press.separate import Picture, Separator
from dossier.press.ticket import make_ticket
from dossier.products import Job, Product, make_dossier
from dossier.resources import find_file
from dossier.typeset import Book

Pages = list[tuple[int, str] | None]


def make_print_product(job: Job) -> Product:
    """Return the files for the printer below `druk/`, with warnings; PreflightError when they aren't fit to print."""
    return Press(job, job.title).make()


class Press:
    """What the print files of one edition share; `found` holds what preflight says of them."""

    def __init__(self, job: Job, title: str) -> None:
        self.job, self.ronde = job, job.composer.dossier.ronde
        self.druk = self.ronde.druk
        self.place = Place(f'data/{self.ronde.ronde}/dossier.yaml')
        profile = find_file(job.project, 'styles', f'profielen/{self.druk.profiel}')
        self.profile = read_profile(profile, f'styles/profielen/{self.druk.profiel}')
        css = find_file(job.project, 'styles', 'maten.css').read_text(encoding='utf-8')
        self.inks = Inks(self.profile, read_tokens(css), self.druk.inktlimiet / 100)
        self.pictures = _find_pictures(job)
        self.found: list[Finding] = []
        self.title = title

    def make(self) -> Product:
        job = self.job
        screen = (job.made.get('dossier') or make_dossier(job)).content
        job.report('separate', 'druk', 0)
        with pikepdf.open(io.BytesIO(screen)) as pdf:
            box = pdf.pages[0].trimbox
            planned = _plan(job.books['dossier'])
            make = Make(self.druk, len(planned), *(float(box[n] - box[n - 2]) / PT_PER_MM for n in (2, 3)))
            pages = self._fill(pdf, planned, make)
            inside = self._press_pages(pdf, pages, make, '/binnenwerk')
        part = job.composer.compose_sheet('omslagvel', maten=make)
        cover = self._press_pages(self._open(part), [(0, self.place.file)], make, '/omslag')
        job.findings += make.doubts(self.place)
        files = {'binnenwerk.pdf': inside, 'omslag.pdf': cover}
        ticket = make_ticket(make, job.title, str(self.ronde.uitgever), files)
        part = job.composer.compose_sheet('order', order=ticket)
        sheet = self._press_pages(self._open(part), [(0, part.file)], make, '/order')
        self._settle()
        folder = f'{job.folder}/druk'
        paths = {
            f'{folder}/omslag.pdf': cover,
            f'{folder}/boekje.pdf': _make_booklet(screen, planned),
            f'{folder}/order.pdf': sheet,
            # A value in JSON is a value in YAML 1.2.
            f'{folder}/order.yaml': ''.join(
                f'{key}: {json.dumps(value, ensure_ascii=False, default=str)}\n' for key, value in ticket.items()
            ).encode(),
        }
        return Product('druk', job.edition, f'{folder}/binnenwerk.pdf', make.pages, inside, paths)

    def _open(self, part: Part) -> pikepdf.Pdf:
        fragment = self.job.typesetter.lay_out([part], lambda _fragment: None)[part.name]
        return pikepdf.open(io.BytesIO(fragment.pdf))

    def _fill(self, pdf: pikepdf.Pdf, pages: Pages, make: Make) -> Pages:
        """Return the pages with those that the binding needs at the end: blank, or with lines for notes."""
        extra = make.pages - len(pages)
        if not self.druk.notities or not extra:
            return [*pages, *[None] * extra]
        part = self.job.composer.compose_sheet('notities', aantal=extra, links=len(pages) % 2 == 1)
        start = len(pdf.pages)
        pdf.pages.extend(self._open(part).pages)
        return [*pages, *((start + n + len(pages) % 2, part.file) for n in range(extra))]

    def _press_pages(self, pdf: pikepdf.Pdf, pages: Sequence[tuple[int, str] | None], make: Make, kind: str) -> bytes:
        sheet = Sheet(self.druk.afloop_mm, make.gutter_mm if kind == '/binnenwerk' else 0, self.druk.snijtekens)
        facts: dict[str, Any] = {
            '/Soort': Name(kind),
            '/Binding': Name(f'/{self.druk.binding}'),
            '/Paginas': make.pages,
            '/Breedte': round(make.width_mm * PT_PER_MM, 2),
            '/Rug': round(make.spine_mm * PT_PER_MM, 2),
        }
        return self._press(Separator(pdf, self.inks, self.pictures), pages, sheet, (f'druk{kind}.pdf', facts))

    def press_folded(self, screen: bytes, file: str, place: str, folds_mm: Sequence[Sequence[float]]) -> bytes:
        """Return the print file of a sheet of its own with crop and fold marks; PreflightError when it isn't fit to print."""
        sheet = Sheet(self.druk.afloop_mm, marks=True, folds_mm=folds_mm)
        with pikepdf.open(io.BytesIO(screen)) as pdf:
            pages = [(n, place) for n in range(len(pdf.pages))]
            content = self._press(Separator(pdf, self.inks, self.pictures), pages, sheet, (file, {}))
        self._settle()
        return content

    def _press(
        self,
        separator: Separator,
        pages: Sequence[tuple[int, str] | None],
        sheet: Sheet,
        what: tuple[str, dict[str, Any]],
    ) -> bytes:
        """Return the print file of the pages; keep what preflight says of it."""
        file, facts = what
        metadata = Metadata(self.title, str(self.ronde.uitgever), self.ronde.taal, self.job.moment)
        own = {'/Afloop': round(sheet.bleed_pt, 2), '/Inkt': self.druk.inktlimiet}
        about = About(metadata, self.profile, self.druk.drukconditie, {**facts, **own})
        content = make_print_file(separator, pages, sheet, about)
        self.job.findings += separator.findings
        self.job.report('preflight', Path(file).stem, 0)
        with pikepdf.open(io.BytesIO(content)) as made:
            self.found += judge_pdf(made, f'{self.job.folder}/{file}')
        return content

    def _settle(self) -> None:
        if any(finding.severity is Severity.ERROR for finding in self.found):
            raise PreflightError(self.found)
        self.job.findings += self.found


def _make_booklet(screen: bytes, pages: Pages) -> bytes:
    """Return the whole screen edition, with cover and blanks, imposed for the office printer; in parts that can be stapled."""
    inside = [page[0] if page else None for page in pages]
    order = [0, None, *inside, *[None] * (2 + -(len(inside) + 4) % 4)]
    with pikepdf.open(io.BytesIO(screen)) as pdf:
        return impose(pdf, order, Imposition(signature=even_signatures(len(order)), marks=True))


def _plan(book: Book) -> Pages:
    """Return the counted pages of a book in order: index in the screen edition and the author's file, None for a blank."""
    pages: Pages = [None] * book.numbering.last
    index = 0
    for part in book.parts:
        first = book.numbering.first[part.name]
        for n in range(book.fragments[part.name].pages):
            if first:
                pages[first - 1 + n] = (index, part.file)
            index += 1
    return pages


def _find_pictures(job: Job) -> dict[str, Picture]:
    """Return the pictures of the round by the name that WeasyPrint gives them: the MD5 of their address."""
    dossier = job.composer.dossier
    style = find_style(job.project, dossier.ronde.ronde)
    found: dict[str, Picture] = {}
    named: list[tuple[str, Place]] = []
    chapters: list[Thema | Hoofdstuk] = [*dossier.themas.values(), *dossier.hoofdstukken.values()]
    for chapter in chapters:
        named += [(quote(beeld.bestand), beeld.bestand.place) for beeld in chapter.beeld]
        file, images = chapter.tekst.place.file, (one for one in chapter.tekst.walk() if one[0].type == 'image')
        named += [(str(token.attrGet('src')), Place(file, line)) for token, line in images]
    if cover := dossier.editie.omslag:
        named.append((quote(cover.bestand), cover.bestand.place))
    for address, place in named:
        url = ROUND_URL + address
        if path := style.find(unquote(url)):
            key = md5(url.encode(), usedforsecurity=False).hexdigest()
            found[key] = Picture(path, unquote(address), place)
    return found
