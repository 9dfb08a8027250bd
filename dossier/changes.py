"""What changed between two versions of a round, as a page for the screen or as a PDF of its own."""

from pathlib import Path

from dossier.abbreviate import abbreviate_dossier
from dossier.compare.rounds import KINDS, Comparison, compare_rounds
from dossier.compare.versions import read_version
from dossier.compose import Composer
from dossier.deliver import deliver
from dossier.layout.pool import open_typesetter
from dossier.layout.style import find_style
from dossier.model import Dossier
from dossier.number import number_fragments
from dossier.products import Job, Options, Product, make_screen
from dossier.resources import find_file
from dossier.typeset import Book, Report


def compare_versions(project: Path, old: str, new: str) -> tuple[Comparison, Dossier]:
    """Return what changed, and the newer dossier; SourceError or DataError when one of the two can't be read."""
    before, after = read_version(project, old), read_version(project, new)
    return compare_rounds(before, after, (old, new)), after


def make_page(project: Path, comparison: Comparison, dossier: Dossier) -> str:
    """Return the comparison as one HTML page that needs no other file; TemplateError."""
    style = find_file(project, 'styles', 'verschil.css').read_text(encoding='utf-8')
    composer = Composer(abbreviate_dossier(dossier, tips=False), project)
    return composer.compose_changes(comparison.old, page=True, stijl=style, verschil=comparison, soorten=KINDS).html


def print_changes(project: Path, comparison: Comparison, dossier: Dossier, options: Options, report: Report) -> Product:
    """Return the comparison as a delivered PDF/A-2a and PDF/UA-1; LayoutError, PreflightError or OutputError."""
    composer = Composer(abbreviate_dossier(dossier, tips=False), project)
    part = composer.compose_changes(comparison.old, verschil=comparison, soorten=KINDS)
    with open_typesetter(find_style(project, dossier.ronde.ronde), options.jobs) as typesetter:
        fragments = typesetter.lay_out([part], lambda fragment: report('lay out', fragment.name, fragment.pages))
        books = {'verschil': Book([part], fragments, number_fragments([part.name], [part], fragments))}
        job = Job(project, 'landelijk', composer, typesetter, books, options, report)
        file = f'wijzigingen-sinds-{"".join(char if char.isalnum() else "-" for char in comparison.old)}.pdf'
        product = make_screen(job, 'verschil', file, part.title)
    deliver(project, product.files)
    return product
