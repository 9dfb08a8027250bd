"""Two dossiers in, what changed from the one to the other out: a chapter at a time, then the abbreviations."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from difflib import SequenceMatcher
from typing import Any

from dossier.abbreviate import abbreviate_dossier, sort_key
from dossier.compare.blocks import find_blocks
from dossier.compare.words import ALIKE, Block, Pair, diff_words, pair_blocks, similarity, word_set
from dossier.errors import Place
from dossier.messages import N_
from dossier.model import ONDERDELEN, Cijfers, Dossier, Hoofdstuk, Thema
from dossier.model.settings import Verkiezingsronde

# What a change can be; the first words of a line in every form of the comparison.
KINDS = {
    'nieuw': N_('new'), 'weg': N_('gone'), 'verplaatst': N_('moved'), 'herschreven': N_('reworded'),
    'open': N_('still open'), 'afgerond': N_('done'), 'vervallen': N_('dropped'), 'verzet': N_('date moved'),
    'gewijzigd': N_('changed'), 'gelijk': N_('unchanged'),
}  # fmt: skip
_KEYS = {  # of `diff --format json`
    'kind': 'soort', 'what': 'wat', 'old': 'oud', 'new': 'nieuw', 'name': 'naam', 'words': 'woorden', 'slug': 'naam', 'was': 'was',
    'title': 'titel', 'moved': 'verplaatst', 'changes': 'wijzigingen', 'chapters': 'hoofdstukken', 'abbreviations': 'afkortingen',
}  # fmt: skip
_DATA = ('besluit', 'datum', 'cijfer')  # what is not one of these is text of the chapter
_LONG = 20  # characters of a text that can be known again in another chapter
_ALIKE_NAMES = 0.4  # decisions and dates are short


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that changed: the kind, of what, as it was and as it is; reworded texts word by word."""

    kind: str
    what: str
    old: str = ''
    new: str = ''
    name: str = ''  # of the decision, the date or the figure
    words: tuple[tuple[str, str], ...] = ()
    place: Place | None = None  # in the new dossier


@dataclass(frozen=True, slots=True)
class ChapterChanges:
    """What changed in a chapter; `was` is its name in the old dossier where that was another."""

    slug: str
    title: str
    kind: str
    changes: tuple[Change, ...] = ()
    was: str = ''
    moved: bool = False

    @property
    def texts(self) -> list[Change]:
        """The changes of the text itself."""
        return [change for change in self.changes if change.what not in _DATA]

    def of(self, what: str) -> list[Change]:
        """Return the changes of decisions (besluit), dates (datum) or figures (cijfer)."""
        return [change for change in self.changes if change.what == what]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed from one dossier to another; each by its label, such as 2023 or 2027@HEAD."""

    old: str
    new: str
    chapters: list[ChapterChanges] = field(default_factory=list)
    abbreviations: list[Change] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """Return the comparison with the keys of `diff --format json`."""
        told = asdict(self, dict_factory=lambda pairs: {_KEYS[key]: value for key, value in pairs if key in _KEYS})
        return {'van': told.pop('oud'), 'naar': told.pop('nieuw'), **told}

    def changed_places(self) -> frozenset[Place]:
        """Return the places in the new dossier that get a change bar; what only moved or stayed gets none."""
        kinds = ('nieuw', 'herschreven', 'verzet', 'gewijzigd')
        changes = (change for chapter in self.chapters for change in chapter.changes)
        found = (change.place for change in changes if change.place and change.kind in kinds)
        return frozenset(Place(place.file, place.line) for place in found)


def compare_rounds(old: Dossier, new: Dossier, labels: tuple[str, str]) -> Comparison:
    """Return what changed from the old dossier to the new one."""
    olds, news = _chapters(old), _chapters(new)
    blocks_old = {name: list(find_blocks(value, _titles(old))) for name, value in olds.items()}
    blocks_new = {name: list(find_blocks(value, _titles(new))) for name, value in news.items()}
    was = _match_names(blocks_old, blocks_new)
    moved = _moved_names([*olds], [was[name] for name in news if name in was])
    chapters = []

    def compare(before: str, name: str) -> tuple[Change, ...]:
        texts = _compare_texts(pair_blocks(blocks_old.get(before, []), blocks_new.get(name, [])))
        return (*texts, *_compare_data(olds.get(before), news.get(name), new.ronde.peildatum))

    for name, value in news.items():
        before = was.get(name, '')
        changes = compare(before, name)
        told = any(change.kind != 'open' for change in changes) or before in moved or before != name
        kind = ('gewijzigd' if told else 'gelijk') if before else 'nieuw'
        renamed = before if before != name else ''
        chapters.append(ChapterChanges(name, _title(value), kind, changes, renamed, before in moved))
    gone = {name: value for name, value in olds.items() if name not in was.values()}
    chapters += [ChapterChanges(name, _title(value), 'weg', compare(name, '')) for name, value in gone.items()]
    return Comparison(*labels, _tell_moves(chapters), _compare_abbreviations(old, new))


def _chapters(dossier: Dossier) -> dict[str, Any]:
    """Return what is compared, by name and in the order of the book: chapters, then parts that are made from data."""
    order = [slug for name in dossier.onderdelen for slug in (dossier.themas if name == 'themas' else (name,))]
    texts = {**dossier.hoofdstukken, **dossier.themas}
    found: dict[str, Any] = {'dossier': dossier.ronde}
    for name in dict.fromkeys([*order, *texts]):
        data = getattr(dossier, name, ()) if name in ONDERDELEN else ()
        value = tuple(filter(None, (texts.get(name), data)))
        if value:
            found[name] = value if data else texts[name]
    return found


def _titles(dossier: Dossier) -> dict[str, str]:
    chapters: dict[str, Hoofdstuk | Thema] = {**dossier.hoofdstukken, **dossier.themas}
    return {slug: str(chapter.titel) for slug, chapter in chapters.items()}


def _title(value: Any) -> str:
    first = value[0] if isinstance(value, tuple) and value else value
    return str(getattr(first, 'titel', ''))


def _match_names(olds: Mapping[str, list[Block]], news: Mapping[str, list[Block]]) -> dict[str, str]:
    """Return for every new chapter which old one it was: of the same name, or the one that is most alike."""
    was = {name: name for name in news if name in olds}
    rest = {name: word_set(olds[name]) for name in olds if name not in was}
    pairs = [
        (-similarity(word_set(news[name]), words), name, other)
        for name in news
        if name not in was
        for other, words in rest.items()
    ]
    for score, name, other in sorted(pairs):
        if -score >= ALIKE and name not in was and other not in was.values():
            was[name] = other
    return was


def _moved_names(olds: Sequence[str], kept: Sequence[str]) -> set[str]:
    """Return the chapters that stand elsewhere in the order of those that both have."""
    before = [name for name in olds if name in set(kept)]
    blocks = SequenceMatcher(None, before, kept, autojunk=False).get_matching_blocks()
    return set(kept) - {name for block in blocks for name in before[block.a : block.a + block.size]}


def _compare_texts(pairs: Sequence[Pair]) -> Iterator[Change]:
    for pair in pairs:
        old, new = pair.old, pair.new
        if old and new and old.text != new.text:
            words = diff_words(old.text, new.text)
            yield Change('herschreven', new.kind, old.text, new.text, words=words, place=new.place)
        elif pair.moved and new:
            yield Change('verplaatst', new.kind, new=new.text, place=new.place)
        elif new and not old:
            yield Change('nieuw', new.kind, new=new.text, place=new.place)
        elif old and not new:
            yield Change('weg', old.kind, old=old.text)


def _compare_data(old: Any, new: Any, today: date) -> Iterator[Change]:
    """Yield what changed in the decisions, dates and figures of a chapter; of the round itself in its own dates."""
    before, after = (value if isinstance(value, Thema) else None for value in (old, new))
    for what, key in (('besluit', 'besluitpunten'), ('datum', 'data')):
        yield from _compare_dated(what, getattr(before, key, ()), getattr(after, key, ()), today)
    olds, news = (_read_figures(value.cijfers if value else None) for value in (before, after))
    yield from _compare_values('cijfer', olds, news, after.cijfers.titel.place if after and after.cijfers else None)
    if isinstance(old, Verkiezingsronde) and isinstance(new, Verkiezingsronde):
        for name in ('verkiezing', 'peildatum', 'redactiesluiting', 'installatie'):
            days = str(getattr(old, name) or ''), str(getattr(new, name) or '')
            if days[0] != days[1]:
                yield Change('verzet', 'datum', *days, name)


def _compare_dated(what: str, olds: Sequence[Any], news: Sequence[Any], today: date) -> Iterator[Change]:
    """Yield what happened to decisions or dates: each is known by what it says."""
    before, after = ([Block(str(item.wat), what, item.wat.place, item) for item in items] for items in (olds, news))
    for pair in pair_blocks(before, after, _ALIKE_NAMES):
        old, new = pair.old, pair.new
        told = _day(old), _day(new)
        if old and new:
            words = diff_words(old.text, new.text) if old.text != new.text else ()
            sure = getattr(old.value, 'zeker', True) == getattr(new.value, 'zeker', True)
            kind = 'verzet' if told[0] != told[1] else 'gewijzigd' if not sure else 'herschreven' if words else 'open'
            if kind != 'open' or what == 'besluit':
                yield Change(kind, what, *told, new.text, words, new.place)
        elif new:
            yield Change('nieuw', what, *told, new.text, (), new.place)
        elif old:
            due = getattr(old.value, 'uiterlijk', None)
            kind = ('afgerond' if due and due.last_day <= today else 'vervallen') if what == 'besluit' else 'weg'
            yield Change(kind, what, *told, old.text)


def _day(block: Block | None) -> str:
    """Return the day of a decision or a date; one that isn't sure has a question mark."""
    value = block.value if block else None
    day = getattr(value, 'uiterlijk', getattr(value, 'datum', None))
    return f'{day or ""}{"" if getattr(value, "zeker", True) else " ?"}'


def _read_figures(series: Cijfers | None) -> dict[str, str]:
    """Return the figures by name; a series with another title or unit is another series."""
    if series is None:
        return {}
    return {f'{series.titel} ({series.eenheid}): {row.naam}': f'{row.waarde:.15g}' for row in series.rijen}


def _compare_values(
    what: str, olds: Mapping[str, str], news: Mapping[str, str], place: Place | None
) -> Iterator[Change]:
    """Yield what came, changed or went, by name."""
    for name in {**news, **olds}:
        before, after = olds.get(name, ''), news.get(name, '')
        if before != after:
            kind = 'nieuw' if not before else 'weg' if not after else 'gewijzigd'
            yield Change(kind, what, before, after, name, (), place if after else None)


def _tell_moves(chapters: list[ChapterChanges]) -> list[ChapterChanges]:
    """Return the chapters with a text that left one and came in another told once, as moved from there."""
    texts = [(chapter, change) for chapter in chapters for change in chapter.texts]
    left = {change.old: chapter.title for chapter, change in texts if change.kind == 'weg' and len(change.old) >= _LONG}
    came = {change.new for _chapter, change in texts if change.kind == 'nieuw'} & {*left}

    def tell(chapter: ChapterChanges) -> Iterator[Change]:
        for change in chapter.changes:
            if change.kind == 'nieuw' and change.new in came:
                yield replace(change, kind='verplaatst', name=left[change.new])
            elif change.kind != 'weg' or change.old not in came:
                yield change

    return [replace(chapter, changes=tuple(tell(chapter))) for chapter in chapters]


def _compare_abbreviations(old: Dossier, new: Dossier) -> list[Change]:
    """Return the abbreviations whose use began or ended, or that mean something else now."""
    olds, news = (
        {str(entry.afkorting): str(entry.voluit) for entry in abbreviate_dossier(dossier, tips=False).used()}
        for dossier in (old, new)
    )
    return sorted(_compare_values('afkorting', olds, news, None), key=lambda change: sort_key(change.name))
