"""The form in the mail link of the web page: its labels in both languages, in their order. Imports nothing."""

# field of an Aanvraag: (Dutch label, English label); a line of the form is `Label: what was filled in`.
LABELS = {
    'naam': ('Naam', 'Name'),
    'organisatie': ('Organisatie', 'Organisation'),
    'functie': ('Functie', 'Position'),
    'adres': ('Straat en huisnummer', 'Street and number'),
    'woonplaats': ('Postcode en plaats', 'Postcode and town'),
    'land': ('Land', 'Country'),
    'aantal': ('Aantal', 'Copies'),
    'editie': ('Editie', 'Edition'),
    'opmerking': ('Opmerking', 'Remarks'),
}
SUBJECTS = {'nl': 'Aanvraag gedrukt exemplaar', 'en': 'Request for a printed copy'}


def make_form(language: str = 'nl', editie: str = '') -> str:
    """Return the body of the mail link: a line a label, ready to fill in; lines end with CR LF (RFC 6068, 5)."""
    column = 1 if language == 'en' else 0
    known = {'aantal': '1', 'editie': editie}
    return ''.join(f'{labels[column]}: {known.get(field, "")}\r\n' for field, labels in LABELS.items())
