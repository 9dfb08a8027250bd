"""The next round from the last: its files copied, and what must be looked at again marked with the reason.

In: the checked round, and its files. Out: the files of the new one, by path; nothing is written here. A mark is a comment
for the program (dossier.proofread.comments), behind the line that it is about.
"""

import re
from calendar import Calendar
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from dossier.i18n import _
from dossier.messages.mark import N_
from dossier.model import Afkorting, Dossier
from dossier.proofread.dates import find_dates
from dossier.proofread.passages import Passage, read_passages

PROVINCES = 'data/provincies.yaml'  # shared by all rounds; its numbers of seats are those of a round
_FIGURE = re.compile(
    r'€|\d[\d.,]* ?(?:euro|miljoen|miljard|procent|%|woningen|hectare|ha|leden|zetels|inwoners|kilometer|megaton|terawattuur)'
)
_OFFICE = re.compile(
    r'\b(?:minister|staatssecretaris|gedeputeerde|kabinet|coalitieakkoord|regeerakkoord)\b', re.IGNORECASE
)
# Keys whose value is a fact of its round, and why that is to be looked at.
_KEYS = {
    **dict.fromkeys(('uiterlijk', 'datum', 'stand_per', 'periode'), N_('date')),
    **dict.fromkeys(('verkiezing', 'peildatum'), N_('foretold from the year')),
    **dict.fromkeys(('url', 'website'), N_('link')),
    **dict.fromkeys(('functie', 'telefoon', 'email'), N_('person')),
    'waarde': N_('figure'),
}
_KEY = re.compile(r'( *(?:- )*)([a-z_]+): *(.*)')


def third_wednesday(year: int) -> date:
    """Return the day of the elections of the provincial councils: those of 2019, 2023 and 2027 are on this day of March."""
    return [day for day in Calendar().itermonthdates(year, 3) if day.month == 3 and day.weekday() == 2][2]


def make_round(project: Path, dossier: Dossier, ronde: str) -> dict[str, bytes]:
    """Return the files of the new round by path, the texts with their marks; pictures and the like as they are."""
    old, new = f'data/{dossier.ronde.ronde}', f'data/{ronde}'
    day = third_wednesday(int(ronde[:4]))
    marks = _find_marks(dossier, day)
    files: dict[str, bytes] = {}
    for path in sorted((project / old).rglob('*')):
        file = path.relative_to(project).as_posix()
        if path.is_file() and not path.name.startswith('.') and path.resolve().is_relative_to(project.resolve()):
            content = path.read_bytes()
            if path.suffix in ('.md', '.yaml'):
                text = content.decode('utf-8-sig').replace('\r\n', '\n')
                content = mark_text(file, text, marks[file], _renew(file, dossier, ronde, day)).encode()
            files[new + file.removeprefix(old)] = content
    provinces = project / PROVINCES
    if provinces.is_file():
        row = re.compile(rf'^( +"){dossier.ronde.ronde}(": +\d+)\b.*$', re.MULTILINE)
        comment = _('number of {ronde}', ronde=dossier.ronde.ronde)
        text = row.sub(rf'\g<0>\n\g<1>{ronde}\g<2>  # nakijken: {comment}', provinces.read_text(encoding='utf-8'))
        files[PROVINCES] = text.encode()
    return files


def mark_text(file: str, text: str, marks: Mapping[int, Sequence[str]], values: Mapping[str, str]) -> str:
    """Return a text with a comment behind each line that has a reason, and with new values for keys of the first level."""
    lines = text.split('\n')
    closing = (n for n, line in enumerate(lines) if n and line.rstrip() == '---')
    end = next(closing, 0) if file.endswith('.md') else len(lines)
    result = []
    block = -1  # how far a key is indented whose text goes on below it
    for number, line in enumerate(lines, start=1):
        indent = len(line) - len(line.lstrip())
        block = block if not line.strip() or indent > block else -1
        inside = number > end or 0 <= block < indent
        reasons = list(marks.get(number, ()))
        if not inside:
            match = _KEY.fullmatch(line)
            name = match[2] if match else ''
            if name in values and not indent:
                if not values[name]:
                    continue
                line = f'{name}: {values[name]}'
            reasons += [_(_KEYS[name])] if match and match[3] and name in _KEYS else []
            block = len(match[1]) if match and match[3].rstrip() in ('>', '|', '>-', '|-') else block
            if not (match or line.lstrip().startswith('- ')) or _goes_on(lines, number, indent):
                reasons = []  # behind it a comment would end the value
        words = ', '.join(dict.fromkeys(reasons))
        comment = (
            (f' <!-- nakijken: {words} -->' if inside else f'  # nakijken: {words}') if words and line.strip() else ''
        )
        result.append(line + comment)
    return '\n'.join(result)


def _goes_on(lines: Sequence[str], number: int, indent: int) -> bool:
    """Return whether the value on a line goes on below it."""
    following = lines[number] if number < len(lines) else ''
    deeper = len(following) - len(following.lstrip()) > indent
    return deeper and not _KEY.fullmatch(following) and not following.lstrip().startswith(('- ', '#', '"'))


def _renew(file: str, dossier: Dossier, ronde: str, day: date) -> dict[str, str]:
    """Return the keys of dossier.yaml with a new value; an empty one takes the key away."""
    if file != f'data/{dossier.ronde.ronde}/dossier.yaml':
        return {}
    gone = dict.fromkeys(('redactiesluiting', 'installatie', 'concept'), '')
    return {'ronde': f'"{ronde}"\nconcept: true', 'verkiezing': str(day), 'peildatum': str(day), **gone}


def _find_marks(dossier: Dossier, day: date) -> dict[str, dict[int, list[str]]]:
    """Return why lines must be looked at, by file and line."""
    marks: dict[str, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    ended = [entry for entry in dossier.afkortingen if entry.geldig_tot and entry.geldig_tot < day]
    for passage in read_passages(dossier):
        for at, reason in _reasons(passage, dossier, ended):
            place = passage.at(at)
            if passage.kind != 'heading':
                marks[place.file][place.line or 1].append(reason)
    return marks


def _reasons(passage: Passage, dossier: Dossier, ended: Sequence[Afkorting]) -> Iterator[tuple[int, str]]:
    yield from ((at, _('date')) for at, _day in find_dates(passage.text))
    yield from ((match.start(), _('figure')) for match in _FIGURE.finditer(passage.text))
    yield from ((match.start(), _('government')) for match in _OFFICE.finditer(passage.text))
    for person in dossier.contact.personen:
        yield from ((match.start(), _('person')) for match in re.finditer(re.escape(person.naam), passage.text))
    for entry in ended:
        for match in re.finditer(rf'(?<!\w){re.escape(entry.afkorting)}(?!\w)', passage.text):
            reason = _('{form} has ended, now {next}', form=entry.afkorting, next=entry.opvolger or _('unknown'))
            yield match.start(), reason
    yield from ((passage.text.find(text), _('link')) for text, address in passage.links if address.startswith('http'))
