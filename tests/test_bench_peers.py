"""The content of the yardstick as Typst markup: nothing is lost, and no text becomes a command."""

import subprocess
import sys

from dossier.parts import Part
from tests.bench.onepiece import join_parts
from tests.bench.peers import ROOT, to_typst


def typst(body):
    return to_typst(f'<!DOCTYPE html><html lang="nl"><body>{body}</body></html>')


def test_text_that_means_something_to_typst_is_escaped():
    assert typst('# $ * _ ` &lt;a> @ [b] ~ = - + / \\ " \'') == (
        r'\# \$ \* \_ \` \<a\> \@ \[b\] \~ \= \- \+ \/ \\ \" ' + r'\''
    )
    assert typst('1. een... https://a.nl') == r'1\. een\.\.. https:\/\/a.nl'
    assert typst('<img src="a%20b.jpg" alt=\'een "b"\'>') == r'#image("a b.jpg", alt: "een \"b\"", width: 100%);'


def test_a_call_ends_before_the_bracket_that_follows():
    assert typst('<p><strong>een</strong>(twee) [drie]</p>') == r'#par[#strong[een];(twee) \[drie\]];'


def test_blocks():
    assert typst('<h1>een</h1><h2>twee</h2><h3>drie</h3>') == (
        '#heading(level: 1)[een];#heading(level: 2)[twee];#heading(level: 3)[drie];'
    )
    assert typst('<ul><li>een<ol><li>twee</li></ol></li><li>drie</li></ul>') == '#list[een#enum[twee];][drie];'
    assert typst('<figure><img src="a.jpg" alt="b"><figcaption>c</figcaption></figure>') == (
        '#figure([#image("a.jpg", alt: "b", width: 100%);], caption: [c]);'
    )
    assert typst('<abbr title="een">E</abbr> <a href="https://a.nl">b</a>') == 'E #link("https://a.nl")[b];'


def test_footnote():
    assert typst('<p>een<span class="voetnoot">Noot *.</span></p>') == r'#par[een#footnote[Noot \*.];];'


def test_table_with_head_spans_and_caption():
    table = (
        '<table><caption>c</caption><thead><tr><th>a</th><th>b</th></tr></thead>'
        '<tbody><tr><td colspan="2">d</td></tr> <tr><th class="wie">e</th><td>f</td></tr></tbody></table>'
    )
    assert typst(table) == (
        '#figure([#table(columns: 2, table.header(table.cell()[#strong[a];], table.cell()[#strong[b];]), '
        'table.cell(colspan: 2)[d], table.cell()[#strong[e];], table.cell()[f]);], caption: [c]);'
    )


def test_number_and_link_point_to_a_part():
    html = '<body class="thema"><p><a href="dossier:een">E</a>: <span class="nr" data-naar="een">00</span></p></body>'
    part = Part('een', 'Een', html, 'een.md')
    assert to_typst(join_parts([part], None)) == '#part("een", false)[#par[#link(label("een"))[E];: #nr("een");];];'
    assert typst('<div class="deel thema" id="een"><div class="tekst">a</div></div>') == '#part("een", true)[a];'


def test_leader_of_the_contents():
    assert typst('<li>een<span class="stippels"></span></li>') == 'een#dots[];'


def test_compiling_loads_nothing_else():
    loaded = 'import sys, tests.bench.peers; print({"weasyprint", "tinyhtml5", "dossier"} & set(sys.modules))'
    assert subprocess.run([sys.executable, '-c', loaded], cwd=ROOT, capture_output=True, text=True).stdout == 'set()\n'
