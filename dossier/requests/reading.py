"""A mail in, the requests in it out: the form of the web page first, then free text; what isn't sure is asked"
" of a person."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from dossier.requests.aanvraag import MAX_COPIES, Aanvraag, Status, tidy
from dossier.requests.address import COUNTRIES, Address, Sure, Value, find_addresses, read_place, read_street
from dossier.requests.form import LABELS
from dossier.requests.lines import Written, own_lines
from dossier.requests.mail import Mail
from dossier.requests.people import (
    agree,
    is_function,
    is_name,
    is_organisation,
    name_at_end,
    read_copies,
    read_number,
    strip_attention,
)
from dossier.requests.screening import screen

Values = dict[str, Value]
MAX_REQUESTS = 20  # in one mail; more is not a request
_FIELD_OF = {label.lower(): name for name, labels in LABELS.items() for label in labels}
_FORM_LINE = re.compile(rf'(?i)\W{{0,3}}({"|".join(map(re.escape, _FIELD_OF))})\s*[:=]\s*(.*)')
_NOTHING = re.compile(r'(?i)\W*(?:n\.?v\.?t|geen|none|n/?a|niet van toepassing)\W*')
_REQUEST = re.compile(
    r'(?i)exempla|gedrukt|papier|boek|dossier|toezend|opstur|copy|copies|print|gedruckt'
    r'|imprim|hard ?copy'
)
# Another address, or another wish than a copy: a person must look.
_DOUBT = re.compile(
    r'(?i)verhui|verhuis|oude? adres|(?:bezoek|post|nieuwe?|ander|juiste|factuur)[ -]?adres|niet (?:naar|meer'
    r'|nodig)|thuis|privé|annul|intrek|afmeld'
    r'|\b(?:op|af)halen|in plaats van|i\.p\.v|wijzig|namens|moved|instead|cancel|geen (?:gedrukt|papier|exempl)'
    r'|tijdelijk|vakantie|vanaf \d|tot \d'
    r'|klacht|retour|nog niet ontvangen|nog niets ontvangen|wanneer|nichtje|neef|overleden'
)
_CLOSING = re.compile(
    r'(?i)(?:.*\b(?:groet|groeten|groetjes|mvg|hoogachtend|regards|sincerely|bedankt|dank'
    r'|grüßen?|cheers|wishes)\b.{0,25}|best|vr\.? ?gr\.?)[,.!]*'
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
_ENGLISH = re.compile(
    r'(?i)\b(?:the|please|would|could|copy|copies|address|dear|regards|send|receive|my|and'
    r'|bitte|ich|je|vous)\b'
)
_DUTCH = re.compile(
    r'(?i)\b(?:de|het|een|graag|ik|exemplaar|groet|groeten|mijn|beste|geachte|en|naar|wij|naam'
    r'|aantal)\b'
)


def read_requests(mail: Mail, ronde: str, own: Collection[str] = ()) -> list[Aanvraag]:
    """Return at least one request: new when all is sure, to be checked or ignored with the reason; `own`: our"
    " postcodes."""
    screened = screen(mail)
    written = own_lines(mail.text, mail.subject)
    taal = 'en' if len(_ENGLISH.findall(mail.text)) > len(_DUTCH.findall(mail.text)) else 'nl'
    base = Aanvraag(
        ronde=ronde,
        email=mail.email,
        ontvangen=mail.moment,
        message_id=mail.message_id,
        taal=taal,
        beantwoorden=screened.answerable,
    )
    if screened.ignored:
        return [replace(base, status=Status.IGNORED, reden=screened.ignored)]
    forms = list(_read_forms(written.lines))
    found = forms or _read_free(mail, written, own)
    asks = bool(_REQUEST.search(f'{mail.subject}\n{mail.text}'))
    if screened.unlikely and not (forms or (asks and found)):
        return [replace(base, status=Status.IGNORED, reden=screened.unlikely)]
    context = [] if forms else _doubts(mail, written, asks, len(found))
    context += [*filter(None, (screened.unlikely, screened.doubt)), *(['doorgestuurd'] if written.forwarded else [])]
    return [_finish(base, values, context, own) for values in found[:MAX_REQUESTS] or [{}]]


def _doubts(mail: Mail, written: Written, asks: bool, count: int) -> list[str]:
    text = '\n'.join([mail.subject, *written.lines])
    return [
        reason
        for reason, true in (
            ('leeg', not mail.text.strip()),
            ('geen-verzoek', bool(mail.text.strip()) and not asks),
            ('twijfel', bool(_DOUBT.search(text))),
            ('meer-adressen', count > 1),
        )
        if true
    ]


def _finish(base: Aanvraag, values: Values, context: Sequence[str], own: Collection[str]) -> Aanvraag:
    """Return the request with the values, and its state by what is not sure."""
    values = {
        name: Value(tidy(value.value)[:200], value.sure, tidy(value.words)[:200]) for name, value in values.items()
    }
    known = {name: value.value for name, value in values.items() if name != 'aantal'}
    aantal = int(values['aantal'].value) if 'aantal' in values else 1
    request = replace(base, **known, aantal=max(1, min(aantal, 9999)))  # type: ignore[arg-type]
    unsure = {name for name, value in values.items() if value.sure is not Sure.YES}
    reasons = [
        *context,
        *(['geen-adres'] if not (request.straat and request.postcode and request.plaats) else []),
        *(['adres-onzeker'] if unsure & {'straat', 'huisnummer', 'toevoeging', 'postcode', 'plaats', 'land'} else []),
        *(['naam-onzeker'] if unsure & {'naam', 'organisatie'} or not (request.naam or request.organisatie) else []),
        *(['aantal-onzeker'] if 'aantal' in unsure else []),
        *(['veel'] if aantal > MAX_COPIES else []),
        *(['editie-onzeker'] if 'editie' in unsure else []),
        *(['eigen-adres'] if request.postcode in own else []),
    ]
    status = Status.UNSURE if reasons else Status.NEW
    origin = {name: {'zeker': str(value.sure), 'woorden': value.words} for name, value in values.items()}
    return replace(request, status=status, reden=' '.join(dict.fromkeys(reasons)), herkomst=origin)


def _read_forms(lines: Sequence[str]) -> Iterator[Values]:
    """Yield the forms in the lines; a form has at least a name or organisation, an address and a town."""
    form: dict[str, str] = {}
    last = ''
    for line in [*lines, 'Naam: ']:
        match = _FORM_LINE.fullmatch(line)
        field = _FIELD_OF[match[1].lower()] if match else ''
        if match and field in form:
            if {'adres', 'woonplaats'} <= set(form):
                yield _read_form(form)
            form = {}
        if match:
            form[field], last = match[2].strip(), field
        elif last and line.strip() and not form[last]:
            form[last] = line.strip()  # filled in on the line below
        elif last == 'opmerking' and line.strip() and len(form[last]) < 1000:
            form[last] += ' ' + line.strip()
        else:
            last = last if not line.strip() else ''
    if len(form) > 1 and {'adres', 'woonplaats'} <= set(form):
        yield _read_form(form)


def _read_form(form: Mapping[str, str]) -> Values:
    values: Values = {
        name: Value(form[name], Sure.YES, form[name])
        for name in ('naam', 'organisatie', 'functie', 'opmerking')
        if re.search(r'\w', form.get(name, '')) and not _NOTHING.fullmatch(form[name])
    }
    readers: tuple[tuple[str, Callable[[str, bool], dict[str, str] | None]], ...] = (
        ('adres', read_street),
        ('woonplaats', read_place),
    )
    country = COUNTRIES.get(form.get('land', '').lower().strip(' .'), '' if form.get('land', '').strip() else 'NL')
    for label, read in readers:
        words = form[label]
        for name, value in (read(words, True) or {}).items():
            if name != 'land':
                values |= {name: Value(value, Sure.YES, words)} if value else {}
            elif value and value != country:
                country = value if country == 'NL' and not form.get('land') else ''
    fits = (
        len(values['postcode'].value) == {'NL': 7, 'DE': 5, 'BE': 4, 'LU': 4}.get(country)
        if 'postcode' in values
        else False
    )
    values['land'] = Value(country or 'NL', Sure.YES if country and fits else Sure.GUESS, form.get('land', ''))
    return values | _form_copies(form.get('aantal', '')) | _form_edition(form.get('editie', ''))


def _form_copies(words: str) -> Values:
    if not words.strip():
        return {}
    number = read_number(words)
    rest = re.sub(r'(?i)^\W*\w+\W*(?:x|stuks?|exempla\w+|copies|copy|ex)?\W*$', '', words)
    return {'aantal': Value(str(number or 1), Sure.YES if number and not rest else Sure.GUESS, words)}


def _form_edition(words: str) -> Values:
    if not re.search(r'\w', words) or words.strip().lower() in ('landelijk', 'national', 'geen', 'none'):
        return {}
    found = [province for province, pattern in _EDITIONS.items() if pattern.search(words)]
    return {'editie': Value(found[0] if found else '', Sure.YES if len(found) == 1 else Sure.GUESS, words)}


def _read_free(mail: Mail, written: Written, own: Collection[str]) -> list[Values]:
    """Return what free text says; an address that stands only in the signature is likely, no more."""
    addresses, sure = find_addresses(written.lines), True
    if not addresses:
        addresses, sure = find_addresses(written.tail), False
    others = [address for address in addresses if address.values['postcode'].value not in own]
    addresses = others or addresses  # our own stands in what people copy from our page
    text = '\n'.join([mail.subject, *written.lines])
    common = _read_common(text)
    if not addresses:
        name = _closing_name(written.lines) or (mail.sender if is_name(mail.sender) else '')
        return [{**({'naam': Value(name, Sure.LIKELY, name)} if name else {}), **common}]
    found = [_with_names(address, mail, written) | common for address in addresses]
    if sure:
        return found
    return [
        {name: replace(value, sure=Sure.LIKELY) if value.sure is Sure.YES else value for name, value in values.items()}
        for values in found
    ]


def _read_common(text: str) -> Values:
    number, sure, words = read_copies(text)
    values = {'aantal': Value(str(number), Sure.YES if sure else Sure.LIKELY, words)}
    lines = [line for line in text.split('\n') if _EDITION.search(line)]
    named = [(province, line) for line in lines for province, pattern in _EDITIONS.items() if pattern.search(line)]
    if named:
        likely = len({province for province, _line in named}) == 1
        values['editie'] = Value(named[0][0], Sure.YES if likely else Sure.GUESS, named[0][1])
    return values


def _with_names(address: Address, mail: Mail, written: Written) -> Values:
    values = dict(address.values)
    values.setdefault('land', Value('NL', Sure.GUESS, ''))
    sender = f'{mail.sender} {mail.email.partition("@")[0]}'
    for segment in address.above:
        text = strip_attention(segment.text)
        if is_function(text):
            values.setdefault('functie', Value(text, Sure.YES, segment.text))
        elif 'naam' not in values and (
            is_name(text) or text in (mail.sender, *([text] if text != segment.text else []))
        ):
            values['naam'] = Value(text, Sure.YES if agree(text, sender) else Sure.LIKELY, segment.text)
        elif 'organisatie' not in values and is_organisation(text):
            values['organisatie'] = Value(text, Sure.YES, segment.text)
        else:
            if 'naam' not in values and (name := name_at_end(text)):
                values['naam'] = Value(name, Sure.LIKELY, segment.text)
            break
    if 'naam' not in values and (someone := _someone(mail, written)):
        # "aan Lotte, Straat 1", or an office: the parcel may be for another.
        above = address.above[0].text if address.above else ''
        other = 'organisatie' in values or re.search(r'\b(?:aan|voor|to|for)\s+[A-Z]\w+$', above)
        values['naam'] = replace(someone, sure=Sure.LIKELY) if other else someone
    elif 'naam' not in values and 'organisatie' in values:
        values['organisatie'] = replace(values['organisatie'], sure=Sure.LIKELY)
    return values


def _someone(mail: Mail, written: Written) -> Value | None:
    """Return the name below the mail, or the sender's; sure when the two agree."""
    closing = _closing_name(written.lines)
    if closing and is_name(closing):
        return Value(closing, Sure.YES if agree(closing, f'{mail.sender} {mail.email}') else Sure.LIKELY, closing)
    if is_name(mail.sender):
        return Value(
            mail.sender, Sure.YES if closing and agree(closing, mail.sender) else Sure.LIKELY, closing or mail.sender
        )
    return None


def _closing_name(lines: Sequence[str]) -> str:
    """Return the line below the greeting, or the last line when that is a name."""
    written = [line.strip(' ,.') for line in lines if line.strip()]
    for n, line in enumerate(written):
        below = written[n + 1] if n + 1 < len(written) else ''
        if _CLOSING.fullmatch(line) and below and len(below.split()) <= 5 and below[0].isupper():
            return below
    last = written[-1] if written else ''
    tail = re.sub(r'(?i)^.*\b(?:groet|groeten|groetjes|mvg|regards|best|dank)\b[ ,.!:]*', '', last)
    return tail if tail and len(tail.split()) <= 4 and (is_name(tail) or re.fullmatch(r'[A-Z][a-zà-ÿ-]+', tail)) else ''
