"""The abbreviation engine against sentences of Dutch administrative prose, each with what an editor expects (tests/corpus/)."""

import html
import re
from pathlib import Path

import pytest
import yaml
from pydantic import TypeAdapter

from dossier.abbreviate.marking import Ledger, Marker
from dossier.abbreviate.vocabulary import Vocabulary
from dossier.compose.render import Setting, render_html
from dossier.errors import Place
from dossier.model import Afkorting
from dossier.model.settings import Afkortinggebruik
from dossier.text import parse_text

CORPUS = Path(__file__).parent / 'corpus'
SENTENCES = yaml.safe_load((CORPUS / 'zinnen.yaml').read_text(encoding='utf-8'))
ENTRIES = TypeAdapter(tuple[Afkorting, ...]).validate_python(
    yaml.load((CORPUS / 'afkortingen.yaml').read_text(encoding='utf-8'), yaml.BaseLoader)
)


def read(sentence, chapter='hoofdstuk'):
    """Return what is found, how the sentence is printed, and what is unknown."""
    ledger = Ledger()
    marker = Marker(Vocabulary.of(ENTRIES, chapter), Afkortinggebruik(), ledger, (), set())
    marked = marker.mark(parse_text(sentence, Place('zin', 1), 'block'), expand=True)
    found = [token.meta['key'].partition('@')[0] for token in tokens_of(marked.tokens) if not token.meta['negeer']]
    printed = render_html(marked, Setting({}, {}, str))
    text = html.unescape(re.sub(r'<[^>]+>', '', re.sub(r'<br>|\n', ' ', printed)))
    return found, plain(text), sorted(ledger.unknown)


def plain(text):
    return ' '.join(text.replace('\u00ad', '').split())


def tokens_of(tokens):
    for token in tokens:
        if token.type == 'abbreviation':
            yield token
        yield from tokens_of(token.children or ())


def test_corpus_is_large_enough_and_full_of_traps():
    assert len(SENTENCES) >= 300
    assert sum(bool(item.get('val')) for item in SENTENCES) >= 80


@pytest.mark.parametrize('item', SENTENCES, ids=lambda item: f'{item.get("over", "")}: {item["zin"][:50]}')
def test_sentence(item):
    found, printed, unknown = read(item['zin'], item.get('in', 'hoofdstuk'))
    assert found == item.get('vindt', [])
    assert unknown == sorted(item.get('onbekend', []))
    if 'eerste' in item:
        assert printed == plain(item['eerste'])
