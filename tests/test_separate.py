"""From screen to ink: tokens, greys, the profile and its limit; pictures, their twins and masks; and what can't be printed so."""

import io
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name
from PIL import Image

from dossier.errors import Place, Severity, ToolError
from dossier.press.inks import Inks, hold_under, open_picture, plain, read_profile, read_tokens, total_ink
from dossier.press.separate import Picture, Separator
from dossier.resources import shipped
from tests.test_preflight_print import PROFILE, RGB, base, draw, form, holds, picture, state, tile

TOKENS = read_tokens((shipped('styles') / 'maten.css').read_text(encoding='utf-8'))
OTHER = Path('/usr/share/color/icc/ghostscript/default_cmyk.icc')
WIDE = OTHER.with_name('a98.icc')
PLACE = Place('data/2027/themas/01-water.md', 3)


@pytest.fixture(scope='module')
def inks():
    return Inks(PROFILE, TOKENS, 3.0)


def separated(change, inks, pictures=None):
    """Return the first page in ink as its content, the PDF, and the codes of what was told."""
    pdf = base()
    change(pdf)
    separator = Separator(pdf, inks, pictures or {})
    content = separator.separate(pdf.pages[0], PLACE)
    assert all(finding.severity is Severity.WARNING for finding in separator.findings)
    return content.decode(), pdf, [finding.code for finding in separator.findings]


def test_every_colour_of_the_style_has_its_print_value():
    css = (shipped('styles') / 'maten.css').read_text(encoding='utf-8')
    assert len(TOKENS) == css.count(': #') > 20
    assert all(len(ink) == 1 or sum(ink) <= 3 for ink in TOKENS.values())


def test_a_token_becomes_its_print_value_and_its_neighbour_does_not(inks):
    assert inks.colour((0x0B / 255, 0x55 / 255, 0x63 / 255)) == (1.0, 0.4, 0.4, 0.35)
    assert inks.colour((0x0B / 255, 0x55 / 255, 0x65 / 255)) != (1.0, 0.4, 0.4, 0.35)


def test_black_and_grey_are_black_ink_alone(inks):
    assert inks.colour((0, 0, 0)) == (0,) and inks.colour((1, 1, 1)) == (1,)
    assert inks.colour((0.2, 0.2, 0.2)) == (0.2,)
    assert plain((0, 0, 0, 1)) == (0,) and plain((0.1, 0, 0, 1)) == (0.1, 0, 0, 1)


@pytest.mark.parametrize('limit', [2.4, 3.0])
def test_no_colour_is_over_the_limit(limit):
    inks = Inks(PROFILE, {}, limit)
    steps = [n / 8 for n in range(9)]
    most = max(sum(inks.colour((r, g, b))) for r in steps for g in steps for b in steps if not r == g == b)
    assert limit - 0.5 < most <= limit


def test_a_picture_over_the_limit_is_held_and_one_under_is_left():
    heavy, light = Image.new('CMYK', (4, 4), (255, 255, 255, 200)), Image.new('CMYK', (4, 4), (200, 100, 0, 30))
    assert total_ink(heavy) > 3.7 and total_ink(hold_under(heavy, 3.0)) <= 3.0
    assert hold_under(heavy, 3.0).getpixel((0, 0))[3] == 200
    assert hold_under(light, 3.0).tobytes() == light.tobytes()


def test_one_dark_pixel_in_a_thousand_does_not_count():
    image = Image.new('CMYK', (100, 100))
    image.putpixel((1, 1), (255, 255, 255, 255))
    assert total_ink(image) == 0
    image.paste((255, 255, 255, 255), (0, 0, 10, 10))
    assert total_ink(image) == 4


@pytest.mark.skipif(not OTHER.is_file(), reason='the CMYK profile of Ghostscript is not installed')
def test_another_profile_gives_other_inks(inks):
    other = Inks(read_profile(OTHER, 'x.icc'), {}, 3.0)
    green = (0.1, 0.6, 0.3)
    assert len(other.colour(green)) == 4 and sum(other.colour(green)) <= 3
    assert max(abs(a - b) for a, b in zip(other.colour(green), inks.colour(green), strict=True)) > 0.05
    assert other.colour((0, 0, 0)) == (0,)


def test_a_profile_that_is_none_is_told(tmp_path):
    for content in (b'', b'geen profiel', RGB):
        (tmp_path / 'x.icc').write_bytes(content)
        with pytest.raises(ToolError) as caught:
            read_profile(tmp_path / 'x.icc', 'styles/profielen/x.icc')
        assert caught.value.findings[0].code == 'druk-profiel' and caught.value.exit_code == 11
    with pytest.raises(ToolError):
        read_profile(tmp_path / 'weg.icc', 'weg.icc')


def test_colours_on_the_page_and_in_forms(inks):
    content, pdf, told = separated(
        draw('1 0 0 rg 0 0 0 RG /X Do', XObject=holds('X', form, b'1 1 0 rg 0 0 9 9 re f')), inks
    )
    assert content.split('\n')[0].endswith(' k') and '0 G' in content and told == []
    inner = pdf.pages[0].obj.Resources.XObject.X.read_bytes()
    assert b' k' in inner and b'rg' not in inner


def test_marks_of_tags_go(inks):
    content, _pdf, _told = separated(draw('/Span <</MCID 0>> BDC 0 0 9 9 re f EMC'), inks)
    assert 'BDC' not in content and 'EMC' not in content and ' re' in content


@pytest.mark.parametrize(
    ('values', 'code'),
    [
        ({'ca': 0.5}, 'druk-doorzichtig'),
        ({'CA': 0.5}, 'druk-doorzichtig'),
        ({'BM': Name.Multiply}, 'druk-menging'),
        ({'SMask': Dictionary(S=Name.Luminosity)}, 'druk-masker'),
        ({'ca': 1, 'BM': Name.Normal}, None),
    ],
)
def test_what_a_press_does_not_know_is_told(values, code, inks):
    content, pdf, told = separated(draw('/G gs 0 g 0 0 9 9 re f', ExtGState=state(**values)), inks)
    assert told == ([code] if code else []) and '/ExtGState' not in pdf.pages[0].obj.Resources
    assert ('0.5 g' in content) == ('ca' in values and values['ca'] == 0.5)


def test_a_colour_set_before_it_became_transparent_is_lighter_too(inks):
    content, _pdf, _told = separated(draw('0 g /G gs 0 0 9 9 re f', ExtGState=state(ca=0.5)), inks)
    assert content.index('0.5 g') < content.index(' re')


def test_a_gradient_is_turned_by_its_ends(inks):
    end = Dictionary(FunctionType=2, Domain=[0, 1], N=1, C0=[1, 0, 0], C1=[0, 0, 0])
    shading = Dictionary(ShadingType=2, ColorSpace=Name.DeviceRGB, Coords=[0, 0, 9, 9], Function=end)
    _content, pdf, told = separated(draw('/H sh', Shading=Dictionary(H=shading)), inks)
    made = pdf.pages[0].obj.Resources.Shading.H
    assert told == [] and made.ColorSpace == Name.DeviceCMYK and list(made.Function.C1) == [0, 0, 0, 1]


def test_a_colour_that_nobody_knows_becomes_black_and_is_told(inks):
    lab = Dictionary(L=Array([Name.Lab, Dictionary(WhitePoint=[1, 1, 1])]))
    content, _pdf, told = separated(draw('/L cs 50 9 9 scn 0 0 9 9 re f', ColorSpace=lab), inks)
    assert told == ['druk-kleur-onbekend'] and '0 g' in content


def inked(mode, colour, inks, **more):
    _content, pdf, told = separated(picture(mode, 4, 9, colour, **more), inks)
    made = pdf.pages[0].obj.Resources.XObject.I
    return dict(made.stream_dict.items()), open_picture(made), told


def test_pictures_in_grey_and_in_ink(inks):
    assert inked('RGB', (90, 90, 90), inks)[1].mode == 'L'
    assert inked('RGB', (90, 200, 90), inks)[1].mode == 'CMYK'
    untouched = Image.new('CMYK', (4, 4), (1, 2, 3, 4)).tobytes()
    assert inked('CMYK', (1, 2, 3, 4), inks)[1].tobytes() == untouched


@pytest.mark.parametrize(
    ('mode', 'colour', 'white'), [('RGB', (0, 0, 0), 127), ('CMYK', (200, 0, 0, 0), None), ('L', 0, 127)]
)
def test_a_mask_is_put_on_white_and_told(mode, colour, white, inks):
    made, image, told = inked(mode, colour, inks, mask=True)
    assert told == ['druk-doorzichtig'] and '/SMask' not in made
    pixel = image.getpixel((0, 0))
    assert pixel == (100, 0, 0, 0) if white is None else abs(pixel - white) < 2


def own_picture(tmp_path, inks, profile=None, twin=None):
    """Return the inks of a green picture of the author's, with a profile of its own or a twin in CMYK."""
    name, green = 'i' + 32 * '0' + '0', (60, 160, 90)
    Image.new('RGB', (4, 4), green).save(tmp_path / 'foto.png', icc_profile=profile)
    if twin:
        (tmp_path / 'foto.cmyk.tif').write_bytes(twin)

    def change(pdf):
        picture('RGB', 4, 9, green)(pdf)
        resources = pdf.pages[0].obj.Resources
        resources.XObject = Dictionary({f'/{name}': resources.XObject.I})

    pictures = {name[1:-1]: Picture(tmp_path / 'foto.png', 'beeld/foto.png', PLACE)}
    _content, pdf, told = separated(change, inks, pictures)
    made = pdf.pages[0].obj.Resources.XObject[f'/{name}']
    assert list(made['/DSSR_Bron']) == ['data/2027/themas/01-water.md', 3, 'beeld/foto.png']
    return open_picture(made).getpixel((0, 0)), told


def tiff(mode, colour):
    output = io.BytesIO()
    Image.new(mode, (8, 8), colour).save(output, 'TIFF')
    return output.getvalue()


@pytest.mark.skipif(not WIDE.is_file(), reason='the profiles of Ghostscript are not installed')
def test_an_embedded_profile_counts(tmp_path, inks):
    wide = WIDE.read_bytes()
    usual, other = own_picture(tmp_path, inks)[0], own_picture(tmp_path, inks, wide)[0]
    assert own_picture(tmp_path, inks, RGB)[0] == pytest.approx(usual, abs=3)
    assert max(abs(a - b) for a, b in zip(usual, other, strict=True)) > 10
    assert own_picture(tmp_path, inks, b'kapot profiel')[0] == usual


def test_a_twin_in_cmyk_is_printed(tmp_path, inks):
    assert own_picture(tmp_path, inks, twin=tiff('CMYK', (10, 20, 30, 40))) == ((10, 20, 30, 40), [])


def test_a_broken_twin_is_told_and_the_picture_printed(tmp_path, inks):
    usual, _told = own_picture(tmp_path, inks)
    assert own_picture(tmp_path, inks, twin=b'geen tiff') == (usual, ['druk-tweeling'])


def test_fonts_are_left(inks):
    content, pdf, _told = separated(draw('BT /F 9 Tf (a) Tj ET'), inks)
    assert '/F 9 Tf' in content and pikepdf.Name.F in pdf.pages[0].obj.Resources.Font


def test_a_pattern_stays_a_pattern_and_its_tile_is_turned(inks):
    content, pdf, told = separated(draw('/Pattern cs /P scn 5 5 9 9 re f', Pattern=holds('P', tile)), inks)
    assert content.split('\n')[:2] == ['/Pattern cs', '/P scn'] and told == []
    assert b' k' in pdf.pages[0].obj.Resources.Pattern.P.read_bytes()
