"""The product `folder`: a sheet of two sides with who the organisation is, from the texts and data of the book."""

from dataclasses import replace
from itertools import zip_longest

from dossier.compose.render import Setting
from dossier.errors import DataError, Place, PreflightError
from dossier.messages import finding
from dossier.number import number_fragments
from dossier.products import Job, Product, make_screen
from dossier.products.druk import Press
from dossier.text import Tekst, split_sections, transform
from dossier.typeset import Book

# Where the sides fold, in mm from the left: the flap that goes inside is narrower, and lies at the right on the inside.
_FOLDS_MM = {'drieluik': ((97, 197), (100, 200)), 'a5': ((148.5,), (148.5,)), 'a4': ()}


def make_leaflet(job: Job) -> Product:
    """Return the leaflet for the screen and for the printer; DataError without its text, PreflightError for each box too full."""
    ronde, chapters = job.composer.dossier.ronde, job.composer.dossier.hoofdstukken
    place, leaflet = Place(f'data/{ronde.ronde}/dossier.yaml'), ronde.folder
    if leaflet is None:
        raise DataError([finding('folder-ontbreekt', place)])
    chapter = chapters.get(leaflet.hoofdstuk)
    sections = split_sections(chapter.tekst) if chapter else {}
    if lost := [name for name in leaflet.koppen if name not in sections]:
        raise DataError(finding('folder-kop-onbekend', place, name=name, slug=leaflet.hoofdstuk) for name in lost)
    setting = Setting(job.composer.titles, {}, job.composer.words, links=False)
    seen: set[str] = set()
    texts = {name: write_out_first(sections[name], seen) for name in leaflet.koppen}
    part = job.composer.compose_sheet('folder', zetting=setting, folder=leaflet, teksten=texts)
    part = replace(part, title=str(leaflet.titel))
    fragments = job.typesetter.lay_out([part], lambda fragment: job.report('lay out', fragment.name, fragment.pages))
    if surplus := fragments[part.name].surplus:
        raise PreflightError(finding('folder-te-vol', place, name=name, n=lines) for name, lines in surplus.items())
    book = Book([part], fragments, number_fragments([part.name], [part], fragments))
    screen = make_screen(replace(job, books={**job.books, 'folder': book}), 'folder', 'folder.pdf', part.title)
    press = Press(job, part.title).press_folded(screen.content, 'folder-druk.pdf', place.file, _FOLDS_MM[leaflet.vorm])
    return replace(screen, others={f'{job.folder}/folder-druk.pdf': press})


def write_out_first(tekst: Tekst, seen: set[str]) -> Tekst:
    """Return the text with each abbreviation that wasn't seen yet written out: its first use in the chapter may not be here."""
    tokens = []
    for token in tekst.tokens:
        children = [child.copy(meta=dict(child.meta)) for child in token.children or ()]
        for child, after in zip_longest(children, children[1:]):
            if child.type == 'abbreviation' and child.meta['voluit'] and child.meta['key'] not in seen:
                glued = after is not None and after.content.startswith('-')
                seen |= set() if glued else {child.meta['key']}
                if child.meta['print'] == 'short' and not glued:
                    child.meta['print'] = 'long_brackets'
        tokens.append(token.copy(children=children or None))
    return transform(tekst, tokens)
