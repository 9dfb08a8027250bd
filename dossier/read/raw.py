"""A YAML text to raw values: dicts, lists and scalars, each with its place. PyYAML's home, used up to its node tree only.

Every scalar stays the text that the writer typed: `no` and `1.10` are words here, and the model decides what is a number, a
date or a yes. Nothing is ever constructed from a tag, and nothing stands for something else.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from dossier.errors import Finding, Place, Scalar
from dossier.messages import finding

MAX_DEPTH = 20
# Without one of these there is no alias, no tag and no depth: 40 spaces of indent, or brackets.
_MAYBE_UNWANTED = re.compile(r'[&*!\[{]|^ {40}|^[ -]{40}', re.MULTILINE)
# Control characters, separators of lines that editors don't count, and the private use area: there the page numbers have
# their glyphs (styles/fonts/make_nummers.py).
FORBIDDEN = re.compile(r'[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff\ue000-\uf8ff]')

Steps = tuple[str | int, ...]


@dataclass(frozen=True)
class Source:
    """One file: its raw value, and the place of every key and value by its path (`('besluitpunten', 0, 'wie')`)."""

    file: str
    value: Any
    places: dict[Steps, Place] = field(default_factory=dict, repr=False)

    def place_of(self, path: Steps) -> Place:
        """Return the place of a value, or of the nearest value around it."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path, Place(self.file, 1))


class _UnwantedError(Exception):
    """The text holds what a dossier does without: the code of its message, and where."""

    def __init__(self, code: str, mark: Any) -> None:  # a mark of PyYAML or of libyaml
        super().__init__(code)
        self.code, self.mark = code, mark


def parse_yaml(text: str, file: str, first_line: int, findings: list[Finding]) -> Source:
    """Return the raw value of a YAML text that begins at a line of its file; what is wrong goes to the findings."""
    empty = Source(file, None)
    try:
        _refuse_unwanted(text)
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
        if node is None or node.value == '':  # '' is what follows a lone ---
            findings.append(finding('bestand-leeg', Place(file, first_line)))
            return empty
        builder = _Builder(file, first_line, findings)
        return Source(file, builder.build(node, ()), builder.places)
    except _UnwantedError as error:
        findings.append(finding(error.code, Place(file, error.mark.line + first_line, error.mark.column + 1)))
    except yaml.MarkedYAMLError as error:
        lines = text.splitlines()
        mark = error.problem_mark or error.context_mark
        if error.context_mark and mark and ('end of stream' in (error.problem or '') or mark.line >= len(lines)):
            mark = error.context_mark  # something is never closed: show where it opens
        number = min(mark.line, max(len(lines) - 1, 0)) if mark else 0  # the end lies on a line that isn't there
        column = mark.column + 1 if mark and mark.line == number else None
        code = _code_of(error.problem or '', lines[number] if column else '')
        findings.append(finding(code, Place(file, number + first_line, column)))
    except yaml.YAMLError:
        findings.append(finding('yaml-fout', Place(file, first_line)))
    return empty


def _refuse_unwanted(text: str) -> None:
    """Raise _UnwantedError for aliases (one line can stand for a billion), tags, and depth, before a recursive parser sees it."""
    if not _MAYBE_UNWANTED.search(text):
        return  # the event stream of a long list takes as long as its nodes
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        assert event.start_mark
        if isinstance(event, yaml.AliasEvent) or getattr(event, 'anchor', None) or getattr(event, 'tag', None):
            raise _UnwantedError('yaml-verwijzing', event.start_mark)
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            raise _UnwantedError('yaml-te-diep', event.start_mark)


def _code_of(problem: str, line: str) -> str:
    if '\t' in line[: len(line) - len(line.lstrip())] or '\\t' in problem:
        return 'yaml-tab'
    if 'mapping values' in problem:
        return 'yaml-dubbelepunt'
    if 'expected alphabetic or numeric' in problem or 'cannot start any token' in problem:  # *Markdown*, @name
        return 'yaml-verwijzing'
    return 'yaml-aanhalingsteken' if 'unexpected end of stream' in problem else 'yaml-fout'


@dataclass
class _Builder:
    """Turns a node tree into dicts, lists and scalars, and notes the place of each."""

    file: str
    first_line: int
    findings: list[Finding]
    places: dict[Steps, Place] = field(default_factory=dict)

    def place(self, node: yaml.Node) -> Place:
        return Place(self.file, node.start_mark.line + self.first_line, node.start_mark.column + 1)

    def build(self, node: yaml.Node, path: Steps) -> Any:
        place = self.place(node)
        self.places.setdefault(path, place)
        if isinstance(node, yaml.MappingNode):
            return dict(self.pairs(node, path))
        if isinstance(node, yaml.SequenceNode):
            return [self.build(child, (*path, n)) for n, child in enumerate(node.value)]
        assert isinstance(node, yaml.ScalarNode)
        if not node.style and node.value in ('', '~', 'null'):
            return None
        if bad := FORBIDDEN.search(node.value):  # written as an escape, such as "\uE000"
            self.findings.append(finding('verboden-teken', place, number=f'{ord(bad[0]):04X}'))
        if node.style in ('|', '>'):  # the text begins on the next line
            place = Place(place.file, (place.line or 0) + 1)
        return Scalar(node.value, place)

    def pairs(self, node: yaml.MappingNode, path: Steps) -> Iterator[tuple[str, Any]]:
        known: set[str] = set()
        for key_node, value_node in node.value:
            key = key_node.value if isinstance(key_node, yaml.ScalarNode) else '?'
            place = self.place(key_node)
            if key in known:
                self.findings.append(finding('sleutel-dubbel', place, name=key))
            known.add(key)
            self.places[*path, key] = place
            yield key, self.build(value_node, (*path, key))
