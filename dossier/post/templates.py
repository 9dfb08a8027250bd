"""The templates of letters, labels and mails (`templates/post/`): what they know besides Jinja's own."""

from datetime import date
from pathlib import Path
from typing import Any

from markupsafe import Markup

from dossier.dates import MONTHS
from dossier.i18n import current_language, translations
from dossier.pieces import mark_piece
from dossier.templates import Templates


def open_templates(project: Path) -> Templates:
    """Return the templates of a project."""
    templates = Templates(project, current_language(), 'templates/post')
    templates.environment.globals['stuk'] = _piece
    templates.environment.filters['datum'] = _day
    return templates


def in_language(name: str, language: str, ending: str = 'html') -> list[str]:
    """Return the files that a template may be: in a language, else for all languages, else in Dutch."""
    return [f'{name}.{language}.{ending}', f'{name}.{ending}', f'{name}.nl.{ending}']


def _piece(soort: str = '', *, caller: Any) -> Markup:
    """Mark what stands in `{% call stuk("soort") %}...{% endcall %}` as a personal piece."""
    return mark_piece(soort, caller())


def _day(value: date, language: str) -> str:
    """Return a date in words: 29 maart 2023."""
    return f'{value.day} {translations(language).gettext(MONTHS[value.month - 1])} {value.year}'
