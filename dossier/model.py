"""The nouns of the dossier, as their writers use them. One word for one thing:

Dossier            everything of one round: what the book, the page and the leaflet are made from
Verkiezingsronde   what `dossier.yaml` says: the round, its dates, publisher, and the order of the book
Thema              a chapter on a subject: text, Besluitpunten, Gebeurtenissen (dates), Cijfers, Partijen, Documenten
Hoofdstuk          a chapter that is no theme, or the introduction to a part that is made from data
Besluitpunt        a decision that lies ahead: what, who, before when, and what follows without it
Afkorting          a short form and what it stands for
Bijeenkomst        a meeting in a province
Propositie         what the provinces offer for a task
Organisatie        one of the organisations in "wie is wie"
Provincie          one of the twelve
Tekst              a text of a writer that knows its place (dossier.text)
"""

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationInfo,
    model_validator,
)
from pydantic_core import PydanticCustomError

from dossier.dates import Datum
from dossier.errors import Place, Scalar
from dossier.text import Kind, Tekst, curl_apostrophes, parse_text

MAX_FORM_LENGTH = 60
MAX_NUMBER = 10**15
ONDERDELEN = (
    'omslag',
    'colofon',
    'inhoud',
    'proposities',
    'themas',
    'organisaties',
    'bijeenkomsten',
    'besluiten',
    'tijdlijn',
    'contact',
    'afkortingen',
)  # the parts that are made from data, in their usual order


class Model(BaseModel):
    """Strict and frozen: an unknown key is an error, and nothing computed is hung onto it."""

    model_config = ConfigDict(extra='forbid', frozen=True, arbitrary_types_allowed=True)


def _read_text(kind: Kind) -> Callable[[Any, ValidationInfo], Any]:
    def read(value: Any, info: ValidationInfo) -> Any:
        if not isinstance(value, str):
            return value
        if not value.strip() and info.field_name != 'tekst':
            raise PydanticCustomError('tekst-leeg', 'tekst-leeg')
        return parse_text(value, getattr(value, 'place', Place('?')), kind)

    return read


def _read_date(value: Any) -> date:
    try:
        found = Datum.parse(value)
        return date(found.jaar, found.maand or 0, found.dag or 0)
    except (ValueError, TypeError, AttributeError) as error:
        raise PydanticCustomError('geen-dag', 'geen-dag') from error


def _read_vague_date(value: Any) -> Datum:
    try:
        return Datum.parse(value)
    except (ValueError, AttributeError, TypeError) as error:
        raise PydanticCustomError('geen-datum', 'geen-datum') from error


def _read_yes(value: Any) -> bool:
    answers = {'true': True, 'ja': True, 'yes': True, 'false': False, 'nee': False, 'no': False}
    if not isinstance(value, str) or value.lower() not in answers:
        raise PydanticCustomError('geen-ja-of-nee', 'geen-ja-of-nee')
    return answers[value.lower()]


def _read_form(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if not value.strip():
        raise PydanticCustomError('tekst-leeg', 'tekst-leeg')
    if len(value) > MAX_FORM_LENGTH:
        raise PydanticCustomError('tekst-te-lang', 'tekst-te-lang', {'max_length': MAX_FORM_LENGTH})
    return Scalar(curl_apostrophes(value), getattr(value, 'place', Place('data/afkortingen.yaml')))


def _check(code: str, test: Callable[[str], bool]) -> AfterValidator:
    def check(value: str) -> str:
        if not test(value):
            raise PydanticCustomError(code, code)
        return value

    return AfterValidator(check)


Titel = Annotated[Tekst, BeforeValidator(_read_text('heading'))]  # no mark-up
Regel = Annotated[Tekst, BeforeValidator(_read_text('line'))]  # inline mark-up
Lopend = Annotated[Tekst, BeforeValidator(_read_text('block'))]  # Markdown
Woord = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Getal = Annotated[float, Field(allow_inf_nan=False, ge=-MAX_NUMBER, le=MAX_NUMBER)]
Aantal = Annotated[int, Field(ge=0, le=MAX_NUMBER)]
Woorden = Annotated[Woord, AfterValidator(curl_apostrophes)]  # as they are printed
Vorm = Annotated[Scalar, BeforeValidator(_read_form)]  # a short form, that knows its place
Dag = Annotated[date, BeforeValidator(_read_date)]
Wanneer = Annotated[Datum, BeforeValidator(_read_vague_date)]
Ja = Annotated[bool, BeforeValidator(_read_yes)]
Slug = Annotated[
    Woord, _check('geen-korte-naam', lambda text: text.replace('-', '').isalnum() and text == text.lower())
]
Webadres = Annotated[
    Woord, _check('geen-webadres', lambda text: text.startswith(('https://', 'http://')) and ' ' not in text)
]
Mailadres = Annotated[Woord, _check('geen-mailadres', lambda text: text.count('@') == 1 and ' ' not in text)]
Tijd = Annotated[Woord, _check('geen-tijd', lambda text: _is_time(text))]
Taal = Annotated[Woord, _check('geen-taal', lambda text: 2 <= len(text) <= 8 and text.replace('-', '').isalpha())]


def _is_time(text: str) -> bool:
    hours, colon, minutes = text.partition(':')
    return (
        bool(colon)
        and hours.isdigit()
        and minutes.isdigit()
        and len(minutes) == 2
        and int(hours) < 24
        and int(minutes) < 60
    )


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
    alleen_in: tuple[Slug, ...] = ()
    negeer: Ja = False

    @model_validator(mode='after')
    def _needs_meaning(self) -> Self:
        if not self.voluit and not self.negeer:
            raise PydanticCustomError('voluit-ontbreekt', 'voluit-ontbreekt')
        return self


class Provincie(Model):
    """A province; its number of seats is a fact of a round."""

    naam: Woord
    hoofdstad: Woord
    cbs_code: Woord | None = None
    statenleden: dict[Woord, Aantal] = {}
    website: Webadres | None = None
    tooi_code: Woord | None = None
    tooi_uri: Webadres | None = None


class Besluitpunt(Model):
    """A decision that lies ahead."""

    wat: Regel
    wie: Regel
    uiterlijk: Wanneer | None = None
    gevolg: Regel | None = None


class Gebeurtenis(Model):
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


class Partij(Model):
    """Who is involved in a theme."""

    naam: Regel
    rol: Regel


class Document(Model):
    """A public document."""

    titel: Titel
    url: Webadres | None = None
    datum: Wanneer | None = None


class Beeld(Model):
    """A picture: the file below the folder of the round, what it shows to who can't see it, and a caption."""

    bestand: Woord
    alt: Woord
    bijschrift: Regel | None = None


class Hoofdstuk(Model):
    """A chapter that is no theme."""

    titel: Titel
    kort: Titel | None = None
    samenvatting: Regel | None = None
    beeld: tuple[Beeld, ...] = ()
    tekst: Lopend


class Thema(Model):
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
    tekst: Lopend


class Bijeenkomst(Model):
    """A meeting: on a day (`datum`) or in a period in words (`periode`)."""

    datum: Dag | None = None
    periode: Woord | None = None
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
        return self


class Propositie(Model):
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


class Organisatie(Model):
    """One of the organisations in "wie is wie"."""

    naam: Titel
    slug: Slug
    soort: Woord
    vestigingsplaats: Woord
    website: Webadres | None = None
    omschrijving: Lopend
    lijsten: tuple[Lijst, ...] = ()
    kanalen: tuple[Kanaal, ...] = ()


class Persoon(Model):
    """Somebody whom readers may turn to."""

    naam: Woord
    functie: Woord
    organisatie: Woord | None = None
    email: Mailadres | None = None
    telefoon: Woord | None = None


class Aanvraagadres(Model):
    """Where to ask for a printed copy."""

    email: Mailadres


class Contact(Model):
    """How to reach the publisher."""

    email: Mailadres | None = None
    adres: tuple[Woord, ...] = ()
    telefoon: Woord | None = None
    website: Webadres | None = None
    gedrukte_versie: Aanvraagadres | None = None
    personen: tuple[Persoon, ...] = ()
    kanalen: tuple[Kanaal, ...] = ()


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


class Dossier(Model):
    """Everything of one round."""

    ronde: Verkiezingsronde
    afkortingen: tuple[Afkorting, ...] = ()
    provincies: tuple[Provincie, ...] = ()
    hoofdstukken: dict[str, Hoofdstuk] = {}
    themas: dict[str, Thema] = {}
    bijeenkomsten: tuple[Bijeenkomst, ...] = ()
    proposities: tuple[Propositie, ...] = ()
    organisaties: tuple[Organisatie, ...] = ()
    contact: Contact = Contact()

    @property
    def onderdelen(self) -> tuple[str, ...]:
        """The parts of the book in order, by name; `themas` stands for all themes."""
        if self.ronde.onderdelen is not None:
            return self.ronde.onderdelen
        chapters = tuple(slug for slug in self.hoofdstukken if slug not in ONDERDELEN)
        filled = tuple(
            name
            for name in ONDERDELEN[3:]
            if name in ('themas', 'afkortingen', 'besluiten', 'tijdlijn')
            or getattr(self, name, None) not in ((), Contact())
        )
        return (*ONDERDELEN[:3], *chapters, *filled)
