"""Pictures that an author names: are they there, inside the round, of a known kind, and whole."""

import warnings
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from dossier.errors import Finding, Place
from dossier.foreign import PICTURE, explain
from dossier.i18n import _
from dossier.messages import finding
from dossier.validate.explain import suggest

KINDS = {'.png': 'PNG', '.jpg': 'JPEG', '.jpeg': 'JPEG', '.svg': 'SVG'}
# What Pillow tries, so that "it is a WEBP with another name" can be said; with JPEG it also knows MPO, the JPEG of many a phone.
_FORMATS = ('PNG', 'JPEG', 'GIF', 'WEBP')
MAX_BYTES = 50_000_000
MAX_PIXELS = 150_000_000  # A3 at 600 dpi is 70 million


def check_picture(folder: Path, name: str, place: Place) -> Iterator[Finding]:
    """Yield at most one finding: why the picture `name` below `folder` can't be used."""
    path = folder / name
    if '://' in name or name.startswith(('/', '\\', 'data:')) or not _is_inside(path, folder):
        yield finding('beeld-buiten', place, name=name, file=Path(name).name)
    elif not _is_file(path):
        others = (other.relative_to(folder).as_posix() for other in folder.glob('beeld/*'))
        yield finding('beeld-ontbreekt', place, name=name, suggestion=suggest(name, sorted(others)))
    elif path.suffix.lower() not in KINDS:
        yield finding('beeld-soort', place, name=name)
    elif path.stat().st_size > MAX_BYTES:
        yield finding('beeld-te-groot', place, name=name, mb=MAX_BYTES // 1_000_000)
    elif reason := _broken(path):
        yield finding('beeld-stuk', place, name=name, reason=reason)


def _is_inside(path: Path, folder: Path) -> bool:
    try:
        return path.resolve().is_relative_to(folder.resolve())
    except (RuntimeError, ValueError):  # a loop of symbolic links, or a NUL in the name
        return False


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a name that is too long, or a folder that may not be read
        return False


def _broken(path: Path) -> str:
    """Return why a picture can't be read, or an empty string."""
    if path.suffix.lower() == '.svg':
        try:
            root = ElementTree.parse(path).getroot()  # noqa: S314  # expat refuses entity bombs since 2.4.1
        except (ElementTree.ParseError, OSError, LookupError, ValueError) as error:  # also encodings that nobody knows
            return explain(PICTURE, error).reason
        return '' if root.tag.endswith('svg') else _('it is no SVG')
    from PIL import Image, ImageFile  # slow to import, and most rounds have few pictures

    # WeasyPrint, once it is imported, lets pictures pass that are cut off.
    lenient, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter('ignore')
            with Image.open(path, formats=_FORMATS) as image:
                if image.width * image.height > MAX_PIXELS:
                    return _('it has too many pixels')
                if (image.format or '').replace('MPO', 'JPEG') != KINDS[path.suffix.lower()]:
                    return _('it is a {kind} with another name', kind=image.format)
                image.load()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        return explain(PICTURE, error).reason
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = lenient
    return ''
