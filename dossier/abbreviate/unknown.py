"""Abbreviations that nobody declared: what looks like one, and what the text itself says that it stands for.

No list of words could hold them all, so it is the shape that tells: capitals (NOVI, NP RES, TEN-T), letters that no Dutch
syllable has (Awb, Brzo, mkb), dots (m.e.r.), a law's W behind its article (de Woo), two letters (Ow); and the few letter
words in small type that everybody uses.
"""

import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from functools import lru_cache

from dossier.abbreviate.forms import NEAR, begins_word, find_capitals, find_elsewhere, simplify

_SHAPES = (
    re.compile(r'[A-Z]{2} [A-Z]{3,4}(?![\w&@])'),  # BO MIRT
    re.compile(r'[A-Z]{2,}(?:-[A-Z]+)+(?![\w&@])'),  # TEN-T, VNO-NCW
    re.compile(r'[a-z]?[A-Z][A-Za-z&+]*[A-Z0-9][A-Za-z0-9]*\+*(?![\w&@])'),  # NOVI, CdK, B&W, PM10, pMIEK
    re.compile(r'(?:[a-z]\.){3,}'),  # m.e.r.
    re.compile(r'[A-Z]?[a-z]{1,5}(?:-plus)?(?![\w&@])'),  # Awb, mkb: when no Dutch syllable has these letters
)
_NAME_GOES_ON = re.compile(r'-[A-Z][a-z]')
_NO_ABBREVIATION = (
    re.compile(r'^[AENSK]\d{1,3}$'),  # roads, paper and lines
    re.compile(r'^(?=[IVXLC])(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})$'),  # Roman numerals
    re.compile(r'[a-z]{3}'),  # names such as ProRail
    re.compile(r'^IJ(?:[a-z]|$)'),  # IJmond
    re.compile(r'^NL$'),
)
_LETTER_WORDS = frozenset(
    """
    aow boa bso btw cao ggd ggz hbo ict mbo mkb ov ozb rvs vve wmo wo zzp
    """.split()
)
_LATIN = frozenset(
    """
    a.u.b. d.m.v. d.w.z. e.d. i.c. i.p.v. i.s.m. i.v.m. m.b.t. m.i.v. m.u.v. n.a.v. n.v.t. o.a. o.b.v. o.i.d.
    o.l.v. o.m. p.m. t.a.v. t.b.v. t.g.v. t.m. t.o.v. t.w.v. z.s.m.
    """.split()
)
_WORDS_WITHOUT_VOWEL = frozenset(
    """
    art blz bv cf cm dr drs gr hm hr ir jl jr kg km kv kwh ld mg mld mln mm mr mrd mw nr nrs nv pct sr st str tv
    vb vgl vs zgn
    """.split()
)
_TWO_LETTERS = frozenset(
    """
    Ab Ad Al Ap Bo De Di Du Ed El En Er Ga Hé Ik In Is Ja Je Jo Ko La Le Me Na Nu Ob Of Om Op Pa Po Te Tv Uw We
    Wy Ze Zo
    """.split()
)
_ONSETS = """
    b bl br c ch chr cl cr d dr dw f fl fr g gl gn gr h j k kl kn kr kw l m mn n p pf phl ph pl pn pr ps qu r rh
    s sc sch schr sf sh sj sk sl sm sn sp spl spr squ st str sw t th tj tr ts tsj tw v vl vr w wh wr x z zw
"""
_SYLLABLE = re.compile(rf'(?:{"|".join(sorted(_ONSETS.split(), key=len, reverse=True))})?[aeiouyäëïöüéèêáóíú]')
_BAD_END = re.compile(r'[aeiouy](?:[bdgkmptvz][wvbzhj]|w[bdgkpvz]|[fv]v|[lr][hw]w?|bb|dd|gg|vv|ww|zz)$')
_LAW = re.compile(r'\b(?:de|De) $')
_DOTTED = re.compile(r'\.\s+[a-z\d]')  # incl. btw: no letter word, but a shortened one
_RIVERS = frozenset(
    """
    Waal Wadden Weser Wet Wijk Wolga
    """.split()
)
_EXPLAINED = re.compile(r'\(([^()\s][^()]{0,30})\)')
_SENTENCE = re.compile(r'(?:^|[.?!:•\n]["”’)]*\s?)["“‘(]*$')


def find_unknown(text: str) -> Iterator[tuple[str, int]]:
    """Yield what looks like an abbreviation, and where it begins."""
    plain, places = simplify(text)
    spans = [*find_elsewhere(plain), *(match.span() for match in find_capitals(plain))]
    end = 0
    for run in re.finditer(r'[^\W_]+', plain):
        start = run.start()
        if (
            start < end
            or _is_plain_word(run[0])
            or any(low <= start < high for low, high in spans)
            or not begins_word(plain, start)
        ):
            continue
        form = _form_at(plain, start)
        if form:
            end = start + len(form)
            yield form, places[start]


@lru_cache(20_000)
def _is_plain_word(word: str) -> bool:
    """Return whether a word can be no abbreviation, nor the beginning of one: most are, and then nothing else is asked."""
    base = word[1:] if word[0].isupper() and word[0] != 'W' else word
    if len(word) < 3 or not base.islower() or not base.isalpha():
        return False
    return word not in _LETTER_WORDS and bool(_SYLLABLE.match(word.casefold())) and not _BAD_END.search(word.casefold())


def _form_at(plain: str, start: int) -> str:
    for shape in _SHAPES[:-1]:
        match = shape.match(plain, start)
        if match and not _NAME_GOES_ON.match(plain, match.end()):
            form = match[0]
            wrong = form in _LATIN or any(pattern.search(form) for pattern in _NO_ABBREVIATION)
            if '.' in form or not wrong:
                return '' if wrong else form
    match = _SHAPES[-1].match(plain, start)
    if not match:
        return ''
    before, after = plain[max(0, start - NEAR) : start], plain[match.end() : match.end() + 9]
    return match[0] if _is_letter_word(match[0], before, after) else ''


def _is_letter_word(word: str, before: str, after: str) -> bool:
    """Return whether a word of small letters, perhaps with a capital, is made of initials."""
    base = word.removesuffix('-plus')
    lower = base.casefold()
    if base in _LETTER_WORDS:
        return True
    if _DOTTED.match(after) or lower in _WORDS_WITHOUT_VOWEL:
        return False
    begins = bool(_SENTENCE.search(before))
    if len(base) == 2 and base[0].isupper():
        return not begins and base not in _TWO_LETTERS and not after.startswith((' de ', ' van '))
    if base[0].isupper() and base[0] == 'W' and not begins and _LAW.search(before):
        return base not in _RIVERS
    return len(base) > 2 and (not _SYLLABLE.match(lower) or bool(_BAD_END.search(lower)))


def find_expansions(text: str) -> Iterator[tuple[str, str]]:
    """Yield short and long form where a text explains one: "de Nationale Omgevingsvisie (NOVI)", or the other way round.

    The way of Schwartz and Hearst (2003): the letters of the short form are looked for from the end of the words before it,
    the first of them at the beginning of a word.
    """
    for match in _EXPLAINED.finditer(text):
        inside, before = match[1].strip(), text[: match.start()].rstrip()
        short = re.search(r'([A-Za-z][\w&+.]*)$', before)
        if _is_short(inside) and (long := _longest_fit(inside, before)):
            yield inside, long
        elif short and _is_short(short[1]) and (long := _longest_fit(short[1], inside)) == inside:
            yield short[1], long


def _is_short(form: str) -> bool:
    return 2 <= len(form) <= 12 and ' ' not in form and sum(char.isupper() for char in form) >= 2


def _longest_fit(short: str, before: str) -> str:
    """Return the words at the end of a text that a short form can stand for, or an empty string."""
    words = before.split()[-min(len(short) + 5, len(short) * 2) :]
    candidate = ' '.join(words)
    place = len(candidate) - 1
    letters = [char.casefold() for char in short if char.isalnum()]
    for n, letter in reversed(list(enumerate(letters))):
        while place >= 0 and (
            candidate[place].casefold() != letter or (n == 0 and candidate[place - 1 : place].isalnum())
        ):
            place -= 1
        if place < 0:
            return ''
        place -= 1
    long = candidate[place + 1 :]
    return long if len(long) > len(short) + 1 and short not in long else ''


def nearest(form: str, known: Iterable[str]) -> str:
    """Return the declared form that differs least, or an empty string."""
    known = list(known)
    alike = [other for other in known if other.casefold() == form.casefold()]
    return (alike or get_close_matches(form, known, 1, 0.75) or [''])[0]
