"""Laid out letters to files: one print file with a bookmark a person, or a file each."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, field

import pikepdf
from pikepdf import OutlineItem


@dataclass(frozen=True, slots=True)
class LaidOut:
    """A letter: the name of its bookmark, and where its pages stand in the PDF of its batch."""

    title: str
    pdf: bytes = field(repr=False)
    first: int
    pages: int


def join_letters(letters: Sequence[LaidOut], title: str, language: str) -> bytes:
    """Return one PDF of all letters, with a bookmark each."""
    with pikepdf.new() as pdf:
        sources: dict[int, pikepdf.Pdf] = {}
        with pdf.open_outline() as outline:
            for letter in letters:
                if id(letter.pdf) not in sources:
                    sources[id(letter.pdf)] = pikepdf.open(io.BytesIO(letter.pdf))
                pages = sources[id(letter.pdf)].pages
                outline.root.append(OutlineItem(letter.title, len(pdf.pages)))
                pdf.pages.extend(pages[letter.first : letter.first + letter.pages])
        pdf.docinfo['/Title'] = title
        pdf.Root.Lang = pikepdf.String(language)
        output = io.BytesIO()
        pdf.save(output, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
        return output.getvalue()
