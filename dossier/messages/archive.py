"""Messages of comparing and archiving."""

from dossier.messages.mark import N_

# fmt: off
MESSAGES: dict[str, tuple[str, str]] = {
    'versie-onbekend': (N_('There is no such version.'),
                        N_('Write 2023, 2023@v1 (a version in the archive), 2027@HEAD~1 (a git revision) or the folder of a bag.')),
    'bewaarjaren-ontbreekt': (N_('With waardering V it must be said for how many years.'), N_('Add a line: bewaarjaren: 10')),
    'archief-anders': (N_('This file is not what the sources give now.'),
                       N_('Build again and look at it, or put the sources back of which it was made.')),
    'archief-naam': (N_('This name has signs that an archive does not take.'),
                     N_('Use letters without accents, digits, hyphens and one point.')),
    'archief-vreemd': (N_('A file of this kind does not belong among the sources.'), N_('Move it out of this folder.')),
    'archief-persoonsgegevens': (N_('In this file stand personal data of a request for a printed copy.'),
                                 N_('Take them out: they never go into the archive.')),
    'archief-geen-bag': (N_('This is no bag, and no ZIP of one.'), N_('Name the folder that holds bagit.txt.')),
    'archief-manifest': (N_('This file is not as it was written.'), N_('Take the bag from another copy.')),
    'archief-ontbreekt': (N_('This file is missing.'), N_('Take it from another copy.')),
    'archief-extra': (N_('This file was not here when the bag was sealed.'), N_('Take it out, or take the bag from another copy.')),
    'archief-gewijzigd': (N_('This file was changed.'), N_('Take it from another copy.')),
    'archief-zonder-mdto': (N_('This file has no MDTO beside it.'), N_('Take the bag from another copy.')),
    'archief-mdto': (N_('This is no valid MDTO: {reason}'), N_('Take it from another copy.')),
    'archief-anders-dan-mdto': (N_('This file is not the one that its MDTO describes.'), N_('Take both from another copy.')),
    'archief-verwijzing': (N_('This refers to "{key}", which is not in the bag.'), N_('Take the bag from another copy.')),
    'archief-verapdf': (N_('veraPDF does not accept this as {name}.'), ''),
    'archief-wortel': (N_('The root hash is {found}... and not {asked}...: this is not the bag that was sealed.'),
                       N_('Take the bag from another copy.')),
    'archief-bewijs': (N_('This proof is not of this bag, or not of the one you trust.'), ''),
    'archief-opdracht': (N_('This bag does not say how it was built.'), N_('Was it made by this program?')),
    'openssl-ontbreekt': (N_('openssl is not installed.'), N_('Install it; only --token and --signature need it.')),
}
# fmt: on
