"""Web addresses on paper, where nobody can click: a short form to type, and a QR code."""

import re

from markupsafe import Markup

_CODE = Markup(
    '<svg xmlns="http://www.w3.org/2000/svg" class="qr" viewBox="0 0 {} {}"><title>{}</title><path d="{}"/></svg>'
)


def short_address(address: str) -> str:
    """Return an address as people write it: no https://, no www., no slash at the end."""
    return re.sub(r'^https?://(?:www\.)?(?=.)|/$', '', address)


def draw_code(address: str) -> Markup:
    """Return the QR code of an address as SVG, with its quiet zone (ISO/IEC 18004, 9.1) and a title to read aloud."""
    import segno  # only where there is a code

    code = segno.make(address, error='m', micro=False)
    width, height = code.symbol_size()
    rows = enumerate(code.matrix_iter())
    path = ''.join(f'M{x},{y}h1v1h-1z' for y, row in rows for x, dark in enumerate(row) if dark)
    return _CODE.format(width, height, address, path)
