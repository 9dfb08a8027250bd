"""Opens a file of the project in the user's own editor, at a line. The command comes from the user, never from a project."""

import asyncio
import os
import shlex
from pathlib import Path

from dossier.i18n import _

_FOLDERS = ('data', 'templates', 'styles')  # where a message can point


class Editor:
    """The user's editor: a command such as `code -g`, or one with {file} and {line} in it; empty when none is set."""

    def __init__(self, project: Path, command: str) -> None:
        self.project = project.resolve()
        self.words = shlex.split(command, posix=os.name == 'posix')

    async def open(self, file: str, line: int) -> str:
        """Open a file of the project at a line; returns what to tell the user, empty when there is nothing to tell."""
        path = (self.project / file).resolve()
        inside = any(path.is_relative_to(self.project / folder) for folder in _FOLDERS)
        if not self.words or not inside or not path.is_file():
            return ''
        words = [word.replace('{file}', str(path)).replace('{line}', str(line)) for word in self.words]
        if words == self.words:
            words.append(f'{path}:{line}')
        try:
            nothing = asyncio.subprocess.DEVNULL
            # No shell, and a session of its own: Ctrl-C ends the preview and not the editor.
            await asyncio.create_subprocess_exec(
                *words, stdin=nothing, stdout=nothing, stderr=nothing, start_new_session=True
            )
        except OSError:
            return _('The program "{name}" can\'t be started.', name=words[0])
        return ''
