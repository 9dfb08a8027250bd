"""Names, organisations, functions and numbers of copies, as people write them in a mail."""

import itertools
import re
from collections.abc import Sequence

_CLOSING = re.compile(
    r'(?i)(?:.*\b(?:groet|groeten|groetjes|mvg|hoogachtend|regards|sincerely|bedankt|dank|grüßen?|cheers|wishes)\b.{0,25}'
    r'|best|vr\.? ?gr\.?)[,.!]*'
)
_TITLE = (
    r'(?:(?:de\s)?(?:heer|mevrouw|mevr\.?|dhr\.?|mw\.?|mej\.?|mr\.?|mrs\.?|ms\.?|dr\.?|drs\.?|ir\.?|ing\.?'
    r'|prof\.?|fam\.?|familie|herr|frau)\s)*'
)
_CAPITAL = r"[A-ZÀ-ÖØ-Þ][\w'’]*[a-zß-ÿ][\w'’]*(?:-(?:van\s|de\s|der\s|den\s)*[A-ZÀ-ÖØ-Þ][\w'’]+)*"
_INITIALS = r'(?:[A-Z][a-z]?\.\s?-?)+'
_PARTICLE = r"(?:van|de|der|den|het|'t|’t|in|op|ter|ten|te|von|zu|du|la|le|el|ben|ver|d')"
_NAME = re.compile(
    rf'(?:(?i:{_TITLE}))(?:{_CAPITAL}|{_INITIALS}|[A-Z]{{1,3}})(?:\s?(?:{_INITIALS})|\s(?:{_CAPITAL}|{_PARTICLE}))*'
)
_ORGANISATION = re.compile(
    r'(?i)\b(?:b\.?v\.?|n\.?v\.?|vzw|gmbh|ltd|inc|stichting|vereniging|gemeente|provincie|provinciehuis|province|waterschap'
    r'|hoogheemraadschap|ministerie|fractie|statenfractie|bureau|college|universiteit|hogeschool|school'
    r'|bibliotheek|griffie|advies'
    r'|partij|secretariaat|redactie|instituut|raad|dienst|omgevingsdienst|museum|bedrijf|afdeling|university'
    r'|library|council|kantoor|coöperatie|groep|genootschap|unie|federatie|platform|centrum|archief|academie|lyceum|adviseurs'
    r'|consultancy|foundation)\b'
)
_FUNCTION = re.compile(
    r'(?i)(?:kandidaat-?|plv\.?\s|senior\s|vice-?)*(?:staten?lid|griffier|secretaris|voorzitter|beleids\w+'
    r'|adviseur|(?:fractie)?medewerker'
    r'|fractie(?:voorzitter|medewerk\w+|assistent\w*)|gedeputeerde|directeur|wethouder|burgemeester|bestuurder'
    r'|lid\b|commissaris|manager|hoofd'
    r'|docent|journalist|student|ambtenaar|duo-?commissielid|raadslid|onderzoeker|redacteur|projectleider|bestuurs\w+)\b.*'
)
_ATTENTION = re.compile(r'(?i)\A(?:t\.?\s?a\.?\s?v\.?|ter attentie van|attn\.?|c/o|aan)\s*:?\s+')
_NOT_A_NAME = frozenset(
    'graag stuur beste geachte dag hallo goedemorgen goedemiddag goedenavond groet groeten mvg hoogachtend'
    ' bedankt alvast dank adres naam met mijn'
    ' onze ons kind best regards dear hello sincerely thanks postbus nederland belgië duitsland editie'
    ' exemplaar dossier united kingdom the'.split()
)
NUMBERS = {
    word: number
    for number, words in enumerate(
        'nul,een één eén one a an,twee two,drie three,vier four,vijf five,zes six,zeven seven,acht eight,negen nine,tien ten,'
        'elf eleven,twaalf twelve,dertien,veertien,vijftien fifteen,zestien,zeventien,achttien,negentien,twintig'.split(
            ','
        )
    )
    for word in words.split()
} | {'dertig': 30, 'veertig': 40, 'vijftig': 50, 'honderd': 100}
_NUMBER = rf'(?P<n>\d{{1,4}}|{"|".join(NUMBERS)})'
_THING = r'(?:exempla\w+|ex\.|stuks?|boek(?:je|en|jes)?|dossiers?|overdrachtsdossiers?|cop(?:y|ies)|stk)'
_COPIES = (
    re.compile(rf'(?i)(?<![\w-]){_NUMBER}\s?(?:\(\d+\)\s)?(?:[a-z]+\s){{0,2}}{_THING}(?![\w-])'),
    re.compile(r'(?i)(?<![\w-])(?P<n>\d{1,3})\s?[x×](?![\w-])'),
    re.compile(rf'(?i){_THING}\s?[:x×(]\s?(?P<n>\d{{1,3}})\b'),
    re.compile(rf'(?i)\b(?:aantal|number|copies)\s*:\s*{_NUMBER}\b'),
)
_GROUP = (
    re.compile(rf'(?i)\b(?:fractie|afdeling|team|leden|personen)\b[^.\n]{{0,20}}\((?:van\s)?{_NUMBER}(?:\s\w+)?\)'),
    re.compile(r'(?i)\((?P<n>\d{1,3})\s(?:leden|personen|mensen|exemplaren|stuks?|x)\)'),
)
_MANY = re.compile(
    r'(?i)\b(?:exemplaren|copies|dossiers|boekjes|beiden?|allebei|hele fractie|alle (?:leden|fractieleden'
    r'|statenleden)|ieder(?:een)?|elk|paar|enkele|evenveel|zoveel|stapel\w*|dozijn|some|several|both|ook (?:een|één) voor)\b'
)


def is_name(text: str) -> bool:
    """Whether the text is nothing but the name of a person, of two words at least or with initials."""
    words = text.split()
    return (
        2 <= len(words) <= 7
        and bool(_NAME.fullmatch(text))
        and not any(word.strip('.,').lower() in _NOT_A_NAME for word in words)
        and not _ORGANISATION.search(text)
        and not _FUNCTION.fullmatch(text)
    )


def is_organisation(text: str) -> bool:
    """Whether the text is that of an organisation."""
    return (
        len(text.split()) <= 8
        and bool(_ORGANISATION.search(text))
        and text[0].isupper()
        and not _FUNCTION.fullmatch(text)
    )


def is_function(text: str) -> bool:
    """Whether the text says what someone does."""
    return len(text.split()) <= 8 and bool(_FUNCTION.fullmatch(text))


def strip_attention(text: str) -> str:
    """Return a name without "t.a.v." before it."""
    return _ATTENTION.sub('', text, count=1)


def name_at_end(text: str) -> str:
    """Return the name with which a sentence ends ("voor mijn buurman Jan Verzonnen"), '' without one."""
    words = text.split()
    for n in range(max(0, len(words) - 6), len(words) - 1):
        if words[n][0].isupper() and is_name(' '.join(words[n:])):
            return ' '.join(words[n:])
    return ''


def agree(name: str, sender: str) -> bool:
    """Whether a name shares a word of three letters with the sender's name or address."""
    words = {
        word for word in re.findall(r'\w{3,}', name.lower()) if word not in ('van', 'der', 'den', 'mevr', 'dhr', 'het')
    }
    return any(word in re.findall(r'\w{3,}', sender.lower()) for word in words)


def read_number(text: str) -> int | None:
    """Return the number at the start of a text, in digits or words."""
    match = re.match(rf'(?i)\W*{_NUMBER}(?![^\W\d_]{{2}}|\d)', text)
    return None if not match else _as_number(match['n'])


def _as_number(text: str) -> int:
    return int(text) if text.isdecimal() else NUMBERS[text.lower()]


def read_copies(text: str) -> tuple[int, bool, str]:
    """Return the number of copies asked for, whether that is sure, and the words; 1 when no number is said."""
    for patterns in (_GROUP, _COPIES):  # for the whole group (9) a copy
        found = [(_as_number(match['n']), match[0]) for pattern in patterns for match in pattern.finditer(text)]
        if found:
            break
    numbers = {number for number, _words in found}
    if not numbers:
        many = _MANY.search(text)
        return 1, many is None, many[0] if many else ''
    number = max(numbers)
    only_one = numbers == {1} and not _MANY.search(text)
    return number, len(numbers) == 1 and (number > 1 or only_one), next(words for n, words in found if n == number)


def closing_name(lines: Sequence[str]) -> str:
    """Return the line below the greeting, or the last line when that is a name; '' without one."""
    written = [line.strip(' ,.') for line in lines if line.strip()]
    for line, below in itertools.pairwise(written):
        if _CLOSING.fullmatch(line) and below and len(below.split()) <= 5 and below[0].isupper():
            return below
    last = re.sub(
        r'(?i)^.*\b(?:groet|groeten|groetjes|mvg|regards|best|dank)\b[ ,.!:]*', '', written[-1] if written else ''
    )
    return last if len(last.split()) <= 4 and (is_name(last) or re.fullmatch(r'[A-Z][a-zà-ÿ-]+', last)) else ''
