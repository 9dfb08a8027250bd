"""The parts of the yardstick for two other programs that make tagged PDF, Typst and Prince, where they are installed.

python -m tests.bench.peers typst|prince PROJECT OUTPUT.pdf
python -m tests.bench.peers write typst|prince PROJECT FOLDER     what the program reads, so that composing isn't counted
python -m tests.bench.peers compile typst FOLDER                  what Typst does of itself; for Prince see `command`

Prince gets the HTML and the stylesheets of the book. Typst gets the same content in its own markup, with a page and letters
of the same size (peers.typ), but no running heads and no grounds, and no headers of rows. Both are asked for PDF/UA-1.
"""

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import unquote
from xml.etree.ElementTree import Element

ROOT = Path(__file__).parent.parent.parent
RESULT = 'boek.pdf'
_CALLS = {'strong': 'strong', 'b': 'strong', 'em': 'emph', 'i': 'emph', 'del': 'strike', 'ins': 'underline'}
_CALLS |= {'h1': 'heading(level: 1)', 'h2': 'heading(level: 2)', 'h3': 'heading(level: 3)', 'p': 'par', 'th': 'strong'}
_CLASSES = {'voetnoot': 'footnote', 'stippels': 'dots'}


def to_typst(html: str) -> str:
    """Return a joined document as Typst markup, which calls what peers.typ defines."""
    import tinyhtml5  # not above: the time of `compile` is that of Typst

    return _inside(tinyhtml5.parse(html, namespace_html_elements=False).find('body'))


def _inside(element: Element) -> str:
    return _text(element.text) + ''.join(_markup(child) + _text(child.tail) for child in element)


def _text(text: str | None) -> str:
    """Return text in which nothing means something to Typst, such as a list by `1.` at the start of a line."""
    text = re.sub(r'[ \t\r\n]+', ' ', text or '')
    return re.sub(r'[]\\#$*_`<>@[~=+/\'"-]|(?<=\d)\.|\.(?=\.)', r'\\\g<0>', text)


def _string(text: str | None) -> str:
    return '"' + re.sub(r'["\\]', r'\\\g<0>', text or '') + '"'


def _markup(element: Element) -> str:
    """Return an element as a call; the semicolon keeps a bracket in the text that follows out of it."""
    if element.tag == 'svg' or not isinstance(element.tag, str):  # a drawing; a comment
        return ''
    classes = element.get('class', '').split()
    call = next((_CLASSES[name] for name in classes if name in _CLASSES), _CALLS.get(element.tag))
    if call:
        return f'#{call}[{_inside(element)}];'
    if element.tag == 'table':
        return _captioned(_table(element), element.find('caption'))
    if element.tag == 'figure':
        content = ''.join(_markup(child) for child in element if child.tag != 'figcaption')
        return _captioned(content, element.find('figcaption'))
    if element.tag == 'img':
        return f'#image({_string(unquote(element.attrib["src"]))}, alt: {_string(element.get("alt"))}, width: 100%);'
    if element.tag in ('ul', 'ol'):
        return f'#{"list" if element.tag == "ul" else "enum"}{"".join(f"[{_inside(item)}]" for item in element.findall("li"))};'
    if href := element.get('href'):
        name = _string(href.removeprefix('#'))
        if 'nr' in classes:
            return f'#nr({name});'
        return f'#link({f"label({name})" if href.startswith("#") else name})[{_inside(element)}];'
    if 'deel' in classes:
        text = element.find('div[@class="tekst"]') is not None
        return f'#part({_string(element.get("id"))}, {str(text).lower()})[{_inside(element)}];'
    return _inside(element)


def _table(table: Element) -> str:
    rows = [[cell for cell in row if cell.tag in ('th', 'td')] for row in table.iter('tr')]
    columns = max(sum(int(cell.get('colspan', 1)) for cell in row) for row in rows)
    cells = [', '.join(_cell(cell) for cell in row) for row in rows]
    head = len(table.findall('thead/tr'))
    header = [f'table.header({", ".join(cells[:head])})'] if head else []
    return f'#table(columns: {columns}, {", ".join(header + cells[head:])});'


def _cell(cell: Element) -> str:
    spans = ', '.join(f'{span}: {cell.get(span)}' for span in ('colspan', 'rowspan') if cell.get(span))
    return f'table.cell({spans})[{_markup(cell)}]'


def _captioned(content: str, caption: Element | None) -> str:
    return content if caption is None else f'#figure([{content}], caption: [{_inside(caption)}]);'


def write(peer: str, project: Path, folder: Path) -> None:
    """Write what the program reads, into a new folder."""
    from dossier.layout.style import ROUND_URL, STYLE_URL
    from tests.bench.onepiece import compose_all, join_parts, one_piece_sheets

    parts, style = compose_all(project)
    html = join_parts(parts, None)
    folder.mkdir(parents=True)
    if peer == 'prince':

        def real(match: re.Match[str]) -> str:
            path = style.find((ROUND_URL if match[1] == ' src="' else STYLE_URL) + unquote(match[2]))
            assert path, match[2]
            return match[1] + path.as_uri()

        for name, text in (('boek.html', html), ('boek.css', '\n'.join(one_piece_sheets(style)))):
            (folder / name).write_text(re.sub(r'( src="|url\()([^")]*)', real, text), encoding='utf-8')
        return
    for source in set(re.findall(r' src="([^"]*)', html)):  # copied, as Typst reads inside its root only
        path = style.find(ROUND_URL + unquote(source))
        assert path, source
        (folder / unquote(source)).parent.mkdir(exist_ok=True)
        shutil.copy(path, folder / unquote(source))
    preamble = Path(__file__).with_suffix('.typ').read_text(encoding='utf-8')
    (folder / 'boek.typ').write_text(preamble + to_typst(html), encoding='utf-8')


def command(peer: str, folder: Path) -> list[str]:
    """Return the command that makes the PDF of what was written."""
    if peer == 'typst':
        return [sys.executable, '-m', 'tests.bench.peers', 'compile', 'typst', str(folder)]
    import prince_pdf

    options = ('--no-network', '--tagged-pdf', '--pdf-profile=PDF/UA-1', f'--style={folder / "boek.css"}')
    return prince_pdf.command(*options, str(folder / 'boek.html'), '-o', str(folder / RESULT))


def compile_typst(folder: Path) -> None:
    """Make the PDF with Typst."""
    import typst

    fonts = [ROOT / 'styles' / 'fonts']
    source, target = folder / 'boek.typ', folder / RESULT
    typst.compile(source, target, root=folder, font_paths=fonts, ignore_system_fonts=True, pdf_standards=['ua-1'])


if __name__ == '__main__':
    match sys.argv[1:]:
        case ['write', peer, project, folder]:
            write(peer, Path(project), Path(folder))
        case ['compile', 'typst', folder]:
            compile_typst(Path(folder))
        case [peer, project, output]:
            with tempfile.TemporaryDirectory() as made:
                write(peer, Path(project), Path(made) / peer)
                subprocess.run(command(peer, Path(made) / peer), cwd=ROOT, check=True)
                shutil.move(Path(made) / peer / RESULT, output)
