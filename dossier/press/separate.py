"""Separates: the pages of a screen PDF into ink, in place. What no press can do as asked is done as near as can be, and told."""

import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Name, Operator, String
from PIL import Image

from dossier.errors import Finding, Place, Severity
from dossier.messages import finding
from dossier.press.inks import Inks, open_picture, plain
from dossier.press.walk import Colour, State, Step, Walker, numbers

# On a page: the author's file; on a picture: that file, the line, and its name there (a private key, ISO 32000-1, annex E).
SOURCE = '/DSSR_Bron'
_DROPPED = frozenset(('BDC', 'BMC', 'EMC', 'DP', 'MP', 'ri', 'i'))
_COLOURS = frozenset(('g', 'rg', 'k', 'cs', 'sc', 'scn'))
_SPACES = {'L': Name.DeviceGray, 'CMYK': Name.DeviceCMYK}


@dataclass(frozen=True)
class Picture:
    """A picture of the round: its file, and where the author named it."""

    path: Path
    name: str
    place: Place


@dataclass
class Separator:
    """Turns pages into ink; `pictures` are found by the names under which WeasyPrint draws them."""

    pdf: pikepdf.Pdf
    inks: Inks
    pictures: Mapping[str, Picture]
    findings: list[Finding] = field(default_factory=list)
    _done: set[tuple[int, int]] = field(default_factory=set)
    _place: Place | None = None
    _through: bool = False  # was anything transparent, so that colours must be set again

    def separate(self, page: pikepdf.Page, place: Place) -> bytes:
        """Return the content of a page in ink; its resources are turned in place."""
        self._place = place
        resources = page.obj.Resources
        content = self._content(page.obj, resources)
        self._resources(resources)
        return content

    def _content(self, owner: Any, resources: Any) -> bytes:
        kept: list[Any] = []
        for step in Walker((0, 0, 0, 0), deep=False).walk(owner, resources):
            kept.extend(self._step(step))
        return pikepdf.unparse_content_stream(kept) or b' '  # Ghostscript takes an empty stream for a broken one

    def _step(self, step: Step) -> list[Any]:
        operator, state = step.operator, step.state
        if operator == 'gs':
            self._through |= state.alpha < 1 or state.stroke_alpha < 1
            self._tell(state)
            return [*self._set(state, False), *self._set(state, True)] if self._through else []
        if operator.lower() in _COLOURS:
            strokes = operator.isupper()
            if (state.stroke if strokes else state.fill).space == 'Pattern':
                return [(step.operands, Operator(operator))]
            return self._set(state, strokes) if operator.lower() != 'cs' else []
        return [] if operator in _DROPPED else [(step.operands, Operator(operator))]

    def _set(self, state: State, strokes: bool) -> list[Any]:
        """Return the instruction that sets a colour in ink; what lets the ground through is put on white paper."""
        colour, alpha = (state.stroke, state.stroke_alpha) if strokes else (state.fill, state.alpha)
        if colour.space == 'Pattern':
            return []
        ink = self.ink(colour)
        light = 1 - alpha if len(ink) == 1 else 0.0  # of a grey, 1 is white
        operator = 'g' if len(ink) == 1 else 'k'
        values = [round(value * alpha + light, 4) for value in ink]
        return [(values, Operator(operator.upper() if strokes else operator))]

    def ink(self, colour: Colour) -> tuple[float, ...]:
        """Return the inks of a colour; one in a space that no token or profile knows becomes black, and is told."""
        values = colour.values
        if colour.space in ('DeviceRGB', 'ICCBased3', 'CalRGB') and len(values) == 3:
            return self.inks.colour(values)
        if colour.space in ('DeviceGray', 'ICCBased1', 'CalGray') and len(values) == 1:
            return values
        if colour.space in ('DeviceCMYK', 'ICCBased4') and len(values) == 4:
            return plain(values)
        if values:
            self._add('druk-kleur-onbekend', space=colour.space)
        return (0.0,)

    def _tell(self, state: State) -> None:
        if state.blend not in ('Normal', 'Compatible'):
            self._add('druk-menging', mode=state.blend)
        if state.mask:
            self._add('druk-masker')
        if state.alpha < 1 or state.stroke_alpha < 1:
            self._add('druk-doorzichtig')

    def _add(self, code: str, place: Place | None = None, **values: object) -> None:
        self.findings.append(finding(code, place or self._place, Severity.WARNING, **values))

    def _is_new(self, item: Any) -> bool:
        """Return whether an object was not turned yet; one without a number stands in one place only."""
        if item.is_indirect and item.objgen in self._done:
            return False
        self._done.add(item.objgen)
        return True

    def _resources(self, resources: Any) -> None:
        """Turn forms, patterns, shadings and pictures, each once; the fonts stay."""
        if not self._is_new(resources):
            return
        for name, target in list(resources.get('/XObject', {}).items()):
            if target.get('/Subtype') == '/Image':
                self._picture(name[1:-1], target)
            else:
                self._form(target, resources)
        for pattern in list(resources.get('/Pattern', {}).values()):
            if isinstance(pattern, pikepdf.Stream):
                self._form(pattern, resources)
            elif '/Shading' in pattern:
                self._shading(pattern.Shading)
        for shading in list(resources.get('/Shading', {}).values()):
            self._shading(shading)
        for key in ('/ColorSpace', '/ExtGState', '/Properties'):
            if key in resources:
                del resources[key]

    def _form(self, form: Any, resources: Any) -> None:
        if not self._is_new(form):
            return
        inner = form.get('/Resources', resources)
        form.write(self._content(form, inner))
        for key in ('/Group', '/StructParents', '/StructParent'):
            if key in form:
                del form[key]
        self._resources(inner)

    def _shading(self, shading: Any) -> None:
        """Turn an axial or radial gradient by its end colours (ISO 32000-1, 8.7.4.5)."""
        if shading.ColorSpace == Name.DeviceCMYK or not self._is_new(shading):
            return
        functions = self._ends(shading.Function) if '/Function' in shading else []
        if shading.ColorSpace not in (Name.DeviceRGB, Name.DeviceGray) or not functions:
            self._add('druk-kleur-onbekend', space=str(shading.ColorSpace))
            return
        for function in functions:
            for key in ('/C0', '/C1'):
                values = numbers(function.get(key, (0.0,) if key == '/C0' else (1.0,)))
                ink = self.inks.colour(values) if len(values) == 3 else values
                function[key] = Array(ink if len(ink) == 4 else (0, 0, 0, 1 - ink[0]))
        shading.ColorSpace = Name.DeviceCMYK

    def _ends(self, function: Any) -> list[Any]:
        """Return the exponential functions in a function; none when there is another kind among them."""
        if int(function.FunctionType) == 2:
            return [function]
        inner = [self._ends(part) for part in function.Functions] if int(function.FunctionType) == 3 else [[]]
        return [end for ends in inner for end in ends] if all(inner) else []

    def _picture(self, name: str, target: Any) -> None:
        if target.get('/ImageMask', False) or not self._is_new(target):
            return
        original = self.pictures.get(name.removeprefix('i'))
        place = original.place if original else self._place
        twin = None
        if original:
            target[SOURCE] = Array([String(original.place.file), original.place.line or 0, String(original.name)])
            twin = original.path.with_suffix('.cmyk.tif')
            twin = twin if twin.is_file() else None
        if '/SMask' not in target and target.ColorSpace in (Name.DeviceCMYK, Name.DeviceGray) and not twin:
            return
        image, profile = _open(target, original)
        if twin:
            try:
                image = Image.open(twin, formats=['TIFF'])
                image.load()
            except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
                self._add('druk-tweeling', place, name=twin.name, reason=error)
        elif '/SMask' in target:
            mask = open_picture(target.SMask).convert('L').resize(image.size)
            if mask.getextrema() != (255, 255):
                image = _on_paper(image, mask)
                self._add('druk-doorzichtig', place)
        self._write(target, self.inks.picture(image, profile))

    def _write(self, target: Any, image: Image.Image) -> None:
        lossy = target.get('/Filter') == Name.DCTDecode and image.mode != 'CMYK'
        for key in ('/SMask', '/Decode', '/Mask', '/DecodeParms'):
            if key in target:
                del target[key]
        target.Width, target.Height, target.BitsPerComponent = image.width, image.height, 8
        target.ColorSpace, target.Interpolate = _SPACES[image.mode], False
        if lossy:
            output = io.BytesIO()
            image.save(output, 'JPEG', quality=92)
            target.write(output.getvalue(), filter=Name.DCTDecode)
        else:
            target.write(image.tobytes())


def _on_paper(image: Image.Image, mask: Image.Image) -> Image.Image:
    """Return a picture as it shows through its mask on white paper."""
    image = image if image.mode in ('CMYK', 'L') else image.convert('RGB')
    paper = Image.new(image.mode, image.size, (0, 0, 0, 0) if image.mode == 'CMYK' else 'white')
    paper.paste(image, mask=mask)
    return paper


def _open(target: Any, original: Picture | None) -> tuple[Image.Image, bytes | None]:
    """Return the picture with its own profile: as the page shows it, and the profile of the author's file."""
    image = open_picture(target)
    if original is None:
        return image, None
    with Image.open(original.path, formats=['PNG', 'JPEG']) as source:
        return image, source.info.get('icc_profile')
