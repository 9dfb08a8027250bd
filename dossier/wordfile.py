"""A Word file in, the text of a theme and its pictures out; mammoth's home. Fails with DataError.

A file of somebody else is bounded before it is read: its size, what it unpacks to, and names that leave it. Macros and linked
files are never looked at. Tracked changes are taken as accepted, and told.
"""

import io
import json
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any
from xml.etree import ElementTree
from xml.parsers.expat import ExpatError
from zipfile import BadZipFile, ZipFile

import mammoth

from dossier.errors import DataError, Finding, Place, Severity
from dossier.messages import finding

MAX_BYTES, MAX_UNPACKED, MAX_XML, MAX_ENTRIES = 50_000_000, 200_000_000, 20_000_000, 2_000
# What zipfile, zlib, expat and mammoth raise for a file that is damaged, encrypted, or nested without end.
_BROKEN: tuple[type[Exception], ...] = (BadZipFile, zlib.error, ExpatError, SyntaxError, RuntimeError, EOFError)
_BROKEN += (LookupError, ValueError, OSError, AttributeError)
_KINDS = {'image/png': 'png', 'image/jpeg': 'jpg'}
_SPECIAL = re.compile(r'([\\*_\[\]<>`|~])')
_START = re.compile(r'^(?:([#+:-])|(\d{1,9})([.)]))(?=[\s:#-]|$)', re.MULTILINE)
_STYLE = re.compile(r"Unrecognised \w+ style: '?(.+?)'? \(")


@dataclass
class WordText:
    """What a Word file holds: title, Markdown, pictures by name, and what is to be told of it."""

    file: str
    slug: str
    titel: str = ''
    blocks: list[str] = field(default_factory=list)
    pictures: dict[str, bytes] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def tell(self, code: str, **values: object) -> None:
        """Note a finding about the file."""
        self.findings.append(finding(code, Place(self.file), Severity.WARNING, **values))

    @property
    def theme(self) -> str:
        """The text of the theme's file; the summary is its first paragraph, to be looked at."""
        first = next((block for block in self.blocks if re.match(r'[^\W\d]', block)), self.titel)
        keys = f'titel: {json.dumps(self.titel, ensure_ascii=False)}\nsamenvatting: {json.dumps(first, ensure_ascii=False)}'
        return f'---\n{keys}  # nakijken: samenvatting\n---\n\n' + '\n\n'.join(self.blocks) + '\n'


def read_word(content: bytes, file: str, slug: str) -> WordText:
    """Return what a Word file holds; DataError when it is none, or too large."""
    word = WordText(file, slug)
    try:
        _look_inside(content, word)
        result = mammoth.convert_to_html(
            io.BytesIO(content), convert_image=mammoth.images.img_element(_Pictures(word).keep)
        )
        tree = ElementTree.fromstring(f'<body>{result.value}</body>')  # noqa: S314  # mammoth wrote it
    except _BROKEN as error:
        raise DataError([finding('word-onleesbaar', Place(file))]) from error
    for style in sorted({match[1] for message in result.messages if (match := _STYLE.match(message.message))}):
        word.tell('word-stijl', name=style)
    _write(tree, word)
    return word


def _look_inside(content: bytes, word: WordText) -> None:
    """Raise DataError for what is too large or leaves the file; note macros and tracked changes."""
    with ZipFile(io.BytesIO(content)) as archive:
        entries = archive.infolist()
        large = [one for one in entries if one.filename.endswith(('.xml', '.rels')) and one.file_size > MAX_XML]
        if (
            len(content) > MAX_BYTES
            or len(entries) > MAX_ENTRIES
            or large
            or sum(one.file_size for one in entries) > MAX_UNPACKED
        ):
            raise DataError([finding('word-te-groot', Place(word.file), mb=MAX_UNPACKED // 1_000_000)])
        if any(
            PurePosixPath(one.filename).is_absolute() or '..' in PurePosixPath(one.filename).parts for one in entries
        ):
            raise DataError([finding('word-onleesbaar', Place(word.file))])
        if any('vbaProject' in one.filename for one in entries):
            word.tell('word-macro')
        document = archive.read('word/document.xml')
    changes = len(re.findall(rb'<w:(?:ins|del|moveFrom|moveTo) ', document))
    if changes:
        word.tell('word-wijzigingen', n=changes)


class _Pictures:
    """Keeps the pictures of a Word file under names of their own."""

    def __init__(self, word: WordText) -> None:
        self.word = word

    def keep(self, image: Any) -> dict[str, str]:
        ending = _KINDS.get(image.content_type)
        name = f'beeld/{self.word.slug}-{len(self.word.pictures) + 1}.{ending}'
        try:
            with image.open() as source:
                content = source.read(MAX_UNPACKED)
        except (ValueError, KeyError):  # a link to a file outside, which mammoth doesn't open, or to nothing
            ending = None
        if not ending:
            self.word.tell('word-beeld')
            return {}
        self.word.pictures[name] = content
        return {'src': name}


def _write(tree: ElementTree.Element, word: WordText) -> None:
    """Fill in the title and the blocks; the highest heading of the text becomes one with two #."""
    nodes = list(tree)
    if nodes and nodes[0].tag == 'h1':
        word.titel = re.sub(r'\\(.)', r'\1', _inline(nodes.pop(0), word))
    word.titel = word.titel or word.slug.replace('-', ' ').capitalize()
    top = min((int(node.tag[1]) for node in nodes if re.fullmatch(r'h\d', node.tag)), default=1)
    level = 1
    for node in nodes:
        if re.fullmatch(r'h\d', node.tag):
            level = min(int(node.tag[1]) - top + 2, level + 1)  # no level is skipped
            word.blocks.append(f'{"#" * level} {_inline(node, word)}')
        else:
            word.blocks += [block for block in _blocks(node, word) if block.strip()]


def _blocks(node: ElementTree.Element, word: WordText) -> Iterator[str]:
    if node.tag in ('ul', 'ol'):
        notes = [item for item in node if item.get('id', '').startswith(('footnote-', 'endnote-'))]
        yield from (f'[^{_note(item.get("id", ""))}]: {_inline(item, word)}' for item in notes)
        yield '' if notes else '\n'.join(_items(node, word, ''))
    elif node.tag == 'table':
        yield _table(node, word)
    else:
        yield _START.sub(lambda match: f'{match[2] or ""}\\{match[1] or match[3]}', _inline(node, word))


def _items(node: ElementTree.Element, word: WordText, indent: str) -> Iterator[str]:
    for number, item in enumerate(node, start=1):
        mark = f'{number}.' if node.tag == 'ol' else '-'
        inner = [child for child in item if child.tag in ('ul', 'ol')]
        for child in inner:
            item.remove(child)
        yield f'{indent}{mark} {_inline(item, word)}'
        for child in inner:
            yield from _items(child, word, indent + ' ' * (len(mark) + 1))


def _table(node: ElementTree.Element, word: WordText) -> str:
    rows = [[' '.join(_inline(cell, word).split()) for cell in row] for row in node.iter('tr')]
    if any(cell.get('colspan') or cell.get('rowspan') for cell in node.iter() if cell.tag in ('td', 'th')):
        word.tell('word-tabel')
    width = max(map(len, rows), default=0)
    lines = ['| ' + ' | '.join(row + [''] * (width - len(row))) + ' |' for row in rows]
    return '\n'.join([*lines[:1], '|' + ' --- |' * width, *lines[1:]])


def _inline(node: ElementTree.Element, word: WordText) -> str:
    """Return the text inside an element with its marks; what has none keeps its words."""
    text = _SPECIAL.sub(r'\\\1', node.text or '')
    for child in node:
        text += _marked(child, word) + _SPECIAL.sub(r'\\\1', child.tail or '')
    return text.strip() if node.tag in ('p', 'li', 'td', 'th') or node.tag.startswith('h') else text


def _marked(node: ElementTree.Element, word: WordText) -> str:
    inside, href = _inline(node, word), node.get('href', '')
    if node.tag == 'a' and '-ref-' in href:  # the arrow back from a note
        return ''
    if node.tag == 'a' and href.startswith(('#footnote-', '#endnote-')):
        return f'[^{_note(href[1:])}]'
    if node.tag == 'a' and href.startswith(('https://', 'http://', 'mailto:')) and not re.search(r'[\s()<>]', href):
        return f'[{inside}]({href})'
    if node.tag == 'a' and href and not href.startswith('#'):
        word.tell('word-link', name=inside)
    if node.tag == 'img':
        return f'![{_SPECIAL.sub("", node.get("alt", ""))}]({node.get("src")})' if node.get('src') else ''
    if node.tag == 'br':
        return '\\\n'
    mark = {'strong': '**', 'em': '*', 's': '~~'}.get(node.tag, '')
    core = inside.strip()
    return inside.replace(core, f'{mark}{core}{mark}') if mark and core else inside + (' ' if node.tag == 'p' else '')


def _note(name: str) -> str:
    return name.replace('footnote-', '').replace('endnote-', 'e')
