"""What Jinja, Pillow, WeasyPrint and the XML parser say, in the words of a writer: their English reaches no user."""

import re
from dataclasses import dataclass

from dossier.i18n import _
from dossier.messages.mark import N_

_FILE = r'(?:file:///(?:ronde|stijl)/)?'
# What a library says, and what that means; the group `about` holds the words of the author that are meant.
# fmt: off
STYLE = (
    (r'\.notdef.*"(?P<about>.+)" \(U\+', N_('the character "{about}"')),
    (r'Ignored `(?P<about>[^`]*)` at .*(?:not supported|unsupported)', N_('"{about}" is not supported in print')),
    (r'Ignored `(?P<about>[^`]*)` at .*unknown property', N_('"{about}" is no property of a style')),
    (r'(?:Ignored|Deprecated) `(?P<about>[^`]*)` at', N_('"{about}" is not written as a style wants it')),
    (rf"Failed to load image at '{_FILE}(?P<about>[^']*)'",
     N_('the picture "{about}" is no file of the round or of the style, or can\'t be read')),
    (rf'Failed to render SVG image {_FILE}(?P<about>\S+)', N_('the drawing "{about}" can\'t be shown')),
    (rf'Failed to load stylesheet at {_FILE}(?P<about>\S+)', N_('the stylesheet "{about}" can\'t be read')),
    (r"Font-face '(?P<about>[^']*)' cannot be loaded", N_('the font "{about}" can\'t be read')),
    (r"Anchor defined twice: '(?P<about>[^']*)'", N_('two elements have the id "{about}"')),
    (r"Content discarded: .* '#?(?P<about>[^']*)'", N_('a page number refers to "{about}", which is not there')),
    (r'This row has more columns', N_('a row of a table has more cells than the table')),
    (r'Missing required "lang"', N_('the page does not say in which language it is (lang)')),
    (r'(?:Parse error|Error:|Unknown|Invalid|Unsupported|Missing|Empty|@|In counter style|No source)',
     N_('a rule of the style is not written right')),
    (r'', N_('a style, a template or a picture asks for something that can\'t be done')),
)
TEMPLATE = (
    (r"'(?P<about>[\w.]+)' is undefined", N_('the name "{about}" is not known here')),
    (r"'(?P<kind>.*)' has no attribute '(?P<about>\w+)'", N_('there is nothing named "{about}" here')),
    (r"No (?P<kind>filter|test) named '(?P<about>\w+)'", N_('there is no filter named "{about}"')),
    (r"Encountered unknown tag '(?P<about>\w+)'", N_('"{about}" is no tag that a template knows, or stands in the wrong place')),
    (r"Unexpected end of template.* block that needs to be closed is '(?P<about>\w+)'", N_('"{about}" is opened and not closed')),
    (r'(?:Unexpected end|unexpected end|Missing end)', N_('something is opened and not closed')),
    (r"unexpected (?:char )?'(?P<about>[^']*)'", N_('"{about}" does not belong here')),
    (r"(?:expected token|Expected).*got '(?P<about>[^']*)'", N_('"{about}" does not belong here')),
    (r'(?:access to|.*unsafe|.*is not safely)', N_('a template may not look inside the program')),
    (r'(?:Range too big|.*MAX_RANGE)', N_('a range is too long')),
    (r'(?:division|integer|float|modulo|cannot convert|.*not supported between|.*unsupported operand)',
     N_('a calculation can\'t be made')),
    (r'', N_('this line can\'t be followed')),
)
PICTURE = (
    (r'cannot identify', N_('it is no picture, or it is damaged')),
    (r'(?:.*truncated|.*Truncated|broken data|unrecognized data)', N_('it is cut off')),
    (r'(?:.*pixels|.*decompression bomb)', N_('it has too many pixels')),
    (r'(?:no element found|not well-formed|mismatched tag|undefined entity|.*): line (?P<line>\d+)',
     N_('the drawing is not written right on its line {line}')),
    (r'', N_('it is damaged')),
)
# fmt: on


@dataclass(frozen=True)
class Said:
    """What a library said: its meaning in plain words, and the author's words that are meant, where it names them."""

    reason: str
    about: str = ''


def explain(table: tuple[tuple[str, str], ...], message: object) -> Said:
    """Return what a message of a library means."""
    found = ((re.match(pattern, str(message), re.DOTALL), words) for pattern, words in table)
    match, words = next((match, words) for match, words in found if match)  # the last row of a table takes anything
    return Said(_(words, **match.groupdict()), match.groupdict().get('about') or '')
