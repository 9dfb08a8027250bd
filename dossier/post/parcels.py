"""The requests as parcels: letters, labels and the packing list of those that are approved; every file is noted in the register.

Each file below output/aanvragen/post is named in the register before it is written, so that erasing a person finds it.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

from dossier.deliver import deliver
from dossier.errors import DataError, Finding, Place, RegisterError
from dossier.i18n import _
from dossier.messages import finding
from dossier.post.address import address_of
from dossier.post.labels import Placing, compose_labels, read_sheet
from dossier.post.letters import Recipient
from dossier.post.mailing import KEPT, Mailed, Mailing, make_letters, print_pages
from dossier.post.office import Office
from dossier.post.templates import open_templates
from dossier.requests.aanvraag import Aanvraag, Status
from dossier.requests.register import Register
from dossier.table import write_sheet

FOLDER = 'output/aanvragen/post'
PACKED = (Status.APPROVED, Status.PRINTING)
_PRINTED = ('druk/binnenwerk.pdf', 'overdrachtsdossier.pdf')


@dataclass(frozen=True)
class Dispatch:
    """Where parcels are made: the project, its register, who sends, and the day."""

    project: Path
    register: Register
    office: Office
    today: date

    def choose(self, numbers: Sequence[int], *states: Status) -> list[Aanvraag]:
        """Return the requests of these numbers, by default all of the round in these states; RegisterError without any."""
        chosen = self.register.select(*([] if numbers else states), ronde=self.office.ronde, numbers=numbers)
        wrong = [
            finding('aanvraag-status', nummer=request.nummer, status=request.status, next=Status.PRINTING)
            for request in chosen
            if request.status not in PACKED
        ]
        if wrong:
            raise RegisterError(wrong)
        if not chosen:
            raise RegisterError([finding('niets-goedgekeurd')])
        return chosen

    def print_letters(self, numbers: Sequence[int] = (), jobs: int = 1) -> Mailed:
        """Return the letters to the approved requests, which are in print from then on; DossierError."""
        chosen = self.choose(numbers, Status.APPROVED)
        mailing = Mailing(self.project, self.office, FOLDER, self.today, jobs=jobs)
        for file in (f'{FOLDER}/brieven.pdf', f'{FOLDER}/{KEPT}'):
            self.register.record_made([request.nummer for request in chosen], 'brief', file)
        made = make_letters(mailing, people_of_requests(chosen))
        fresh = [
            request for request in chosen if request.nummer in made.positions and request.status == Status.APPROVED
        ]
        self.register.transition(fresh, Status.PRINTING)
        return made

    def print_labels(self, numbers: Sequence[int], placing: Placing, code: str = '') -> tuple[str, list[Finding]]:
        """Return the file of the labels, and what is wrong with those that are left out; DossierError."""
        sheet = read_sheet(self.project, code or self.office.post.etiketvel)
        chosen = [] if placing.test else self.choose(numbers, *PACKED)
        pages, wrong = compose_labels(open_templates(self.project), sheet, people_of_requests(chosen), placing)
        if not pages:
            raise DataError(wrong)
        file = f'{FOLDER}/{"etiketten-proef" if placing.test else "etiketten"}.pdf'
        self.register.record_made([request.nummer for request in chosen], 'etiket', file)
        deliver(self.project, {file: print_pages(self.project, pages, _('Sheet'))})
        return file, wrong

    def pack(self, numbers: Sequence[int] = ()) -> tuple[str, ...]:
        """Return the files of the packing list, CSV and PDF; DossierError."""
        chosen = self.choose(numbers, *PACKED)
        printed, checksum = _find_printed(self.project, self.office.ronde)
        rows = [
            {'nummer': request.nummer, 'wie': lines[0], 'adres': ', '.join(lines[1:]), **_sent(request)}
            for request in chosen
            if (lines := address_of(asdict(request)).lines)
        ]
        facts = {'kantoor': self.office, 'vandaag': self.today, 'bestand': printed, 'som': checksum}
        total = sum(request.aantal for request in chosen)
        html = open_templates(self.project).fill('paklijst.html', regels=rows, totaal=total, **facts)
        files = (f'{FOLDER}/paklijst.csv', f'{FOLDER}/paklijst.pdf')
        for file in files:
            self.register.record_made([request.nummer for request in chosen], 'paklijst', file)
        table = write_sheet([*rows[0]], [[*row.values()] for row in rows])
        deliver(self.project, {files[0]: table, files[1]: print_pages(self.project, [html], _('Packing list'))})
        return files


def _find_printed(project: Path, ronde: str) -> tuple[str, str]:
    """Return the file that is sent and its SHA-256; empty where it isn't built."""
    for name in _PRINTED:
        path = project / 'output' / ronde / 'landelijk' / name
        if path.is_file():
            return path.relative_to(project).as_posix(), sha256(path.read_bytes()).hexdigest()
    return '', ''


def _sent(request: Aanvraag) -> dict[str, object]:
    return {'aantal': request.aantal, 'editie': request.editie}


def people_of_requests(requests: Sequence[Aanvraag]) -> dict[int, Recipient]:
    """Return who the requests are from, by their numbers."""
    return {
        request.nummer: Recipient(
            Place(_('request {nummer}', nummer=request.nummer)),
            request.naam or request.organisatie,
            address_of(asdict(request)),
            {'kenmerk': f'{request.ronde}-{request.nummer:04}', 'taal': request.taal, **_sent(request)},
        )
        for request in requests
    }


def count_copies(register: Register, ronde: str) -> int:
    """Return how many copies the approved requests of a round ask for, for the job ticket of the print run."""
    return sum(request.aantal for request in register.select(*PACKED, ronde=ronde))
