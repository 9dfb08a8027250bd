"""Messages of the press: making print files, preflight, imposition."""

from dossier.messages.mark import N_

_LOOK = N_('Look at this page in the print file, or make the picture again without it.')

# fmt: off
MESSAGES: dict[str, tuple[str, str]] = {
    # any PDF
    'pdf-ontbreekt': (N_('There is no such file.'), N_('Correct the name.')),
    'pdf-te-zwaar': (N_('This PDF takes more than {seconds} seconds or {megabytes} MB to read.'),
                     N_('Is it broken? Save it again from the program that made it.')),
    'druk-versleuteld': (N_('The PDF is encrypted or asks for a password.'), N_('Save it without security.')),
    # making the print file
    'druk-profiel': (N_('The colour profile is no CMYK profile of a press: {reason}.'),
                     N_('Put the ICC file in styles/profielen/ of the project and name it in dossier.yaml: druk: profiel')),
    'druk-te-dik': (N_('{pages} pages of {gsm} g/m² are too thick for staples: the book stays open.'),
                    N_('Choose "binding: gelijmd", thinner paper, or at most {most} pages.')),
    'druk-te-dun': (N_('A spine of {spine} mm is too thin for glue; binders ask for {least} mm.'), N_('Choose "binding: geniet".')),
    'druk-kleur-onbekend': (N_('A colour in {space} has no print value; it has become black.'), _LOOK),
    'druk-menging': (N_('Something is mixed with what lies below it ({mode}); in print it covers it.'), _LOOK),
    'druk-masker': (N_('Something fades out with a mask; in print it does not.'), _LOOK),
    'druk-doorzichtig': (N_('Something is transparent; in print it stands on white.'), _LOOK),
    'druk-tweeling': (N_("{name} can't be read as a CMYK picture: {reason}."), N_('The picture itself was converted.')),
}
# fmt: on
