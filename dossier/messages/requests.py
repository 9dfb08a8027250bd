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
    'psycopg-ontbreekt': (N_('The library for PostgreSQL is missing.'), N_('Install it with: pip install "dossier[postgresql]"')),
}
# Why a request must be looked at, or was ignored: the words of `reden` in `requests list --format json`.
REASONS: dict[str, str] = {
    'dubbel': N_('asked for before'),
}
# fmt: on
