"""Intake: mails in, requests in the register out. Stopped anywhere and run again, every mail is in it exactly once."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from pathlib import Path

from dossier.requests.mail import read_mail
from dossier.requests.reading import read_requests
from dossier.requests.register import Register

KEPT_BYTES = 200_000  # of a mail, in the register: its text; behind it are attachments
KNOWN = 'bekend'


def take_in(
    register: Register, mails: Iterable[bytes], ronde: str, own: Collection[str], report: Callable[[int], None]
) -> Counter[str]:
    """Return how many requests came in by state, and how many mails were known; `own`: our postcodes."""
    counted: Counter[str] = Counter()
    for n, raw in enumerate(mails, 1):
        report(n)
        mail = read_mail(raw)
        key = register.mail_key(mail.identity)
        if register.knows(key):
            counted[KNOWN] += 1
        else:
            requests = read_requests(mail if mail.moment else replace(mail, moment=register.now), ronde, own)
            counted.update(str(request.status) for request in register.add(key, raw[:KEPT_BYTES], requests))
    return counted


def find_own_postcodes(project: Path, ronde: str) -> set[str]:
    """Return the postcodes in the data of a round: people copy our address from our page."""
    found: set[str] = set()
    for file in sorted((project / 'data' / ronde).glob('*.yaml')):
        text = file.read_bytes()[:2_000_000].decode('utf-8', 'replace')
        found |= {f'{digits} {letters}' for digits, letters in re.findall(r'\b([1-9]\d{3})\s?([A-Z]{2})\b', text)}
    return found
