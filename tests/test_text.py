"""Markdown as writers use it: what becomes a token, on which line, and that raw HTML never becomes an element."""

from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.compose.render import Setting, render_html
from dossier.errors import Place
from dossier.text import parse_text, plain, transform
from tests.html import elements


def parse(source, kind='block', line=1):
    return parse_text(source, Place('test.md', line), kind)


def html(source, kind='block'):
    setting = Setting(defaultdict(lambda: 'Titel', water='Water en bodem'), {}, str)
    return str(render_html(parse(source, kind), setting))


def lines_of(text, kind):
    return [line for token, line in text.walk() if token.type == kind]


@pytest.mark.parametrize(
    ('source', 'kind', 'expected'),
    [
        ('Een *schuin* woord.', 'heading', 'Een *schuin* woord.'),
        ('Een\n  titel', 'heading', 'Een titel'),
        ("'s Avonds in '23", 'heading', '’s Avonds in ’23'),
        ('Een *schuin* woord.', 'line', 'Een <em>schuin</em> woord.'),
        ('# geen kop\n- geen lijst', 'line', '# geen kop - geen lijst'),
        ('Een\nregel', 'line', 'Een regel'),
        ('## Kop', 'block', '<h2>Kop</h2>\n'),
        ('Een\n\ntwee', 'block', '<p>Een</p>\n<p>twee</p>\n'),
    ],
)
def test_a_title_has_no_mark_up_a_line_has_it_inside_and_a_block_has_all(source, kind, expected):
    assert html(source, kind) == expected


@pytest.mark.parametrize(
    ('source', 'expected'),
    [
        ('**vet** *schuin* ~~weg~~ `code`', '<p><strong>vet</strong> <em>schuin</em> <s>weg</s> <code>code</code></p>\n'),
        ('"Ja" en \'nee\'', '<p>“Ja” en ‘nee’</p>\n'),
        ("de foto's van '23, 's avonds", '<p>de foto’s van ’23, ’s avonds</p>\n'),
        ('een\\\ntwee', '<p>een<br>\ntwee</p>\n'),
        ('[a](https://a.example "t")', '<p><a href="https://a.example" title="t">a</a></p>\n'),
        ('<https://a.example>', '<p><a href="https://a.example">https://a.example</a></p>\n'),
        ('https://a.example', '<p>https://a.example</p>\n'),
        ('![alt](beeld/a.png)', '<figure><img src="beeld/a.png" alt="alt"></figure>\n'),
        ('::: kader Een *titel*\ntekst\n:::', '<div class="kader"><p class="kadertitel">Een *titel*</p><p>tekst</p>\n</div>\n'),
        ('::: kader\ntekst\n:::', '<div class="kader"><p>tekst</p>\n</div>\n'),
        ('::: uitgelicht\ntekst\n:::', '<blockquote class="uitgelicht"><p>tekst</p>\n</blockquote>'),
        ('::: anders\ntekst\n:::', '<p>::: anders\ntekst\n:::</p>\n'),
        ('[GS]{.letterlijk}', '<p>GS</p>\n'),
        (r'de \GS en \m.e.r. en \*', '<p>de GS en m.e.r. en *</p>\n'),
        ('[[water]]', '<p><a href="dossier:water">Water en bodem</a></p>\n'),
        ('[[water|dit *hoofdstuk*]]', '<p><a href="dossier:water">dit *hoofdstuk*</a></p>\n'),
        ('`[[water]]` en \\[[water]]', '<p><code>[[water]]</code> en [[water]]</p>\n'),
        ('tekst[^a].\n\n[^a]: De *noot*.', '<p>tekst<span class="voetnoot">De <em>noot</em>.</span>.</p>\n'),
        ('a[^n]\n\n[^n]: Een\n\n    twee', '<p>a<span class="voetnoot">Een twee</span></p>\n'),
        ('a[^n] b[^n]\n\n[^n]: N', '<p>a<span class="voetnoot">N</span> b<span class="voetnoot">N</span></p>\n'),
        ('a[^2] b[^1]\n\n[^1]: B\n[^2]: A', '<p>a<span class="voetnoot">A</span> b<span class="voetnoot">B</span></p>\n'),
    ],
)  # fmt: skip
def test_mark_up_of_writers(source, expected):
    assert html(source) == expected


@pytest.mark.parametrize(
    'source', ['[^1]: - [^1]: ', '> [^1]: - [^1]: a', 'a[^1]\n\n[^1]: - [^2]: b\n\nc', '- [^1]: > [^1]: a\n- b\n\nc']
)
def test_a_footnote_that_is_defined_within_another_leaves_no_loose_ends(source):
    opened = [token.type.removesuffix('_open') for token in parse(source).tokens if token.nesting == 1]
    closed = [token.type.removesuffix('_close') for token in parse(source).tokens if token.nesting == -1]
    assert sorted(opened) == sorted(closed)


def test_a_footnote_that_refers_to_itself_ends():
    assert html('a[^a]\n\n[^a]: b[^a]').startswith('<p>a<span class="voetnoot">b')


@pytest.mark.parametrize(
    ('source', 'unresolved'),
    [('a[^a]\n\n[^a]: b', ()), ('a\n\n[^a]: b', ('a',)), ('a\n\n[^b]: b\n[^a]: c', ('b', 'a')), ('a[^x]', ())],
)
def test_footnotes_without_a_mark_are_kept(source, unresolved):
    assert parse(source).unresolved == unresolved


@pytest.mark.parametrize(
    ('source', 'kind', 'lines'),
    [
        ('## A\n\ntekst\n\n## B', 'heading_open', [10, 14]),
        ('a\nb [[c]]\nd [[e]]', 'reference', [11, 12]),
        ('a\\\n[[b]]', 'reference', [11]),
        ('> a\n> [[b]]', 'reference', [11]),
        ('- a\n- b\n  [[c]]', 'reference', [12]),
        ('- a\n\n  b [[c]]\n\n- [[d]]', 'reference', [12, 14]),
        ('| a |\n|---|\n| b |\n| [[c]] |', 'reference', [13]),
        ('::: kader T\n\na\n[[b]]\n:::', 'reference', [13]),
        ('a[^1]\n\n[^1]: b [[c]]', 'reference', [12]),
        ('a\n\n![b](c.png)', 'image', [12]),
        ('a\n**b\n[[c]]**', 'reference', [12]),
    ],
)
def test_a_token_knows_its_line_in_the_file(source, kind, lines):
    assert lines_of(parse(source, line=10), kind) == lines


def test_the_words_of_a_text():
    text = parse('## Kop\n\nEen *schuin* woord\nmet `code`, [een link](https://a.example) en \\GS.')
    assert str(text) == 'Kop Een schuin woord met code, een link en GS.'
    assert str(parse('Titel  met\nwit', 'heading')) == 'Titel met wit'


@pytest.mark.parametrize(('source', 'truth'), [('', False), (' \n', False), ('a', True), ('[^1]: a', True)])
def test_a_text_is_true_when_something_stands_there(source, truth):
    assert bool(parse(source)) is truth


def test_other_tokens_in_the_place_of_its_own():
    text = parse('a', 'line')
    assert transform(text, ()).tokens == ()
    assert text.tokens != ()


def test_plain_text_of_a_token():
    (inline,) = parse('a *b* `c`', 'line').tokens
    assert plain(inline) == ''.join(plain(child) for child in inline.children) or plain(inline) == 'a b c'


@pytest.mark.parametrize('kind', ['block', 'line', 'heading'])
@pytest.mark.parametrize(
    'source',
    [
        '<script>alert(1)</script>',
        '<b onclick="a()">vet</b>',
        '<img src=x onerror=alert(1)>',
        '<!-- niet weg',
        '<?php a ?>',
        '<![CDATA[a]]>',
        '<style>*{display:none}</style>',
        '<iframe src="https://a.example"></iframe>',
        '</p></div></body>',
        '&lt;script&gt;',
        '`<script>`',
        '[[a|<b>x</b>]]',
        '::: kader <script>\na\n:::',
        '```"><script>\na\n```',
        '| <b> |\n|-----|\n| <i> |',
        '[^1]\n\n[^1]: <b>a</b>',
        '![<b>"x"](beeld/a.png "<i>")',
        '[a](https://a.example/?"><script> "<b>")',
        '[<b>](https://a.example)',
        '<https://a.example/"><script>',
    ],
)
def test_raw_html_stays_text(source, kind):
    names = {name for name, _attributes in elements(html(source, kind))}
    assert not names & {'script', 'b', 'i', 'style', 'iframe', 'body', 'html', '!'}
    assert 'onclick' not in {name for _name, attributes in elements(html(source, kind)) for name in attributes}


@pytest.mark.parametrize(
    'source',
    [
        '[a](javascript:alert(1))',
        '[a](JavaScript:alert(1))',
        '[a](java&#115;cript:alert(1))',
        '[a](vbscript:a)',
        '[a](data:text/html,<script>)',
        '[a](file:///etc/hostname)',
        '<javascript:alert(1)>',
        '![a](javascript:alert(1))',
        '[a]\n\n[a]: javascript:alert(1)',
    ],
)
def test_a_link_that_runs_or_reads_something_is_no_link(source):
    assert not {'href', 'src'} & {name for _name, attributes in elements(html(source)) for name in attributes}


@pytest.mark.parametrize(
    'attributes',
    ['onclick="a()"', 'style="color: red"', '#naam', 'href="javascript:a"', 'data-naar="water"', 'title="a"'],
)
def test_a_writer_sets_no_attribute_but_the_class(attributes):
    assert elements(html(f'[a](https://a.example){{.kort {attributes}}} [a]{{.kort {attributes}}}')) == [
        ('p', {}),
        ('a', {'href': 'https://a.example', 'class': 'kort'}),
    ]


@pytest.mark.parametrize(
    'source',
    ['>' * 20_000, '[' * 20_000, '*a **b ' * 5_000, '- ' * 20_000, '[[a ' * 20_000, '`' * 20_000, '![' * 5_000, '<a ' * 20_000,
    ''.join('`' * n + 'a' for n in range(200)), '|'.join('a' * 500) + '\n' + '|'.join('-' * 500), ':::: kader\n' * 1_000],
    ids=lambda source: source[:6],
)  # fmt: skip
def test_endless_nesting_ends(source):
    assert html(source)


ALLOWED = {
    **dict.fromkeys('p h1 h2 h3 h4 h5 h6 em strong s code pre ul li br hr table thead tbody tr'.split(), frozenset()),
    'a': {'href', 'title'},
    'figure': set(),
    'figcaption': set(),
    'img': {'src', 'alt'},
    'ol': {'start'},
    'th': {'scope', 'style'},
    'td': {'style'},
    'div': {'class'},
    'span': {'class'},
    'blockquote': {'class'},
}
MARKDOWN = st.lists(
    st.sampled_from(
        ['<b>', '<script>', '"', "'", '[', ']', '(', ')', '{', '}', '.kort', '#', '*', '_', '`', '|', '-', ':', '\n', '\n\n',
        '[^1]', '[^1]: ', '[[water]]', '::: kader', ':::', '![a](b.png)', '&', '&#60;', '\\', '~~', '>', '1. ', '    ', 'GS', 'a',
        ' ', '{onclick="a"}', 'javascript:', '](', 'https://a.example'],
    ),
    max_size=30,
).map(''.join)  # fmt: skip


@given(st.one_of(MARKDOWN, st.text(max_size=60)), st.sampled_from(['block', 'line', 'heading']))
def test_whatever_is_written_only_known_elements_and_attributes_come_out(source, kind):
    for name, attributes in elements(html(source, kind)):
        allowed = ALLOWED[name] | ({'class'} if name in ('code', 'p', 'a', 'em', 'strong') else set())
        assert set(attributes) <= allowed
        assert not attributes.get('href', '').lower().startswith(('javascript', 'vbscript', 'file', 'data:text'))
