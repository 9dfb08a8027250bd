"""Makes a dossier of about so many pages in Dutch-looking words: the same seed gives the same files.

python -m tests.bench.generate PAGES PROJECT
"""

import random
import sys
from pathlib import Path

from PIL import Image

WORDS = """
de het een van in op met voor door naar over onder provincie gemeente waterschap beleid gebied natuur water wonen vervoer
energie landbouw bodem lucht ruimte besluit programma opgave afspraak regeling uitvoering toezicht vergunning subsidie
begroting jaar plan gesprek inwoner ondernemer bestuurder onderzoek rapport maatregel doel termijn overleg samenwerking
werkt maakt vraagt geeft neemt brengt stelt legt houdt krijgt blijft gaat komt staat ligt samen snel nieuw groot klein
belangrijk regionaal landelijk duurzaam tijdelijk gezamenlijk verantwoordelijk bestaand toekomstig
""".split()
FORMS = 260
PAGES_A_THEME = 10  # with the words and tables below


def make_project(project: Path, pages: int, seed: int = 2027) -> None:
    """Write a project with as many themes as it takes, pictures, and an edition for each of twelve provinces."""
    rng = random.Random(seed)
    forms = [f'{chr(65 + n // 26 % 26)}{chr(65 + n % 26)}{chr(75 + n // 52)}' for n in range(FORMS)]
    ronde = project / 'data' / '2027'
    (ronde / 'themas').mkdir(parents=True)
    entries = (f'- afkorting: {form}\n  voluit: {_words(rng, 3)}\n' for form in forms)
    (project / 'data' / 'afkortingen.yaml').write_text(''.join(entries), encoding='utf-8')
    (ronde / 'dossier.yaml').write_text(
        'ronde: "2027"\ntitel: Proefdossier\nuitgever: Voorbeeld\nverkiezing: 2027-03-17\npeildatum: 2027-03-01\n',
        encoding='utf-8',
    )
    _write_editions(project, rng)
    _write_pictures(ronde / 'beeld', rng)
    count = max(2, round((pages - 16) / PAGES_A_THEME))
    for n in range(count):
        text = _theme(rng, n, count, forms, round(1200 / count))
        (ronde / 'themas' / f'{n + 1:03}-thema-{n + 1}.md').write_text(text, encoding='utf-8')


def _write_editions(project: Path, rng: random.Random) -> None:
    """Write twelve provinces, an edition of each, and the chapter with which it opens."""
    ronde = project / 'data' / '2027'
    provinces = [
        f'- {{naam: Gewest {n}, hoofdstad: Stad {n}, statenleden: {{"2027": {35 + n}}}}}\n' for n in range(1, 13)
    ]
    (project / 'data' / 'provincies.yaml').write_text(''.join(provinces), encoding='utf-8')
    editions = ''.join(f'  gewest-{n}: {{provincie: Gewest {n}}}\n' for n in range(1, 13))
    with (ronde / 'dossier.yaml').open('a', encoding='utf-8') as file:
        file.write(f'edities:\n  landelijk: {{}}\n{editions}')
    meetings = (
        f'- {{datum: 2027-04-{n:02}, provincie: Gewest {n}, soort: gesprek, titel: {_words(rng, 5)}}}\n'
        for n in range(1, 13)
    )
    (ronde / 'bijeenkomsten.yaml').write_text(''.join(meetings), encoding='utf-8')
    (ronde / 'hoofdstukken').mkdir()
    text = '---\ntitel: Uw provincie {provincie.naam}\n---\n\nU bent een van de {provincie.statenleden} leden.\n'
    (ronde / 'hoofdstukken' / 'provincie.md').write_text(text, encoding='utf-8')


def _write_pictures(folder: Path, rng: random.Random) -> None:
    """Write eight photographs: 1,200 x 750 pixels of soft noise, 60 kB each."""
    folder.mkdir()
    for n in range(8):
        noise = Image.frombytes('RGB', (48, 30), rng.randbytes(48 * 30 * 3))
        noise.resize((1200, 750), Image.Resampling.BICUBIC).save(folder / f'foto-{n}.jpg', quality=85)


def _words(rng: random.Random, count: int) -> str:
    return ' '.join(rng.choice(WORDS) for _ in range(count))


def _sentence(rng: random.Random, forms: list[str]) -> str:
    words = _words(rng, rng.randint(8, 18)).split()
    if forms:
        words.insert(rng.randint(1, len(words)), forms.pop())
    text = ' '.join(words)
    return text[0].upper() + text[1:] + '.'


def _theme(rng: random.Random, n: int, count: int, forms: list[str], uses: int) -> str:
    used = [rng.choice(forms) for _ in range(uses)]
    lines = [
        '---',
        f'titel: {_words(rng, 3).capitalize()}',
        f'samenvatting: {_sentence(rng, [])}',
        'stand_per: 2027-03-01',
        'besluitpunten:',
    ]
    for _ in range(4):
        lines += [f'  - wat: {_words(rng, 8)}', '    wie: Provinciale Staten', '    uiterlijk: 2027-07-01']
    lines += ['data:'] + [f'  - {{datum: 2027-{month:02}, wat: {_words(rng, 7)}}}' for month in range(4, 12)]
    lines += ['partijen:'] + [f'  - {{naam: {_words(rng, 2)}, rol: {_words(rng, 6)}}}' for _ in range(6)]
    lines += ['beeld:', f'  - {{bestand: beeld/foto-{n % 8}.jpg, alt: {_words(rng, 4)}, bijschrift: {_words(rng, 6)}}}']
    lines += ['---', '']
    if 1 <= n <= 3:  # some provinces have a paragraph of their own
        lines += [f'{_sentence(rng, [])} {{#alleen-gewest-{n}}}', '']
    for section in range(9):
        lines += [f'## {_words(rng, 4).capitalize()}?', '']
        for paragraph in range(5):
            text = ' '.join(_sentence(rng, used if rng.random() < 0.5 else []) for _ in range(5))
            if paragraph == 2:
                text += f' Zie ook [[thema-{rng.randrange(count) + 1}]].[^{section}]'
            lines += [text, '']
        if section % 3 == 1:
            lines += ['| wat | wie | wanneer |', '| --- | --- | --- |']
            lines += [f'| {_words(rng, 4)} | {_words(rng, 2)} | {rng.randint(2024, 2030)} |' for _ in range(10)] + ['']
        lines += [f'- {_words(rng, 9)}' for _ in range(4)] + ['']
    lines += [f'[^{section}]: {_sentence(rng, [])}' for section in range(9)]
    return '\n'.join(lines) + '\n'


if __name__ == '__main__':
    make_project(Path(sys.argv[2]), int(sys.argv[1]))
