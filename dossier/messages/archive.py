"""Messages of comparing and archiving."""

from dossier.messages.mark import N_

# fmt: off
MESSAGES: dict[str, tuple[str, str]] = {
    'versie-onbekend': (N_('There is no such version.'),
                        N_('Write 2023, 2023@v1 (a version in the archive), 2027@HEAD~1 (a git revision) or the folder of a bag.')),
}
# fmt: on
