"""What is installed: the versions that a product may depend on."""

import ctypes
import locale
import sys
from collections.abc import Iterator
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

# What the libraries behind WeasyPrint are called by system (as WeasyPrint finds them), and the functions that tell a version.
_NATIVE = (
    (('libpango-1.0.so.0', 'libpango-1.0.dylib', 'libpango-1.0-0.dll'), 'pango_version_string'),
    (('libharfbuzz.so.0', 'libharfbuzz.0.dylib', 'libharfbuzz-0.dll'), 'hb_version_string'),
)
# The packages that a page laid out depends on.
_LAYOUT = ('weasyprint', 'pydyf', 'pikepdf', 'pillow', 'fonttools', 'pyphen', 'tinycss2', 'tinyhtml5', 'cssselect2')


@lru_cache(1)
def installed_versions() -> tuple[str, ...]:
    """Return the versions of Python, of every installed package, and of Pango and HarfBuzz."""
    packages = {info.name for folder in sys.path if folder for info in Path(folder).glob('*-info')}
    return sys.version, *sorted(packages), *_native_versions()


def layout_versions() -> dict[str, str]:
    """Return the versions by name of what a page laid out depends on."""
    native = (line.rsplit(' ', 1) for line in _native_versions())
    return {name: version(name) for name in _LAYOUT} | dict(native)


def installed_locale() -> str:
    """Return the locale of this process."""
    return locale.setlocale(locale.LC_ALL)


def _native_versions() -> Iterator[str]:
    for names, function in _NATIVE:
        for name in names:
            try:
                tell = getattr(ctypes.CDLL(name), function)
            except (OSError, AttributeError):
                continue
            tell.restype = ctypes.c_char_p
            yield f'{name} {tell().decode()}'
            break
