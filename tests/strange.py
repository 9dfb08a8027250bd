"""PDFs that nobody should make: a bomb, and thousands of broken ones, the same ones every time."""

import io
import random
import re
import zlib

import pikepdf


def bomb(megabytes=1000):
    """Return a PDF of about a megabyte whose page is so many megabytes of spaces."""
    packer = zlib.compressobj(9)
    start = packer.compress(b' ' * 1_000_000) + packer.flush(zlib.Z_FULL_FLUSH)
    block = packer.compress(b' ' * 1_000_000) + packer.flush(zlib.Z_FULL_FLUSH)
    stream = start + block * (megabytes - 1) + packer.flush()
    objects = [
        b'<< /Type /Catalog /Pages 2 0 R >>',
        b'<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
        b'<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Resources << >> /Contents [4 0 R 4 0 R] >>',
        b'<< /Filter /FlateDecode /Length %d >> stream\n%s\nendstream' % (len(stream), stream),
    ]
    content, places = b'%PDF-1.6\n', []
    for number, inner in enumerate(objects, start=1):
        places.append(len(content))
        content += b'%d 0 obj\n%s\nendobj\n' % (number, inner)
    table = b''.join(b'%010d 00000 n \n' % place for place in places)
    trailer = b'trailer << /Size 5 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n' % len(content)
    return content + b'xref\n0 5\n0000000000 65535 f \n' + table + trailer


def mutate(content, seed):
    """Return a PDF spoilt in one of seven ways."""
    chance = random.Random(seed)
    spoil = [_cut, _flip, _remove, _repeat, _refer, _renumber, _encrypt][seed % 7]
    return spoil(content, chance)


def _cut(content, chance):
    return content[: chance.randrange(len(content))]


def _flip(content, chance):
    spoilt = bytearray(content)
    for _bit in range(chance.choice((1, 10, 200))):
        spoilt[chance.randrange(len(spoilt))] ^= 1 << chance.randrange(8)
    return bytes(spoilt)


def _remove(content, chance):
    start = chance.randrange(len(content))
    return content[:start] + content[start + chance.randrange(1, 2000) :]


def _repeat(content, chance):
    start, at = chance.randrange(len(content)), chance.randrange(len(content))
    return content[:at] + content[start : start + chance.randrange(1, 5000)] + content[at:]


def _refer(content, chance):
    """Let some objects refer to others: rings, pages that are fonts, streams that are numbers."""
    count = len(re.findall(rb'\n\d+ 0 obj', content))

    def other(match):
        return b'%d 0 R' % chance.randrange(1, count + 1) if chance.random() < 0.1 else match[0]

    return re.sub(rb'\b\d+ 0 R', other, content)


def _renumber(content, chance):
    """Put other numbers, and other types, in the place of some numbers."""
    others = (b'-1', b'0', b'99999999999', b'1e300', b'/Naam', b'null', b'[ 1 2 ]', b'(tekst)', b'0.0000001')

    def other(match):
        return chance.choice(others) if chance.random() < 0.03 else match[0]

    return re.sub(rb'(?<=[ \[])-?\d+(?:\.\d+)?(?=[ \]\n])', other, content)


def _encrypt(content, chance):
    output = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        user = chance.choice(('', 'geheim'))
        pdf.save(output, encryption=pikepdf.Encryption(owner='eigenaar', user=user))
    return output.getvalue() if chance.random() < 0.5 else _flip(output.getvalue(), chance)
