"""Spelling, with the Dutch Hunspell dictionary of the system; spylls' home. Words known once are kept, so that it is quick.

Known besides: data/woorden.txt (one word a line), the declared abbreviations and every word of what they stand for.
"""

import os
import re
import warnings
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dossier.errors import Place
from dossier.proofread.passages import MASK

if TYPE_CHECKING:
    from dossier.proofread import Proof

WORDS = 'data/woorden.txt'
_FOLDERS = ('/usr/share/hunspell', '/usr/share/myspell/dicts', '/opt/homebrew/share/hunspell', '/Library/Spelling')
_WORD = re.compile(rf"[^\W\d_{MASK}]+(?:[-’'][^\W\d_{MASK}]+)*(?![\w@{MASK}]|[./]\w)")


def check(proof: 'Proof') -> Iterator[tuple[str, dict[str, object]]]:
    """Yield each word that is in no dictionary, where it stands first; or once that there is no dictionary."""
    path = find_dictionary()
    if not path:
        yield 'woordenboek-ontbreekt', {}
        return
    places: dict[str, list[Place]] = defaultdict(list)
    for passage in proof.passages:
        for match in _WORD.finditer(passage.masked):
            before = passage.masked[match.start() - 1 : match.start()]
            if before not in ('@', '/', '.', MASK, '_', '-') and len(match[0]) > 1:
                places[match[0].replace('’', "'")].append(passage.at(match.start()))
    known, kept = _known_words(proof), _read_kept(proof.kept, path)
    words = [word for word in places if not _is_known(word, known)]
    if new := {word: _is_right(word, path, known) for word in words if word not in kept}:
        _keep(proof.kept, path, kept | new)
    for word in words:
        if not (kept | new)[word]:
            yield 'spelling', {'place': places[word][0], 'name': word.replace("'", '’'), 'n': len(places[word])}


def find_dictionary() -> str | None:
    """Return the path of the system's Dutch dictionary without its ending, or None."""
    paths = (Path(folder) / name for folder in _FOLDERS for name in ('nl', 'nl_NL'))
    return next(
        (str(path) for path in paths if path.with_suffix('.dic').is_file() and path.with_suffix('.aff').is_file()), None
    )


def _known_words(proof: 'Proof') -> set[str]:
    path = proof.project / WORDS
    lines = path.read_text(encoding='utf-8', errors='replace').splitlines() if path.is_file() else []
    known = {line.partition('#')[0].strip().replace('’', "'") for line in lines}
    dossier = proof.marked.dossier
    for entry in dossier.afkortingen:
        known |= {str(form) for form in (entry.afkorting, entry.meervoud, *entry.varianten) if form}
        known |= set(_WORD.findall(f'{entry.voluit} {entry.toelichting}'))
    names = [name for province in dossier.provincies for name in (province.naam, province.hoofdstad)]
    names += [person.naam for person in dossier.contact.personen] + [str(item.naam) for item in dossier.organisaties]
    known |= {*proof.marked.ledger.unknown}  # told as abbreviations
    known |= {word for name in names for word in _WORD.findall(name)}
    return known - {''} | {'Eén'}


def _is_known(word: str, good: set[str]) -> bool:
    """Return whether a word is known as it is, with a small letter (at the start of a sentence), or with the 's of a plural."""
    plain = word[0].lower() + word[1:]
    return bool({word, plain, word.removesuffix("'s"), plain.removesuffix('s'), word.removesuffix('s')} & good)


def _is_right(word: str, path: str, good: set[str]) -> bool:
    """Return whether the dictionary knows a word, or every part of a compound with hyphens."""
    if _is_known(word, good) or _lookup(path, word):
        return True
    parts = [part for part in word.split('-') if len(part) > 1]
    return all(_is_known(part, good) or _lookup(path, part) or _is_compound(part.lower(), path) for part in parts)


def _is_compound(word: str, path: str) -> bool:
    """Return whether a word is two words of the dictionary written as one, as Dutch does, perhaps with an s between them."""
    splits = ((word[:at], word[at:]) for at in range(3, len(word) - 2) if max(at, len(word) - at) > 4)
    return any(
        _lookup(path, last) and (_lookup(path, first) or (first[-1] == 's' and _lookup(path, first[:-1])))
        for first, last in splits
    )


@lru_cache(100_000)
def _lookup(path: str, word: str) -> bool:
    return bool(_dictionary(path).lookup(word))


@lru_cache(1)
def _dictionary(path: str) -> Any:
    from spylls.hunspell import Dictionary  # 2 s to load the Dutch one

    with warnings.catch_warnings():
        warnings.simplefilter('ignore', ResourceWarning)  # it leaves its files to the collector
        return Dictionary.from_files(path)


def _stamp(path: str) -> str:
    return f'# {path} {Path(path).with_suffix(".dic").stat().st_size}'


def _read_kept(file: Path | None, path: str) -> dict[str, bool]:
    """Return what the dictionary said before: a line a word, with + or - before it."""
    try:
        first, *words = file.read_text(encoding='utf-8').split('\n') if file else ['']
    except (OSError, ValueError):
        return {}
    return {word[1:]: word[0] == '+' for word in words if word} if first == _stamp(path) else {}


def _keep(file: Path | None, path: str, words: dict[str, bool]) -> None:
    """Keep what the dictionary said, where that can be written; else the words are looked up again."""
    if not file:
        return
    kept = sorted('-+'[right] + word for word, right in words.items())
    aside = file.with_suffix(f'.{os.getpid()}')
    try:
        aside.parent.mkdir(parents=True, exist_ok=True)
        aside.write_text('\n'.join((_stamp(path), *kept)), encoding='utf-8')
        aside.replace(file)
    except OSError:
        return
