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
    'etiketvel-onbekend': (N_('There is no sheet of labels "{value}".'), N_('There are: {known}.')),
    'etiket-onbekend': (N_('There is no label {value} on this sheet.'), N_('Choose 1 to {count}.')),
    'niets-goedgekeurd': (N_('No request is approved.'), N_('See what waits with: dossier requests list')),
    'mail-instelling': (N_('"{value}" is no address of a mail server.'),
                        N_('Write DOSSIER_SMTP as smtps://user@server:465 or smtp://user@server:587 (with STARTTLS).')),
    'mail-afzender': (N_('It is not known who sends the mails.'), N_('Fill in "email" in contact.yaml.')),
    'mail-server': (N_('The mail server does not take mails: {reason}.'),
                    N_('Nothing was sent to who is left. Put it right and give the command again.')),
    'mail-geweigerd': (N_('The confirmation of request {nummer} was refused: {reason}.'),
                       N_('Is the mail address right? See: dossier requests show {nummer}')),
    'mail-onzeker': (N_('Whether the confirmation of request {nummer} was sent is not known: it was broken off.'),
                     N_('It is not sent again. Look in the mailbox of the sender.')),
}
# fmt: on
