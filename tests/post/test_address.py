"""An address in PostNL's form."""

import pytest

from dossier.post.address import Adres
from dossier.post.fit import LEADING, fit_lines


@pytest.mark.parametrize(
    ('values', 'lines'),
    [
        ("Mevr. A||Bedachtestraat|12||1234ab|'s-Nergenshuizen|", "Mevr. A|Bedachtestraat 12|1234 AB  'S-NERGENSHUIZEN"),
        ('A. Niets|Provincie|Postbus|90||1234 AB|IJverdam|', 'Provincie|t.a.v. A. Niets|Postbus 90|1234 AB  IJVERDAM'),
        ('|Fractie X|1e Bedachtestraat|3|-2|1234 AB|Súdwest|nederland', 'Fractie X|1e Bedachtestraat 3-2|1234 AB  SÚDWEST'),
        ('B. Niets||Nergensstraat|4|bus 2|1000|Nergensele|BE', 'B. Niets|Nergensstraat 4 bus 2|1000 NERGENSELE|BELGIË'),
        ('C. Nichts|Amt|Nirgendwo 5|||10115|Nirgendstadt|Germany', 'Amt|attn. C. Nichts|Nirgendwo 5|10115 NIRGENDSTADT|DUITSLAND'),
        ('D. Nulle||Rue 1|||1234|Nullebourg|Andorra', 'D. Nulle|Rue 1|1234 NULLEBOURG|ANDORRA'),
    ],
)  # fmt: skip
def test_lines(values, lines):
    adres = Adres(*values.split('|'))
    assert adres.lines == tuple(lines.split('|'))
    assert adres.missing == ''
    assert 3 <= len(adres.lines) <= 6


@pytest.mark.parametrize(
    ('field', 'value'), [('naam', ''), ('postcode', '0123 AB'), ('postcode', '1234'), ('straat', ' '), ('plaats', '')]
)
def test_what_is_missing_is_told(field, value):
    good = {'naam': 'A', 'straat': 'Straat', 'huisnummer': '1', 'postcode': '1234 AB', 'plaats': 'Plaats'}
    assert Adres(**good).missing == ''
    assert Adres(**{**good, field: value}).missing == field


def test_a_long_name_is_folded_or_set_smaller_and_a_very_long_one_not_at_all():
    assert fit_lines(['Kort'] * 6, 80, 27.3) == (10, ('Kort',) * 6)
    long = 'Stichting tot Instandhouding van Verzonnen Instellingen'
    assert fit_lines([long], 80, 27.3) == (10, ('Stichting tot Instandhouding van Verzonnen', 'Instellingen'))
    assert fit_lines([long], 80, 4) == (9, (long,))
    assert fit_lines(['W' * 200], 80, 27.3) is None
    assert fit_lines(['Kort'] * 6, 80, 6 * 7 * LEADING * 25.4 / 72 - 0.1) is None
