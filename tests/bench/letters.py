"""500 personal letters as one print file, against one WeasyPrint document a letter in one warm process.

python -m tests.bench.letters [LETTERS]     one run, both in turn on this machine; prints a table in Markdown

The documents a letter use styles and fonts that were read once; a sample of 50 is laid out and counted as many times as it goes.
"""

import io
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from dossier.model.settings import Post
from dossier.post.address import Adres
from dossier.post.bundle import join_letters
from dossier.post.letters import LetterPress, Recipient, compose_letters, open_letters
from dossier.post.office import Office
from dossier.post.templates import open_templates
from dossier.store import Store

OFFICE = Office(
    ronde='2027',
    titel='Overdrachtsdossier',
    uitgever='Verzonnen Overleg',
    taal='nl',
    afzender='Verzonnen Overleg · Bedachtestraat 1 · 1234 AB Nergenshuizen',
    adres=('Verzonnen Overleg', 'Bedachtestraat 1', '1234 AB Nergenshuizen'),
    email='post@voorbeeld.example',
    telefoon='',
    website='https://voorbeeld.example',
    post=Post(),
)
SAMPLE = 50


@dataclass(frozen=True)
class Costs:
    """What a run took: seconds a letter each way."""

    letters: int
    theirs_s: float
    ours_s: float

    @property
    def ratio(self) -> float:
        """How many times faster."""
        return self.theirs_s / self.ours_s


def invent(count: int) -> dict[int, Recipient]:
    """Return people who are plainly invented: one in three with an organisation, one in ten in English."""
    people = {}
    for n in range(count):
        organisation = f'Verzonnen Provincie {n % 12}' if n % 3 == 0 else ''
        adres = Adres(
            f'Mevrouw A. Bedacht-{n}', organisation, 'Bedachtestraat', str(n + 1), '', '1234 AB', 'Nergenshuizen'
        )
        values = {
            'naam': adres.naam,
            'taal': 'en' if n % 10 == 0 else 'nl',
            'aantal': 1 + n % 3,
            'aanhef': f'Geachte mevrouw Bedacht-{n},',
            'kenmerk': f'2027-{n:04}',
        }
        people[n] = Recipient(None, adres.naam, adres, values)
    return people


def compare_letters(count: int = 500, jobs: int = 2) -> Costs:
    """Return what both take on this machine."""
    from dossier.layout.weasy import HTML, ROUND_URL, Fetcher, load_style

    with tempfile.TemporaryDirectory() as folder, open_letters(Path(folder), jobs) as typesetter:
        people = invent(count)
        letters, _findings = compose_letters(open_templates(Path(folder)), 'brief', people, OFFICE, date(2027, 4, 1))
        typesetter.executor.submit(int).result()
        LetterPress(typesetter, Store(Path(folder) / 'warm')).lay_out({n: letters[n] for n in range(4)}, people)
        started = time.perf_counter()
        letters, _findings = compose_letters(open_templates(Path(folder)), 'brief', people, OFFICE, date(2027, 4, 1))
        done, wrong = LetterPress(typesetter, Store(Path(folder) / 'vellen')).lay_out(letters, people)
        join_letters([done[n] for n in sorted(done)], 'Brieven', 'nl')
        ours = time.perf_counter() - started
        assert not wrong and len(done) == count
        loaded, fetcher = load_style(typesetter.style, ''), Fetcher(typesetter.style)
        started = time.perf_counter()
        for letter in list(letters.values())[:SAMPLE]:
            page = HTML(string=letter.html, base_url=ROUND_URL, url_fetcher=fetcher)
            page.render(stylesheets=loaded.sheets, font_config=loaded.fonts).write_pdf(io.BytesIO())
        theirs = (time.perf_counter() - started) / min(SAMPLE, count)
    return Costs(count, theirs, ours / count)


def main() -> None:
    """Print the table."""
    costs = compare_letters(*map(int, sys.argv[1:]))
    print('| letters | one document each | dossier | times faster |')
    print('| ---: | ---: | ---: | ---: |')
    times = f'{costs.theirs_s * 1000:.1f} ms a letter | {costs.ours_s * 1000:.2f} ms a letter'
    print(f'| {costs.letters} | {times} | **{costs.ratio:.1f}** |')


if __name__ == '__main__':
    main()
