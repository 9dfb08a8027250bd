"""What `dossier.yaml` says: the round, its dates and publisher, the order of the book, and the settings of each product."""

from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from dossier.model.fields import (
    Aantal,
    Bestand,
    Controle,
    Dag,
    Getal,
    Ja,
    Lopend,
    Regel,
    Slug,
    Taal,
    Titel,
    Webadres,
    Woord,
)


class Model(BaseModel):
    """Strict and frozen: an unknown key is an error, and nothing computed is hung onto it."""

    model_config = ConfigDict(extra='forbid', frozen=True, arbitrary_types_allowed=True)


class Afkortinggebruik(Model):
    """How abbreviations are printed: where the first use is written out, and in which order."""

    eerste_gebruik: Literal['hoofdstuk', 'boek', 'nooit'] = 'hoofdstuk'
    vorm: Literal['voluit', 'kort'] = 'voluit'  # Gedeputeerde Staten (GS), or GS (Gedeputeerde Staten)
    eenmalig: Literal['lijst', 'voluit'] = 'lijst'  # used once in the book: as any other, or just written out
    koppeling: Ja = False  # a link from every use to its entry in the list


class Controles(Model):
    """Which checks of the texts are off in this project, and how old `stand_per` may be."""

    uit: tuple[Controle, ...] = ()
    stand_maanden: Aantal = 6


class Website(Model):
    """Where the site will stand; without an address it has no sitemap and no canonical addresses."""

    adres: Webadres | None = None


class Folder(Model):
    """The leaflet: its title, how it is folded, and the chapter of which it prints these headings."""

    vorm: Literal['a4', 'a5', 'drieluik'] = 'drieluik'
    titel: Titel
    hoofdstuk: Slug
    koppen: Annotated[tuple[Woord, ...], Field(min_length=1)]


class Druk(Model):
    """How the book is printed and bound, and what the printer is asked for."""

    binding: Literal['geniet', 'gelijmd'] = 'gelijmd'
    papier: Woord = 'houtvrij offset'
    gramsgewicht: Annotated[Aantal, Field(ge=40, le=400)] = 90
    opdikking: Annotated[Getal, Field(ge=0.5, le=3)] = 1.25  # thickness in µm of each g/m²: 1.0 coated, 1.25 offset
    omslagpapier: Woord = 'houtvrij mc mat'
    omslaggramsgewicht: Annotated[Aantal, Field(ge=80, le=500)] = 250
    afloop_mm: Annotated[Getal, Field(ge=0, le=5)] = 3.0
    bindmarge_mm: Annotated[Getal, Field(ge=0, le=5)] | None = None  # by default it grows with the thickness
    snijtekens: Ja = False
    notities: Ja = False  # lines for notes on the pages that are added at the end
    profiel: Woord = 'FOGRA39L_coated.icc'  # in styles/profielen/ of the project, or shipped
    drukconditie: Woord = 'FOGRA39'
    inktlimiet: Annotated[Aantal, Field(ge=200, le=400)] = 300
    oplage: Aantal | None = None
    leverdatum: Dag | None = None
    leveradres: tuple[Woord, ...] = ()
    opmerking: Woord | None = None


class Venster(Model):
    """The window of the envelope on a sheet of A4, in mm from its top left; by default that of DIN 5008, form B."""

    x: Annotated[Getal, Field(ge=0, le=150)] = 20
    y: Annotated[Getal, Field(ge=5, le=150)] = 45
    b: Annotated[Getal, Field(ge=60, le=150)] = 85
    h: Annotated[Getal, Field(ge=30, le=60)] = 45


class Post(Model):
    """What leaves by post: who sends it, where the address stands, and on which sheet the labels are."""

    afzender: Woord | None = None  # one line above the address; by default the address of contact.yaml
    venster: Venster = Venster()
    etiketvel: Woord = 'Avery L7163'
    bewaartermijn_dagen: Annotated[int, Field(ge=1, le=366)] = 30  # since sending; then a request is erased


class Beeld(Model):
    """A picture: the file below the folder of the round, what it shows to who can't see it, and a caption."""

    bestand: Bestand
    alt: Woord
    bijschrift: Regel | None = None


class Editie(Model):
    """An edition: what it takes of the dossier, and what is its own. `alleen_in_editie` and marks in texts choose the rest."""

    naam: Woord | None = None  # on the cover; that of the province by default
    provincie: Woord | None = None
    titel: Titel | None = None
    ondertitel: Titel | None = None
    colofon: Lopend | None = None
    omslag: Beeld | None = None
    voorwoord: Slug | None = None  # the chapter that opens it
    themas: Annotated[tuple[Slug, ...], Field(min_length=1)] | None = None  # these, in this order
    onderdelen: Annotated[tuple[Woord, ...], Field(min_length=1)] | None = None


class Archief(Model):
    """What the archivist decides; what isn't said is undecided."""

    archiefvormer: Woord | None = None  # the publisher by default
    archiefvormer_kenmerk: Woord | None = None  # such as a number in the Handelsregister
    archiefvormer_bron: Woord | None = None  # the register of that number
    identificatiebron: Woord | None = None  # who gives out the identifications
    waardering: Literal['B', 'V', 'N'] = 'N'  # kept, destroyed after bewaarjaren, or undecided
    bewaarjaren: Annotated[int, Field(ge=1, le=999)] | None = None
    categorie: Woord | None = None  # of the selectielijst
    categorienummer: Woord | None = None
    selectielijst: Woord | None = None
    beperking: Woord = 'Nader te bepalen'
    gebied: Woord | None = None
    doellocatie: Woord | None = None  # where the SIP goes
    zittingsjaren: Annotated[int, Field(ge=1, le=10)] = 4
    dekking_tot: Dag | None = None

    @model_validator(mode='after')
    def _has_term(self) -> Self:
        if self.waardering == 'V' and not self.bewaarjaren:
            raise PydanticCustomError('bewaarjaren-ontbreekt', 'bewaarjaren-ontbreekt')
        return self


class Verkiezingsronde(Model):
    """What `dossier.yaml` says."""

    ronde: Woord
    titel: Titel
    ondertitel: Titel | None = None
    uitgever: Titel
    verkiezing: Dag
    peildatum: Dag
    taal: Taal = 'nl'
    redactiesluiting: Dag | None = None
    installatie: Dag | None = None
    colofon: Lopend | None = None
    onderdelen: Annotated[tuple[Woord, ...], Field(min_length=1)] | None = None
    genummerde_koppen: Ja = False
    afkortingen: Afkortinggebruik = Afkortinggebruik()
    controles: Controles = Controles()
    concept: Ja = False  # a round in progress: says so on every page
    web: Website = Website()
    folder: Folder | None = None
    druk: Druk = Druk()
    post: Post = Post()
    edities: Annotated[dict[Slug, Editie], Field(min_length=1)] = {'landelijk': Editie()}
    archief: Archief = Archief()
