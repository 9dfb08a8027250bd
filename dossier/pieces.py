"""Letters as the templates give them: HTML whose personal pieces are marked, so that what all share is laid out once."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup

# Private code points that no text can hold (dossier.post.rows refuses them).
_OPEN, _INSIDE, _CLOSE = '\ue100', '\ue101', '\ue102'
_PIECE = re.compile(f'{_OPEN}([^{_INSIDE}]*){_INSIDE}(.*?){_CLOSE}', re.DOTALL)


def mark_piece(css_class: str, content: str) -> Markup:
    """Return a personal piece of a letter, marked; a block of its own, whose class says how it looks."""
    return Markup(f'{_OPEN}{css_class}{_INSIDE}{content}{_CLOSE}')  # noqa: S704  # Jinja has escaped it


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter taken apart: the HTML around its pieces, and the class and the content of each piece."""

    shared: tuple[str, ...]
    classes: tuple[str, ...]
    contents: tuple[str, ...]

    @property
    def html(self) -> str:
        """The letter whole."""
        return self.fill(f'>{content}' for content in self.contents)

    def with_holes(self, heights_px: Sequence[float]) -> str:
        """Return the letter with a hole of the right height for each piece."""
        return self.fill(f' style="height:{height:.6f}px">' for height in heights_px)

    def fill(self, insides: Iterable[str]) -> str:
        """Return the letter with this in its pieces: the end of an opening tag, and what follows it."""
        texts = iter(self.shared)
        filled = (
            f'<div class="stuk {name}"><div data-stuk="{n}"{inside}</div></div>{next(texts)}'
            for n, (name, inside) in enumerate(zip(self.classes, insides, strict=True))
        )
        return ''.join((next(texts), *filled))


def take_apart(html: str) -> Letter:
    """Return the letter of marked HTML."""
    parts = _PIECE.split(html)
    return Letter(tuple(parts[0::3]), tuple(parts[1::3]), tuple(parts[2::3]))


@dataclass(frozen=True, slots=True)
class LetterBatch:
    """Laid out letters: their PDF, how many pages each has, and what WeasyPrint said (level, message, file)."""

    pdf: bytes = field(repr=False)
    pages: tuple[int, ...]
    log: tuple[tuple[str, str, str], ...] = ()
    stamped: int = 0  # letters that were put together from pieces
