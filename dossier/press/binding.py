"""Arithmetic of a bound book: pages, blanks, spine, weight, and what the binder will not do. Lengths in mm, weights in gram."""

from dataclasses import dataclass

from dossier.errors import Finding, Place, Severity
from dossier.messages import finding
from dossier.model.settings import Druk

PT_PER_MM = 72 / 25.4
ROOM_MM = 5.0  # how far a page may be shifted: it is painted 10 mm beyond its edges, of which 5 are for bleed
_STITCHED_GSM = 6400  # pages x grammage: 64 pages of 100 g/m2, 80 of 80 g/m2
_SPINE_TEXT_MM = 5.0
_THINNEST_GLUED_MM = 3.0
_ENVELOPE_G = 35  # a C4 envelope with a board back, and a letter


@dataclass(frozen=True)
class Make:
    """How the book is made of its pages: as laid out, in the format of a page."""

    druk: Druk
    laid_out: int
    width_mm: float
    height_mm: float

    @property
    def pages(self) -> int:
        """The pages of the inside: a multiple of four when it is stitched, even when it is glued."""
        step = 4 if self.druk.binding == 'geniet' else 2
        return -(-self.laid_out // step) * step

    @property
    def spine_mm(self) -> float:
        """The thickness of the inside; a stitched booklet has no spine."""
        if self.druk.binding == 'geniet':
            return 0.0
        return round(self.pages / 2 * self.druk.gramsgewicht * self.druk.opdikking / 1000, 1)

    @property
    def gutter_mm(self) -> float:
        """How far pages are shifted away from the spine: as asked, or a third of the thickness of a glued book."""
        asked = self.druk.bindmarge_mm
        return round(min(ROOM_MM, self.spine_mm / 3), 1) if asked is None else asked

    @property
    def has_spine_text(self) -> bool:
        """Whether the title fits on the spine."""
        return self.spine_mm >= _SPINE_TEXT_MM

    @property
    def weight_g(self) -> int:
        """The weight of one copy with its cover."""
        page_m2 = self.width_mm * self.height_mm / 1e6
        cover_m2 = (2 * self.width_mm + self.spine_mm) * self.height_mm / 1e6
        return round(self.pages / 2 * page_m2 * self.druk.gramsgewicht + cover_m2 * self.druk.omslaggramsgewicht)

    @property
    def parcel_g(self) -> int:
        """The weight of one copy in its envelope, for the postage."""
        return self.weight_g + _ENVELOPE_G

    def doubts(self, place: Place) -> list[Finding]:
        """Return a warning with the reason when the binder can't bind so many pages of this paper in this way."""
        if self.druk.binding == 'geniet' and self.pages * self.druk.gramsgewicht > _STITCHED_GSM:
            most = _STITCHED_GSM // self.druk.gramsgewicht // 4 * 4
            return [
                finding('druk-te-dik', place, Severity.WARNING, pages=self.pages, gsm=self.druk.gramsgewicht, most=most)
            ]
        if self.druk.binding == 'gelijmd' and self.spine_mm < _THINNEST_GLUED_MM:
            return [finding('druk-te-dun', place, Severity.WARNING, spine=self.spine_mm, least=_THINNEST_GLUED_MM)]
        return []
