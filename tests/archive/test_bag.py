"""What is sealed is a bag for others too: bagit, lxml, siegfried and veraPDF say the same of it."""

import csv
import subprocess
import sys
import zipfile
from hashlib import sha256

import bagit
import pygfried
import pytest
from lxml import etree

from tests.archive.conftest import VERAPDF
from tests.conftest import ROOT

M = '{https://www.nationaalarchief.nl/mdto}'
STUKKEN = ['dossier-landelijk', 'afkortingenlijst-landelijk', 'lijsten', 'bronnen', 'verantwoording']


def texts(element, path):
    return [found.text for found in element.findall('/'.join(M + name for name in path.split('/')))]


def test_reference_implementation_accepts_it(archived):
    assert bagit.Bag(str(archived.bag)).validate()
    result = subprocess.run([sys.executable, bagit.__file__, '--validate', '--quiet', archived.bag], check=False)
    assert result.returncode == 0
    assert (archived.bag / 'bagit.txt').read_bytes() == b'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n'


def test_reference_implementation_says_no_to_a_changed_one(bag):
    (bag / 'data' / 'archief' / 'archief.MDTO.xml').write_text('anders')
    with pytest.raises(bagit.BagError):
        bagit.Bag(str(bag)).validate()


def test_names_are_ascii_and_differ_in_more_than_case(archived):
    names = [path.relative_to(archived.bag).as_posix() for path in archived.bag.rglob('*')]
    assert all(name.isascii() and ' ' not in name for name in names)
    assert len({name.casefold() for name in names}) == len(names)


def test_every_object_has_mdto_that_fits_the_schema(archived):
    schema = etree.XMLSchema(etree.parse(ROOT / 'templates' / 'mdto' / 'MDTO-XML1.0.1.xsd'))
    sidecars = sorted(archived.bag.rglob('*.MDTO.xml'))
    for path in sidecars:
        schema.assertValid(etree.parse(path))
    files = [path for path in (archived.bag / 'data').rglob('*') if path.is_file() and path not in sidecars]
    assert {path.with_name(f'{path.name}.bestand.MDTO.xml') for path in files} <= set(sidecars)
    assert len(sidecars) == len(files) + 2 + len(STUKKEN)


def test_dossier_refers_to_its_parts_and_to_the_round_before(archived):
    dossier = etree.parse(archived.bag / 'data/archief/dossier-2027/dossier-2027.MDTO.xml').getroot()[0]
    assert texts(dossier, 'identificatie/identificatieKenmerk') == ['dossier-2027-v1', 'dossier-2027']
    parts = texts(dossier, 'bevatOnderdeel/verwijzingIdentificatie/identificatieKenmerk')
    assert parts == [f'dossier-2027-v1/{name}' for name in STUKKEN]
    assert texts(dossier, 'gerelateerdInformatieobject/gerelateerdInformatieobjectTypeRelatie/begripLabel') == [
        'Vervangt'
    ]
    before = (
        'gerelateerdInformatieobject/gerelateerdInformatieobjectVerwijzing/verwijzingIdentificatie/identificatieKenmerk'
    )
    assert texts(dossier, before) == ['dossier-2023']
    assert texts(dossier, 'dekkingInTijd/dekkingInTijdBegindatum') == ['2027-03']
    assert texts(dossier, 'dekkingInTijd/dekkingInTijdEinddatum') == ['2031-03']
    assert texts(dossier, 'waardering/begripCode') == ['V']
    assert texts(dossier, 'bewaartermijn/termijnLooptijd') == ['P10Y']


def test_formats_are_those_of_siegfried(archived):
    wrong = []
    for sidecar in sorted(archived.bag.rglob('*.bestand.MDTO.xml')):
        file = sidecar.with_name(sidecar.name.removesuffix('.bestand.MDTO.xml'))
        bestand = etree.parse(sidecar).getroot()[0]
        code = texts(bestand, 'bestandsformaat/begripCode')[0]
        found = pygfried.identify(str(file))
        if found != ('UNKNOWN' if '/' in code and not code.startswith(('fmt/', 'x-fmt/')) else code):
            wrong.append((file.name, code, found))
    assert wrong == []


@pytest.mark.skipif(not VERAPDF, reason='veraPDF is not installed (on PATH, or named by VERAPDF)')
@pytest.mark.parametrize('flavour', ['2a', 'ua1'])
def test_verapdf_accepts_every_pdf(archived, flavour):
    pdfs = sorted(archived.bag.rglob('*.pdf'))
    result = subprocess.run([VERAPDF, '-f', flavour, *pdfs], capture_output=True, text=True, check=False)
    assert result.stdout.count('PASS ') == len(pdfs) == 2


def test_lists_are_csv(archived):
    path = archived.bag / 'data/archief/dossier-2027/lijsten/afkortingen.csv'
    rows = list(csv.reader(path.read_text(encoding='utf-8').splitlines()))
    assert rows[0] == ['afkorting', 'voluit', 'toelichting']
    assert ['GS', 'Gedeputeerde Staten'] in [row[:2] for row in rows]


def test_sip_and_its_pakbon(archived):
    packed, sip, pakbon = archived.beside
    slip = {element.tag: element.text for element in etree.parse(pakbon).getroot()}
    assert slip['hashwaarde'] == sha256(sip.read_bytes()).hexdigest()
    with zipfile.ZipFile(sip) as archive:
        names = archive.namelist()
        plain = [entry for entry in archive.infolist() if not entry.filename.endswith('.MDTO.xml')]
    assert int(slip['aantalBestanden']) == len(plain)
    assert int(slip['omvangInBytes']) == sum(entry.file_size for entry in plain)
    assert int(slip['aantalInformatieobjecten']) == len(names) - 2 * len(plain) == 2 + len(STUKKEN)
    assert {name.partition('/')[0] for name in names} == {'dossier-2027-v1'}
    assert zipfile.is_zipfile(packed)
