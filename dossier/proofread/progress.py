"""How far a round is: what is still marked to be looked at, and how easy each theme reads, a chapter at a time."""

from dataclasses import dataclass
from pathlib import Path

from dossier.model import Dossier
from dossier.proofread.comments import read_comments
from dossier.proofread.passages import read_passages
from dossier.proofread.sentences import read_score


@dataclass(frozen=True)
class Progress:
    """A theme or another file: its title, how many places are marked, and for a theme its readability, 0 to 100."""

    file: str
    title: str
    marked: int
    score: int | None = None


def count_marks(project: Path, dossier: Dossier) -> list[Progress]:
    """Return a row a theme in the order of the book, and one for every other file of the round that has a mark."""
    passages = list(read_passages(dossier))
    data = project / 'data'
    files = [*sorted((data / dossier.ronde.ronde).rglob('*.[my]*')), *sorted(data.glob('*.yaml'))]
    marked = {path.relative_to(project).as_posix(): path for path in files}
    rows = []
    for slug, theme in dossier.themas.items():
        file = theme.titel.place.file
        score = read_score([one for one in passages if one.chapter == slug])
        rows.append(Progress(file, str(theme.titel), _count(project, file), score))
        marked.pop(file, None)
    others = (Progress(file, path.name, _count(project, file)) for file, path in marked.items())
    return [*rows, *(row for row in others if row.marked)]


def _count(project: Path, file: str) -> int:
    return sum(comment.kind == 'nakijken' for comment in read_comments(project, file))
