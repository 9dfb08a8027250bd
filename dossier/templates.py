"""Templates, the project's own first: names in, texts out; fails with TemplateError.

Templates are untrusted: they run in Jinja's sandbox, and an unknown variable is an error, never an empty space.
"""

from collections.abc import Sequence
from pathlib import Path
from traceback import extract_tb
from typing import Any

from jinja2 import (
    BytecodeCache,
    FileSystemLoader,
    StrictUndefined,
    TemplateNotFound,
    TemplateSyntaxError,
    select_autoescape,
)
from jinja2 import TemplateError as JinjaError
from jinja2.bccache import Bucket
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from dossier.errors import Place, TemplateError
from dossier.foreign import TEMPLATE, explain
from dossier.i18n import translations
from dossier.messages import finding
from dossier.resources import shipped


class _Compiled(BytecodeCache):
    """Compiled templates in memory, not on disk: a file there could be anybody's."""

    def __init__(self, memory: dict[Any, Any]) -> None:
        self.memory = memory

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self.memory.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.memory[bucket.key, bucket.checksum] = bucket.code


class Templates:
    """The templates in a folder; `memory` keeps them compiled for others of the same project."""

    def __init__(
        self, project: Path, language: str, folder: str = 'templates', memory: dict[Any, Any] | None = None
    ) -> None:
        self.folder, self.own = folder, (project / folder).resolve()
        self.environment = ImmutableSandboxedEnvironment(
            loader=FileSystemLoader([project / folder, shipped(folder)]),
            undefined=StrictUndefined,
            autoescape=select_autoescape(disabled_extensions=('txt',), default=True),
            trim_blocks=True,
            lstrip_blocks=True,
            extensions=['jinja2.ext.i18n'],
            bytecode_cache=None if memory is None else _Compiled(memory),
        )
        words = translations(language)
        self.environment.install_gettext_translations(words, newstyle=True)  # type: ignore[attr-defined]

    def fill(self, name: str | Sequence[str], /, **context: Any) -> str:
        """Return the template of this name, or the first that is there of these, filled; TemplateError with its line."""
        names = [name] if isinstance(name, str) else name
        try:
            return self.environment.select_template(names).render(context)
        except TemplateNotFound as error:
            wrong = finding('sjabloon-ontbreekt', self._place_of(error, names), name=error.name)
        except TemplateSyntaxError as error:
            said, place = explain(TEMPLATE, error.message), Place(f'{self.folder}/{error.name}', error.lineno)
            wrong = finding('sjabloon-fout', place, reason=said.reason, about=said.about)
        except SecurityError as error:
            said = explain(TEMPLATE, error.message)
            wrong = finding('sjabloon-verboden', self._place_of(error, names), reason=said.reason)
        except (JinjaError, ArithmeticError, LookupError, TypeError, ValueError, AttributeError) as error:
            # The sandbox runs an author's expressions; `1 / 0` in a template is no bug of ours.
            said, place = explain(TEMPLATE, error), self._place_of(error, names)
            wrong = finding('sjabloon-fout', place, reason=said.reason, about=said.about)
        raise TemplateError([wrong])

    def _place_of(self, error: Exception, names: Sequence[str]) -> Place:
        """Return the innermost line of the author's own templates in the trace of an error; those shipped are not the author's."""
        for frame in reversed(extract_tb(error.__traceback__)):
            path = Path(frame.filename).resolve()
            if path.is_relative_to(self.own):
                return Place(f'{self.folder}/{path.relative_to(self.own).as_posix()}', frame.lineno)
        return Place(next((f'{self.folder}/{name}' for name in names if (self.own / name).is_file()), self.folder))
