"""Mails of the corpus: from compact YAML to bytes, and how a reading compares with what was expected."""

from email.message import EmailMessage
from email.utils import parseaddr
from pathlib import Path

import yaml

CORPUS = Path(__file__).parent.parent / 'corpus'
ADDRESS = ('straat', 'huisnummer', 'toevoeging', 'postcode', 'plaats', 'land')
FIELDS = ('naam', 'organisatie', 'functie', *ADDRESS, 'aantal', 'editie')
ALWAYS = ('aantal', 'land')  # have a value when nothing is said


def load(name):
    return yaml.safe_load((CORPUS / name).read_text(encoding='utf-8'))


def as_bytes(item, n=0):
    """Return the mail of an item: raw as it stands, or made of sender, subject and text or HTML."""
    if 'ruw' in item:
        return item['ruw'].encode('latin-1' if item.get('bytes') == 'latin-1' else 'utf-8').replace(b'\n', b'\r\n')
    message = EmailMessage()
    name, address = parseaddr(item['van'])
    message['From'] = f'"{name}" <{address}>' if name else address
    message['To'] = 'communicatie@ipo.nl'
    message['Subject'] = item['onderwerp']
    message['Date'] = 'Thu, 01 Apr 2027 10:00:00 +0200'
    message['Message-ID'] = f'<{item.get("id", n)}@corpus.example>'
    for line in item.get('kop', ()):
        key, _colon, value = line.partition(':')
        message[key] = value.strip()
    if 'tekst' in item:
        message.set_content(item['tekst'], cte=item.get('cte', '8bit'), charset=item.get('charset', 'utf-8'))
    if 'html' in item:
        add = message.add_alternative if 'tekst' in item else message.set_content
        add(item['html'], subtype='html', charset=item.get('charset', 'utf-8'))
    for name in item.get('bijlagen', ()):
        message.add_attachment(b'\0binary' * 1000, maintype='application', subtype='octet-stream', filename=name)
    return message.as_bytes()


def expected(item):
    """Return a dict of fields for each request of an item."""
    for row in item.get('lees', ()):
        known = {key: value for key, value in row.items() if key in FIELDS}
        if 'adres' in row:
            parts = row['adres'].split('|')
            known |= dict(zip(ADDRESS, [*parts, 'NL'][:6], strict=True))
        yield known


def same(left, right):
    return ' '.join(str(left).lower().split()) == ' '.join(str(right).lower().split())
