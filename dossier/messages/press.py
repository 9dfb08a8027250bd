"""Messages of the press: making print files, preflight, imposition."""

from dossier.messages.mark import N_

_LOOK = N_('Look at this page in the print file, or make the picture again without it.')

# fmt: off
# Preflight of a print file.
CHECKS: dict[str, tuple[str, str]] = {
    'druk-versleuteld': (N_('The PDF is encrypted or asks for a password.'), N_('Save it without security.')),
    'druk-pdfx': (N_('The file does not say that it is PDF/X-4.'),
                  N_('Export it as PDF/X-4, or build it with: dossier build --product druk')),
    'druk-pdf-versie': (N_('PDF {version} is too new for PDF/X-4, which is PDF 1.6.'), N_('Export it as PDF/X-4.')),
    'druk-metadata': (N_('The metadata lack: {names}.'), N_('Export it as PDF/X-4.')),
    'druk-uitvoer': (N_('There are {found} output intents for the press, and not one.'),
                     N_('Export it with one output profile.')),
    'druk-conditie': (N_('The output intent does not name its printing condition.'), N_('Name it, for example FOGRA39.')),
    'druk-uitvoerprofiel': (N_('The output intent has no CMYK profile of a press.'),
                            N_('Export it with the profile that the printer asks for.')),
    'druk-verboden': (N_('The file holds {what}, which a print file may not.'), N_('Export it again without.')),
    'druk-lagen': (N_('The file has layers; what is switched off may be printed.'), N_('Flatten the layers.')),
    'druk-paginas': (N_('{found} pages, where {asked} were planned and the binding needs a multiple of {step}.'),
                     N_('Add blank pages at the end.')),
    'druk-rug': (N_('The spine is {found} mm wide and must be {asked} mm.'),
                 N_('Make the cover again with the right number of pages.')),
    'druk-formaat': (N_('This page has another size than the first.'), N_('Give all pages the same size.')),
    'druk-schaal': (N_('This page is scaled by its unit (UserUnit).'), N_('Export it at its real size.')),
    'druk-geen-snijkader': (N_('It is not said where the page is trimmed (TrimBox).'), N_('Export it with bleed and trim box.')),
    'druk-kaders': (N_('The trim box must lie in the bleed box, and that in the media box.'), N_('Export it again with bleed.')),
    'druk-afloop-maat': (N_('The bleed is {found} mm and must be {asked} mm.'), N_('Export it with more bleed.')),
    'druk-afloop': (N_('Colour that reaches the edge ends {missing} mm before the edge of the bleed.'),
                    N_('Let it run on beyond the page.')),
    'druk-annotatie': (N_('There is a link, note or field on the page.'), N_('Export it without links and notes.')),
    'druk-pagina-stuk': (N_('This page can\'t be read.'), N_('Make it again.')),
    'druk-kleurruimte': (N_('Something is in {space}, and not in the inks of the press.'), N_('Convert it to CMYK.')),
    'druk-registratie': (N_('Something on the page is in the colour of the crop marks, that prints on every plate.'),
                         N_('Make it black.')),
    'druk-steunkleur': (N_('Spot colour: {names}. That is an extra plate.'), N_('Convert it to CMYK, unless you ordered it.')),
    'druk-inkt': (N_('{found}% ink, where at most {limit}% may stand.'),
                  N_('Make the colour lighter, or convert it with the profile of the press.')),
    'druk-wit-overdruk': (N_('Something white overprints, and so disappears.'), N_('Switch overprint off.')),
    'druk-diepzwart': (N_('Text of {size} pt is black with other inks below it; it will be blurred.'),
                       N_('Make it 100% black alone.')),
    'druk-lijn': (N_('A line is {width} pt thick; under 0.25 pt it may vanish.'), N_('Make it 0.25 pt or thicker.')),
    'druk-tekst-klein': (N_('Text of {size} pt is smaller than {least} pt.'), N_('Make it larger.')),
    'druk-tekst-inkten': (N_('Text of {size} pt in more than one ink; that asks for {least} pt.'),
                          N_('Make it larger, or of one ink.')),
    'druk-tekst-rand': (N_('Text stands {found} mm from the edge; it may be cut off within 5 mm.'), N_('Move it inwards.')),
    'druk-resolutie': (N_('{name} is {ppi} ppi at {wide} mm wide, {asked} is asked.'),
                       N_('Use a larger picture, or print it smaller.')),
    'druk-resolutie-matig': (N_('{name} is {ppi} ppi at {wide} mm wide, {asked} is asked.'),
                             N_('Use a larger picture, or print it smaller.')),
    'druk-beeld-te-groot': (N_('A picture has so many pixels that its ink was not measured.'), N_('300 ppi is enough.')),
    'druk-lettertype': (N_('The font {name} is not embedded.'), N_('Export it with all fonts.')),
    'druk-type3': (N_('The font {name} is drawn (Type 3), and prints badly.'), N_('Use another font.')),
    'druk-teken': (N_('A character is missing in {name}: a box or nothing is printed.'), N_('Write it in another way.')),
    'druk-transparantie': (N_('Something is transparent; the press must flatten it.'), N_('Ask the printer, or make it opaque.')),
    'druk-mengruimte': (N_('Transparency is mixed in screen colours.'), N_('Export it with CMYK as the blending space.')),
}
# Preflight of a file for the screen.
SCREEN_CHECKS: dict[str, tuple[str, str]] = {
    'scherm-titel': (N_('The file has no title, or readers show its name instead.'),
                     N_('Give it a title, and let readers show that (DisplayDocTitle).')),
    'scherm-taal': (N_('"{label}" is no code of a language.'), N_('Write nl, en or fy, for example.')),
    'scherm-alt': (N_('A picture has no text for who can\'t see it.'), N_('Describe what it shows (alt).')),
    'scherm-koppen': (N_('A heading {found} follows {before}: a level is skipped.'), N_('Use the next level.')),
    'scherm-los': (N_('Something on the page is neither tagged nor marked as decoration.'), N_('Export it as a tagged PDF.')),
    'scherm-tab': (N_('The tab key does not follow the order of reading.'), N_('Set the tab order to that of the structure.')),
    'scherm-contrast': (N_('Text has a contrast of {found}:1 with its ground, {least}:1 is asked.'),
                        N_('Make text and ground differ more.')),
    'scherm-volgorde': (N_('What is read next stands higher on the page.'), N_('Listen whether the order is right.')),
    'scherm-afkorting': (N_('{found} of {asked} abbreviations also stand somewhere without what they stand for.'),
                         N_('Build the file again.')),
}
MESSAGES: dict[str, tuple[str, str]] = {
    # any PDF
    'pdf-ontbreekt': (N_('There is no such file.'), N_('Correct the name.')),
    'pdf-te-zwaar': (N_('This PDF takes more than {seconds} seconds or {megabytes} MB to read.'),
                     N_('Is it broken? Save it again from the program that made it.')),
    **CHECKS,
    **SCREEN_CHECKS,
    'pdf-verapdf': (N_('veraPDF does not accept this as {name}.'), N_('Its report says why: verapdf FILE.pdf')),
    # making the print file
    'druk-profiel': (N_('The colour profile is no CMYK profile of a press: {reason}.'),
                     N_('Put the ICC file in styles/profielen/ of the project and name it in dossier.yaml: druk: profiel')),
    'druk-te-dik': (N_('{pages} pages of {gsm} g/m² are too thick for staples: the book stays open.'),
                    N_('Choose "binding: gelijmd", thinner paper, or at most {most} pages.')),
    'druk-te-dun': (N_('A spine of {spine} mm is too thin for glue; binders ask for {least} mm.'),
                    N_('Choose "binding: geniet".')),
    'druk-kleur-onbekend': (N_('A colour in {space} has no print value; it has become black.'), _LOOK),
    'druk-menging': (N_('Something is mixed with what lies below it ({mode}); in print it covers it.'), _LOOK),
    'druk-masker': (N_('Something fades out with a mask; in print it does not.'), _LOOK),
    'druk-doorzichtig': (N_('Something is transparent; in print it stands on white.'), _LOOK),
    'druk-tweeling': (N_("{name} can't be read as a CMYK picture: {reason}."), N_('The picture itself was converted.')),
}
# Checks after which a printer calls; after the others he sends the file back.
WARNINGS = frozenset((
    'druk-lagen', 'druk-steunkleur', 'druk-lijn', 'druk-tekst-klein', 'druk-tekst-inkten', 'druk-tekst-rand',
    'druk-resolutie-matig', 'druk-beeld-te-groot', 'druk-transparantie', 'scherm-volgorde', 'scherm-afkorting',
))
# fmt: on
