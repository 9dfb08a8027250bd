"""The lines of a mail that its writer wrote: without what is quoted, and the signature and disclaimers apart."""

import re
from dataclasses import dataclass

_QUOTE = re.compile(
    r'(?i)(?:op|on|am|le)\s.{4,120}\b(?:schreef|heeft|wrote|schrieb|a écrit)\b.{0,120}|.{0,80}@\S+\s+(?:schreef|wrote).{0,60}'
)
_MARK = re.compile(
    r'(?i)[-_>\s]*(?:begin )?(oorspronkelijk|original|ursprüngliche|doorgestuurd|forwarded|weitergeleitete)\b.{0,40}'
)
_FORWARD = re.compile(r'(?i)\s*(?:fwd?|doorst|wg|tr)\s*:')
_FROM = re.compile(r'(?i)\*?(?:van|from|von)\s*:\*?\s*\S')
_HEADER = re.compile(
    r'(?i)\*?(?:van|from|von|verzonden|sent|gesendet|datum|date|aan|to|an|cc|onderwerp|subject|betreff)\s*:'
)
_SIGNATURE = re.compile(r'--|_{5,}|-{5,}')
_SENT_FROM = re.compile(r'(?i)(?:verzonden|verstuurd|sent|gesendet)\s+(?:vanaf|vanuit|met|from|via|von)\s.{0,60}')
_DISCLAIMER = re.compile(
    r'(?i)\W*(?:disclaimer|proclaimer)\b|.*\b(?:uitsluitend|solely|only)\b.{0,40}\b(?:bestemd|intended)\b'
    r'|(?:de informatie in|dit (?:e-?mail)?bericht|deze e-?mail|this (?:e-?mail'
    r'|message))\b.{0,80}(?:vertrouwelijk|bestemd|confidential|intended|is |kan )'
)


@dataclass(frozen=True)
class Written:
    """The lines of the writer, those below a signature mark, and whether they came from a mail that was passed on."""

    lines: list[str]
    tail: list[str]
    forwarded: bool = False


def own_lines(text: str, subject: str, depth: int = 0) -> Written:
    """Return what the writer wrote; of a mail that was passed on, what the first writer wrote too."""
    lines: list[str] = []
    tail: list[str] = []
    written = text.split('\n')
    forwarded: list[str] = []
    for n, line in enumerate(written):
        mark = _MARK.fullmatch(line)
        if mark or _starts_header(written, n):
            onward = _FORWARD.match(subject) or (
                mark and mark[1].lower() in ('doorgestuurd', 'forwarded', 'weitergeleitete')
            )
            forwarded = _below_header(written[n:]) if onward and depth < 2 else []
            break
        if _is_quotation(written, n) or _DISCLAIMER.match(line):
            break
        if tail or _SIGNATURE.fullmatch(line):
            tail.append(line)
        elif not line.startswith('>') and not _SENT_FROM.fullmatch(line):
            lines.append(line)
    if not forwarded:
        return Written(lines, tail)
    inner = own_lines('\n'.join(forwarded), '', depth + 1)
    return Written([*lines, '', *inner.lines], inner.tail, forwarded=True)


def _starts_header(lines: list[str], n: int) -> bool:
    return bool(_FROM.match(lines[n])) and sum(bool(_HEADER.match(line)) for line in lines[n : n + 6]) >= 2


def _is_quotation(lines: list[str], n: int) -> bool:
    """Whether the line, or it and the next, says that another's words follow."""
    if not _QUOTE.match(lines[n]) and not re.match(r'(?i)(?:op|on|am)\s', lines[n]):
        return False
    two = f'{lines[n]} {lines[n + 1] if n + 1 < len(lines) else ""}'.strip()
    return any(_QUOTE.fullmatch(part) and part.endswith(':') for part in (lines[n], two))


def _below_header(lines: list[str]) -> list[str]:
    rest = lines[1:] if _MARK.fullmatch(lines[0]) else lines
    while rest and (not rest[0] or _HEADER.match(rest[0])):
        rest = rest[1:]
    return rest
