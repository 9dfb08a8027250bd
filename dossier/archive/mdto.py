"""MDTO 1.0.1: the payload of a bag with the metadata of each object beside it, and reading such metadata back.

The XML itself stands in `templates/mdto/`, with the schema of the Nationaal Archief; here is what refers to what.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import Any

from lxml import etree

from dossier.archive.formats import find_format
from dossier.compose import Composer
from dossier.resources import shipped

TOP = 'archief'
SIDECAR, FILE_SIDECAR = '.MDTO.xml', '.bestand.MDTO.xml'
_NAMESPACE = '{https://www.nationaalarchief.nl/mdto}'


@dataclass(frozen=True, slots=True)
class Reference:
    """An object that another refers to: its name and its identification."""

    naam: str
    kenmerk: str


@dataclass(frozen=True)
class Item:
    """An archiefstuk: the name of its folder, what it is called, and its files by path in that folder."""

    folder: str
    name: str
    files: Mapping[str, bytes]


@dataclass(frozen=True)
class Version:
    """Which version of the dossier of a round this is, and the rounds before and after it."""

    ronde: str
    number: int
    before: str = ''
    after: str = ''

    @property
    def name(self) -> str:
        """The name of the bag."""
        return f'dossier-{self.ronde}-v{self.number}'

    def relations(self, title: str) -> Iterator[tuple[str, Reference]]:
        """Yield how the dossier relates to its earlier version, and to the rounds before and after."""
        if self.number > 1:
            earlier = f'dossier-{self.ronde}-v{self.number - 1}'
            yield 'Vervangt', Reference(f'{title} {self.ronde}, versie {self.number - 1}', earlier)
        for kind, ronde in (('Vervangt', self.before), ('Is vervangen door', self.after)):
            if ronde:
                yield kind, Reference(f'{title} {ronde}', f'dossier-{ronde}')


def describe_items(items: Sequence[Item], version: Version, composer: Composer, moment: str) -> dict[str, bytes]:
    """Return all files of the payload by path: a folder for the archief, in it the dossier, in it an archiefstuk each."""
    ronde = composer.dossier.ronde
    title, key = str(ronde.titel), f'dossier-{version.ronde}'
    own = Reference(f'{title} {version.ronde}', version.name)
    top = Reference(ronde.archief.identificatiebron or f'Archief {ronde.uitgever}', TOP)

    def describe(niveau: str, kenmerken: Sequence[str], titel: str, omschrijving: str, **more: Any) -> bytes:
        links = {'onderdeel_van': None, 'onderdelen': (), 'bestanden': (), 'relaties': (), **more}
        context = {'niveau': niveau, 'kenmerken': kenmerken, 'titel': titel, 'omschrijving': omschrijving, **links}
        return composer.render('mdto/informatieobject.xml', {'moment': moment, **context}).encode()

    stukken = [Reference(item.name, f'{version.name}/{item.folder}') for item in items]
    told = f'{title} {version.ronde}, versie {version.number}'
    above = {'onderdeel_van': top, 'onderdelen': stukken, 'relaties': list(version.relations(title))}
    payload = {
        f'{TOP}/{TOP}{SIDECAR}': describe('Archief', [TOP], top.naam, '', onderdelen=[own]),
        f'{TOP}/{key}/{key}{SIDECAR}': describe('Dossier', [version.name, key], own.naam, told, **above),
    }
    for item, stuk in zip(items, stukken, strict=True):
        base = f'{TOP}/{key}/{item.folder}'
        files = {path: Reference(path.rpartition('/')[2], f'{stuk.kenmerk}/{path}') for path in sorted(item.files)}
        inside = describe(
            'Archiefstuk', [stuk.kenmerk], item.name, item.name, onderdeel_van=own, bestanden=files.values()
        )
        payload[f'{base}/{item.folder}{SIDECAR}'] = inside
        for path, eigen in files.items():
            content = item.files[path]
            context = {'eigen': eigen, 'stuk': stuk, 'moment': moment, 'formaat': find_format(eigen.naam, content)}
            context |= {'omvang': len(content), 'sha256': sha256(content).hexdigest()}
            xml = composer.render('mdto/bestand.xml', context)
            payload |= {f'{base}/{path}': content, f'{base}/{path}{FILE_SIDECAR}': xml.encode()}
    return payload


@lru_cache
def load_schema() -> etree.XMLSchema:
    """Return the schema that comes with the program."""
    return etree.XMLSchema(etree.parse(shipped('templates') / 'mdto' / 'MDTO-XML1.0.1.xsd'))


def read_mdto(content: bytes) -> etree._Element:
    """Return the object in an MDTO file; ValueError with what is wrong when it isn't valid."""
    try:
        root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))
    except etree.XMLSyntaxError as error:
        raise ValueError(str(error)) from error
    if not load_schema().validate(root):
        raise ValueError(load_schema().error_log[0].message)
    return root[0]


def read_texts(element: etree._Element, path: str) -> list[str]:
    """Return the texts of every element below another, by a path of names."""
    return [found.text or '' for found in element.findall('/'.join(_NAMESPACE + name for name in path.split('/')))]
