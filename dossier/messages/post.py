"""Messages of letters, labels, packing lists and confirmations."""

from dossier.messages.mark import N_

# fmt: off
MESSAGES: dict[str, tuple[str, str]] = {
    'lijst-te-lang': (N_('This list has more than {n} rows.'), N_('Divide it over more lists.')),
    'lijst-stuk': (N_("From here on this file can't be read as a list."), N_('Is a quotation mark open? Save it again as CSV.')),
    'rij-te-lang': (N_('This row has {found} cells, and the first row {asked}.'),
                    N_('Does a cell hold the sign that separates them? Put its text between quotation marks.')),
    'rij-formule': (N_('In column "{name}" stands a formula or its error, no text.'),
                    N_('Save the values of the sheet, not the formulas.')),
    'adres-onvolledig': (N_('This address has no usable "{name}".'), N_('Fill it in; the others are made.')),
    'adres-te-lang': (N_('This address does not fit, even in small letters.'), N_('Shorten the name or the organisation.')),
    'brief-mislukt': (N_('This one could not be made. {reason}'), N_('Change the text of this row; the others are made.')),
}
# fmt: on
