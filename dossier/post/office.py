"""Who sends: what the project says of the round, the sender and the window of the envelope."""

from dataclasses import dataclass
from pathlib import Path

from dossier.model.settings import Post
from dossier.read import read_round
from dossier.validate import validate_settings


@dataclass(frozen=True)
class Office:
    """The sender, as templates know it."""

    ronde: str
    titel: str
    uitgever: str
    taal: str
    afzender: str  # one line
    adres: tuple[str, ...]
    email: str
    telefoon: str
    website: str
    post: Post


def read_office(project: Path, ronde: str | None = None) -> Office:
    """Return the sender of a round (the newest by default); DossierError when the project does not say it."""
    sources = read_round(project, ronde)
    settings, contact = validate_settings(sources)
    lines = tuple(map(str, contact.adres)) or (str(settings.uitgever),)
    sender = settings.post.afzender or ' · '.join(lines)
    mail = str(contact.gedrukte_versie.email if contact.gedrukte_versie else contact.email or '')
    facts = (str(settings.titel), str(settings.uitgever), settings.taal, sender, lines)
    return Office(sources.ronde, *facts, mail, str(contact.telefoon or ''), str(contact.website or ''), settings.post)
