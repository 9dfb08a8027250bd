"""The nouns of the dossier, as their writers use them. One word for one thing:

Dossier            everything of one round: what the book, the page and the leaflet are made from
Verkiezingsronde   what `dossier.yaml` says: the round, its dates, publisher, and the order of the book
Thema              a chapter on a subject: text, Besluitpunten, Gebeurtenissen (dates), Cijfers, Partijen, Documenten
Hoofdstuk          a chapter that is no theme, or the introduction to a part that is made from data
Besluitpunt        a decision that lies ahead: what, who, before when, and what follows without it
Afkorting          a short form and what it stands for
Bijeenkomst        a meeting in a province
Editie             a dossier for one province or audience, chosen out of the whole (dossier.editions)
Propositie         what the provinces offer for a task
Organisatie        one of the organisations in "wie is wie"
Nieuwsbericht      an entry of the newsfeed
Pagina             a chapter that stands on the site only: the welcome, the statements
Provincie          one of the twelve
Tekst              a text of a writer that knows its place (dossier.text)
"""

from collections.abc import Iterator
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, Field, model_validator
from pydantic_core import PydanticCustomError

from dossier.model.fields import (
    Aantal,
    Dag,
    Getal,
    Hoofdtekst,
    Ja,
    Lopend,
    Mailadres,
    Regel,
    Slug,
    Taal,
    Tijd,
    Titel,
    Vorm,
    Wanneer,
    Webadres,
    Woord,
    Woorden,
)
from dossier.model.settings import Beeld, Editie, Model, Verkiezingsronde
from dossier.text import Tekst

ONDERDELEN = (
    'omslag',
    'colofon',
    'inhoud',
    'provincie',
    'proposities',
    'themas',
    'organisaties',
    'bijeenkomsten',
    'besluiten',
    'tijdlijn',
    'contact',
    'afkortingen',
)  # the parts that are made from data, in their usual order


class Afkorting(Model):
    """A short form and what it stands for; `negeer` says that it looks like one and is none."""

    afkorting: Vorm
    voluit: Woorden | None = None
    toelichting: Woorden | None = None
    meervoud: Vorm | None = None
    varianten: tuple[Vorm, ...] = ()
    taal: Taal = 'nl'
    geldig_van: Dag | None = None
    geldig_tot: Dag | None = None
    opvolger: Woord | None = None  # what is used instead after that
    alleen_in: tuple[Slug, ...] = ()
    negeer: Ja = False

    @model_validator(mode='after')
    def _needs_meaning(self) -> Self:
        if not self.voluit and not self.negeer:
            raise PydanticCustomError('voluit-ontbreekt', 'voluit-ontbreekt')
        return self


class Kaartvak(Model):
    """The tile of a province on the map: column and row, counted from 0."""

    kolom: Aantal
    rij: Aantal


class Provincie(Model):
    """A province; its number of seats is a fact of a round."""

    naam: Woord
    hoofdstad: Woord
    cbs_code: Woord | None = None
    statenleden: dict[Woord, Aantal] = {}
    website: Webadres | None = None
    kaart: Kaartvak | None = None
    tooi_code: Woord | None = None
    tooi_uri: Webadres | None = None


class Keuze(Model):
    """What may be in some editions only: these, or those of all `provincies`."""

    alleen_in_editie: tuple[Slug, ...] = ()


class Besluitpunt(Keuze):
    """A decision that lies ahead."""

    wat: Regel
    wie: Regel
    uiterlijk: Wanneer | None = None
    gevolg: Regel | None = None


class Gebeurtenis(Keuze):
    """A date that matters; not `zeker` when it may still move."""

    datum: Wanneer
    wat: Regel
    zeker: Ja = True


class Meting(Model):
    """One row of figures."""

    naam: Woord
    waarde: Getal


class Cijfers(Model):
    """A small series, drawn as bars (staaf) or a line (lijn)."""

    titel: Titel
    eenheid: Woord
    soort: Literal['staaf', 'lijn'] = 'staaf'
    bron: Regel | None = None
    rijen: Annotated[tuple[Meting, ...], Field(min_length=2, max_length=40)]

    @model_validator(mode='after')
    def _has_lengths(self) -> Self:
        if self.soort == 'staaf' and min(row.waarde for row in self.rijen) < 0:
            raise PydanticCustomError('staaf-negatief', 'staaf-negatief')
        return self


class Partij(Keuze):
    """Who is involved in a theme."""

    naam: Regel
    rol: Regel


class Document(Keuze):
    """A public document."""

    titel: Titel
    url: Webadres | None = None
    datum: Wanneer | None = None


class Hoofdstuk(Keuze):
    """A chapter that is no theme."""

    titel: Titel
    kort: Titel | None = None
    samenvatting: Regel | None = None
    beeld: tuple[Beeld, ...] = ()
    tekst: Hoofdtekst


class Thema(Keuze):
    """A chapter on a subject."""

    titel: Titel
    kort: Titel | None = None
    samenvatting: Regel
    portefeuille: Regel | None = None
    stand_per: Wanneer | None = None
    besluitpunten: tuple[Besluitpunt, ...] = ()
    data: tuple[Gebeurtenis, ...] = ()
    cijfers: Cijfers | None = None
    partijen: tuple[Partij, ...] = ()
    documenten: tuple[Document, ...] = ()
    contact: Woord | None = None
    beeld: tuple[Beeld, ...] = ()
    tekst: Hoofdtekst


class Bijeenkomst(Keuze):
    """A meeting: on a day (`datum`) or in a period in words (`periode`), for a calendar `ongeveer` these days."""

    kenmerk: Slug | None = None  # tells it from the others in people's calendars; may never change
    datum: Dag | None = None
    periode: Woord | None = None
    ongeveer: Wanneer | None = None
    gewijzigd: Dag | None = None  # the day of the last change
    afgelast: Ja = False
    van: Tijd | None = None
    tot: Tijd | None = None
    provincie: Woord | None = None  # a name of provincies.yaml, or 'alle'; without one it is for everybody, online
    behalve: tuple[Woord, ...] = ()
    soort: Literal['inwerkprogramma', 'kennismaking', 'gesprek', 'digitaal', 'roadshow']
    titel: Regel
    aanwezig: tuple[Woord, ...] = ()
    toelichting: Regel | None = None

    @model_validator(mode='after')
    def _has_one_time(self) -> Self:
        if (self.datum is None) == (self.periode is None):
            raise PydanticCustomError('een-tijdstip', 'een-tijdstip')
        if self.van and self.tot and self.tot.zfill(5) <= self.van.zfill(5):
            raise PydanticCustomError('tot-voor-van', 'tot-voor-van')
        return self


class Propositie(Keuze):
    """What the provinces offer for a task."""

    titel: Titel
    opgave: Woord
    samenvatting: Regel
    url: Webadres | None = None


class Lijst(Model):
    """A list with a title."""

    titel: Titel
    punten: Annotated[tuple[Regel, ...], Field(min_length=1)]


class Kanaal(Model):
    """A way to follow an organisation."""

    soort: Literal['website', 'twitter', 'linkedin', 'nieuws']
    naam: Woord
    url: Webadres


class Organisatie(Keuze):
    """One of the organisations in "wie is wie"."""

    naam: Titel
    slug: Slug
    soort: Woord
    vestigingsplaats: Woord
    leus: Regel | None = None
    website: Webadres | None = None
    omschrijving: Lopend
    lijsten: tuple[Lijst, ...] = ()
    kanalen: tuple[Kanaal, ...] = ()


class Persoon(Keuze):
    """Somebody whom readers may turn to."""

    naam: Woord
    functie: Woord
    organisatie: Woord | None = None
    email: Mailadres | None = None
    telefoon: Woord | None = None


class Aanvraagadres(Model):
    """Where to ask for a printed copy."""

    email: Mailadres


class Contactgegevens(Model):
    """How to reach the publisher."""

    email: Mailadres | None = None
    adres: tuple[Woord, ...] = ()
    telefoon: Woord | None = None
    website: Webadres | None = None
    gedrukte_versie: Aanvraagadres | None = None
    personen: tuple[Persoon, ...] = ()
    kanalen: tuple[Kanaal, ...] = ()


class Nieuwsbericht(Keuze):
    """An entry of the newsfeed; `kenmerk` tells it from the others in people's readers and may never change."""

    kenmerk: Slug
    datum: Dag
    gewijzigd: Dag | None = None
    titel: Titel
    tekst: Lopend
    url: Webadres | None = None


class Contact(Contactgegevens):
    """How to reach the publisher, and what is otherwise in an edition: it takes the place of the same key."""

    per_editie: dict[Slug, Contactgegevens] = {}


class Dossier(Model):
    """Everything of one round, or of one of its editions."""

    ronde: Verkiezingsronde
    afkortingen: tuple[Afkorting, ...] = ()
    provincies: tuple[Provincie, ...] = ()
    hoofdstukken: dict[str, Hoofdstuk] = {}
    themas: dict[str, Thema] = {}
    bijeenkomsten: tuple[Bijeenkomst, ...] = ()
    proposities: tuple[Propositie, ...] = ()
    organisaties: tuple[Organisatie, ...] = ()
    contact: Contact = Contact()
    nieuws: tuple[Nieuwsbericht, ...] = ()
    paginas: dict[str, Hoofdstuk] = {}  # what stands on the site only
    editie: Editie = Editie()
    provincie: Provincie | None = None  # that of the edition

    @property
    def onderdelen(self) -> tuple[str, ...]:
        """The parts of the book in order, by name; `themas` stands for all themes."""
        if self.ronde.onderdelen is not None:
            return self.ronde.onderdelen
        chapters = tuple(slug for slug in self.hoofdstukken if slug not in ONDERDELEN)
        filled = tuple(
            name
            for name in ONDERDELEN[4:]
            if name in ('themas', 'afkortingen', 'besluiten', 'tijdlijn')
            or getattr(self, name, None) not in ((), Contact())
        )
        return (*ONDERDELEN[: 4 if self.provincie else 3], *chapters, *filled)

    @property
    def alle_onderdelen(self) -> tuple[str, ...]:
        """The parts that stand in at least one edition."""
        editions = self.ronde.edities.values()
        own = [part for editie in editions for part in (editie.voorwoord, *(editie.onderdelen or ())) if part]
        own += ['provincie' for editie in editions if editie.provincie]
        return tuple(dict.fromkeys([*self.onderdelen, *own]))


def iter_texts(value: Any) -> Iterator[Tekst]:
    """Yield every text in a part of the model, in the order of its fields."""
    if isinstance(value, Tekst):
        yield value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from iter_texts(getattr(value, name))
    elif isinstance(value, dict):
        for item in value.values():
            yield from iter_texts(item)
    elif isinstance(value, tuple):
        for item in value:
            yield from iter_texts(item)
