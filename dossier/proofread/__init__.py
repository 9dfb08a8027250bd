"""Proofread: the marked dossier in, what an editor would remark out: one module a family of checks, one table of codes.

A code is switched off for a project with `controles: uit:` in dossier.yaml, or in a place with a comment (`comments.py`).
"""

from dataclasses import dataclass
from pathlib import Path

from dossier.abbreviate import Abbreviated
from dossier.errors import Finding, Severity
from dossier.messages import finding
from dossier.proofread.passages import Passage, read_passages
from dossier.read import Sources

# How bad each is; the words stand in dossier/messages/proofread.py.
CODES = {
    **dict.fromkeys(('zin-lang', 'alinea-lang', 'lijdende-vorm', 'ambtelijk', 'leesbaarheid'), Severity.TIP),
    **dict.fromkeys(('spelling', 'woordenboek-ontbreekt', 'besluit-zonder-datum', 'persoon-onbekend'), Severity.TIP),
    **dict.fromkeys(('link-tekst', 'webadres-ongeldig', 'datum-voorbij', 'stand-oud'), Severity.WARNING),
    **dict.fromkeys(('besluit-zonder-wie', 'feit-verschilt', 'contrast-laag'), Severity.WARNING),
}


@dataclass(frozen=True)
class Proof:
    """What the checks look at."""

    marked: Abbreviated
    sources: Sources
    passages: tuple[Passage, ...]
    kept: Path | None = None  # a file for words that were looked up before

    @property
    def project(self) -> Path:
        """The folder of the project."""
        return self.sources.project


def proofread(marked: Abbreviated, sources: Sources, kept: Path | None = None) -> list[Finding]:
    """Return what can be said of the texts besides the rules of the data, also what may be switched off."""
    from dossier.proofread import colours, dates, facts, links, sentences, spelling  # slow, and not for a build

    proof = Proof(marked, sources, tuple(read_passages(marked.dossier)), kept)
    families = (links, dates, facts, colours, sentences, spelling)
    return [
        finding(code, severity=CODES[code], **values) for family in families for code, values in family.check(proof)
    ]
