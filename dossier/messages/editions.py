"""Messages about editions."""

from dossier.messages.mark import N_

# fmt: off
MESSAGES: dict[str, tuple[str, str]] = {
    'editie-onbekend': (N_('There is no edition "{name}".'), '{suggestion}'),
    'waarde-onbekend': (N_('A province has no value "{name}".'), '{suggestion}'),
    'waarde-ontbreekt': (N_('{{provincie.{value}}} stands here, but the edition "{name}" has no such value.'),
                         N_('Put {{#alleen-provincies}} behind this paragraph, or add the value to data/provincies.yaml.')),
    'merk-los': (N_('{mark} stands where it does nothing.'),
                 N_('Put it at the end of a heading or paragraph, or on a line of its own above a table, list or box.')),
    'verwijzing-buiten-editie': (N_('[[{slug}]] refers to a part that is not in the edition "{name}".'),
                                 N_('Leave the reference out, or let this text stand only in editions that have the part.')),
}
# fmt: on
