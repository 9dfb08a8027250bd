"""PDFs that nobody should make: a bomb, and what else the tests of robustness share."""

import zlib


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
