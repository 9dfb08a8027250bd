"""Forty pairs of dossiers, each an edit of the same small one, with exactly what changed: chapter, kind, what, and its text."""

# ruff: noqa: E501  # a row a line reads best

BASE = {
    'data/afkortingen.yaml': """
- {afkorting: GS, voluit: Gedeputeerde Staten}
- {afkorting: PS, voluit: Provinciale Staten}
- {afkorting: RES, voluit: Regionale Energiestrategie}
""",
    'data/2023/dossier.yaml': """
ronde: "2023"
titel: Proefdossier
uitgever: Voorbeeldvereniging
verkiezing: 2023-03-15
peildatum: 2025-06-01
""",
    'data/2023/hoofdstukken/welkom.md': """---
titel: Welkom
---
Dit boek is voor nieuwe leden. U leest hier wat er speelt.
""",
    'data/2023/themas/01-water.md': """---
titel: Water
samenvatting: Over dijken en sloten in de provincie.
besluitpunten:
  - {wat: Het waterprogramma vaststellen, wie: PS, uiterlijk: 2025-01-01}
  - {wat: Een keuze maken over de oude zeedijk, wie: GS, uiterlijk: 2026-K3}
  - {wat: De heffing verdelen, wie: GS}
data:
  - {datum: 2024-05-01, wat: De keuring van alle dijken begint}
  - {datum: 2026-07, wat: Het nieuwe peilbesluit gaat in, zeker: nee}
cijfers:
  titel: Schoon water
  eenheid: procent
  rijen:
    - {naam: "2021", waarde: 40}
    - {naam: "2022", waarde: 42.5}
partijen:
  - {naam: Waterschappen, rol: Houden de dijken sterk}
documenten:
  - {titel: Dijkenbesluit, url: "https://wetten.example/dijk"}
---

## Wat speelt er?

De dijken langs de grote rivier zijn oud en worden de komende jaren versterkt.

GS maken daar geld voor vrij, maar de kosten stijgen elk jaar.[^kosten] Meer staat in [[energie]].

- Hogere dijken langs de kust
- Meer ruimte voor de rivier

| Dijk | Lengte |
|------|--------|
| Zeedijk | 12 km |
| Lekdijk | 30 km |

[^kosten]: De kosten zijn in tien jaar tijd verdubbeld.
""",
    'data/2023/themas/02-energie.md': """---
titel: Energie
samenvatting: Over stroom en warmte.
---

## Wat speelt er?

De RES is af en wordt nu uitgevoerd door alle gemeenten samen.
""",
    'data/2023/themas/03-cultuur.md': """---
titel: Cultuur
samenvatting: Over musea en bibliotheken.
---

## Wat speelt er?

Het museum in de hoofdstad wordt verbouwd en gaat twee jaar dicht.
""",
}
WATER, ENERGIE, CULTUUR = (f'data/2023/themas/{name}.md' for name in ('01-water', '02-energie', '03-cultuur'))
RONDE, AFKORTINGEN, WELKOM = 'data/2023/dossier.yaml', 'data/afkortingen.yaml', 'data/2023/hoofdstukken/welkom.md'
OPEN = {
    ('water', 'open', 'besluit', 'Het waterprogramma vaststellen'),
    ('water', 'open', 'besluit', 'Een keuze maken over de oude zeedijk'),
    ('water', 'open', 'besluit', 'De heffing verdelen'),
}
MUSEUM = 'Het museum in de hoofdstad wordt verbouwd en gaat twee jaar dicht.'
DIKES = 'De dijken langs de grote rivier zijn oud en worden de komende jaren versterkt.'

# name: edits (file, old, new; None removes or adds a file), what changed, and which open decisions are no longer just open
PAIRS = {
    'nothing': ([], [], []),
    'mark-up only': ([(WATER, 'grote rivier', '**grote** rivier')], [], []),
    'line breaks only': ([(WATER, 'oud en worden', 'oud\nen worden')], [], []),
    'word replaced': ([(WATER, 'rivier zijn oud', 'rivier zijn zwak')], [('water', 'herschreven', 'tekst', 'rivier zijn[-oud-][+zwak+]')], []),
    'word added': ([(WATER, 'zijn oud', 'zijn heel oud')], [('water', 'herschreven', 'tekst', 'zijn[+heel+]')], []),
    'word removed': ([(WATER, 'komende jaren ', 'jaren ')], [('water', 'herschreven', 'tekst', 'worden de[-komende-]')], []),
    'full stop': ([(WATER, 'jaren versterkt.', 'jaren versterkt!')], [('water', 'herschreven', 'tekst', '[-.-][+!+]')], []),
    'figure in text': ([(WATER, '| 12 km', '| 15 km')], [('water', 'herschreven', 'tabel', 'Zeedijk |[-12-][+15+]')], []),
    'paragraph new': ([(WATER, '- Hogere', 'Geheel nieuwe alinea hier.\n\n- Hogere')], [('water', 'nieuw', 'tekst', 'Geheel nieuwe alinea hier.')], []),
    'paragraph gone': ([(WATER, DIKES + '\n', '')], [('water', 'weg', 'tekst', DIKES)], []),
    'paragraph moved down': ([(WATER, DIKES + '\n', ''), (WATER, '\n[^kosten]:', f'\n{DIKES}\n\n[^kosten]:')], [('water', 'verplaatst', 'tekst', DIKES)], []),
    'paragraph to another theme': (
        [(CULTUUR, MUSEUM, 'Er is een nieuw plan.'), (ENERGIE, 'De RES is', f'{MUSEUM}\n\nDe RES is')],
        [('energie', 'verplaatst', 'tekst', MUSEUM), ('cultuur', 'nieuw', 'tekst', 'Er is een nieuw plan.')], []),
    'paragraph rewritten': ([(CULTUUR, MUSEUM, 'Volgend jaar komt alles anders, zegt men.')],
        [('cultuur', 'nieuw', 'tekst', 'Volgend jaar komt alles anders, zegt men.'), ('cultuur', 'weg', 'tekst', MUSEUM)], []),
    'heading': ([(CULTUUR, 'Wat speelt er?', 'Wat speelt er nu?')], [('cultuur', 'herschreven', 'kop', 'speelt er[+nu+]')], []),
    'item new': ([(WATER, '- Meer ruimte', '- Bredere oevers\n- Meer ruimte')], [('water', 'nieuw', 'tekst', 'Bredere oevers')], []),
    'items swapped': ([(WATER, '- Hogere dijken langs de kust\n- Meer ruimte voor de rivier', '- Meer ruimte voor de rivier\n- Hogere dijken langs de kust')],
        [('water', 'verplaatst', 'tekst', 'Meer ruimte voor de rivier')], []),
    'row gone': ([(WATER, '| Lekdijk | 30 km |\n', '')], [('water', 'weg', 'tabel', 'Lekdijk | 30 km')], []),
    'footnote reworded': ([(WATER, 'tijd verdubbeld', 'tijd verdrievoudigd')], [('water', 'herschreven', 'noot', '[-verdubbeld-][+verdrievoudigd+]')], []),
    'footnote gone': ([(WATER, '[^kosten] Meer', ' Meer'), (WATER, '[^kosten]: De kosten zijn in tien jaar tijd verdubbeld.\n', '')],
        [('water', 'weg', 'noot', 'De kosten zijn in tien jaar tijd verdubbeld.')], []),
    'title': ([(CULTUUR, 'titel: Cultuur', 'titel: Cultuur en erfgoed')], [('cultuur', 'herschreven', 'titel', 'Cultuur[+en erfgoed+]')], []),
    'summary': ([(CULTUUR, 'Over musea en', 'Over theaters en')], [('cultuur', 'herschreven', 'samenvatting', 'Over[-musea-][+theaters+]')], []),
    'title of a reference': ([(ENERGIE, 'titel: Energie', 'titel: Stroom')],
        [('energie', 'weg', 'titel', 'Energie'), ('energie', 'nieuw', 'titel', 'Stroom'), ('water', 'herschreven', 'tekst', 'staat in[-Energie-][+Stroom+]')], []),
    'decision done': ([(WATER, '  - {wat: Het waterprogramma vaststellen, wie: PS, uiterlijk: 2025-01-01}\n', '')],
        [('water', 'afgerond', 'besluit', 'Het waterprogramma vaststellen'), ('afkortingen', 'weg', 'PS', 'Provinciale Staten')], [0]),
    'decision dropped': ([(WATER, '  - {wat: Een keuze maken over de oude zeedijk, wie: GS, uiterlijk: 2026-K3}\n', '')],
        [('water', 'vervallen', 'besluit', 'Een keuze maken over de oude zeedijk')], [1]),
    'decision without a date dropped': ([(WATER, '  - {wat: De heffing verdelen, wie: GS}\n', '')], [('water', 'vervallen', 'besluit', 'De heffing verdelen')], [2]),
    'decision later': ([(WATER, '2026-K3', '2027-K1')], [('water', 'verzet', 'besluit', 'Een keuze maken over de oude zeedijk')], [1]),
    'decision gets a date': ([(WATER, 'verdelen, wie: GS', 'verdelen, wie: GS, uiterlijk: 2026')], [('water', 'verzet', 'besluit', 'De heffing verdelen')], [2]),
    'decision reworded': ([(WATER, 'de oude zeedijk', 'de hoge zeedijk')], [('water', 'herschreven', 'besluit', 'over de[-oude-][+hoge+]')], [1]),
    'decision new': ([(WATER, 'data:\n', '  - {wat: Sluizen automatiseren, wie: GS}\ndata:\n')], [('water', 'nieuw', 'besluit', 'Sluizen automatiseren')], []),
    'date moved': ([(WATER, '2024-05-01', '2024-06-01')], [('water', 'verzet', 'datum', 'De keuring van alle dijken begint')], []),
    'date certain': ([(WATER, ', zeker: nee', '')], [('water', 'verzet', 'datum', 'Het nieuwe peilbesluit gaat in')], []),
    'date gone': ([(WATER, '  - {datum: 2024-05-01, wat: De keuring van alle dijken begint}\n', '')], [('water', 'weg', 'datum', 'De keuring van alle dijken begint')], []),
    'figure changed': ([(WATER, 'waarde: 42.5', 'waarde: 43')], [('water', 'gewijzigd', 'cijfer', 'Schoon water (procent): 2022')], []),
    'figure new': ([(WATER, 'partijen:', '    - {naam: "2023", waarde: 50}\npartijen:')], [('water', 'nieuw', 'cijfer', 'Schoon water (procent): 2023')], []),
    'another unit': ([(WATER, 'eenheid: procent', 'eenheid: promille')],
        [('water', kind, 'cijfer', f'Schoon water ({unit}): {year}') for kind, unit in (('nieuw', 'promille'), ('weg', 'procent')) for year in (2021, 2022)], []),
    'party and document': ([(WATER, 'Houden de dijken sterk', 'Betalen de dijken'), (WATER, 'Dijkenbesluit', 'Dijkenwet')],
        [('water', 'herschreven', 'partijen', 'Waterschappen –[-Houden-][+Betalen+]'), ('water', 'herschreven', 'documenten', '[-Dijkenbesluit-][+Dijkenwet+]')], []),
    'theme new and theme gone': ([(CULTUUR, None, None), ('data/2023/themas/04-wonen.md', None, '---\ntitel: Wonen\nsamenvatting: Te weinig huizen.\n---\n')],
        [('wonen', 'nieuw', 'hoofdstuk', ''), ('cultuur', 'weg', 'hoofdstuk', '')], []),
    'theme renamed': ([(CULTUUR, None, None), ('data/2023/themas/03-erfgoed.md', None, BASE[CULTUUR])], [('erfgoed', 'was cultuur', 'hoofdstuk', '')], []),
    'theme moved': ([(CULTUUR, None, None), ('data/2023/themas/00-cultuur.md', None, BASE[CULTUUR])], [('cultuur', 'verplaatst', 'hoofdstuk', '')], []),
    'abbreviation came, went and changed': (
        [(ENERGIE, 'De RES is af', 'De OV is af'), (AFKORTINGEN, 'voluit: Gedeputeerde Staten', 'voluit: Gedeputeerde staten'),
         (AFKORTINGEN, '- {afkorting: PS', '- {afkorting: OV, voluit: omgevingsvisie}\n- {afkorting: PS')],
        [('energie', 'herschreven', 'tekst', 'De[-RES-][+OV+]'), ('afkortingen', 'weg', 'RES', 'Regionale Energiestrategie'),
         ('afkortingen', 'nieuw', 'OV', 'omgevingsvisie'), ('afkortingen', 'gewijzigd', 'GS', 'Gedeputeerde staten')], []),
    'dates of the round, and a chapter': ([(RONDE, 'verkiezing: 2023-03-15', 'verkiezing: 2023-03-22'), (WELKOM, 'nieuwe leden', 'alle leden')],
        [('dossier', 'verzet', 'datum', 'verkiezing'), ('welkom', 'herschreven', 'tekst', 'is voor[-nieuwe-][+alle+]')], []),
}  # fmt: skip
