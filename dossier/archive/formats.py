"""The PRONOM format of a file, from its name and content; what PRONOM has no signature for gets its media type."""

import re
from dataclasses import dataclass
from mimetypes import MimeTypes

PRONOM, IANA = 'PRONOM-register', 'IANA Media types'
# By name; a text has no signature, so PRONOM knows these by their extension.
_BY_NAME = {
    'csv': ('x-fmt/18', 'Comma Separated Values'),
    'css': ('x-fmt/224', 'Cascading Style Sheet'),
    'ics': ('fmt/388', 'Internet Calendar and Scheduling format'),
    'json': ('fmt/817', 'JSON Data Interchange Format'),
    'js': ('x-fmt/423', 'JavaScript file'),
    'lock': ('x-fmt/111', 'Plain Text File'),
    'md': ('fmt/1149', 'Markdown'),
    'py': ('fmt/938', 'Python Source Code File'),
    'ttf': ('x-fmt/453', 'TrueType Font'),
    'txt': ('x-fmt/111', 'Plain Text File'),
    'woff2': ('fmt/1172', 'Web Open Font Format 2'),
    'yaml': ('fmt/818', 'YAML'),
    'yml': ('fmt/818', 'YAML'),
}
_XML, _HTML5 = ('fmt/101', 'Extensible Markup Language 1.0'), ('fmt/471', 'Hypertext Markup Language 5')
# By the first bytes, in this order.
_SIGNATURES = (
    (rb'<\?xml.*<svg(?![^>]*version=)', 'fmt/91', 'Scalable Vector Graphics 1.0'),
    (rb'<\?xml.*<svg[^>]*version="1.1"', 'fmt/92', 'Scalable Vector Graphics 1.1'),
    (rb'(?i).{0,1024}?<!doctype html', *_HTML5),
    (rb'<\?xml', *_XML),
    (rb'\x89PNG(?=.*iTXt)', 'fmt/13', 'Portable Network Graphics 1.2'),
    (rb'\x89PNG(?=.*(?:iCCP|sRGB|sPLT))', 'fmt/12', 'Portable Network Graphics 1.1'),
    (rb'\x89PNG', 'fmt/11', 'Portable Network Graphics 1.0'),
    (rb'\xff\xd8\xff\xe0..JFIF\x00\x01\x00', 'fmt/42', 'JPEG File Interchange Format 1.00'),
    (rb'\xff\xd8\xff\xe0..JFIF\x00\x01\x01', 'fmt/43', 'JPEG File Interchange Format 1.01'),
    (rb'\xff\xd8\xff\xe0..JFIF\x00\x01\x02', 'fmt/44', 'JPEG File Interchange Format 1.02'),
    (rb'.{8}\x02.{27}acsp', 'fmt/1975', 'International Color Consortium Profile 2'),
    (rb'%PDF-.*pdfaid:part>2<.*pdfaid:conformance>A<', 'fmt/476', 'Acrobat PDF/A 2a - Portable Document Format'),
    (rb'%PDF-.*PDF/X-4', 'fmt/488', 'Acrobat PDF/X - Portable Document Format - Exchange PDF/X-4'),
    *(
        (rb'%PDF-1\.' + version, code, f'Acrobat PDF 1.{version.decode()} - Portable Document Format')
        for version, code in ((b'4', 'fmt/18'), (b'5', 'fmt/19'), (b'6', 'fmt/20'), (b'7', 'fmt/276'))
    ),
)  # fmt: skip
_TYPES = MimeTypes()  # its own table, not that of the machine
_MORE_TYPES = {'xsd': 'application/xml', 'svg': 'image/svg+xml', 'icc': 'application/vnd.iccprofile'}


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its name, code, and the register that both stand in."""

    label: str
    code: str
    register: str


def find_format(name: str, content: bytes) -> Format:
    """Return the format of a file."""
    extension = name.rpartition('.')[2].lower()
    if extension in _BY_NAME and not content.startswith(b'<?xml'):
        code, label = _BY_NAME[extension]
        return Format(label, code, PRONOM)
    for pattern, code, label in _SIGNATURES:
        if extension != 'xsd' and re.match(pattern, content, re.DOTALL):
            return Format(label, code, PRONOM)
    kind = _MORE_TYPES.get(extension) or _TYPES.guess_type(name)[0] or 'application/octet-stream'
    return Format(kind, kind, IANA)
