"""Validate: raw values in, the model out; fails with one DataError that carries every problem of every file."""

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from typing import Any, get_args

from pydantic import BaseModel, TypeAdapter, ValidationError

from dossier import model
from dossier.errors import DataError, Finding, Place
from dossier.i18n import _
from dossier.model import Dossier
from dossier.pictures import check_picture
from dossier.read import Path_, Source, Sources
from dossier.text import Tekst

_FILES: dict[str, Any] = {
    'dossier': model.Verkiezingsronde,
    'afkortingen': tuple[model.Afkorting, ...],
    'provincies': tuple[model.Provincie, ...],
    'bijeenkomsten': tuple[model.Bijeenkomst, ...],
    'proposities': tuple[model.Propositie, ...],
    'organisaties': tuple[model.Organisatie, ...],
    'contact': model.Contact,
}


def validate_sources(sources: Sources) -> Dossier:
    """Return the dossier; DataError with all problems at once."""
    findings: list[Finding] = []
    files = {name: _validate(_FILES[name], source, findings) for name, source in sources.files.items()}
    chapters = {slug: _validate(model.Hoofdstuk, source, findings) for slug, source in sources.hoofdstukken.items()}
    themes = {slug: _validate(model.Thema, source, findings) for slug, source in sources.themas.items()}
    if findings:
        raise DataError(findings)
    dossier = Dossier.model_construct(
        ronde=files.pop('dossier'), hoofdstukken=chapters, themas=themes, **{'contact': model.Contact(), **files})
    findings = [*_check_names(dossier, sources), *_check_texts(dossier), *_check_pictures(dossier, sources)]
    if findings:
        raise DataError(findings)
    return dossier


def iter_texts(value: Any) -> Iterator[Tekst]:
    """Yield every text in a part of the model, in the order of its fields."""
    if isinstance(value, Tekst):
        yield value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from iter_texts(getattr(value, name))
    elif isinstance(value, dict):
        for item in value.values():
            yield from iter_texts(item)
    elif isinstance(value, tuple):
        for item in value:
            yield from iter_texts(item)


def _validate(kind: Any, source: Source, findings: list[Finding]) -> Any:
    try:
        return TypeAdapter(kind).validate_python(source.value)
    except ValidationError as error:
        findings += [_explain(dict(problem), kind, source) for problem in error.errors(include_url=False)]
        return None


def _explain(problem: dict[str, Any], kind: Any, source: Source) -> Finding:
    """Return the finding for one of pydantic's errors, in the words of a writer."""
    path: Path_ = tuple(step for step in problem['loc'] if step != '[key]')
    place = source.place_of(path)
    names = [step for step in path if isinstance(step, str)]
    name = names[-1] if names else source.file
    value = problem['input']
    shown = value if isinstance(value, str) else ''
    shown = shown if len(shown) <= 60 else shown[:57] + '...'
    context = problem.get('ctx', {})
    day = _('Write {example}.', example='2027-07-01')
    match problem['type']:
        case 'missing':
            return Finding('sleutel-ontbreekt', _('"{name}" is missing.', name=name), source.place_of(path[:-1]),
                           _('Add a line: {name}: ...', name=name))
        case 'extra_forbidden':
            known = _keys_at(kind, path[:-1])
            near = get_close_matches(name, known, 1, 0.6)
            hint = _('Did you mean "{near}"?', near=near[0]) if near else _('Known here: {known}.', known=', '.join(known))
            return Finding('sleutel-onbekend', _('"{name}" is not a key here.', name=name), place, hint)
        case 'date':
            return Finding('geen-datum', _('{name} "{value}" is not a date.', name=name, value=shown), place, day)
        case 'vague_date':
            return Finding('geen-datum', _('{name} "{value}" is not a date.', name=name, value=shown), place,
                           day + ' ' + _('Or less precise: 2027-07, 2027-K3 or 2027.'))
        case 'yes_no':
            return Finding('geen-ja-of-nee', _('{name} "{value}" is not yes or no.', name=name, value=shown), place, _('Write true or false.'))
        case 'empty' | 'string_too_short':
            return Finding('tekst-leeg', _('"{name}" is empty.', name=name), place, _('Write a text, or remove the line.'))
        case 'string_too_long':
            return Finding('tekst-te-lang', _('"{name}" is longer than {n} characters.', name=name, n=context['max_length']), place,
                           _('Make it shorter.'))
        case 'literal_error':
            near = get_close_matches(shown, _choices(context['expected']), 1, 0.6)
            hint = _('Did you mean "{near}"?', near=near[0]) if near else _('Choose from: {known}.', known=context['expected'].replace("'", ''))
            return Finding('keuze-onbekend', _('{name} "{value}" is not one of the choices.', name=name, value=shown), place, hint)
        case 'float_parsing' | 'float_type' | 'int_parsing' | 'int_type' | 'finite_number':
            return Finding('geen-getal', _('{name} "{value}" is not a number.', name=name, value=shown), place,
                           _('Write digits only, with a point for decimals: 12.5'))
        case 'url':
            return Finding('geen-webadres', _('{name} "{value}" is not a web address.', name=name, value=shown), place,
                           _('It begins with https:// and has no spaces.'))
        case 'mail':
            return Finding('geen-mailadres', _('{name} is not a mail address.', name=name), place, _('Write it as naam@voorbeeld.nl.'))
        case 'time':
            return Finding('geen-tijd', _('{name} "{value}" is not a time.', name=name, value=shown), place, _('Write it as "17:00".'))
        case 'slug':
            return Finding('geen-korte-naam', _('{name} "{value}" is not a short name.', name=name, value=shown), place,
                           _('Use only small letters, digits and hyphens.'))
        case 'language':
            return Finding('geen-taal', _('{name} "{value}" is not a language.', name=name, value=shown), place, _('Write nl, en, fy or de.'))
        case 'no_meaning':
            return Finding('voluit-ontbreekt', _('"voluit" is missing.'), place,
                           _('Say what the short form stands for, or add: negeer: true'))
        case 'one_time':
            return Finding('een-tijdstip', _('A meeting has either "datum" or "periode".'), place, _('Write one of the two.'))
        case 'too_short':
            return Finding('te-weinig', _('"{name}" needs at least {n}.', name=name, n=context['min_length']), place, _('Add more, or remove it.'))
        case 'too_long':
            return Finding('te-veel', _('"{name}" takes at most {n}.', name=name, n=context['max_length']), place, _('Remove some.'))
        case 'tuple_type' | 'list_type':
            return Finding('geen-lijst', _('"{name}" must be a list.', name=name), place, _('Put a hyphen and a space before each item: - ...'))
        case 'model_type' | 'dict_type' | 'model_attributes_type' | 'dataclass_type':
            known = _keys_at(kind, path)
            return Finding('geen-sleutels', _('"{name}" must consist of keys.', name=name), place,
                           _('Known here: {known}.', known=', '.join(known)) if known else _('Write key: value.'))
        case _:  # string_type, is_instance_of: a list or keys where a text belongs
            return Finding('geen-tekst', _('"{name}" must be a text.', name=name), place, _('Write one text, without hyphens or keys.'))


def _choices(expected: str) -> list[str]:
    return [word.strip("' ") for word in expected.replace(' or ', ', ').split(',')]


def _keys_at(kind: Any, path: Sequence[str | int]) -> list[str]:
    """Return the keys that are known at a place in the data."""
    for step in path:
        inner = _unwrap(kind)
        if isinstance(step, str) and inner and step in inner.model_fields:
            kind = inner.model_fields[step].annotation
    inner = _unwrap(kind)
    return [name for name in inner.model_fields if name != 'tekst'] if inner else []


def _unwrap(kind: Any) -> type[BaseModel] | None:
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return kind
    return next((found for argument in get_args(kind) if (found := _unwrap(argument))), None)


def _check_names(dossier: Dossier, sources: Sources) -> Iterator[Finding]:
    """Yield what doesn't fit together: the round, the order of the book, provinces."""
    main = sources.files['dossier']
    if dossier.ronde.ronde != sources.ronde:
        yield Finding('ronde-anders', _('"ronde" says {a}, but the folder is {b}.', a=dossier.ronde.ronde, b=sources.ronde),
                      main.place_of(('ronde',)), _('Make them the same.'))
    known = [*model.ONDERDELEN, *(slug for slug in dossier.hoofdstukken if slug not in model.ONDERDELEN)]
    seen: set[str] = set()
    for n, name in enumerate(dossier.ronde.onderdelen or ()):
        place = main.place_of(('onderdelen', n))
        if name not in known:
            yield Finding('onderdeel-onbekend', _('There is no part or chapter "{name}".', name=name), place, _suggest(name, known))
        if name in seen:
            yield Finding('onderdeel-dubbel', _('"{name}" stands here twice.', name=name), place, _('Remove one of the two.'))
        seen.add(name)
    if 'afkortingen' in seen and dossier.onderdelen[-1] != 'afkortingen':
        yield Finding('afkortingen-laatst', _('"afkortingen" must be the last part: it gives the pages of all that stands before it.'),
                      main.place_of(('onderdelen',)), _('Move it to the end.'))
    provinces = [province.naam for province in dossier.provincies]
    meetings = sources.files.get('bijeenkomsten')
    for n, meeting in enumerate(dossier.bijeenkomsten):
        assert meetings
        for key, name in (('provincie', meeting.provincie), *(('behalve', name) for name in meeting.behalve)):
            if name and name != 'alle' and name not in provinces:
                yield Finding('provincie-onbekend', _('There is no province "{name}".', name=name), meetings.place_of((n, key)),
                              _suggest(name, provinces))


def _suggest(name: str, known: Sequence[str]) -> str:
    near = get_close_matches(name, known, 1, 0.5)
    return _('Did you mean "{near}"?', near=near[0]) if near else _('There is: {known}.', known=', '.join(known))


def _check_texts(dossier: Dossier) -> Iterator[Finding]:
    """Yield references to nothing, headings that skip a level, and footnotes without a mark or a text."""
    known = [*dossier.themas, *dossier.hoofdstukken, *(name for name in model.ONDERDELEN[2:] if name != 'themas')]
    for text in iter_texts(dossier):
        level = 1
        file = text.place.file
        for label in text.unresolved:
            yield Finding('voetnoot-los', _('Footnote [^{label}] is not used in the text.', label=label), text.place, _('Put [^{label}] in the text.', label=label))
        for token, line in text.walk():
            place = Place(file, line)
            if token.type == 'reference' and token.meta['slug'] not in known:
                slug = token.meta['slug']
                yield Finding('verwijzing-onbekend', _('[[{slug}]] refers to nothing.', slug=slug), place, _suggest(slug, known))
            elif token.type == 'text' and '[^' in token.content:
                yield Finding('voetnoot-leeg', _('This footnote has no text.'), place, _('Add a line such as: [^1]: The text of the note.'))
            elif token.type == 'heading_open':
                new = int(token.tag[1])
                if new == 1:
                    yield Finding('kop-niveau', _('A heading in a text has at least two #.'), place, _('The title of the chapter is the only one of level 1.'))
                elif new > level + 1:
                    yield Finding('kop-niveau', _('This heading skips a level.'), place, _('Use {marks}.', marks='#' * (level + 1)))
                level = new
            elif token.type == 'link_open':
                address = str(token.attrGet('href') or '')
                if not address.startswith(('https://', 'http://', 'mailto:', 'tel:')):
                    yield Finding('link-onbekend', _('"{address}" is not a web address.', address=address), place,
                                  _('A link begins with https://, a reference to a chapter is written as [[{slug}]].', slug='slug'))


def _check_pictures(dossier: Dossier, sources: Sources) -> Iterator[Finding]:
    """Yield pictures that are missing, broken or outside the round, or that have no alternative text."""
    folder = sources.project / 'data' / sources.ronde
    for group, items in ((sources.themas, dossier.themas), (sources.hoofdstukken, dossier.hoofdstukken)):
        for slug, item in items.items():  # type: ignore[attr-defined]
            for n, picture in enumerate(item.beeld):
                yield from check_picture(folder, picture.bestand, group[slug].place_of(('beeld', n, 'bestand')))
    for text in iter_texts(dossier):
        for token, line in text.walk():
            if token.type == 'image':
                place = Place(text.place.file, line)
                yield from check_picture(folder, str(token.attrGet('src')), place)
                if not token.content.strip():
                    yield Finding('alt-ontbreekt', _('This picture has no alternative text.'), place,
                                  _('Say what it shows, for who can\'t see it: ![what it shows](beeld/kaart.png)'))
