"""The whole program as a list of its stages: read this first.

    read -> validate -> choose -> abbreviate -> compose -> lay out -> number -> assemble -> preflight -> deliver

Choose and all that follows is done for each edition. Each stage takes a value, returns a value, and fails with its own error
that carries all of its findings. Compose, lay out and number stand together in `typeset.py`; assemble and preflight in
`products.py`, once for each product.
"""

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dossier.abbreviate import Abbreviated, Memory, abbreviate_dossier, mark_dossier
from dossier.compare.versions import find_changed
from dossier.compose import Composer
from dossier.deliver import deliver
from dossier.editions import choose_edition, choose_names
from dossier.errors import DataError, Finding, PreflightError, Severity
from dossier.layout.pool import Typesetter, open_typesetter, read_log
from dossier.layout.style import find_style
from dossier.model import Dossier
from dossier.products import MAKERS, Job, Options, Product, needs_list, start_products
from dossier.proofread import proofread
from dossier.proofread.comments import silence
from dossier.read import find_round, read_round
from dossier.store import Store
from dossier.typeset import Report, lay_out_editions
from dossier.unchanged import digest_inputs, recall_build, remember_build
from dossier.validate import find_remarks, validate_sources

CACHE = Path('output', 'werk', 'cache')  # below the project; may be deleted at any time
KEPT = Path('output', 'werk', 'woorden.txt')  # words that were looked up; likewise


def check(project: Path, ronde: str | None, tips: bool = True, kept: Path | None = None) -> Abbreviated:
    """Return the round with its abbreviations marked, and all that can be said without laying out a page.

    Without tips, as in a build, the texts aren't proofread. Words that were looked up are kept in a file, where one is given.
    """
    sources = read_round(project, ronde)
    marked = check_dossier(project, validate_sources(sources), tips, {})
    if tips:
        marked.findings += silence(project, proofread(marked, sources, kept), marked.dossier.ronde.controles.uit)
    return marked


def check_edition(project: Path, ronde: str | None) -> Abbreviated:
    """Return the first edition of a round with its abbreviations marked; what was found is that of the whole round."""
    dossier, memory = validate_sources(read_round(project, ronde)), Memory()
    findings = check_dossier(project, dossier, True, memory).findings
    marked = mark_dossier(choose_edition(dossier, choose_names(dossier.ronde, ())[0]), memory)
    marked.findings = findings
    return marked


def check_dossier(project: Path, dossier: Dossier, tips: bool, memory: Memory) -> Abbreviated:
    """Return the whole dossier marked, the texts of all editions together; DataError when an edition can't be made of it."""
    marked = abbreviate_dossier(dossier, tips, memory)
    marked.findings += find_remarks(dossier)
    for name in dossier.ronde.edities:
        try:
            choose_edition(dossier, name)
        except DataError as error:
            marked.findings += error.findings
    if any(finding.severity is Severity.ERROR for finding in marked.findings):
        raise DataError(marked.findings)
    marked.findings = silence(project, marked.findings, dossier.ronde.controles.uit)
    return marked


@dataclass(frozen=True)
class Built:
    """What a build made, what it has to tell, and how many parts it laid out and took from the cache."""

    products: list[Product]
    findings: list[Finding]
    laid_out: int
    reused: int


def build(project: Path, ronde: str | None, options: Options, report: Report) -> Built:
    """Return the products, delivered, and the warnings; DossierError with every finding of the stage that failed."""
    report('read', '', 0)
    ronde, store = find_round(project, ronde), Store(project / CACHE)
    key = _digest_inputs(project, ronde, options)
    if key and (known := recall_build(store, key, project)):
        return Built(known[0], known[1], 0, known[2])
    with open_typesetter(
        find_style(project, ronde), options.jobs, store.folder if options.cache else None, options.cluster
    ) as typesetter:
        if {*options.products} != {'web'} or not (options.cache and store.folder.is_dir()):
            typesetter.warm()  # while the texts are read; an edited page of the site seldom needs the workers
        products, findings = _make_products(project, ronde, options, typesetter, report)
    report('deliver', '', 0)
    files = {path: content for product in products for path, content in product.files.items()}
    deliver(project, files, [product.folder for product in products if product.folder])
    built = Built(products, list(dict.fromkeys(findings)), typesetter.laid_out, typesetter.reused)
    if key and key == _digest_inputs(project, ronde, options):  # nobody saved a file meanwhile
        with suppress(OSError):
            remember_build(store, key, products, built.findings, built.laid_out + built.reused)
    return built


def _make_products(
    project: Path, ronde: str, options: Options, typesetter: Typesetter, report: Report
) -> tuple[list[Product], list[Finding]]:
    """Return the products of each edition, and the warnings: all editions are laid out together."""
    memory, chosen, rendered = Memory(), dict[Any, Any](), dict[Any, Any]()
    dossier = validate_sources(read_round(project, ronde))
    names = choose_names(dossier.ronde, options.editions, options.all_editions)
    findings = list(check_dossier(project, dossier, False, memory).findings)
    changed = find_changed(project, options.since, dossier) if options.since else frozenset()
    marked = ((name, mark_dossier(choose_edition(dossier, name, chosen), memory)) for name in names)
    composers = (
        (name, Composer(edition, project, since=options.since, changed=changed, memory=rendered))
        for name, edition in marked
    )
    jobs: dict[str, Job] = {}
    for name, composer, books in lay_out_editions(composers, typesetter, report, needs_list(options.products)):
        warnings = [finding for book in books.values() for finding in read_log(book.fragments)]
        if options.strict and (findings or warnings):
            raise DataError(findings + warnings)
        jobs[name] = Job(project, name, composer, typesetter, books, options, report, findings=warnings)
        start_products(jobs[name])
    for job in (jobs[name] for name in names):
        for kind, make in MAKERS.items():
            if kind in options.products:
                job.made[kind] = make(job)
        findings += job.findings
        if options.strict and job.findings:
            raise PreflightError(job.findings)
    return [product for name in names for product in jobs[name].made.values()], findings


def _digest_inputs(project: Path, ronde: str, options: Options) -> str:
    """Return the fingerprint of all inputs; empty where nothing may be remembered, or reading will tell what is wrong."""
    if not options.cache or options.since:
        return ''
    try:
        return digest_inputs(project, ronde, options)
    except OSError:
        return ''
