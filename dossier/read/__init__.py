"""Read: the files of a round, in; raw values with file, line and column of each, out; fails with SourceError.

A file is text in UTF-8 and no larger than a chapter can be; what a YAML text means is the matter of dossier.read.raw.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from dossier.errors import Finding, Place, Scalar, SourceError
from dossier.messages import finding
from dossier.read.raw import FORBIDDEN, Source, parse_yaml

MAX_FILE_BYTES = 2_000_000  # the text of a book of 250 pages is 600 kB
ROUND_NAME = re.compile(r'\d{4}(?:-[a-z0-9]+)?')
_DATA_FILES = ('bijeenkomsten', 'proposities', 'organisaties', 'contact', 'nieuws')
_FRONT = re.compile(r'\A---[ \t]*\n')
_FRONT_END = re.compile(r'^---[ \t]*$', re.MULTILINE)


@dataclass(frozen=True)
class Sources:
    """All files of one round."""

    project: Path
    ronde: str
    files: dict[str, Source]  # by name: 'dossier', 'afkortingen', ...
    hoofdstukken: dict[str, Source]  # by slug
    themas: dict[str, Source]  # by slug, in order
    findings: tuple[Finding, ...] = ()  # of files that are no good text or no YAML
    paginas: dict[str, Source] = field(default_factory=dict)  # by slug


def find_rounds(project: Path) -> list[str]:
    """Return the names of the rounds in `data/`, oldest first; SourceError without any."""
    data = project / 'data'
    try:
        if not data.is_dir():
            raise SourceError([finding('map-ontbreekt')])
        rounds = sorted(entry.name for entry in data.iterdir() if entry.is_dir() and ROUND_NAME.fullmatch(entry.name))
    except OSError as error:
        raise SourceError([finding('bestand-onleesbaar', Place('data'), reason=error.strerror)]) from error
    if not rounds:
        raise SourceError([finding('ronde-ontbreekt', Place('data'))])
    return rounds


def find_round(project: Path, ronde: str | None) -> str:
    """Return the name of the round that is meant, the newest by default; SourceError when there is none."""
    rounds = find_rounds(project)
    if ronde and ronde not in rounds:
        raise SourceError([finding('ronde-onbekend', Place('data'), ronde=ronde, known=', '.join(rounds))])
    return ronde or rounds[-1]


def read_round(project: Path, ronde: str | None = None) -> Sources:
    """Return every file of the round (the newest by default); SourceError when one is missing or can't be opened.

    What else is wrong with a file goes along, so that it is told together with what is wrong in the others.
    """
    ronde = find_round(project, ronde)
    reader = _Reader(project)
    folder = f'data/{ronde}'
    paths = {
        'dossier': f'{folder}/dossier.yaml',
        'afkortingen': 'data/afkortingen.yaml',
        'provincies': 'data/provincies.yaml',
    }
    paths |= {name: f'{folder}/{name}.yaml' for name in _DATA_FILES}
    files = {name: reader.yaml(path, required=name == 'dossier') for name, path in paths.items()}
    chapters = {path.stem: reader.markdown(path) for path in reader.list(f'{folder}/hoofdstukken')}
    themes = {reader.theme_slug(path): reader.markdown(path) for path in reader.list(f'{folder}/themas')}
    pages = {path.stem: reader.markdown(path) for path in reader.list(f'{folder}/paginas')}
    for slug, source in sorted({**chapters, **themes, **pages}.items()):
        if not re.fullmatch(r'[a-z0-9]+(?:-[a-z0-9]+)*', slug):
            reader.findings.append(finding('bestandsnaam', Place(source.file), slug=slug))
    for slug, source in sorted({**themes, **pages}.items()):
        if slug in chapters or (slug in themes and slug in pages):
            reader.findings.append(finding('naam-dubbel', Place(source.file), slug=slug))
    if reader.missing:
        raise SourceError(reader.findings)
    read = {name: source for name, source in files.items() if source}
    return Sources(project, ronde, read, chapters, themes, tuple(reader.findings), pages)


def read_chapter(project: Path, file: str) -> Sources:
    """Return one text of a round alone, a theme or another chapter; what is wrong with it goes along."""
    reader, path = _Reader(project), project / file
    is_theme = path.parent.name == 'themas'
    slug = reader.theme_slug(path) if is_theme else path.stem
    found = {slug: reader.markdown(path)}
    themes, chapters = (found, {}) if is_theme else ({}, found)
    return Sources(project, path.parent.parent.name, {}, chapters, themes, tuple(reader.findings))


def _number_and_name(path: Path) -> tuple[int, str]:
    number = path.name.partition('-')[0]
    return int(number) if number.isdecimal() else 0, path.name


class _Reader:
    """Reads files one by one and keeps what is wrong, so that all of it can be told at once."""

    def __init__(self, project: Path) -> None:
        self.project = project
        self.findings: list[Finding] = []
        self.missing = False
        self.slugs: set[str] = set()

    def list(self, folder: str) -> Iterator[Path]:
        """Yield the texts in a folder, in the order of the numbers before their names; none where there is no folder."""
        try:
            paths = [path for path in (self.project / folder).iterdir() if path.match('[!.]*.md')]
        except FileNotFoundError:
            return
        except OSError as error:  # a file of that name, or a folder that may not be read
            self.missing = True
            self.findings.append(finding('bestand-onleesbaar', Place(folder), reason=error.strerror))
            return
        yield from sorted(paths, key=_number_and_name)

    def theme_slug(self, path: Path) -> str:
        """Return the name of a theme: that of its file without the number before it."""
        number, _hyphen, slug = path.stem.partition('-')
        place = Place(path.relative_to(self.project).as_posix())
        if not number.isdigit() or not slug:
            self.findings.append(finding('themanaam', place))
            return path.stem
        if slug in self.slugs:
            self.findings.append(finding('naam-dubbel', place, slug=slug))
        self.slugs.add(slug)
        return slug

    def text(self, file: str, required: bool = False) -> str | None:
        """Return the text of a file with line ends `\\n`; None when that fails."""
        path, place = self.project / file, Place(file)
        try:
            if path.stat().st_size > MAX_FILE_BYTES:
                self.findings.append(finding('bestand-te-groot', place, mb=MAX_FILE_BYTES // 1_000_000))
            elif not path.resolve().is_relative_to(self.project.resolve()):
                self.findings.append(finding('buiten-project', place))
            else:
                return self.decode(path.read_bytes(), file)
        except FileNotFoundError:
            if required:
                self.missing = True
                self.findings.append(finding('bestand-ontbreekt', place))
        except OSError as error:
            self.missing = True
            self.findings.append(finding('bestand-onleesbaar', place, reason=error.strerror))
        return None

    def decode(self, content: bytes, file: str) -> str | None:
        try:
            text = content.decode('utf-8-sig').replace('\r\n', '\n').replace('\r', '\n')
        except UnicodeDecodeError as error:
            guess = content[error.start : error.start + 1].decode('cp1252', 'replace')
            self.findings.append(
                finding('geen-utf8', Place(file, content.count(b'\n', 0, error.start) + 1), guess=guess)
            )
            return None
        if bad := FORBIDDEN.search(text):
            place = Place(file, text.count('\n', 0, bad.start()) + 1)
            self.findings.append(finding('verboden-teken', place, number=f'{ord(bad[0]):04X}'))
            return None
        return text

    def yaml(self, file: str, required: bool = False) -> Source | None:
        text = self.text(file, required)
        return None if text is None else parse_yaml(text, file, 1, self.findings)

    def markdown(self, path: Path) -> Source:
        """Return front matter and, under the key `tekst`, the Markdown after it."""
        file = path.relative_to(self.project).as_posix()
        text = self.text(file)
        if text is None:
            return Source(file, None)
        start = _FRONT.match(text)
        end = _FRONT_END.search(text, start.end()) if start else None
        if not start or not end:
            code = 'bestand-leeg' if not text.strip() else 'voorwerk-open' if start else 'voorwerk-ontbreekt'
            self.findings.append(finding(code, Place(file, 1)))
            return Source(file, None)
        source = parse_yaml(text[start.end() : end.start()], file, 2, self.findings)
        place = Place(file, text.count('\n', 0, end.end()) + 2)
        if isinstance(source.value, dict):
            if 'tekst' in source.value:  # that is the name of what stands below the second ---
                place = source.place_of(('tekst',))
                self.findings.append(finding('sleutel-onbekend', place, name='tekst', suggestion=''))
            source.value['tekst'] = Scalar(text[end.end() :].removeprefix('\n'), place)
            source.places['tekst',] = place
        return source
