"""Messages of the site and the leaflet."""

from dossier.messages.mark import N_

# fmt: off
MESSAGES: dict[str, tuple[str, str]] = {
    'web-link-dood': (N_('The link "{link}" leads nowhere.'), N_('Correct the template or the text in which it stands.')),
    'web-id-dubbel': (N_('The id "{name}" stands twice on this page.'), N_('Give one of the two another name.')),
    'web-naam-dubbel': (N_('The site has a page named "{name}" of its own.'), N_('Rename the file with this text.')),
    'folder-ontbreekt': (N_('The round says nothing of a leaflet.'), N_('Add "folder" to dossier.yaml; the manual shows how.')),
    'folder-kop-onbekend': (N_('The chapter "{slug}" has no heading "{name}".'), N_('Correct "folder" in dossier.yaml.')),
    'folder-te-vol': (N_('The leaflet has {n} lines too many in "{name}".'),
                      N_('Shorten that text, or choose fewer headings or another fold.')),
}
# fmt: on
