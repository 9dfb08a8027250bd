"""Validate: raw values in, the model out; fails with one DataError that carries every problem of every file."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from markdown_it.token import Token
from pydantic import TypeAdapter, ValidationError

from dossier import model
from dossier.errors import DataError, Finding, Place, Severity
from dossier.messages import finding
from dossier.model import Dossier, iter_texts
from dossier.model.settings import Verkiezingsronde
from dossier.read import Sources
from dossier.read.raw import FORBIDDEN, Source
from dossier.text import BOXES, SPAN_CLASSES, Tekst
from dossier.validate.edition_checks import PROVINCES, check_choices, check_editions, check_marks
from dossier.validate.explain import explain_problem, suggest
from dossier.validate.pictures import check_picture

FILES: dict[str, Any] = {
    'dossier': Verkiezingsronde,
    'afkortingen': tuple[model.Afkorting, ...],
    'provincies': tuple[model.Provincie, ...],
    'bijeenkomsten': tuple[model.Bijeenkomst, ...],
    'proposities': tuple[model.Propositie, ...],
    'organisaties': tuple[model.Organisatie, ...],
    'contact': model.Contact,
    'nieuws': tuple[model.Nieuwsbericht, ...],
}
_LOOSE_CLASS = re.compile(r'\{\.([\w-]+)\}')
_NOTE_MARK = re.compile(r'(?<!\\)\[\^')  # \[^1] is text


def validate_sources(sources: Sources) -> Dossier:
    """Return the dossier; DataError with all problems at once."""
    findings = list(sources.findings)
    broken = {finding.place.file for finding in findings if finding.place}

    def validate(kind: Any, source: Source) -> Any:
        return None if source.file in broken else _validate(kind, source, findings)

    files = {name: validate(FILES[name], source) for name, source in sources.files.items()}
    chapters = {slug: validate(model.Hoofdstuk, source) for slug, source in sources.hoofdstukken.items()}
    themes = {slug: validate(model.Thema, source) for slug, source in sources.themas.items()}
    pages = {slug: validate(model.Hoofdstuk, source) for slug, source in sources.paginas.items()}
    if findings:
        raise DataError(findings)
    files = {'contact': model.Contact(), **files, 'hoofdstukken': chapters, 'themas': themes, 'paginas': pages}
    dossier = Dossier.model_construct(ronde=files.pop('dossier'), **files)
    texts = [*_iter_dossier(dossier)]
    findings = [
        *_check_names(dossier, sources),
        *_check_texts(dossier, texts),
        *_check_pictures(dossier, sources, texts),
        *_check_editions(dossier, sources, texts),
    ]
    if findings:
        raise DataError(findings)
    return dossier


def validate_chapter(dossier: Dossier, sources: Sources) -> Dossier:
    """Return the dossier with the chapter of these sources in the place of its own; DataError with what is wrong in it."""
    findings = list(sources.findings)
    kinds = (('themas', model.Thema, sources.themas), ('hoofdstukken', model.Hoofdstuk, sources.hoofdstukken))
    new = {
        group: {slug: _validate(kind, source, findings) for slug, source in found.items()}
        for group, kind, found in kinds
        if not findings
    }
    if findings:
        raise DataError(findings)
    dossier = dossier.model_copy(update={group: getattr(dossier, group) | found for group, found in new.items()})
    texts = [*iter_texts(new)]
    findings = [*_check_texts(dossier, texts), *_check_pictures(dossier, sources, texts)]
    if findings:
        raise DataError(findings)
    return dossier


def validate_settings(sources: Sources) -> tuple[Verkiezingsronde, model.Contact]:
    """Return what dossier.yaml and contact.yaml say, whatever is wrong in the texts; DataError."""
    files = [source for name in ('dossier', 'contact') if (source := sources.files.get(name))]
    findings = [found for found in sources.findings if found.place and found.place.file in [f.file for f in files]]
    made = [] if findings else [_validate(FILES[Path(source.file).stem], source, findings) for source in files]
    if findings:
        raise DataError(findings)
    return made[0], made[1] if len(made) > 1 else model.Contact()


def _iter_dossier(dossier: Dossier) -> Iterator[Tekst]:
    """Yield every text of a dossier; its abbreviations and provinces have none, and can be many."""
    for name in Dossier.model_fields:
        if name not in ('afkortingen', 'provincies'):
            yield from iter_texts(getattr(dossier, name))


def _validate(kind: Any, source: Source, findings: list[Finding]) -> Any:
    try:
        return TypeAdapter(kind).validate_python(source.value)
    except ValidationError as error:
        problems = error.errors(include_url=False)
        # Pydantic leaves the items that are wrong out of the count: then "too short" isn't so.
        around = {problem['loc'][:n] for problem in problems for n in range(len(problem['loc']))}
        true = [problem for problem in problems if problem['type'] != 'too_short' or problem['loc'] not in around]
        told = [explain_problem(dict(problem), kind, source) for problem in true]
        # A required key that is misspelt is one mistake: the unknown key tells it, with the right one as its suggestion.
        meant = {found.hint for found in told if found.code == 'sleutel-onbekend'}
        findings += [
            found
            for found, problem in zip(told, true, strict=True)
            if problem['type'] != 'missing' or suggest(str(problem['loc'][-1]), [str(problem['loc'][-1])]) not in meant
        ]
        return None


def _check_names(dossier: Dossier, sources: Sources) -> Iterator[Finding]:
    """Yield what doesn't fit together: the round, the order of the book, provinces."""
    main = sources.files['dossier']
    if dossier.ronde.ronde != sources.ronde:
        yield finding('ronde-anders', main.place_of(('ronde',)), a=dossier.ronde.ronde, b=sources.ronde)
    known = [*model.ONDERDELEN, *(slug for slug in dossier.hoofdstukken if slug not in model.ONDERDELEN)]
    parts = dossier.ronde.onderdelen or ()
    for n, part in enumerate(parts):
        place = main.place_of(('onderdelen', n))
        if part not in known:
            yield finding('onderdeel-onbekend', place, name=part, suggestion=suggest(part, known))
        if part in parts[:n]:
            yield finding('onderdeel-dubbel', place, name=part)
    if 'afkortingen' in parts[:-1]:
        yield finding('afkortingen-laatst', main.place_of(('onderdelen', parts.index('afkortingen'))))
    for slug in dossier.themas:
        if slug in model.ONDERDELEN:  # a chapter of that name introduces the part; a theme would take its place
            yield finding('naam-dubbel', Place(sources.themas[slug].file), slug=slug)
    chapters = [*dossier.themas, *known]
    for n, entry in enumerate(dossier.afkortingen):
        for slug in entry.alleen_in:
            if slug not in chapters:
                place = sources.files['afkortingen'].place_of((n, 'alleen_in'))
                yield finding('onderdeel-onbekend', place, name=slug, suggestion=suggest(slug, chapters))
    provinces = [province.naam for province in dossier.provincies]
    for n, meeting in enumerate(dossier.bijeenkomsten):
        for key, name in (('provincie', meeting.provincie), *(('behalve', name) for name in meeting.behalve)):
            if name and name != 'alle' and name not in provinces:
                place = sources.files['bijeenkomsten'].place_of((n, key))
                yield finding('provincie-onbekend', place, name=name, suggestion=suggest(name, provinces))
    for name in ('bijeenkomsten', 'nieuws'):
        marks = [item.kenmerk for item in getattr(dossier, name)]
        for n, mark in enumerate(marks):
            if mark and mark in marks[:n]:
                yield finding('kenmerk-dubbel', sources.files[name].place_of((n, 'kenmerk')), name=mark)


def _check_editions(dossier: Dossier, sources: Sources, texts: Iterable[Tekst]) -> Iterator[Finding]:
    """Yield what data and texts say of editions, provinces and chapters that there aren't."""
    main = sources.files['dossier']
    yield from check_editions(dossier, main)
    known = [*dossier.ronde.edities, *([PROVINCES] if dossier.provincies else [])]
    groups = {name: getattr(dossier, name) for name in sources.files if name not in ('dossier', 'afkortingen')}
    pairs = [(value, sources.files[name]) for name, value in groups.items()]
    pairs += [(chapter, sources.hoofdstukken[slug]) for slug, chapter in dossier.hoofdstukken.items()]
    pairs += [(theme, sources.themas[slug]) for slug, theme in dossier.themas.items()]
    pairs += [(page, sources.paginas[slug]) for slug, page in dossier.paginas.items()]
    for value, source in pairs:
        yield from check_choices(value, source, known)
    for text in texts:
        yield from check_marks(text, known)
    folder = sources.project / 'data' / sources.ronde
    for name, editie in dossier.ronde.edities.items():
        if editie.omslag:
            yield from check_picture(
                folder, editie.omslag.bestand, main.place_of(('edities', name, 'omslag', 'bestand'))
            )


def find_remarks(dossier: Dossier) -> list[Finding]:
    """Return what is remarkable, though it breaks no rule: chapters and data that are not in the book."""
    folder = f'data/{dossier.ronde.ronde}'
    present = {slug: chapter.tekst.place.file for slug, chapter in dossier.hoofdstukken.items()}
    present |= {
        name: folder for name in ('themas', 'proposities', 'organisaties', 'bijeenkomsten') if getattr(dossier, name)
    }
    used = dossier.alle_onderdelen
    unused = ((name, Place(file)) for name, file in present.items() if name not in used)
    return [finding('hoofdstuk-ongebruikt', place, Severity.WARNING, name=name) for name, place in unused]


def _check_texts(dossier: Dossier, texts: Iterable[Tekst]) -> Iterator[Finding]:
    """Yield references to nothing, headings that skip a level, footnotes, boxes and links that are not written right."""
    parts = [
        name for name in dossier.alle_onderdelen if name not in model.ONDERDELEN[:3]
    ]  # what has a page to refer to
    known = [slug for name in parts for slug in (dossier.themas if name == 'themas' else (name,))]
    for text in texts:
        level = 1
        for label in text.unresolved:
            before = text.source[: text.source.find(f'[^{label}]:')]
            line = (text.place.line or 1) + before.count('\n')
            yield finding('voetnoot-los', Place(text.place.file, line), label=label)
        if text.kind == 'block':
            yield from _check_boxes(text)
        for token, line in text.walk():
            place = Place(text.place.file, line)
            if token.type == 'heading_open':
                new = int(token.tag[1])
                if new == 1 or new > level + 1:
                    yield finding('kop-niveau', place, marks='#' * min(level + 1, max(new, 2)))
                level = new
            if token.type == 'text' and '[^' in token.content and _NOTE_MARK.search(text.source):
                yield finding('voetnoot-leeg', place)
            yield from _check_token(token, place, known)


def _check_token(token: Token, place: Place, known: list[str]) -> Iterator[Finding]:
    if token.type in ('text', 'code_inline') and (bad := FORBIDDEN.search(token.content)):  # from &#xE000;
        yield finding('verboden-teken', place, number=f'{ord(bad[0]):04X}')
    if token.type in ('link_open', 'image', 'code_inline') and (name := str(token.attrGet('class') or '')):
        yield finding('merk-onbekend', place, name=name)
    if token.type == 'reference' and token.meta['slug'] not in known:
        slug = token.meta['slug']
        yield finding('verwijzing-onbekend', place, slug=slug, suggestion=suggest(slug, known))
    elif token.type == 'footnote_ref' and 'line' in token.meta:  # what stands in a note has a line of its own
        yield finding('voetnoot-genest', place)
    elif token.type == 'text' and '](' in token.content:
        yield finding('link-kapot', place)
    elif token.type == 'text' and (loose := _LOOSE_CLASS.search(token.content)):
        yield finding('merk-onbekend', place, name=loose[1])
    elif token.type == 'span_open' and (name := str(token.attrGet('class') or '')) not in SPAN_CLASSES:
        if name or not re.fullmatch(r'[a-z]{2,3}(-[A-Z]{2})?', str(token.attrGet('lang') or '')):
            yield finding('merk-onbekend', place, name=name)
    elif token.type == 'link_open':
        address = str(token.attrGet('href') or '')
        if not address.startswith(('https://', 'http://', 'mailto:', 'tel:')):
            yield finding('link-onbekend', place, address=address)


def _check_boxes(text: Tekst) -> Iterator[Finding]:
    """Yield boxes of an unknown kind, and boxes that are never closed: markdown-it would say nothing of either."""
    opened: list[Place | None] = []
    in_code = False
    for number, line in enumerate(text.source.split('\n'), start=text.place.line or 1):
        mark, _space, words = line.strip().partition(' ')
        in_code ^= mark.startswith(('```', '~~~'))
        if mark.strip(':') or len(mark) < 3 or in_code or line.startswith('    '):
            continue
        place = Place(text.place.file, number)
        known = words.split(' ')[0] in BOXES
        if not known and (words or not opened):
            yield finding('kader-onbekend', place)
        if words:
            opened.append(place if known else None)  # None: told already
        elif opened:
            opened.pop()
    yield from (finding('kader-open', place) for place in opened if place)


def _check_pictures(dossier: Dossier, sources: Sources, texts: Iterable[Tekst]) -> Iterator[Finding]:
    """Yield pictures that are missing, broken or outside the round, or that have no alternative text."""
    folder = sources.project / 'data' / sources.ronde
    themes: dict[str, model.Hoofdstuk | model.Thema] = {**dossier.themas}
    chapters = {**dossier.hoofdstukken, **dossier.paginas, **themes}
    for slug, source in {**sources.themas, **sources.hoofdstukken, **sources.paginas}.items():
        for n, picture in enumerate(chapters[slug].beeld):
            yield from check_picture(folder, picture.bestand, source.place_of(('beeld', n, 'bestand')))
    for text in texts:
        for token, line in text.walk():
            if token.type == 'image':
                place = Place(text.place.file, line)
                yield from check_picture(folder, unquote(str(token.attrGet('src'))), place)
                if not token.content.strip():
                    yield finding('alt-ontbreekt', place)
