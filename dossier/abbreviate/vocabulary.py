"""The abbreviations that hold in a chapter: their forms, and what each stands for there."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from dossier.abbreviate.forms import Forms
from dossier.model import Afkorting

WORD = re.compile(r'\w+')


def key_of(entry: Afkorting) -> str:
    """Return what tells a meaning from another of the same short form."""
    return '@'.join((entry.afkorting, *entry.alleen_in))


@dataclass
class Vocabulary:
    """The abbreviations that hold in a chapter: their forms, what each stands for, and their long forms by first word."""

    meanings: dict[str, list[Afkorting]]
    plurals: frozenset[str]
    forms: Forms
    long_forms: dict[str, str]  # casefolded, to the key of the meaning
    long_lengths: dict[str, set[int]]  # by first word

    @classmethod
    def of(cls, entries: Iterable[Afkorting], chapter: str) -> 'Vocabulary':
        """Return the vocabulary of a chapter; a meaning that holds `alleen_in` it goes before one that holds everywhere."""
        meanings: dict[str, list[Afkorting]] = {}
        elsewhere: dict[str, list[Afkorting]] = {}
        plurals: set[str] = set()
        form: str
        long_forms: dict[str, str] = {}
        long_lengths: dict[str, set[int]] = {}
        for entry in entries:
            if entry.alleen_in and chapter not in entry.alleen_in:
                elsewhere.setdefault(entry.afkorting, []).append(entry)
                continue
            for form in filter(None, (entry.afkorting, *entry.varianten, entry.meervoud)):
                meanings.setdefault(form, []).append(entry)
                plurals |= {form} if form == entry.meervoud else set()
            if entry.voluit and entry.voluit != entry.afkorting and (word := WORD.search(entry.voluit)):
                long_forms[entry.voluit.casefold()] = key_of(entry)
                long_lengths.setdefault(word[0].casefold(), set()).add(len(entry.voluit))
        for form, found in meanings.items():
            meanings[form] = [entry for entry in found if entry.alleen_in] or found
        for form, found in elsewhere.items():  # two meanings, and none of them holds here
            if form not in meanings and len({entry.voluit for entry in found}) > 1:
                meanings[form] = found
        return cls(meanings, frozenset(plurals), Forms.of(meanings), long_forms, long_lengths)
