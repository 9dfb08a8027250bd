"""Pictures that an author names: whole ones are fine, all others get one message."""

import struct
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from zlib import crc32

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageFile

from dossier.errors import Place
from dossier.validate.pictures import MAX_BYTES, MAX_PIXELS, check_picture
from tests.conftest import DOSSIERS

PLACE = Place('test.md', 3)
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>'
BEELD = DOSSIERS / 'volledig' / 'data' / '2027' / 'beeld'


def make(kind, mode='RGB', size=(8, 8), **options):
    output = BytesIO()
    Image.new(mode, size).save(output, kind, **options)
    return output.getvalue()


@pytest.fixture
def folder(tmp_path):
    """The folder of a round."""
    (tmp_path / '2027' / 'beeld').mkdir(parents=True)
    return tmp_path / '2027'


@pytest.fixture(scope='module')
def broken(tmp_path_factory):
    folder = tmp_path_factory.mktemp('2027')
    (folder / 'beeld').mkdir()
    return folder


def put(folder: Path, name: str, content: bytes | str) -> str:
    (folder / 'beeld' / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return f'beeld/{name}'


def check(folder, name):
    found = list(check_picture(folder, name, PLACE))
    assert len(found) <= 1
    assert all(finding.place == PLACE for finding in found)
    return found[0] if found else None


@pytest.mark.parametrize(
    ('name', 'content'),
    [
        ('a.png', make('PNG')),
        ('a.PNG', make('PNG')),
        ('grijs.png', make('PNG', 'L')),
        ('palet.png', make('PNG', 'P')),
        ('doorzichtig.png', make('PNG', 'RGBA')),
        ('beweegt.png', make('PNG', save_all=True, append_images=[Image.new('RGB', (8, 8), 'red')])),
        ('a.jpg', make('JPEG')),
        ('a.jpeg', make('JPEG')),
        ('cmyk.jpg', make('JPEG', 'CMYK')),
        ('telefoon.jpg', make('MPO', save_all=True, append_images=[Image.new('RGB', (8, 8), 'red')])),
        ('een kaart (1)#?%20é.png', make('PNG')),
        ('a.svg', SVG),
        ('zonder-naamruimte.svg', '<svg/>'),
        ('met-voorwerk.svg', f'<?xml version="1.0" encoding="iso-8859-1"?><!DOCTYPE svg>{SVG}'),
        ('utf-16.svg', SVG.encode('utf-16')),
        ('diep.svg', '<svg>' + '<g>' * 100_000 + '</g>' * 100_000 + '</svg>'),
    ],
)
def test_a_whole_picture_is_fine(folder, name, content):
    assert check(folder, put(folder, name, content)) is None


@pytest.mark.parametrize('name', ['dijk.png', 'kaart.svg', 'sloot.jpg'])
def test_the_pictures_of_the_full_project_are_fine(name):
    assert check(BEELD.parent, f'beeld/{name}') is None


def test_a_picture_may_lie_elsewhere_in_the_round(folder):
    (folder / 'a.png').write_bytes(make('PNG'))
    assert check(folder, 'a.png') is None
    assert check(folder, 'beeld/../a.png') is None
    (folder / 'beeld' / 'b.png').symlink_to(folder / 'a.png')
    assert check(folder, 'beeld/b.png') is None


@pytest.mark.parametrize(
    'name',
    ['../a.png', 'beeld/../../a.png', '../2027-oud/a.png', '/a.png', '//a.example/a.png', '\\\\server\\a.png', '\\a.png',
    'http://a.example/a.png', 'https://a.example/a.png', 'ftp://a.example/a.png', 'file:///a.png', 'data:image/png,a',
    'beeld/a\0.png'],
)  # fmt: skip
def test_a_picture_outside_the_round_is_not_opened(folder, name, monkeypatch):
    (folder.parent / 'a.png').write_bytes(make('PNG'))
    (folder.parent / '2027-oud').mkdir()
    (folder.parent / '2027-oud' / 'a.png').write_bytes(make('PNG'))
    monkeypatch.setattr(Image, 'open', None)
    found = check(folder, name)
    assert found.code == 'beeld-buiten'
    assert found.hint.startswith('Copy it to the folder "beeld" and write: beeld/')


def test_a_link_out_of_the_round_is_not_followed(folder):
    (folder.parent / 'geheim.png').write_bytes(make('PNG'))
    (folder / 'beeld' / 'a.png').symlink_to(folder.parent / 'geheim.png')
    (folder / 'elders').symlink_to(folder.parent)
    assert check(folder, 'beeld/a.png').code == 'beeld-buiten'
    assert check(folder, 'elders/geheim.png').code == 'beeld-buiten'


def test_a_loop_of_links_is_no_crash(folder):
    (folder / 'beeld' / 'a.png').symlink_to(folder / 'beeld' / 'b.png')
    (folder / 'beeld' / 'b.png').symlink_to(folder / 'beeld' / 'a.png')
    assert check(folder, 'beeld/a.png').code == 'beeld-buiten'


@pytest.mark.parametrize(
    ('name', 'hint'),
    [
        ('beeld/kart.png', 'Did you mean "beeld/kaart.png"?'),
        ('kaart.png', 'Did you mean "beeld/kaart.png"?'),
        ('beeld/Kaart.PNG', 'Did you mean "beeld/kaart.png"?'),
        ('beeld\\kaart.png', 'Did you mean "beeld/kaart.png"?'),
        ('zzz', 'Known here: beeld/foto.jpg, beeld/kaart.png.'),
        ('', 'Known here: beeld/foto.jpg, beeld/kaart.png.'),
        ('beeld', None),
        ('beeld/' + 'k' * 300 + '.png', None),
        ('beeld/kaart.png/a.png', None),
        ('C:\\beeld\\kaart.png', None),
        ('file:/etc/hostname', None),
    ],
)
def test_a_picture_that_is_missing_gets_a_suggestion(folder, name, hint):
    put(folder, 'kaart.png', make('PNG'))
    put(folder, 'foto.jpg', make('JPEG'))
    found = check(folder, name)
    assert (found.code, found.message) == ('beeld-ontbreekt', f'There is no picture "{name}".')
    assert hint in (None, found.hint)


@pytest.mark.parametrize(
    'name', ['a.tif', 'a.webp', 'a.gif', 'a.pdf', 'a.eps', 'a.heic', 'a.png.txt', 'a', 'png', '.png']
)
def test_another_kind_of_file_is_no_picture(folder, name):
    assert check(folder, put(folder, name, make('PNG'))).code == 'beeld-soort'


def test_a_picture_may_be_as_large_as_the_limit_and_no_larger(folder):
    picture = make('PNG')
    put(folder, 'a.png', picture)
    with (folder / 'beeld' / 'a.png').open('r+b') as file:
        file.truncate(MAX_BYTES)
        assert check(folder, 'beeld/a.png') is None
        file.truncate(MAX_BYTES + 1)
    assert check(folder, 'beeld/a.png').message == '"beeld/a.png" is larger than 50 MB.'


def test_a_picture_that_is_cut_off_is_told_also_when_weasyprint_is_there(folder, monkeypatch):
    monkeypatch.setattr('PIL.ImageFile.LOAD_TRUNCATED_IMAGES', True)
    assert check(folder, put(folder, 'a.png', make('PNG', size=(64, 64))[:60])).code == 'beeld-stuk'
    assert ImageFile.LOAD_TRUNCATED_IMAGES is True


def png_of(width, height):
    """Return the head of a PNG of any size: its pixels are never read."""
    head = b'IHDR' + struct.pack('>II', width, height) + b'\x08\x02\0\0\0'
    return make('PNG')[:12] + head + struct.pack('>I', crc32(head)) + make('PNG')[33:]


@pytest.mark.parametrize(
    ('name', 'content', 'reason'),
    [
        ('a.png', make('JPEG'), 'it is a JPEG with another name'),
        ('a.jpg', make('PNG'), 'it is a PNG with another name'),
        ('a.jpg', make('WEBP'), 'it is a WEBP with another name'),
        ('a.png', make('GIF', 'P'), 'it is a GIF with another name'),
        ('a.svg', '<html/>', 'it is no SVG'),
        ('a.png', '', None),
        ('a.png', 'geen beeld', None),
        ('a.png', SVG, None),
        ('a.png', make('TIFF'), None),
        ('a.png', make('DDS'), None),
        ('a.png', make('PNG', size=(64, 64))[:60], None),
        ('a.png', make('PNG')[:8], None),
        ('a.png', make('PNG').replace(b'IDAT', b'IDAX'), None),
        ('a.jpg', make('JPEG')[:300], None),
        ('a.jpg', make('JPEG')[:2], None),
        ('a.svg', '', None),
        ('a.svg', SVG[:-2], None),
        ('a.svg', make('PNG'), None),
        ('a.svg', SVG.encode('utf-16')[:-3], None),
        ('a.svg', '<?xml version="1.0" encoding="bestaat-niet"?><svg/>', None),
        ('a.svg', '<?xml version="1.0" encoding="utf-32"?><svg/>', None),
        ('a.svg', '<svg>&onbekend;</svg>', None),
    ],
)
def test_a_broken_picture_is_told(folder, name, content, reason):
    found = check(folder, put(folder, name, content))
    assert found.code == 'beeld-stuk'
    if reason:
        assert found.message == f'"beeld/{name}" can\'t be read: {reason}.'


@pytest.mark.parametrize('size', [(MAX_PIXELS // 1000, 1001), (100_000, 100_000), (2**31 - 1, 2**31 - 1)])
def test_a_small_file_with_too_many_pixels_is_not_unpacked(folder, size, monkeypatch):
    monkeypatch.setattr('PIL.ImageFile.ImageFile.load', None)
    found = check(folder, put(folder, 'a.png', png_of(*size)))
    assert found.code == 'beeld-stuk'
    assert 'pixels' in found.message


def test_a_billion_laughs_in_a_drawing_are_not_unpacked(folder):
    names = 'abcdefghij'
    entities = ''.join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in pairwise(names))
    bomb = f'<!DOCTYPE svg [<!ENTITY a "{"ha" * 50}">{entities}]><svg>&j;</svg>'
    assert check(folder, put(folder, 'a.svg', bomb)).code == 'beeld-stuk'


def test_a_drawing_reads_no_other_file(folder):
    (folder / 'beeld' / 'geheim.txt').write_text('geheim')
    bomb = '<!DOCTYPE svg [<!ENTITY a SYSTEM "geheim.txt">]><svg>&a;</svg>'
    assert check(folder, put(folder, 'a.svg', bomb)).code == 'beeld-stuk'


def test_the_reason_names_the_picture_as_the_writer_does(folder):
    found = check(folder, put(folder, 'a.png', 'geen beeld'))
    assert found.message == '"beeld/a.png" can\'t be read: it is no picture, or it is damaged.'


SEEDS = [
    ('a.png', make('PNG')),
    ('a.png', make('PNG', 'P', dpi=(300, 300), icc_profile=b'x' * 50)),
    ('a.jpg', make('JPEG', progressive=True, comment='a')),
    ('a.jpg', make('WEBP')),
    ('a.png', make('GIF', 'P')),
    ('a.svg', SVG.encode()),
]


def damage(data, seed, cuts):
    name, content = SEEDS[seed]
    for at, cut, new in cuts:
        at %= len(content) + 1
        content = content[:at] + new + content[at + cut :]
    return name, data or content


@given(
    st.one_of(st.just(b''), st.binary(max_size=40)),
    st.integers(0, len(SEEDS) - 1),
    st.lists(st.tuples(st.integers(0, 2000), st.integers(0, 8), st.binary(max_size=8)), max_size=5),
)
def test_whatever_a_picture_holds_there_is_at_most_one_message(broken, data, seed, cuts):
    found = check(broken, put(broken, *damage(data, seed, cuts)))
    assert found is None or found.code == 'beeld-stuk'
