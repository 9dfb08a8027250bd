"""The countries that parcels go to: a code or name as people write it in, its ISO 3166-1 alpha-2 code out."""

# The name on the envelope (the Dutch post reads Dutch), and what else people write.
COUNTRIES = {
    'NL': ('Nederland', 'the netherlands', 'netherlands', 'holland', 'niederlande'),
    'BE': ('België', 'belgie', 'belgium', 'belgique', 'belgien'),
    'DE': ('Duitsland', 'deutschland', 'germany', 'allemagne'),
    'LU': ('Luxemburg', 'luxembourg'),
    'FR': ('Frankrijk', 'france'),
    'GB': ('Verenigd Koninkrijk', 'united kingdom', 'uk', 'engeland'),
}
_CODES = {name.lower(): code for code, names in COUNTRIES.items() for name in (code, *names)}


def find_country(text: str) -> str:
    """Return the code of the country that the text names and nothing else; '' for one that is not known here."""
    return _CODES.get(text.strip(' .').lower(), '')
