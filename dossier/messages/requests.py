"""Messages of the requests for printed copies: the register."""

from dossier.messages.mark import N_

# fmt: off
MESSAGES: dict[str, tuple[str, str]] = {
    'aanvraag-onbekend': (N_('There is no request {nummer}.'), N_('See which there are with: dossier requests list')),
    'aanvraag-status': (N_('Request {nummer} is "{status}" and can\'t become "{next}".'),
                        N_('See what was done with: dossier requests show {nummer}')),
    'aanvraag-onvolledig': (N_('Request {nummer} has no complete address.'),
                            N_('Fill it in with: dossier requests edit {nummer}')),
    'aanvraag-veranderd': (N_('Someone else changed request {nummer} meanwhile; nothing was changed now.'),
                           N_('Look at it again with: dossier requests show {nummer}')),
    'register-adres': (N_('DOSSIER_REGISTER is no address of a database.'),
                       N_('Write it as postgresql+psycopg://user@server/database')),
    'register-dicht': (N_("The register can't be opened: {reason}."), N_('See whether you may write in output/aanvragen.')),
    'register-nieuwer': (N_('The register was made by a newer version of the program.'), N_('Install the newer version.')),
    'register-onbereikbaar': (N_('The register can\'t be reached or read ({reason}).'),
                              N_('Is the server on, is the disk full, or is another program busy with it? Try again.')),
    'bron-ontbreekt': (N_('There is no such file or folder.'),
                       N_('SOURCE is an .eml file, a folder, a Maildir, an mbox, or imaps://user@host/INBOX')),
    'imap-adres': (N_('This is no address of a mailbox.'), N_('Write it as imaps://user@host/INBOX (an @ in the user as %40)')),
    'imap-wachtwoord': (N_('A password does not belong in the address.'),
                        N_('Leave it out and type it when asked, or put it in DOSSIER_IMAP_PASSWORD.')),
    'imap-aanmelden': (N_('{host} does not accept this user and password.'), N_('Try again, or ask your IT department.')),
    'imap-map': (N_('There is no folder "{folder}" on {host}.'), N_('INBOX always exists.')),
    'imap-certificaat': (N_('{host} can\'t prove who it is; nothing was sent.'),
                         N_('Ask your IT department for its certificate, and name that file with --ca.')),
    'imap-verbinding': (N_('The mailbox on {host} can\'t be reached or broke off ({reason}).'),
                        N_('Run the command again: it goes on where it stopped.')),
    'imap-verplaatsen': (N_('This server can\'t move mails.'), N_('Leave out --move: the mails then get a flag.')),
    'psycopg-ontbreekt': (N_('The library for PostgreSQL is missing.'), N_('Install it with: pip install "dossier[postgresql]"')),
}
# Why a request must be looked at, or was ignored: the words of `reden` in `requests list --format json`.
REASONS: dict[str, str] = {
    'dubbel': N_('asked for before'),
    'automatisch': N_('an automatic answer'),
    'onbestelbaar': N_('a message of a mail server'),
    'spam': N_('marked as spam'),
    'lijst': N_('from a mailing list'),
    'lijkt-automatisch': N_('looks like an automatic answer'),
    'geen-antwoord': N_('from an address that takes no answers'),
    'leeg': N_('no text that can be read'),
    'geen-verzoek': N_('does not ask for a copy'),
    'twijfel': N_('speaks of another address, or of something else than a copy'),
    'meer-adressen': N_('more than one address'),
    'doorgestuurd': N_('passed on by someone else'),
    'geen-adres': N_('no complete address'),
    'adres-onzeker': N_('is the address right?'),
    'naam-onzeker': N_('is the name right?'),
    'aantal-onzeker': N_('how many copies?'),
    'editie-onzeker': N_('which edition?'),
    'veel': N_('so many copies?'),
    'eigen-adres': N_('our own address'),
}
# fmt: on
