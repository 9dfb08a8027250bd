"""Messages of the proofreader: what is remarkable in the texts of a round. docs/controles.md explains each."""

from dossier.messages.mark import N_

# fmt: off
MESSAGES: dict[str, tuple[str, str]] = {
    'zin-lang': (N_('This sentence has {n} words.'), N_('Cut it in two; {most} is a good limit.')),
    'alinea-lang': (N_('This paragraph has {n} words.'), N_('Cut it in two; {most} is a good limit.')),
    'lijdende-vorm': (N_('"{name}" is passive: who does it?'), N_('Say who does what.')),
    'ambtelijk': (N_('"{name}" is an office word.'), N_('For example: {plain}.')),
    'leesbaarheid': (N_('This theme is hard to read: {score} of 100 (an indication, from the lengths of words and sentences).'),
                     N_('Shorter sentences and words help; {least} is a good limit.')),
    'spelling': (N_('"{name}" is in no dictionary ({n} x).'),
                 N_('Correct it, or add it to data/woorden.txt, one word a line.')),
    'woordenboek-ontbreekt': (N_('The spelling is not checked: there is no Dutch dictionary on this computer.'),
                              N_('Ask for the package hunspell-nl.')),
    'link-tekst': (N_('The link "{name}" does not say where it leads.'),
                   N_('Who has links read aloud hears only this. Name the page: [de Omgevingswet](https://...)')),
    'webadres-ongeldig': (N_('"{address}" can\'t be the address of a page.'), N_('Copy it once more from your browser.')),
    'datum-voorbij': (N_('{name} is announced here, and was over on {day}.'), N_('What has become of it?')),
    'stand-oud': (N_('What this theme says is {n} months older than the round.'), N_('Read it again, and correct "stand_per".')),
    'besluit-zonder-datum': (N_('This decision has no date.'), N_('Add uiterlijk: ..., if need be just a year.')),
    'besluit-zonder-wie': (N_('This does not say who decides.'), N_('Name them, for example: Provinciale Staten')),
    'persoon-onbekend': (N_('{name} is named here and is not in contact.yaml.'),
                         N_('Is the name still right? Add who readers may turn to.')),
    'feit-verschilt': (N_('The text says {name}, the data of this theme {other} ({where}).'), N_('Which of the two is right?')),
    'contrast-laag': (N_('The colour "{name}" is hard to read on "{other}": contrast {ratio} of at least 4.5.'),
                      N_('Make one of the two darker or lighter.')),
}
# fmt: on
