"""Pictures that an author names: are they there, inside the round, of a known kind, and whole. The one home of Pillow in validation."""

import warnings
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from dossier.errors import Finding, Place
from dossier.i18n import _

KINDS = {'.png': 'PNG', '.jpg': 'JPEG', '.jpeg': 'JPEG', '.svg': 'SVG'}
MAX_BYTES = 50_000_000
MAX_PIXELS = 150_000_000  # A3 at 600 dpi is 70 million


def check_picture(folder: Path, name: str, place: Place) -> Iterator[Finding]:
    """Yield at most one finding: why the picture `name` below `folder` can't be used."""
    path = folder / name
    file = f'{folder.relative_to(folder.parent.parent).as_posix()}/{name}'
    if '://' in name or name.startswith(('/', '\\', 'data:')) or not path.resolve().is_relative_to(folder.resolve()):
        yield Finding('beeld-buiten', _('The picture "{name}" lies outside the folder of the round.', name=name), place,
                      _('Copy it to the folder "beeld" and write: beeld/{name}', name=Path(name).name))
    elif not path.is_file():
        yield Finding('beeld-ontbreekt', _('There is no picture {file}.', file=file), place, _near(path, name))
    elif path.suffix.lower() not in KINDS:
        yield Finding('beeld-soort', _('{file} is not a picture that can be printed.', file=file), place, _('Use PNG, JPEG or SVG.'))
    elif path.stat().st_size > MAX_BYTES:
        yield Finding('beeld-te-groot', _('{file} is larger than {mb} MB.', file=file, mb=MAX_BYTES // 1_000_000), place, _('Save it smaller.'))
    elif reason := _broken(path):
        yield Finding('beeld-stuk', _('{file} can\'t be read: {reason}.', file=file, reason=reason), place, _('Save it again from your picture program.'))


def _near(path: Path, name: str) -> str:
    wanted = path.name.casefold()
    found = sorted(other.name for other in path.parent.glob('*') if other.name.casefold() == wanted or other.stem == path.stem)
    if found:
        return _('Did you mean "{near}"?', near=(Path(name).parent / found[0]).as_posix())
    return _('Put the file there, or correct the name.')


def _broken(path: Path) -> str:
    """Return why a picture can't be read, or an empty string."""
    if path.suffix.lower() == '.svg':
        try:
            root = ElementTree.parse(path).getroot()  # noqa: S314  # expat refuses entity bombs since 2.4.1
        except ElementTree.ParseError as error:
            return str(error)
        return '' if root.tag.endswith('svg') else _('it is no SVG')
    from PIL import Image  # slow to import, and most rounds have few pictures

    try:
        with warnings.catch_warnings():
            warnings.simplefilter('ignore')
            with Image.open(path) as image:
                if image.width * image.height > MAX_PIXELS:
                    return _('it has too many pixels')
                if image.format != KINDS[path.suffix.lower()]:
                    return _('it is a {kind} with another name', kind=image.format)
                image.load()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        return str(error)
    return ''
