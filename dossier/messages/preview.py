"""What a local page, such as the preview, can say."""

from dossier.messages.mark import N_

# fmt: off
MESSAGES = {
    'poort-bezet': (N_('Port {port} is taken.'),
                    N_('Leave out --port, or choose another number; is a preview running already?')),
}
# fmt: on
