"""The templates of letters, labels and mails (`templates/post/`), the project's own first; fails with TemplateError.

As those of the book they run in Jinja's sandbox, and an unknown variable is an error.
"""

from datetime import date
from pathlib import Path
from traceback import extract_tb
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined, TemplateNotFound, TemplateSyntaxError, select_autoescape
from jinja2 import TemplateError as JinjaError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from dossier.errors import Place, TemplateError
from dossier.foreign import TEMPLATE, explain
from dossier.i18n import current_language, translations
from dossier.messages import finding
from dossier.pieces import mark_piece
from dossier.resources import shipped

_MONTHS = [
    'January',
    'February',
    'March',
    'April',
    'May',
    'June',
    'July',
    'August',
    'September',
    'October',
    'November',
    'December',
]


class Templates:
    """Fills the templates of a project."""

    def __init__(self, project: Path) -> None:
        self._folders = [project / 'templates' / 'post', shipped('templates') / 'post']
        self._environment = ImmutableSandboxedEnvironment(
            loader=FileSystemLoader(self._folders),
            undefined=StrictUndefined,
            autoescape=select_autoescape(['html']),
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            extensions=['jinja2.ext.i18n'],
        )
        words = translations(current_language())
        self._environment.install_gettext_translations(words, newstyle=True)  # type: ignore[attr-defined]
        self._found: dict[tuple[str, ...], str] = {}
        self._environment.globals['stuk'] = _piece
        self._environment.filters['datum'] = day

    def find(self, name: str, language: str, ending: str = 'html') -> str:
        """Return the file of a template in a language, else the one for all languages, else the Dutch one; TemplateError."""
        if known := self._found.get((name, language, ending)):
            return known
        names = [f'{name}.{language}.{ending}', f'{name}.{ending}', f'{name}.nl.{ending}']
        found = next((file for file in names for folder in self._folders if (folder / file).is_file()), None)
        if '/' in name or found is None:
            raise TemplateError([finding('sjabloon-ontbreekt', Place(f'templates/post/{names[0]}'), name=name)])
        self._found[name, language, ending] = found
        return found

    def fill(self, file: str, **values: Any) -> str:
        """Return a template filled; TemplateError with its line when it is wrong, or asks for what isn't given."""
        place = Place(f'templates/post/{file}')
        try:
            return self._environment.get_template(file).render(values)
        except TemplateNotFound as error:
            wrong = finding('sjabloon-ontbreekt', place, name=error.name)
        except TemplateSyntaxError as error:
            said, place = explain(TEMPLATE, error.message), Place(f'templates/post/{error.name}', error.lineno)
            wrong = finding('sjabloon-fout', place, reason=said.reason, about=said.about)
        except (JinjaError, ArithmeticError, LookupError, TypeError, ValueError, AttributeError) as error:
            frames = [
                frame for frame in extract_tb(error.__traceback__) if Path(frame.filename).parent in self._folders
            ]
            place = Place(f'templates/post/{Path(frames[-1].filename).name}', frames[-1].lineno) if frames else place
            said = explain(TEMPLATE, error)
            wrong = finding('sjabloon-fout', place, reason=said.reason, about=said.about)
        raise TemplateError([wrong])


def _piece(soort: str = '', *, caller: Any) -> Markup:
    """Mark what stands in `{% call stuk("soort") %}...{% endcall %}` as a personal piece."""
    return mark_piece(soort, caller())


def day(value: date, language: str = 'nl') -> str:
    """Return a date in words: 29 maart 2023."""
    return f'{value.day} {translations(language).gettext(_MONTHS[value.month - 1])} {value.year}'
