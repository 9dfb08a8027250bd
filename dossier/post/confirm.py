"""Confirmations: a mail that a request was received, and one that it was sent; each once, and never to a machine.

Before a mail goes out it is noted as begun, after it as done. What was broken off in between stays noted, and is told: rather no
mail than two. A mail is made so that it starts no loop (RFC 3834): automatic, no answer asked, to the one address of the request.
It repeats nothing that the other wrote: who asks in the name of somebody else can't have us send his words.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime

from dossier.errors import DataError, Finding
from dossier.messages import finding
from dossier.post.carrier import Carrier, MailError, Outcome
from dossier.post.office import Office
from dossier.post.templates import in_language
from dossier.requests.aanvraag import Aanvraag, Status
from dossier.requests.register import Register
from dossier.templates import Templates

KINDS = {'ontvangen': (Status.NEW, Status.APPROVED, Status.PRINTING), 'verzonden': (Status.SENT,)}
_BEGUN = 'begonnen'  # in the register, where otherwise the file stands
_MAIL = re.compile(r'[^\s@<>(),;:"\\\[\]\x00-\x20\x7f-\uffff]{1,64}@[A-Za-z0-9.-]+\.[A-Za-z]{2,}')


@dataclass(frozen=True)
class Clerk:
    """What is needed to confirm."""

    register: Register
    office: Office
    templates: Templates
    now: datetime

    def confirm(self, carrier: Carrier) -> tuple[int, list[Finding]]:
        """Return how many mails went out, and what is wrong with others; no mail at all is a DataError or an OutputError."""
        if not _MAIL.fullmatch(self.office.email):
            raise DataError([finding('mail-afzender')])
        outcomes: list[Finding | bool] = []
        for kind in KINDS:
            requests = self.register.select(*KINDS[kind], ronde=self.office.ronde)
            lately = self._lately(requests, kind)
            for request in requests:
                address = request.email.lower()
                if request.beantwoorden and _MAIL.fullmatch(request.email) and address not in lately:
                    outcomes.append(self._confirm_one(request, kind, carrier))
                    lately |= {address} if outcomes[-1] is True and kind == 'ontvangen' else set()
        return outcomes.count(True), [outcome for outcome in outcomes if isinstance(outcome, Finding)]

    def _lately(self, requests: Sequence[Aanvraag], kind: str) -> set[str]:
        """Return who got this confirmation less than a day ago: a machine that asks again at each answer gets no other."""
        limit = (self.now - timedelta(days=1)).isoformat()
        mails = {
            made.nummer
            for made in self.register.made()
            if made.soort == f'bevestiging-{kind}' and made.bestand != _BEGUN and made.moment > limit
        }
        return {request.email.lower() for request in requests if request.nummer in mails and kind == 'ontvangen'}

    def _confirm_one(self, request: Aanvraag, kind: str, carrier: Carrier) -> Finding | bool:
        """Return whether a mail went out now, or what is wrong."""
        number, what = request.nummer, f'bevestiging-{kind}'
        known = [made.bestand for made in self.register.made(number) if made.soort == what]
        if known:
            return finding('mail-onzeker', nummer=number) if known == [_BEGUN] else False
        if carrier.once and not self.register.record_made([number], what, _BEGUN):
            return False  # another is at it
        try:
            done = carrier.send(f'{number:05}-{kind}', self.write(request, kind))
        except MailError as error:
            if error.outcome is Outcome.NOT_SENT:  # a later try may be better
                self.register.withdraw_made(number, what, _BEGUN)
            elif error.outcome is Outcome.REFUSED:
                self.register.record_made([number], what, 'geweigerd')
            if error.stops:
                raise
            return finding('mail-geweigerd', nummer=number, reason=error.reason)
        self.register.record_made([number], what, done)
        return True

    def write(self, request: Aanvraag, kind: str) -> EmailMessage:
        """Return the mail; its template begins with the subject."""
        text = self.templates.fill(
            in_language(f'bevestiging-{kind}', request.taal, 'txt'),
            kantoor=self.office,
            kenmerk=f'{request.ronde}-{request.nummer:04}',
            aantal=request.aantal,
        )
        subject, _newline, body = text.partition('\n')
        domain = self.office.email.rpartition('@')[2]
        mail = EmailMessage()
        mail['From'] = self.office.email
        mail['To'] = request.email
        mail['Subject'] = ' '.join(subject.split())
        mail['Date'] = format_datetime(self.now)
        mail['Message-ID'] = f'<{self.register.mail_key(f"{kind} {request.nummer}")[:32]}@{domain}>'
        if re.fullmatch(r'<[\x21-\x3b\x3d\x3f-\x7e]{3,900}>', request.message_id):
            mail['In-Reply-To'] = mail['References'] = request.message_id
        mail['Auto-Submitted'] = 'auto-replied'  # RFC 3834, 5
        mail['X-Auto-Response-Suppress'] = 'All'
        mail.set_content(body.lstrip('\n'), cte='quoted-printable')
        return mail
