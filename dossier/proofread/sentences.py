"""Sentences: long ones, long paragraphs, the passive voice, office words, and how hard a theme is to read."""

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from dossier.proofread.passages import Passage

if TYPE_CHECKING:
    from dossier.proofread import Proof

MAX_SENTENCE = 25  # words
MAX_PARAGRAPH = 120
MIN_SCORE = 30  # below it a text is "very hard" in Flesch's table
_WORD = re.compile(r'[^\W_]+(?:[-’\'.,][^\W_]+)*')
_PASSIVE = re.compile(
    r'\b(?:word|wordt|worden|werd|werden)\b(?: \w+){0,6}? (?!(?:gebied|geheel|gezond|geld|gevolg|geluid|gewest|gebouw|gezag|gevaar'
    r'|gemeent|gedeput|genoeg|gezamenlijk|gegevens|gelijk|gemak|geschikt|gericht)\w*)((?:aan|af|bij|in|mee|op|over|samen|toe|uit|vast|voor|vrij'
    r'|weg|terug|neer|goed|door)?ge\w+(?:d|t|en)|(?:be|ver|ont|her)\w+(?:eerd|aald|oerd|erkt|ruikt|oten|oden|oken|rekt|epaald|eld|and))\b'
    r'(?: door\b)?'
)
# What offices write, and what people say.
PLAIN = {
    'middels': 'met', 'teneinde': 'om', 'alsmede': 'en', 'inzake': 'over', 'met betrekking tot': 'over',
    'ten aanzien van': 'over', 'dienaangaande': 'daarover', 'ter zake': 'daarover', 'derhalve': 'daarom',
    'vigerende': 'geldende', 'mitsdien': 'dus', 'onderhavige': 'deze', 'desalniettemin': 'toch', 'thans': 'nu',
    'voornoemde': 'deze', 'jegens': 'tegenover', 'doch': 'maar', 'reeds': 'al', 'ingevolge': 'volgens',
    'krachtens': 'volgens', 'zulks': 'dat', 'aldus': 'zo', 'gaarne': 'graag', 'aangaande': 'over', 'betreffende': 'over',
    'in het kader van': 'voor', 'op basis hiervan': 'daarom', 'te allen tijde': 'altijd', 'implementeren': 'invoeren',
    'effectueren': 'uitvoeren', 'initiëren': 'beginnen', 'participeren': 'meedoen', 'prioriteren': 'kiezen wat eerst gaat',
    'faciliteren': 'mogelijk maken', 'stakeholders': 'betrokkenen', 'uitrollen': 'invoeren', 'borgen': 'vastleggen',
}  # fmt: skip
_OFFICE = re.compile(r'\b(?:' + '|'.join(sorted(PLAIN, key=len, reverse=True)) + r')\b', re.IGNORECASE)
_VOWELS = re.compile(r'[aeiouyàáâäèéêëìíîïòóôöùúûü]+', re.IGNORECASE)


def check(proof: 'Proof') -> Iterator[tuple[str, dict[str, object]]]:
    """Yield what makes the texts hard to read."""
    for passage in proof.passages:
        if passage.kind == 'heading':
            continue
        words = len(_WORD.findall(passage.text))
        if passage.kind == 'paragraph' and words > MAX_PARAGRAPH:
            yield 'alinea-lang', {'place': passage.place, 'n': words, 'most': MAX_PARAGRAPH}
        for start, sentence in passage.sentences():
            length = len(_WORD.findall(sentence))
            if length > MAX_SENTENCE:
                values = {'n': length, 'most': MAX_SENTENCE, 'about': sentence.split('\n')[0][:30]}
                yield 'zin-lang', {'place': passage.at(start), **values}
            if match := _PASSIVE.search(sentence):
                yield 'lijdende-vorm', {'place': passage.at(start + match.start()), 'name': match[0]}
        for match in _OFFICE.finditer(passage.masked):
            values = {'name': match[0], 'plain': PLAIN[match[0].lower()]}
            yield 'ambtelijk', {'place': passage.at(match.start()), **values}
    for slug, theme in proof.marked.dossier.themas.items():
        if (score := read_score([passage for passage in proof.passages if passage.chapter == slug])) < MIN_SCORE:
            yield 'leesbaarheid', {'place': theme.titel.place, 'score': score, 'least': MIN_SCORE}


def read_score(passages: Sequence[Passage]) -> int:
    """Return how easy a text is, 0 (very hard) to 100, after Flesch and Douma: an indication, which looks at lengths only."""
    sentences = [
        sentence for passage in passages if passage.kind == 'paragraph' for _at, sentence in passage.sentences()
    ]
    words = [word for sentence in sentences for word in _WORD.findall(sentence)]
    if len(words) < 100:
        return 100
    syllables = sum(max(1, len(_VOWELS.findall(word))) for word in words)
    score = 206.84 - 0.93 * len(words) / len(sentences) - 77 * syllables / len(words)
    return max(0, min(100, round(score)))
