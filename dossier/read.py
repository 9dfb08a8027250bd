"""Read: the files of a round, in; raw values with file, line and column of each, out; fails with SourceError or DataError.

Every scalar stays the text that the writer typed: `no` and `1.10` are words here, and the model decides what is a number, a
date or a yes. PyYAML is used up to its node tree only, so nothing is ever constructed from a tag.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from dossier.errors import DataError, Finding, Place, SourceError
from dossier.i18n import _

MAX_FILE_BYTES = 2_000_000  # the text of a book of 250 pages is 600 kB
MAX_DEPTH = 50
ROUND_NAME = re.compile(r'\d{4}(?:-[a-z0-9]+)?')
_FRONT = re.compile(r'\A---[ \t]*\n')
_FRONT_END = re.compile(r'^---[ \t]*$', re.MULTILINE)

try:
    from yaml import CSafeLoader as _Loader
except ImportError:  # PyYAML built without libyaml
    from yaml import SafeLoader as _Loader  # type: ignore[assignment]

Path_ = tuple[str | int, ...]


class Scalar(str):
    """The text of a YAML scalar, that knows its place."""

    place: Place

    def __new__(cls, text: str, place: Place) -> 'Scalar':
        self = super().__new__(cls, text)
        self.place = place
        return self


@dataclass(frozen=True)
class Source:
    """One file: its raw value, and the place of every key and value by its path (`('besluitpunten', 0, 'wie')`)."""

    file: str
    value: Any
    places: dict[Path_, Place] = field(default_factory=dict, repr=False)

    def place_of(self, path: Path_) -> Place:
        """Return the place of a value, or of the nearest value around it."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path, Place(self.file, 1))


@dataclass(frozen=True)
class Sources:
    """All files of one round."""

    project: Path
    ronde: str
    files: dict[str, Source]  # by name: 'dossier', 'afkortingen', ...
    hoofdstukken: dict[str, Source]  # by slug
    themas: dict[str, Source]  # by slug, in order


def find_rounds(project: Path) -> list[str]:
    """Return the names of the rounds in `data/`, oldest first; SourceError without any."""
    data = project / 'data'
    if not data.is_dir():
        raise SourceError([Finding('map-ontbreekt', _('There is no folder "data" in {project}.', project=project.resolve().name),
                                   hint=_('Go to the folder of your project, or make a new one with: dossier new MAP'))])
    rounds = sorted(entry.name for entry in data.iterdir() if entry.is_dir() and ROUND_NAME.fullmatch(entry.name))
    if not rounds:
        raise SourceError([Finding('ronde-ontbreekt', _('There is no round in "data" (a folder such as data/2027).'), Place('data'),
                                   _('Make a new project with: dossier new MAP'))])
    return rounds


def read_round(project: Path, ronde: str | None = None) -> Sources:
    """Return every file of the round (the newest by default); SourceError or DataError with all that can't be read."""
    rounds = find_rounds(project)
    ronde = ronde or rounds[-1]
    if ronde not in rounds:
        raise SourceError([Finding('ronde-onbekend', _('There is no round "{ronde}".', ronde=ronde), Place('data'),
                                   _('There is: {rounds}.', rounds=', '.join(rounds)))])
    reader = _Reader(project)
    folder = f'data/{ronde}'
    files = {'dossier': reader.yaml(f'{folder}/dossier.yaml', required=True),
             'afkortingen': reader.yaml('data/afkortingen.yaml'), 'provincies': reader.yaml('data/provincies.yaml')}
    for name in ('bijeenkomsten', 'proposities', 'organisaties', 'contact'):
        files[name] = reader.yaml(f'{folder}/{name}.yaml')
    hoofdstukken = {path.stem: reader.markdown(path) for path in reader.list(f'{folder}/hoofdstukken')}
    themas = {}
    for path in reader.list(f'{folder}/themas'):
        number, dash, slug = path.stem.partition('-')
        if not (number.isdigit() and dash):
            reader.say('themanaam', _('The name of a theme file is a number, a hyphen and a short name.'), reader.name(path), None,
                       _('Rename it, for example to 04-stikstof.md.'))
        themas[slug or path.stem] = reader.markdown(path)
    for slug in sorted({*hoofdstukken, *themas}):
        if not re.fullmatch(r'[a-z0-9]+(?:-[a-z0-9]+)*', slug):
            reader.say('bestandsnaam', _('"{slug}" is no name for a chapter.', slug=slug), folder, None,
                       _('Use only small letters, digits and hyphens.'))
        if slug in hoofdstukken and slug in themas:
            reader.say('naam-dubbel', _('There is a chapter and a theme named "{slug}".', slug=slug), folder, None, _('Rename one of them.'))
    reader.finish()
    return Sources(project, ronde, {k: v for k, v in files.items() if v}, hoofdstukken, themas)


class _Reader:
    """Reads files one by one and keeps what is wrong, so that all of it can be told at once."""

    def __init__(self, project: Path) -> None:
        self.project = project
        self.missing: list[Finding] = []
        self.broken: list[Finding] = []

    def name(self, path: Path) -> str:
        return path.relative_to(self.project).as_posix()

    def say(self, code: str, message: str, file: str, line: int | None, hint: str, column: int | None = None) -> None:
        self.broken.append(Finding(code, message, Place(file, line, column), hint))

    def finish(self) -> None:
        if self.missing:
            raise SourceError([*self.missing, *self.broken])
        if self.broken:
            raise DataError(self.broken)

    def list(self, folder: str) -> list[Path]:
        return sorted(path for path in (self.project / folder).glob('*.md') if not path.name.startswith('.'))

    def text(self, file: str, required: bool = False) -> str | None:
        """Return the text of a file in UTF-8 with line ends `\\n`; None when that fails."""
        path = self.project / file
        try:
            if path.stat().st_size > MAX_FILE_BYTES:
                self.say('bestand-te-groot', _('This file is larger than {mb} MB.', mb=MAX_FILE_BYTES // 1_000_000), file, None,
                         _('Is it the right file? A text of this size is no chapter.'))
                return None
            if not path.resolve().is_relative_to(self.project.resolve()):
                self.say('buiten-project', _('This file lies outside the project.'), file, None, _('Copy it into the project.'))
                return None
            content = path.read_bytes()
        except FileNotFoundError:
            if required:
                self.missing.append(Finding('bestand-ontbreekt', _('This file is missing.'), Place(file),
                                            _('A round needs it; dossier new MAP shows an example.')))
            return None
        except OSError as error:
            self.missing.append(Finding('bestand-onleesbaar', _('This file can\'t be read: {reason}.', reason=error.strerror), Place(file)))
            return None
        return self.decode(content, file)

    def decode(self, content: bytes, file: str) -> str | None:
        try:
            text = content.decode('utf-8-sig')
        except UnicodeDecodeError as error:
            line = content.count(b'\n', 0, error.start) + 1
            guess = content[error.start:error.start + 1].decode('cp1252', 'replace')
            self.say('geen-utf8', _('This file is not saved as UTF-8 (in Windows-1252 this would be "{guess}").', guess=guess), file, line,
                     _('Open it in your editor and save it as "UTF-8".'))
            return None
        text = text.replace('\r\n', '\n').replace('\r', '\n')
        if bad := re.search(r'[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ue000-\uf8ff]', text):
            line = text.count('\n', 0, bad.start()) + 1
            self.say('verboden-teken', _('There is a character that can\'t be printed (U+{code}).', code=f'{ord(bad[0]):04X}'), file, line,
                     _('Remove it; it often comes along when text is pasted.'))
            return None
        return text

    def yaml(self, file: str, required: bool = False) -> Source | None:
        text = self.text(file, required)
        return None if text is None else self.parse(text, file, 1)

    def markdown(self, path: Path) -> Source:
        """Return front matter and, under the key `tekst`, the Markdown after it."""
        file = self.name(path)
        text = self.text(file)
        if text is None:
            return Source(file, None)
        if not text.strip():
            self.say('bestand-leeg', _('This file is empty.'), file, 1, _('Write at least "titel" between two lines of ---.'))
            return Source(file, None)
        start = _FRONT.match(text)
        end = _FRONT_END.search(text, start.end()) if start else None
        if not end:
            message = _('The part between the two lines of --- is not closed.') if start else _('This file does not begin with ---.')
            self.say('voorwerk-open', message, file, 1,
                     _('Begin with a line ---, then titel: ..., then a line ---, then the text.'))
            return Source(file, None)
        front = text[start.end():end.start()] if start else ''
        source = self.parse(front, file, 2)
        body_line = text.count('\n', 0, end.end()) + 2
        body = text[end.end():].removeprefix('\n')
        if isinstance(source.value, dict):
            if 'tekst' in source.value:
                place = source.place_of(('tekst',))
                self.say('sleutel-onbekend', _('"tekst" is not a key here.'), file, place.line, _('The text stands below the second line of ---.'))
            source.value['tekst'] = Scalar(body, Place(file, body_line))
            source.places['tekst',] = Place(file, body_line)
        return source

    def parse(self, text: str, file: str, first_line: int) -> Source:
        """Return the raw value of a YAML text that starts at a line of its file."""
        source = Source(file, None)
        try:
            node = yaml.compose(text, Loader=_Loader)
            if node is None:
                self.say('bestand-leeg', _('This file is empty.'), file, first_line, _('See the manual for what belongs in it.'))
                return source
            value = _Builder(self, source, first_line).build(node, ())
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            line, column = (mark.line + first_line, mark.column + 1) if mark else (first_line, None)
            self.say('yaml-fout', _explain(error, text), file, line, _yaml_hint(error, text), column)
            return source
        except yaml.YAMLError as error:
            self.say('yaml-fout', _('This can\'t be read as YAML: {reason}.', reason=str(error).splitlines()[0]), file, first_line, '')
            return source
        except RecursionError:
            self.say('yaml-te-diep', _('This is nested too deeply.'), file, first_line, _('Nothing in a dossier needs more than a few levels.'))
            return source
        return Source(file, value, source.places)


@dataclass
class _Builder:
    """Turns a node tree into dicts, lists and scalars, and notes the place of each."""

    reader: _Reader
    source: Source
    first_line: int
    seen: set[int] = field(default_factory=set)

    def place(self, node: yaml.Node) -> Place:
        return Place(self.source.file, node.start_mark.line + self.first_line, node.start_mark.column + 1)

    def build(self, node: yaml.Node, path: Path_) -> Any:
        place = self.place(node)
        self.source.places.setdefault(path, place)
        if id(node) in self.seen or len(path) > MAX_DEPTH:
            raise yaml.MarkedYAMLError(problem='alias' if id(node) in self.seen else 'depth', problem_mark=node.start_mark)
        self.seen.add(id(node))
        if not node.tag.startswith('tag:yaml.org,2002:') or node.tag.startswith('tag:yaml.org,2002:python'):
            raise yaml.MarkedYAMLError(problem='tag', problem_mark=node.start_mark)
        if isinstance(node, yaml.MappingNode):
            return dict(self.pairs(node, path))
        if isinstance(node, yaml.SequenceNode):
            return [self.build(child, (*path, n)) for n, child in enumerate(node.value)]
        if node.style is None and node.value in ('', '~', 'null'):
            return None
        if node.style in ('|', '>'):  # the text begins on the next line
            place = Place(place.file, (place.line or 0) + 1, None)
        return Scalar(node.value, place)

    def pairs(self, node: yaml.MappingNode, path: Path_) -> Iterator[tuple[str, Any]]:
        known: set[str] = set()
        for key_node, value_node in node.value:
            key = key_node.value if isinstance(key_node, yaml.ScalarNode) else '?'
            place = self.place(key_node)
            if key in known:
                self.reader.say('sleutel-dubbel', _('"{key}" stands here twice.', key=key), place.file, place.line,
                                _('Remove one of the two.'), place.column)
            known.add(key)
            self.source.places[*path, key] = place
            yield key, self.build(value_node, (*path, key))


def _explain(error: yaml.MarkedYAMLError, text: str) -> str:
    problem = error.problem or ''
    if problem == 'alias':
        return _('Anchors and references (& and *) are not used here.')
    if problem == 'depth':
        return _('This is nested too deeply.')
    if problem == 'tag':
        return _('Tags (with !) are not used here.')
    mark = error.problem_mark
    line = text.splitlines()[mark.line] if mark and mark.line < len(text.splitlines()) else ''
    if line.startswith('\t') or '\t' in line[: len(line) - len(line.lstrip())] or "'\\t'" in problem:
        return _('There is a tab at the start of this line.')
    if 'mapping values' in problem:
        return _('There is a colon in this text that YAML takes for a key.')
    if 'found unexpected end of stream' in problem:
        return _('A quotation mark is opened here and not closed.')
    return _('This line does not fit what stands above it ({problem}).', problem=problem)


def _yaml_hint(error: yaml.MarkedYAMLError, text: str) -> str:
    if error.problem in ('alias', 'depth', 'tag'):
        return _('Write the text out.')
    if 'mapping values' in (error.problem or ''):
        return _('Put the whole text between quotation marks: titel: "Stikstof: de stand".')
    return _('Use spaces to indent, and as many as in the lines around it.')
