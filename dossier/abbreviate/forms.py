"""Finds declared short forms in plain text: case-sensitive, the longest first, on the word boundaries of Dutch.

A form is looked up by the run of letters and digits with which it begins, so the number of declared forms costs nothing, and
no form is ever read as a pattern. Soft hyphens are passed over; hard hyphens, spaces and line ends count as plain ones.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

_RUN = re.compile(r'[^\W_]+')
_SAME = str.maketrans({'\u2011': '-', '\u2010': '-', '\u00a0': ' ', '\u202f': ' ', '\n': ' ', "'": '’'})
SOFT_HYPHEN = '\u00ad'
# Where no abbreviation is looked for: addresses, file names, number plates, postcodes. Each with a sign that is quick to
# see, without which it need not be tried; every repetition is bounded, so that a hostile text costs no more than a long one.
_ELSEWHERE = tuple(
    (re.compile(sign), re.compile(pattern))
    for sign, pattern in (
        ('@', r'[\w.+-]{1,64}@[\w.-]{1,250}\.\w{1,20}'),
        (r'://|www\.', r'(?:https?://|www\.)\S{1,500}'),
        (
            r'\w\.(?:nl|eu|com|org|frl|net)\b',
            r'\b[\w-]{1,63}(?:\.[\w-]{1,63}){0,5}\.(?:nl|eu|com|org|frl|net)\b(?:/\S{0,500})?',
        ),
        (
            r'\.(?:pdf|docx?|xlsx?|pptx?|csv|html?|md|ya?ml|json|xml|jpe?g|png|svg|txt|zip|eml)\b',
            r'\b[\w-]{1,100}\.(?:pdf|docx?|xlsx?|pptx?|csv|html?|md|ya?ml|json|xml|jpe?g|png|svg|txt|zip|eml)\b',
        ),
        (
            r'[A-Z]-\d|\d-[A-Z]|[A-Z]-[A-Z]{2}-',
            r'\b(?:[A-Z]{1,3}-\d{1,3}-[A-Z]{1,3}|\d{1,3}-[A-Z]{1,3}-\d{1,3}|[A-Z]{2}-[A-Z]{2}-\d\d|\d\d-[A-Z]{2}-[A-Z]{2})\b',
        ),
        (r'\d ?[A-Z]{2}\b', r'\b[1-9]\d{3} ?[A-Z]{2}\b(?!-)'),
    )
)
NEAR = 300  # characters around a form that can say something about it
_CAPITALS = re.compile(r'\b[A-Z]{2,}(?:[ :,]+[A-Z]+){2,}\b')  # a phrase set in capitals
# Laws and decrees whose letters are a word or a name too, and the article that goes with the law.
_WORDS = {
    'Bal': 'het',
    'Bio': 'de',
    'Ob': 'het',
    'Ow': 'de',
    'Pas': 'het',
    'Rob': 'de',
    'Wet': 'de',
    'Who': 'de',
    'Wie': 'de',
}
_BEFORE = re.compile(r'(\S+)\s+$')
_INITIAL = re.compile(r'\. ?[A-Z]')  # Wm. Jansen
_SENTENCE_START = re.compile(r'(?:^|[.?!:…]["”’)]*\s|[\n•])["“‘(]*\s*$')


@dataclass(frozen=True, slots=True)
class Match:
    """A form in a text: from and to in the text as it was given, and the declared form that it is."""

    start: int
    end: int
    form: str


@dataclass
class Forms:
    """Forms by the run with which they begin, the longest first."""

    by_run: dict[str, list[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, forms: Iterable[str]) -> 'Forms':
        """Return the forms, ready to look up."""
        made = cls()
        for form in sorted(forms, key=lambda form: (-len(form), form)):
            run = _RUN.match(form)
            made.by_run.setdefault(run[0] if run else form[:1], []).append(form)
        return made

    def find(self, text: str) -> Iterator[Match]:
        """Yield the forms in a text, none inside another."""
        plain, places = simplify(text)
        shouted = [
            match.span()
            for match in find_capitals(plain)
            if any(word not in self.by_run and len(word) > 3 for word in _RUN.findall(match[0]))
        ]
        skipped = [*find_elsewhere(plain), *shouted]
        end = 0
        for run in _RUN.finditer(plain):
            start = run.start()
            if start < end or any(low <= start < high for low, high in skipped):
                continue
            form = self._form_at(plain, start, run[0])
            if form:
                end = start + len(form)
                yield Match(places[start], places[end - 1] + 1, self._declared(form))

    def _declared(self, form: str) -> str:
        run = _RUN.match(form)
        known = self.by_run.get(run[0], []) if run else []
        return form if form in known else form[:1].lower() + form[1:]

    def _form_at(self, plain: str, start: int, run: str) -> str:
        """Return the longest form that stands at a place, as it is written there; empty when there is none."""
        forms = self.by_run.get(run, [])
        small = [] if forms or not run[0].isupper() else self.by_run.get(run[0].lower() + run[1:], [])
        if not (forms or small) or not begins_word(plain, start):
            return ''
        begins = bool(_SENTENCE_START.search(plain[max(0, start - 12) : start]))
        if small and begins:  # Ov, Mkb-bedrijven: a small form with the capital of its sentence
            forms = [form[:1].upper() + form[1:] for form in small if form.islower()]
        for form in forms:
            if plain.startswith(form, start) and _ends_word(plain, start + len(form)):
                return (
                    form
                    if _means_form(form, plain[max(0, start - NEAR) : start], plain[start + len(form) :][:9], begins)
                    else ''
                )
        return ''


def _means_form(form: str, before: str, after: str, begins: bool) -> bool:
    """Return whether a form that could be a word or a name is meant: "het Bal" is, "Bal en doel" isn't."""
    if len(form) == 2 and form[1].islower() and begins and _INITIAL.match(after):
        return False
    if form not in _WORDS or after.startswith('-'):
        return True
    word = _BEFORE.search(before)
    if begins or not word:
        return False
    article = word[1].casefold() if word[1].casefold() in ('de', 'het', 'een') else ''
    return article == _WORDS[form] if article else not word[1][:1].isupper()


def simplify(text: str) -> tuple[str, Sequence[int]]:
    """Return the text without soft hyphens and with plain hyphens, spaces and apostrophes; and where each character was."""
    if SOFT_HYPHEN not in text:
        return text.translate(_SAME), range(len(text))
    places = [n for n, char in enumerate(text) if char != SOFT_HYPHEN]
    return text.replace(SOFT_HYPHEN, '').translate(_SAME), places


def begins_word(plain: str, start: int) -> bool:
    """Return whether a word can begin here: not within a word, an address or a name with a hyphen (Noord-Holland)."""
    before = plain[start - 1] if start else ' '
    further = plain[start - 2] if start > 1 else ' '
    if before == '-':
        word = re.search(r'([^\s(/"“‘-]*)-$', plain[max(0, start - NEAR) : start])
        part = word[1] if word else ''
        begins = _SENTENCE_START.search(plain[max(0, start - NEAR) : start - 1 - len(part)])
        return bool(part) and (part.islower() or part.isupper() or not part.isalpha() or bool(begins))
    if before in '.’':
        return not further.isalnum()
    return not (before.isalnum() or before in '_&@+\\')


def _ends_word(plain: str, end: int) -> bool:
    after, further = plain[end : end + 1], plain[end + 1 : end + 2]
    if after in ('.', '@') and further.isalnum():
        return False
    return not (after.isalnum() or after in ('_', '&', '@') or (after == '+' and not further.isspace()))


@lru_cache(256)
def find_elsewhere(plain: str) -> tuple[tuple[int, int], ...]:
    """Return the stretches of a simplified text in which no abbreviation is looked for."""
    spans = [match.span() for sign, pattern in _ELSEWHERE if sign.search(plain) for match in pattern.finditer(plain)]
    return tuple(spans)


@lru_cache(256)
def find_capitals(plain: str) -> tuple[re.Match[str], ...]:
    """Return the phrases of a simplified text that are set in capitals."""
    return tuple(_CAPITALS.finditer(plain))
