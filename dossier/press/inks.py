"""Screen colours to ink: a design token becomes its print value, a grey stays grey, the rest goes through the ICC profile.

The printing condition is that of the profile; the sum of the inks is held under the limit, which LittleCMS does not promise.
"""

import io
import re
from bisect import bisect_left
from collections.abc import Mapping
from functools import lru_cache
from itertools import accumulate
from pathlib import Path
from typing import Any, cast

import pikepdf
from PIL import Image, ImageChops, ImageCms, ImageMath

from dossier.errors import Place, ToolError
from dossier.messages import finding

Ink = tuple[float, ...]  # one value: DeviceGray (1 is white); four: DeviceCMYK
_TOKEN = re.compile(r'--([\w-]+):\s*#([0-9a-fA-F]{6});\s*--\1-druk:\s*([\d.]+) ([\d.]+) ([\d.]+) ([\d.]+);')
_MARGIN = 0.03  # JPEG may add as much to the sum of the inks of a picture


def read_tokens(css: str) -> dict[tuple[int, ...], Ink]:
    """Return the print value of every colour of maten.css that has one, by its red, green and blue."""
    return {
        tuple(bytes.fromhex(match[2])): plain(tuple(float(value) / 100 for value in match.groups()[2:]))
        for match in _TOKEN.finditer(css)
    }


def plain(cmyk: Ink) -> Ink:
    """Return black alone as a grey, another colour as it is."""
    return (round(1 - cmyk[3], 4),) if not any(cmyk[:3]) else tuple(round(value, 4) for value in cmyk)


def read_profile(path: Path, name: str) -> bytes:
    """Return the bytes of a CMYK output profile; ToolError when the file is none."""
    try:
        content = path.read_bytes()
        kind = content[12:20]
        ImageCms.ImageCmsProfile(io.BytesIO(content))
    except (OSError, ImageCms.PyCMSError) as error:
        raise ToolError([finding('druk-profiel', Place(name), reason=error)]) from error
    if kind != b'prtrCMYK':
        raise ToolError([finding('druk-profiel', Place(name), reason=kind.decode('ascii', 'replace'))])
    return content


class Inks:
    """Turns colours and pictures into the inks of a printing condition."""

    def __init__(self, profile: bytes, tokens: Mapping[tuple[int, ...], Ink], limit: float) -> None:
        self.tokens, self.limit = tokens, limit
        self._target = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        self._srgb = ImageCms.createProfile('sRGB')
        self.transform = lru_cache(8)(self._transform)
        self.colour = lru_cache(4096)(self._colour)

    def _transform(self, source: bytes | None, mode: str) -> Any:
        profile = ImageCms.ImageCmsProfile(io.BytesIO(source)) if source else self._srgb
        intent, flags = ImageCms.Intent.RELATIVE_COLORIMETRIC, ImageCms.Flags.BLACKPOINTCOMPENSATION
        return ImageCms.buildTransform(profile, self._target, mode, 'CMYK', intent, flags)

    def _colour(self, rgb: tuple[float, ...]) -> Ink:
        """Return the inks of a screen colour, given as red, green and blue from 0 to 1."""
        values = tuple(min(255, max(0, round(value * 255))) for value in rgb)
        if values in self.tokens:
            return self.tokens[values]
        if max(values) == min(values):
            return (round(values[0] / 255, 4),)
        pixel = self.picture(Image.new('RGB', (1, 1), values), None)
        return plain(tuple(value / 255 for value in pixel.tobytes()))

    def picture(self, image: Image.Image, profile: bytes | None) -> Image.Image:
        """Return a picture in grey or in inks, under the limit; its own profile counts, otherwise it is taken for sRGB."""
        if image.mode == 'CMYK':
            return image
        if image.mode in ('1', 'L'):
            return image.convert('L')
        image = image.convert('RGB')
        if _is_grey(image):
            return image.getchannel('G')
        try:
            inked = self._apply(image, profile)
        except (ImageCms.PyCMSError, OSError):  # a profile that is broken, or of another kind than the picture
            inked = self._apply(image, None)
        return hold_under(inked, self.limit - _MARGIN)

    def _apply(self, image: Image.Image, profile: bytes | None) -> Image.Image:
        return cast(Image.Image, ImageCms.applyTransform(image, self.transform(profile, 'RGB')))


def _is_grey(image: Image.Image) -> bool:
    red, green, blue = image.split()
    return not any(ImageChops.difference(a, b).getbbox() for a, b in ((red, green), (green, blue)))


def hold_under(image: Image.Image, limit: float) -> Image.Image:
    """Return a CMYK picture with cyan, magenta and yellow made less where the sum of the inks is over the limit (3.0 is 300%)."""
    cyan, magenta, yellow, black = image.split()

    def less(values: Mapping[str, Any]) -> Any:
        room = values['room'] - values['k']
        total = values['max'](values['c'] + values['m'] + values['y'], 1)
        return values['convert'](values['min'](values['own'], values['own'] * room / total), 'L')

    held = [
        ImageMath.lambda_eval(less, own=own, c=cyan, m=magenta, y=yellow, k=black, room=int(limit * 255))
        for own in (cyan, magenta, yellow)
    ]
    return Image.merge('CMYK', [*held, black])


def open_picture(target: Any) -> Image.Image:
    """Return a picture of a PDF as its samples are; pikepdf would turn one with a mask into red, green, blue and alpha."""
    kept = {key: target[key] for key in ('/SMask', '/Mask') if key in target}
    for key in kept:
        del target[key]
    try:
        return pikepdf.PdfImage(target).as_pil_image()
    finally:
        for key, value in kept.items():
            target[key] = value


def total_ink(image: Image.Image) -> float:
    """Return the sum of the inks, in shares, that one pixel in a thousand of a CMYK picture is over."""
    total = ImageMath.lambda_eval(
        lambda values: values['convert']((values['c'] + values['m'] + values['y'] + values['k']) / 4, 'L'),
        **dict(zip('cmyk', image.split(), strict=True)),
    )
    pixels = list(accumulate(reversed(total.histogram())))  # with at least so much ink, from the most downwards
    return (255 - bisect_left(pixels, max(1, image.width * image.height // 1000))) * 4 / 255
