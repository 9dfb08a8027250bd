"""Every field of the full example, mutated in every way that is wrong: the fields and their kinds come from the models."""

import re
import types
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

import yaml
from pydantic import BaseModel

from dossier import validate
from dossier.model import Hoofdstuk, Thema, fields
from tests.conftest import DOSSIERS

FOLDER = DOSSIERS / 'volledig'
_LONG = 'x' * 201
EXAMPLE = '\n'.join(path.read_text(encoding='utf-8') for path in sorted(FOLDER.glob('data/**/*.[my]*')))
# What is wrong for each kind of value; a kind that isn't here fails the test, so that a new one brings its mistakes along.
WRONG = {
    fields.Titel: [''],
    fields.Regel: ['', 'Zie [[nergens]].', 'Zie [dit](www.voorbeeld.example).'],
    fields.Hoofdtekst: [],
    fields.Lopend: ['', 'Zie [[nergens]].', '# Kop'],
    fields.Woord: ['', _LONG],
    fields.Woorden: ['', _LONG],
    fields.Vorm: ['', '(((', _LONG],
    fields.Dag: ['', 'morgen', '2027-02-30', '2027-07', '1-7-2027'],
    fields.Wanneer: ['', 'morgen', '2027-13', '2027-K5', '1 juli'],
    fields.Ja: ['', 'misschien', '1'],
    fields.Getal: ['', 'veel', '1,5', '1e999', 'nan'],
    fields.Aantal: ['', 'veel', '-1', '1.5'],
    fields.Slug: ['', 'Een naam', _LONG],
    fields.Webadres: ['', 'www.voorbeeld.example', 'https://a b', 'file:///etc/hosts'],
    fields.Mailadres: ['', 'redactie', 'a@b@c'],
    fields.Controle: ['', 'geen-controle'],
    fields.Bestand: [''],
    fields.Tijd: ['', '25:00', '17.00'],
    fields.Taal: ['', 'Nederlandstalig', '12'],
}


@dataclass(frozen=True)
class Mutation:
    """A change of one file, and the line that every message must name."""

    name: str
    file: str
    text: str
    line: int


def files() -> Iterator[tuple[str, Any]]:
    """Yield every file of the full example with the kind of its value."""
    for name, kind in validate.FILES.items():
        folder = 'data' if name in ('afkortingen', 'provincies') else 'data/2027'
        yield f'{folder}/{name}.yaml', kind
    for kind, folder in ((Thema, 'themas'), (Hoofdstuk, 'hoofdstukken')):
        for path in sorted((FOLDER / 'data/2027' / folder).glob('*.md')):
            yield path.relative_to(FOLDER).as_posix(), kind


def bare(kind: Any) -> Any:
    """Return a kind without `| None` and, around a tuple, a model or a dict, without its limits."""
    if get_origin(kind) in (Union, types.UnionType):
        (kind,) = (argument for argument in get_args(kind) if argument is not type(None))
        return bare(kind)
    if get_origin(kind) is Annotated and (inner := bare(get_args(kind)[0])) and is_group(inner):
        return inner
    return kind


def is_group(kind: Any) -> bool:
    return get_origin(kind) in (tuple, dict) or is_model(kind)


def is_below(kind: type[BaseModel], name: str) -> bool:
    return fields.BELOW in kind.model_fields[name].metadata


def is_model(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def hints(kind: type[BaseModel]) -> dict[str, Any]:
    """Return the fields of a model with their kinds, as they are written in it."""
    return {
        name: bare(hint)
        for name, hint in get_type_hints(kind, include_extras=True).items()
        if name in kind.model_fields
    }


def wrong_texts(kind: Any) -> list[str]:
    """Return the wrong texts of a kind; one with narrower limits (Annotated[Aantal, Field(ge=40)]) has those of the wider."""
    for known, texts in WRONG.items():
        wide, narrow = get_args(known), get_args(kind)
        if repr(narrow[: len(wide)]) == repr(wide):
            return texts
    by_type = {int: fields.Aantal, float: fields.Getal}
    if (get_args(kind) or (kind,))[0] in by_type:
        return WRONG[by_type[(get_args(kind) or (kind,))[0]]]
    raise KeyError(f'no mistakes are known for {kind}')


def wrong_values(kind: Any) -> list[str]:
    """Return what is wrong in the place of a value, as YAML."""
    if is_model(kind):
        return ['tekst', '[een, twee]', '""']
    if get_origin(kind) is tuple:
        return ['tekst', '{een: twee}', '""']
    if get_origin(kind) is dict:
        return ['tekst', '[een, twee]']
    texts = ['geen keuze', ''] if get_origin(kind) is Literal else wrong_texts(kind)
    return [*(f'"{text}"' for text in texts), '[een, twee]', '{een: twee}']


class Mutator:
    """Makes the mutations of one file."""

    def __init__(self, file: str, seen: set[tuple[type, str]]) -> None:
        self.file, self.seen = file, seen
        self.whole = (FOLDER / file).read_text(encoding='utf-8')
        end = self.whole.index('\n---', 3) + 1 if file.endswith('.md') else len(self.whole)
        self.yaml = ('\n' + self.whole[4:end]) if file.endswith('.md') else self.whole
        self.rest = self.whole[end:]

    def mutations(self, kind: Any) -> Iterator[Mutation]:
        """Yield every mutation."""
        node = yaml.compose(self.yaml)
        yield from self.group(kind, node, '', node.start_mark.line)

    def group(self, kind: Any, node: yaml.Node, path: str, line: int) -> Iterator[Mutation]:
        if is_model(kind):
            yield from self.model(kind, node, path, line)
        elif get_origin(kind) is tuple:
            for n, child in enumerate(node.value):
                yield from self.value(bare(get_args(kind)[0]), child, f'{path}[{n}]', child.start_mark.line)
        elif get_origin(kind) is dict:
            for key, child in node.value:
                yield from self.value(bare(get_args(kind)[1]), child, f'{path}.{key.value}', key.start_mark.line)

    def model(self, kind: type[BaseModel], node: yaml.Node, path: str, line: int) -> Iterator[Mutation]:
        known, pairs = hints(kind), {key.value: (key, value) for key, value in node.value}
        inside = node.value[0][0].start_mark if node.value else node.start_mark
        for name, inner in known.items():
            if (kind, name) in self.seen and name in pairs:  # mutated already, elsewhere in the example
                yield from self.group(inner, pairs[name][1], f'{path}.{name}', pairs[name][0].start_mark.line)
                continue
            if name in pairs:
                self.seen.add((kind, name))
                key, value = pairs[name]
                yield from self.value(inner, value, f'{path}.{name}', key.start_mark.line)
                yield self.change(f'{path}.{name} misspelt', key.start_mark.index, key.end_mark.index, name + 'q', key)
                yield self.twice(f'{path}.{name} twice', key, value)
            elif not re.search(rf'^\s*{name}:', EXAMPLE, re.MULTILINE) and not node.flow_style:  # a new field
                for n, text in enumerate(wrong_values(inner)):
                    yield self.insert(f'{path}.{name} added {n}', node, f'{" " * inside.column}{name}: {text}\n')
            if kind.model_fields[name].is_required() and name in pairs and len(pairs) > 1:
                key, value = pairs[name]
                yield self.without(f'{path}.{name} missing', key, value, node, line)

    def value(self, kind: Any, node: yaml.Node, path: str, line: int) -> Iterator[Mutation]:
        start, end = node.start_mark.index, self.end_of(node)
        for n, text in enumerate(wrong_values(kind)):
            new = self.yaml[:start] + text + self.yaml[end:]
            yield Mutation(f'{self.file}{path} {n}', self.file, self.joined(new), self.number(line))
        if is_group(kind):
            yield from self.group(kind, node, path, line)

    def end_of(self, node: yaml.Node) -> int:
        """Return where a value ends; PyYAML ends a block where the next thing begins."""
        text = self.yaml[node.start_mark.index : node.end_mark.index]
        return node.start_mark.index + len(text.rstrip()) if text.strip() else node.end_mark.index

    def change(self, name: str, start: int, end: int, text: str, at: yaml.Node) -> Mutation:
        new = self.yaml[:start] + text + self.yaml[end:]
        return Mutation(f'{self.file}{name}', self.file, self.joined(new), self.number(at.start_mark.line))

    def twice(self, name: str, key: yaml.Node, value: yaml.Node) -> Mutation:
        """Write a key once more, below itself, or behind it in a list of keys on one line."""
        end = max(self.end_of(value), value.start_mark.index, key.end_mark.index + 1)
        line = self.yaml.count('\n', 0, end)
        new = f'{self.yaml[:end]}\n{" " * key.start_mark.column}{key.value}: x{self.yaml[end:]}'
        return Mutation(f'{self.file}{name}', self.file, self.joined(new), self.number(line + 1))

    def insert(self, name: str, node: yaml.Node, text: str) -> Mutation:
        end = self.end_of(node)
        line = self.yaml.count('\n', 0, end)
        new = f'{self.yaml[:end]}\n{text}{self.yaml[end:]}'
        return Mutation(f'{self.file}{name}', self.file, self.joined(new), self.number(line + 1))

    def without(self, name: str, key: yaml.Node, value: yaml.Node, node: yaml.Node, line: int) -> Mutation:
        """Take a key away: the message names the line on which what lacks it begins."""
        others = [other.start_mark for other, _value in node.value if other is not key]
        first = node.value[0][0] is key
        start, end = key.start_mark.index, self.end_of(value)
        if first:  # the next key takes its place, behind the hyphen too
            end = others[0].index
        return Mutation(
            f'{self.file}{name}', self.file, self.joined(self.yaml[:start] + self.yaml[end:]), self.number(line)
        )

    def joined(self, text: str) -> str:
        return '---' + text + self.rest if self.file.endswith('.md') else text

    def number(self, line: int) -> int:
        return line + 1


def mutations() -> tuple[list[Mutation], set[tuple[type, str]]]:
    """Return every mutation of every file, and the fields that the example has."""
    found: list[Mutation] = []
    seen: set[tuple[type, str]] = set()
    for file, kind in files():
        found += Mutator(file, seen).mutations(kind)
    return found, seen
