"""Fonts of the site: the characters that its pages hold, in; the faces with just those as WOFF2, out."""

import io
from pathlib import Path

import fontTools

from dossier.resources import find_file
from dossier.store import Store, digest

FACES = ('SourceSans3-Regular', 'SourceSans3-Bold', 'SourceSerif4-Regular', 'SourceSerif4-It', 'SourceSerif4-Semibold')
_FEATURES = ('kern', 'liga', 'locl', 'mark', 'tnum', 'ccmp')


def subset_fonts(characters: set[str], project: Path, store: Store) -> dict[str, bytes]:
    """Return each face by its file name; from the store where the same was made before."""
    text = ''.join(sorted(characters))
    return {f'{face}.woff2': _subset(find_file(project, 'styles', f'fonts/{face}.ttf'), text, store) for face in FACES}


def _subset(path: Path, text: str, store: Store) -> bytes:
    content = path.read_bytes()
    key = digest('woff2', fontTools.version, *_FEATURES, text, content)
    if entry := store.get(key):
        return entry.read()
    from fontTools.subset import Options, Subsetter  # slow to import
    from fontTools.ttLib import TTFont

    options = Options(flavor='woff2', layout_features=list(_FEATURES), hinting=False, desubroutinize=True)
    font = TTFont(io.BytesIO(content), recalcTimestamp=False)
    subsetter = Subsetter(options)
    subsetter.populate(text=text)
    subsetter.subset(font)
    font.flavor = 'woff2'
    target = io.BytesIO()
    font.save(target, reorderTables=False)
    store.put(key, {}, target.getvalue())
    return target.getvalue()
