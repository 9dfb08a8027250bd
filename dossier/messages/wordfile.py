"""Messages about a Word file that becomes a theme. docs/ronde.md explains each."""

from dossier.messages.mark import N_

# fmt: off
MESSAGES: dict[str, tuple[str, str]] = {
    'word-onleesbaar': (N_('This is no Word file that can be read.'), N_('Open it in Word and save it as .docx.')),
    'word-te-groot': (N_('This file is too large (at most {mb} MB, unpacked too).'), N_('Make the pictures in it smaller.')),
    'word-macro': (N_('There are macros in this file; they were left out.'), N_('Is the file from who you think?')),
    'word-wijzigingen': (N_('There are tracked changes ({n}); they were taken as accepted.'), N_('Read the text again.')),
    'word-stijl': (N_('The style "{name}" is not known; its text became plain text.'),
                   N_("Use Word's own styles, such as Heading 1, or correct the text.")),
    'word-beeld': (N_('A picture could not be taken along.'),
                   N_('Save it as PNG or JPEG in the folder "beeld", and put it in the text.')),
    'word-tabel': (N_('A table has cells that are joined; they were parted.'), N_('Correct the table.')),
    'word-link': (N_('The link "{name}" leads to a file; only its text was kept.'), N_('Link to a page of the web instead.')),
}
# fmt: on
