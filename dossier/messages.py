"""What a user can be told: for every code the message and the way out. The codes never change meaning; the manual lists them."""

from dossier.errors import Finding, Place, Severity
from dossier.i18n import _


def N_(text: str) -> str:  # noqa: N802  # gettext's usual name for what is translated later
    """Mark a text for the catalogue."""
    return text


# fmt: off
MESSAGES: dict[str, tuple[str, str]] = {
    # reading
    'map-ontbreekt': (N_('There is no folder "data" here.'),
                      N_('Go to the folder of your project, or make a new one with: dossier new FOLDER')),
    'ronde-ontbreekt': (N_('There is no round in "data" (a folder such as data/2027).'),
                        N_('Make a new project with: dossier new FOLDER')),
    'ronde-onbekend': (N_('There is no round "{ronde}".'), N_('There is: {known}.')),
    'bestand-ontbreekt': (N_('This file is missing.'), N_('A round needs it; dossier new FOLDER shows an example.')),
    'bestand-onleesbaar': (N_("This file can't be read: {reason}."), N_('See whether you may open it.')),
    'bestand-leeg': (N_('This file is empty.'), N_('The manual says what belongs in it.')),
    'bestand-te-groot': (N_('This file is larger than {mb} MB.'), N_('Is it the right file? No text is so long.')),
    'buiten-project': (N_('This file lies outside the project.'), N_('Copy it into the project.')),
    'geen-utf8': (N_('This file is not saved as UTF-8 (in Windows-1252 this would be "{guess}").'),
                  N_('Open it in your editor and save it as "UTF-8".')),
    'verboden-teken': (N_("There is a character that can't be printed (U+{number})."),
                       N_('Remove it; it often comes along when text is pasted.')),
    'voorwerk-ontbreekt': (N_('This file does not begin with ---.'),
                           N_('Begin with a line ---, then titel: ..., then a line ---, then the text.')),
    'voorwerk-open': (N_('The part that begins with --- is not closed.'),
                      N_('Put a line with just --- between the keys and the text.')),
    'themanaam': (N_('The name of a theme file is a number, a hyphen and a short name.'),
                  N_('Rename it, for example to 04-stikstof.md.')),
    'bestandsnaam': (N_('"{slug}" is no name for a chapter.'), N_('Use only small letters, digits and hyphens.')),
    'naam-dubbel': (N_('There are two chapters named "{slug}".'), N_('Rename one of them.')),
    'yaml-fout': (N_('This line does not fit what stands above it.'),
                  N_('Is a bracket or a quotation mark open, or a colon missing? Indent with spaces, as in the lines around it.')),
    'yaml-tab': (N_('There is a tab at the start of this line.'), N_('Indent with spaces.')),
    'yaml-dubbelepunt': (N_('There is a colon in this text that is taken for the end of a key.'),
                         N_('Put the whole text between quotation marks: titel: "Stikstof: de stand".')),
    'yaml-aanhalingsteken': (N_('A quotation mark is opened here and not closed.'), N_('Close it at the end of the text.')),
    'yaml-verwijzing': (N_("A text can't begin with this sign (such as &, *, !, @ or %)."),
                        N_('Put the text between quotation marks.')),
    'yaml-te-diep': (N_('This is nested too deeply.'), N_('Nothing in a dossier needs more than a few levels.')),
    'sleutel-dubbel': (N_('"{name}" stands here twice.'), N_('Remove one of the two.')),
    # the values of keys
    'sleutel-ontbreekt': (N_('"{name}" is missing.'), N_('Add a line: {name}: ...')),
    'sleutel-onbekend': (N_('"{name}" is not a key here.'), '{suggestion}'),
    'keuze-onbekend': (N_('{name} "{value}" is not one of the choices.'), '{suggestion}'),
    'geen-dag': (N_('{name} "{value}" is not a date.'), N_('Write 2027-07-01.')),
    'geen-datum': (N_('{name} "{value}" is not a date.'), N_('Write 2027-07-01, or less precise: 2027-07, 2027-K3 or 2027.')),
    'geen-ja-of-nee': (N_('{name} "{value}" is not yes or no.'), N_('Write true or false.')),
    'geen-getal': (N_('{name} "{value}" is not a number.'), N_('Write digits, with a point for decimals: 12.5')),
    'geen-lijst': (N_('"{name}" must be a list.'), N_('Put a hyphen and a space before each item: - ...')),
    'geen-sleutels': (N_('"{name}" must consist of keys.'), '{known}'),
    'geen-tekst': (N_('"{name}" must be a text.'), N_('Write one text, without hyphens or keys.')),
    'geen-webadres': (N_('{name} "{value}" is not a web address.'), N_('It begins with https:// and has no spaces.')),
    'geen-mailadres': (N_('{name} is not a mail address.'), N_('Write it as naam@voorbeeld.nl.')),
    'geen-tijd': (N_('{name} "{value}" is not a time.'), N_('Write it as "17:00".')),
    'geen-korte-naam': (N_('{name} "{value}" is not a short name.'), N_('Use small letters, digits and hyphens.')),
    'geen-taal': (N_('{name} "{value}" is not a language.'), N_('Write nl, en, fy or de.')),
    'tekst-leeg': (N_('"{name}" is empty.'), N_('Write a text, or remove the line.')),
    'tekst-te-lang': (N_('"{name}" is longer than {max_length} characters.'), N_('Make it shorter.')),
    'te-weinig': (N_('"{name}" needs at least {min_length}.'), N_('Add more, or remove it.')),
    'te-veel': (N_('"{name}" takes at most {max_length}.'), N_('Remove some.')),
    'voluit-ontbreekt': (N_('"voluit" is missing.'), N_('Say what it stands for, or add: negeer: true')),
    'staaf-negatief': (N_('A bar can\'t be shorter than nothing.'), N_('Choose soort: lijn for figures below zero.')),
    'een-tijdstip': (N_('A meeting has either "datum" or "periode".'), N_('Write one of the two.')),
    # what doesn't fit together
    'ronde-anders': (N_('"ronde" says {a}, but the folder is {b}.'), N_('Make them the same.')),
    'onderdeel-onbekend': (N_('There is no part or chapter "{name}".'), '{suggestion}'),
    'onderdeel-dubbel': (N_('"{name}" stands here twice.'), N_('Remove one of the two.')),
    'afkortingen-laatst': (N_('"afkortingen" must be the last part: it gives the pages of all that stands before it.'),
                           N_('Move it to the end.')),
    'provincie-onbekend': (N_('There is no province "{name}".'), '{suggestion}'),
    'verwijzing-onbekend': (N_('[[{slug}]] refers to nothing.'), '{suggestion}'),
    'voetnoot-los': (N_('Footnote [^{label}] is not used in the text.'), N_('Put [^{label}] in the text.')),
    'voetnoot-genest': (N_('A footnote stands in a footnote.'), N_('Put its text in the first note.')),
    'voetnoot-leeg': (N_('This footnote has no text.'), N_('Add a line such as: [^1]: The text of the note.')),
    'kader-onbekend': (N_('":::" is followed by something unknown.'), N_('Write "::: kader Title" or "::: uitgelicht".')),
    'kader-open': (N_('This box is not closed.'), N_('End it with a line ":::".')),
    'merk-onbekend': (N_('"{{.{name}}}" is not known.'), N_('Write {{.letterlijk}}, {{.voluit}} or {{.kort}}.')),
    'link-kapot': (N_('This link or picture is not written right.'), N_('No spaces in the address: [text](https://voorbeeld.nl)')),
    'hoofdstuk-ongebruikt': (N_('"{name}" is not in the book.'), N_('Add it to "onderdelen", or remove the file.')),
    'kop-niveau': (N_('A heading in a text has at least two #, and skips no level.'), N_('Use {marks} here.')),
    'link-onbekend': (N_('"{address}" is not a web address.'),
                      N_('A link begins with https://; a reference to a chapter is written as [[slug]].')),
    'beeld-buiten': (N_('The picture "{name}" lies outside the folder of the round.'),
                     N_('Copy it to the folder "beeld" and write: beeld/{file}')),
    'beeld-ontbreekt': (N_('There is no picture "{name}".'), '{suggestion}'),
    'beeld-soort': (N_('"{name}" is not a picture that can be printed.'), N_('Use PNG, JPEG or SVG.')),
    'beeld-te-groot': (N_('"{name}" is larger than {mb} MB.'), N_('Save it smaller.')),
    'beeld-stuk': (N_('"{name}" can\'t be read: {reason}.'), N_('Save it again from your picture program.')),
    'alt-ontbreekt': (N_('This picture has no alternative text.'),
                      N_("Say what it shows, for who can't see it: ![what it shows](beeld/kaart.png)")),
    # abbreviations
    'afkorting-dubbel': (N_('"{form}" is declared twice.'),
                         N_('Remove one of the two, or say with "alleen_in" where each holds.')),
    'afkorting-onbekend': (N_('"{form}" looks like an abbreviation and is not declared ({n} x).'),
                           N_('Add it to data/afkortingen.yaml, if need be with: negeer: true')),
    'afkorting-ongebruikt': (N_('"{form}" is declared and not used in this round.'),
                             N_('That may be right: the list holds only what is used.')),
    # templates, layout, press, output
    'sjabloon-ontbreekt': (N_('There is no template "{name}".'), N_('Correct the name, or put the file there.')),
    'sjabloon-fout': (N_('This template is wrong: {reason}.'), N_('The names that a template knows are in the manual.')),
    'sjabloon-verboden': (N_('This template asks for something that is not allowed: {reason}.'), N_('Remove it.')),
    'werker-gestopt': (N_('A worker process was stopped, perhaps because memory ran out.'), N_('Try again with: --jobs 1')),
    'pango-ontbreekt': (N_("WeasyPrint can't load its libraries: {reason}."), N_('Install Pango; the README says how.')),
    'opmaak': (N_('While laying out: {reason}'), N_('Is a picture or a style wrong?')),
    'teken-ontbreekt': (N_('A character is in none of the fonts: {reason}'), N_('Write it in another way.')),
    'pdf-stuk': (N_('This is no PDF that can be read: {reason}.'), ''),
    'pdf-paginas': (N_('The PDF has {found} pages and not {asked}.'), ''),
    'pdf-kenmerk': (N_('The PDF does not say that it is {name}.'), ''),
    'pdf-onderdeel': (N_('The PDF has no {name}.'), ''),
    'pdf-lettertype': (N_('The font {name} is not embedded.'), ''),
    'pdf-link': (N_('A link on page {number} leads nowhere.'), ''),
    'pdf-link-tekst': (N_('A link on page {number} has no text to read aloud.'), ''),
    'pdf-afkortingen': (N_('{found} of {asked} abbreviations carry what they stand for.'), ''),
    'schijf-vol': (N_('The disk is full. The last good file is still there.'), N_('Make room and build again.')),
    'uitvoer-is-map': (N_('There is a folder of this name.'), N_('Move or rename it.')),
    'uitvoer-dicht': (N_("This file can't be written. The last good one is still there."),
                      N_('Close it where it is open, and see whether you may write there.')),
    'map-dicht': (N_("This folder can't be made."), N_('See whether you may write there.')),
    'map-bestaat': (N_('This folder exists already and is not empty.'), N_('Choose another name.')),
}
# fmt: on


def finding(code: str, place: Place | None = None, severity: Severity = Severity.ERROR, **values: object) -> Finding:
    """Return the finding of a code, its words in the current language with the values filled in."""
    message, hint = MESSAGES[code]
    return Finding(code, _(message, **values), place, _(hint, **values) if hint else '', severity)
