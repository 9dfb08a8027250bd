"""A mail in, the requests in it out: the form of the web page first, then free text; what isn't sure is asked of a person."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from dossier.countries import find_country
from dossier.requests.aanvraag import ADDRESS, MAX_COPIES, Aanvraag, Status, tidy
from dossier.requests.address import POSTCODE_LENGTH, Address, Sure, Value, find_addresses, read_place, read_street
from dossier.requests.form import LABELS
from dossier.requests.lines import Written, own_lines
from dossier.requests.mail import Mail
from dossier.requests.people import (
    agree,
    closing_name,
    is_function,
    is_name,
    is_organisation,
    name_at_end,
    read_copies,
    read_number,
    strip_attention,
)
from dossier.requests.screening import IGNORED, UNLIKELY, screen

Values = dict[str, Value]
MAX_REQUESTS = 20  # in one mail; more is not a request
_FIELD_OF = {label.lower(): name for name, labels in LABELS.items() for label in labels}
_FORM_LINE = re.compile(rf'(?i)\W{{0,3}}({"|".join(map(re.escape, _FIELD_OF))})\s*[:=]\s*(.*)')
_NOTHING = re.compile(r'(?i)\W*(?:n\.?v\.?t|geen|none|n/?a|niet van toepassing|landelijk|national)?\W*')
_REQUEST = re.compile(r'(?i)exempla|gedrukt|papier|boek|dossier|toezend|opstur|copy|copies|print|gedruckt|imprim')
# Another address, or another wish than a copy: a person must look.
_DOUBT = re.compile(
    r'(?i)verhui|oude? adres|(?:bezoek|post|nieuwe?|ander|juiste|factuur)[ -]?adres|niet (?:naar|meer|nodig)'
    r'|thuis|privé|annul|intrek|afmeld|\b(?:op|af)halen|in plaats van|i\.p\.v|wijzig|namens|moved|instead'
    r'|cancel|geen (?:gedrukt|papier|exempl)|tijdelijk|vakantie|vanaf \d|tot \d|klacht|retour'
    r'|nog (?:niet|niets) ontvangen|wanneer|nichtje|neef|overleden'
)
_EDITIONS = {
    province: re.compile(rf'(?i)\b(?:{words})\b')
    for province, words in {
        'Groningen': 'groningen|groningse', 'Fryslân': 'fryslân|fryslan|friesland|friese', 'Drenthe': 'drenthe|drentse',
        'Overijssel': 'overijssel|overijsselse', 'Flevoland': 'flevoland|flevolandse', 'Gelderland': 'gelderland|gelderse',
        'Utrecht': 'utrecht|utrechtse', 'Noord-Holland': 'noord[ -]?holland|noord[ -]?hollandse',
        'Zuid-Holland': 'zuid[ -]?holland|zuid[ -]?hollandse', 'Zeeland': 'zeeland|zeeuwse',
        'Noord-Brabant': '(?:noord[ -]?)?brabant|brabantse', 'Limburg': 'limburg|limburgse',
    }.items()
}  # fmt: skip
_EDITION = re.compile(r'(?i)\b(?:editie|edition|uitgave|versie)\b')
_FOREIGN_WORDS = re.compile(
    r'(?i)\b(?:the|please|would|could|copy|copies|address|dear|regards|send|receive|my|and|bitte|ich|je|vous)\b'
)
_DUTCH_WORDS = re.compile(
    r'(?i)\b(?:de|het|een|graag|ik|exemplaar|groet|groeten|mijn|beste|geachte|en|naar|wij|naam|aantal)\b'
)


def read_requests(mail: Mail, ronde: str, own: Collection[str] = ()) -> list[Aanvraag]:
    """Return at least one request: new when all is sure, else to be checked or ignored, and why; `own`: our postcodes."""
    kind, written = screen(mail), own_lines(mail.text, mail.subject)
    base = Aanvraag(
        ronde=ronde,
        email=mail.email,
        ontvangen=mail.moment,
        message_id=mail.message_id,
        taal='en' if len(_FOREIGN_WORDS.findall(mail.text)) > len(_DUTCH_WORDS.findall(mail.text)) else 'nl',
        beantwoorden=bool(mail.email) and not kind,
    )
    forms = list(_read_forms(written.lines))
    asks = bool(_REQUEST.search(f'{mail.subject}\n{mail.text}'))
    if kind in IGNORED or (kind in UNLIKELY and not (forms or asks)):
        return [replace(base, status=Status.IGNORED, reden=kind)]
    found = forms or _read_free(mail, written, own)
    doubts = {
        'leeg': not mail.text.strip(),
        'geen-verzoek': bool(mail.text.strip()) and not asks,
        'twijfel': bool(not forms and _DOUBT.search('\n'.join([mail.subject, *written.lines]))),
        'meer-adressen': len(found) > 1 and not forms,
        kind: bool(kind),
        'doorgestuurd': written.forwarded,
    }
    return [_finish(base, values, doubts, own) for values in found[:MAX_REQUESTS]]


def _finish(base: Aanvraag, values: Values, doubts: Mapping[str, bool], own: Collection[str]) -> Aanvraag:
    """Return the request with the values, and its state by what is not sure."""
    kept = {name: Value(tidy(value.value)[:200], value.sure, tidy(value.words)[:200]) for name, value in values.items()}
    known = {name: value.value for name, value in kept.items() if name != 'aantal'}
    aantal = min(int(values['aantal'].value), 9999) if 'aantal' in values else 1
    request = replace(base, **known, aantal=max(1, aantal))  # type: ignore[arg-type]
    unsure = {name for name, value in kept.items() if value.sure is not Sure.YES}
    reasons = {
        **doubts,
        'geen-adres': not all(getattr(request, name) for name in ADDRESS),
        'adres-onzeker': bool(unsure & {*ADDRESS, 'toevoeging', 'land'}),
        'naam-onzeker': bool(unsure & {'naam', 'organisatie'}) or not (request.naam or request.organisatie),
        'aantal-onzeker': 'aantal' in unsure,
        'veel': aantal > MAX_COPIES,
        'editie-onzeker': 'editie' in unsure,
        'eigen-adres': request.postcode in own,
    }
    why = ' '.join(reason for reason, true in reasons.items() if true)
    origin = {name: {'zeker': str(value.sure), 'woorden': value.words} for name, value in kept.items()}
    return replace(request, status=Status.UNSURE if why else Status.NEW, reden=why, herkomst=origin)


def _read_forms(lines: Sequence[str]) -> Iterator[Values]:
    """Yield the forms in the lines; a form has lines for the address and the town at least."""
    form: dict[str, str] = {}
    last = ''
    for line in [*lines, 'Naam: ', 'Naam: ']:
        match = _FORM_LINE.fullmatch(line)
        field = _FIELD_OF[match[1].lower()] if match else ''
        if field in form:
            if {'adres', 'woonplaats'} <= set(form):
                yield _read_form(form)
            form = {}
        if match:
            form[field], last = match[2].strip(), field
        elif last and line and not form[last]:
            form[last] = line  # filled in on the line below
        elif last == 'opmerking' and line and len(form[last]) < 200:
            form[last] += ' ' + line
        elif line:
            last = ''


def _read_form(form: Mapping[str, str]) -> Values:
    plain = ('naam', 'organisatie', 'functie', 'opmerking')
    values = {
        name: Value(form[name], Sure.YES, form[name]) for name in plain if not _NOTHING.fullmatch(form.get(name, ''))
    }
    place = read_place(form['woonplaats'], small=True) or {}
    said = form.get('land', '')
    country = find_country(said) or place.pop('land', '') or 'NL'
    for words, read in ((form['adres'], read_street(form['adres'], small=True) or {}), (form['woonplaats'], place)):
        values |= {name: Value(value, Sure.YES, words) for name, value in read.items() if value and name != 'land'}
    known = find_country(said) or not said.strip(' .')
    fits = len(place.get('postcode', '')) == POSTCODE_LENGTH.get(country)
    values['land'] = Value(country, Sure.YES if known and fits else Sure.GUESS, said)
    if words := form.get('aantal', ''):
        number = read_number(words)
        plainly = re.fullmatch(r'(?i)\W*\w+\W*(?:x|stuks?|exempla\w+|copies|copy|ex)?\W*', words)
        values['aantal'] = Value(str(number or 1), Sure.YES if number and plainly else Sure.GUESS, words)
    return values | ({} if _NOTHING.fullmatch(form.get('editie', '')) else _read_edition([form['editie']]))


def _read_edition(lines: Sequence[str]) -> Values:
    """Return the province that the lines name; a guess when there is none, or more than one."""
    named = {province: line for line in lines for province, pattern in _EDITIONS.items() if pattern.search(line)}
    words = next(iter(named.values()), lines[0])
    return {'editie': Value(next(iter(named), ''), Sure.YES if len(named) == 1 else Sure.GUESS, words)}


def _read_free(mail: Mail, written: Written, own: Collection[str]) -> list[Values]:
    """Return what free text says; an address that stands only in the signature is likely, no more."""
    above = find_addresses(written.lines)
    addresses = above or find_addresses(written.tail)
    others = [address for address in addresses if address.values['postcode'].value not in own]
    text = '\n'.join([mail.subject, *written.lines])
    number, sure, words = read_copies(text)
    common = {'aantal': Value(str(number), Sure.YES if sure else Sure.LIKELY, words)}
    if lines := [line for line in text.split('\n') if _EDITION.search(line)]:
        edition = _read_edition(lines)
        common |= edition if edition['editie'].value else {}
    # Our own address stands in what people copy from our page.
    found = [_with_names(address, mail, written) | common for address in others or addresses]
    if not found:
        name = closing_name(written.lines) or (mail.sender if is_name(mail.sender) else '')
        return [({'naam': Value(name, Sure.LIKELY, name)} if name else {}) | common]
    if above:
        return found
    return [{name: replace(value, sure=Sure.LIKELY) for name, value in values.items()} for values in found]


def _with_names(address: Address, mail: Mail, written: Written) -> Values:
    values = {'land': Value('NL', Sure.GUESS, '')} | address.values
    for segment in address.above:
        text = strip_attention(segment.text)
        whom = text != segment.text or is_name(text) or text == mail.sender
        if is_function(text):
            values.setdefault('functie', Value(text, Sure.YES, segment.text))
        elif 'naam' not in values and whom:
            sender = f'{mail.sender} {mail.email.partition("@")[0]}'
            values['naam'] = Value(text, Sure.YES if agree(text, sender) else Sure.LIKELY, segment.text)
        elif 'organisatie' not in values and is_organisation(text):
            values['organisatie'] = Value(text, Sure.YES, segment.text)
        else:
            if name := name_at_end(text):
                values.setdefault('naam', Value(name, Sure.LIKELY, segment.text))
            break
    return values if 'naam' in values else _with_sender(values, address, mail, written)


def _with_sender(values: Values, address: Address, mail: Mail, written: Written) -> Values:
    """Return the values with the name below the mail, or the sender's; sure when the two agree and nobody else is meant."""
    closing = closing_name(written.lines)
    name = closing if is_name(closing) else mail.sender if is_name(mail.sender) else ''
    if not name:
        return {
            key: replace(value, sure=Sure.LIKELY) if key == 'organisatie' else value for key, value in values.items()
        }
    # "aan Lotte, Straat 1", or an office: the parcel may be for another.
    other = 'organisatie' in values or re.search(
        r'\b(?:aan|voor|to|for)\s+[A-Z]\w+$', address.above[0].text if address.above else ''
    )
    sure = closing and not other and agree(closing, f'{mail.sender} {mail.email}')
    return values | {'naam': Value(name, Sure.YES if sure else Sure.LIKELY, closing or name)}
