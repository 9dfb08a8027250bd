"""Where templates, styles and fonts are: the project's own files first, then those that come with the program."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_HERE = Path(__file__).parent
# In the wheel they lie inside the package; in a checkout beside it.
SHIPPED = _HERE / 'shipped' if (_HERE / 'shipped').is_dir() else _HERE.parent


def shipped(folder: str) -> Path:
    """Return a folder that comes with the program: `templates` or `styles`."""
    return SHIPPED / folder


@contextmanager
def shipped_from(folder: Path) -> Iterator[None]:
    """Take templates and styles from another folder for a while, such as the sources in a bag."""
    global SHIPPED
    before, SHIPPED = SHIPPED, folder.resolve()
    try:
        yield
    finally:
        SHIPPED = before


def find_file(project: Path, folder: str, name: str) -> Path:
    """Return the project's own file of that name where it has one, else the shipped one."""
    own = project / folder / name
    return own if own.is_file() else shipped(folder) / name
