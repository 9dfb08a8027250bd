"""The whole program as a list of its stages: read this first.

    read -> validate -> abbreviate -> compose -> lay out -> number -> assemble -> preflight -> deliver

Each stage takes a value, returns a value, and fails with its own error that carries all of its findings. Compose, lay out and
number stand together in `typeset.py`; assemble and preflight in `products.py`, once for each product.
"""

from pathlib import Path

from dossier.abbreviate import Abbreviated, abbreviate_dossier
from dossier.compare.versions import find_changed
from dossier.compose import Composer
from dossier.deliver import deliver
from dossier.errors import DataError, Finding, PreflightError, Severity
from dossier.layout.pool import open_typesetter, read_log
from dossier.layout.style import find_style
from dossier.products import EDITION, MAKERS, Job, Options, Product
from dossier.read import find_round, read_round
from dossier.typeset import Report, lay_out_books
from dossier.validate import find_remarks, validate_sources

CACHE = Path('output', 'werk', 'cache')  # below the project; may be deleted at any time


def check(project: Path, ronde: str | None, tips: bool = True) -> Abbreviated:
    """Return the round with its abbreviations marked, and all that can be said without laying out a page."""
    dossier = validate_sources(read_round(project, ronde))
    marked = abbreviate_dossier(dossier, tips)
    marked.findings += find_remarks(dossier)
    if any(finding.severity is Severity.ERROR for finding in marked.findings):
        raise DataError(marked.findings)
    return marked


def build(project: Path, ronde: str | None, options: Options, report: Report) -> tuple[list[Product], list[Finding]]:
    """Return the products, delivered, and the warnings; DossierError with every finding of the stage that failed."""
    report('read', '', 0)
    style = find_style(project, find_round(project, ronde))
    with open_typesetter(style, options.jobs, project / CACHE if options.cache else None) as typesetter:
        typesetter.warm()  # the workers get warm while the texts are read
        marked = check(project, ronde, tips=False)
        composer = Composer(marked, project)
        if options.since:
            changed = find_changed(project, options.since, marked.dossier.ronde.ronde)
            composer = Composer(marked, project, since=options.since, changed=changed)
        books = lay_out_books(composer, typesetter, report)
        warnings = [finding for book in books.values() for finding in read_log(book.fragments)]
        findings = list(dict.fromkeys([*marked.findings, *warnings]))
        if options.strict and findings:
            raise DataError(findings)
        job = Job(project, EDITION, composer, typesetter, books, options, report)
        for kind, make in MAKERS.items():
            if kind in options.products:
                job.made[kind] = make(job)
    findings = list(dict.fromkeys([*findings, *job.findings]))
    if options.strict and job.findings:
        raise PreflightError(job.findings)
    report('deliver', '', 0)
    products = list(job.made.values())
    files = {path: content for product in products for path, content in product.files.items()}
    deliver(project, files, [product.folder for product in products if product.folder])
    return products, findings
