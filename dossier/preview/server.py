"""The preview as a web application: the page, its pages as PDF, and a socket that tells what is new. Serves memory, no files."""

import asyncio
import mimetypes
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from html import escape
from pathlib import Path
from string import Template
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles
from starlette.websockets import WebSocket, WebSocketDisconnect

from dossier.i18n import _, current_language
from dossier.preview.editor import Editor
from dossier.preview.follow import Follower, report_bug

_STATIC = Path(__file__).parent / 'static'
for _ending in ('.js', '.mjs'):  # a registry may say otherwise, and then a browser refuses it
    mimetypes.add_type('text/javascript', _ending)


def make_app(follower: Follower, editor: Editor) -> Starlette:
    """Return the application; it follows the files from its start to its end."""

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        running = asyncio.create_task(follower.run())
        running.add_done_callback(report_bug)
        try:
            yield
        finally:
            running.cancel()
            with suppress(asyncio.CancelledError):
                await running

    async def show_page(request: Request) -> Response:
        template = Template((_STATIC / 'index.html').read_text(encoding='utf-8'))
        words = {name: escape(word) for name, word in _words().items()}
        return HTMLResponse(template.substitute(words, lang=current_language(), title=escape(follower.ronde)))

    async def send_page(request: Request) -> Response:
        page = follower.book and follower.book.find_page(request.path_params['name'], request.path_params['index'])
        if not page:
            raise HTTPException(404)
        return Response(page, media_type='application/pdf')

    async def find_source(request: Request) -> Response:
        asked = await _read_json(request)
        try:
            place = int(asked['index']), float(asked['x']), float(asked['y'])
            source = follower.book.find_source(str(asked['name']), *place) if follower.book else ''
        except (KeyError, TypeError, ValueError) as error:
            raise HTTPException(400) from error
        file, _colon, line = source.rpartition(':')
        return JSONResponse({'file': file, 'line': int(line or 0)})

    async def open_file(request: Request) -> Response:
        asked = await _read_json(request)
        line = asked.get('line')
        said = await editor.open(str(asked.get('file')), line if isinstance(line, int) else 1)
        return JSONResponse({'said': said})

    async def push(socket: WebSocket) -> None:
        await socket.accept()
        sender = asyncio.create_task(_send_news(socket, follower))
        try:
            while True:
                seen = await socket.receive_json()
                follower.views[socket] = [(str(name), int(index)) for name, index in seen[:20]]
        except (WebSocketDisconnect, TypeError, ValueError, KeyError):
            sender.cancel()
        finally:
            follower.views.pop(socket, None)

    routes = [
        Route('/', show_page),
        Route('/pages/{name}/{index:int}', send_page),
        Route('/where', find_source, methods=['POST']),
        Route('/open', open_file, methods=['POST']),
        WebSocketRoute('/push', push),
        Mount('/static', StaticFiles(directory=_STATIC)),
    ]
    return Starlette(routes=routes, lifespan=lifespan)


async def _send_news(socket: WebSocket, follower: Follower) -> None:
    """Send what there is, and again at every change; a slow browser misses what came in between, not the last."""
    while True:
        news = follower.news
        with suppress(WebSocketDisconnect, RuntimeError):  # it left meanwhile
            await socket.send_json(_state(follower))
        await news.wait()


def _state(follower: Follower) -> dict[str, Any]:
    book = follower.book
    return {
        'parts': book.as_json() if book else [],
        'findings': book.findings if book else [],
        'errors': follower.errors,
        'progress': follower.progress,
        'to_do': follower.to_do,
        'ready': follower.is_ready,
        'latest': follower.latest,
    }


async def _read_json(request: Request) -> dict[str, Any]:
    try:
        asked = await request.json()
    except ValueError as error:
        raise HTTPException(400) from error
    if not isinstance(asked, dict):
        raise HTTPException(400)
    return asked


def _words() -> dict[str, str]:
    return {
        'heading': _('Preview'),
        'pages': _('Pages'),
        'messages': _('Messages'),
        'errors': _('This must be put right first. You see the last good pages.'),
        'nothing': _('Nothing found.'),
        'working': _('Parts still being made:'),
        'ready': _('All pages are up to date.'),
        'reading': _('The texts are being read.'),
        'gone': _('The preview has stopped. Start it again with: dossier preview'),
        'page': _('page'),
        'fout': _('error'),
        'waarschuwing': _('warning'),
        'tip': _('tip'),
        'changed': _('Changed:'),
        'progress': _('How far the round is'),
        'theme': _('theme or file'),
        'marked': _('to look at'),
        'score': _('readability'),
        'larger': _('Larger'),
        'smaller': _('Smaller'),
        'help': _('Click on a text to see in which file and on which line it stands.'),
    }
