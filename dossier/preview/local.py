"""Serves an ASGI app to this computer's own browser only: one loopback address, a token, no foreign page, no trace at the end.

Any page in the browser can send requests to 127.0.0.1, also under a name of its own (DNS rebinding), and cookies don't know ports.
So every request must name our Host, come from our own Origin, and carry the token of the address that the command line shows.
"""

import secrets
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import parse_qs

import uvicorn
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dossier.errors import DossierError
from dossier.i18n import _
from dossier.messages import finding

HEADERS = {
    'Content-Security-Policy': "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; "
    "font-src 'self'; connect-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'Referrer-Policy': 'same-origin',  # with no-referrer a form would come from Origin: null
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Cache-Control': 'no-store',
}
_SAFE = ('GET', 'HEAD')
_GRACE_SECONDS = 2


class PortError(DossierError):
    """The port that was asked for can't be had: a wrong command line."""

    exit_code = 2


def serve_local(app: ASGIApp, port: int, started: Callable[[str], None]) -> None:
    """Serve the app on 127.0.0.1 until Ctrl-C or SIGTERM; `started` gets the address. Port 0: a free one. PortError."""
    with _listen(port) as listener:
        port, token = listener.getsockname()[1], secrets.token_urlsafe(24)
        config = uvicorn.Config(
            Guard(app, port, token),
            log_level='critical',
            access_log=False,
            server_header=False,
            proxy_headers=False,
            ws='websockets-sansio',
            timeout_graceful_shutdown=_GRACE_SECONDS,
        )
        started(f'http://127.0.0.1:{port}/?token={token}')
        _Server(config).run([listener])


def _listen(port: int) -> socket.socket:
    listener = socket.socket()
    try:
        if sys.platform != 'win32':  # where it would let two programs have one port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(('127.0.0.1', port))
        listener.listen()  # from here on a browser waits instead of failing
    except OSError as error:
        listener.close()
        raise PortError([finding('poort-bezet', port=port)]) from error
    return listener


class _Server(uvicorn.Server):
    """Stops at a signal and then returns, so that whoever serves can clean up; uvicorn would raise the signal again."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = {number: signal.signal(number, self.handle_exit) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for number, old in before.items():
                signal.signal(number, old)


class Guard:
    """Lets through only what our own page asks, and gives every answer the headers that keep a page to itself."""

    def __init__(self, app: ASGIApp, port: int, token: str) -> None:
        self.app = app
        self.token = token
        self.cookie = f'dossier-{port}'
        self.hosts = (f'127.0.0.1:{port}', f'localhost:{port}')

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope['type'] == 'lifespan':
            await self.app(scope, receive, send)
            return

        async def send_safely(message: Message) -> None:
            if message['type'] == 'http.response.start':
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        app = self._answer(scope) or self.app
        if scope['type'] == 'http':
            await app(scope, receive, send_safely)
        elif app is self.app:
            await app(scope, receive, send)
        else:
            await send({'type': 'websocket.close', 'code': 1008})

    def _answer(self, scope: Scope) -> Response | None:
        """Return the answer to a request that may not pass; None where it may."""
        headers = Headers(scope=scope)
        if not self._is_ours(headers, scope.get('method', 'websocket')):
            return PlainTextResponse(_('This page is only for the browser on this computer.'), 403)
        asked = parse_qs(scope['query_string'].decode('latin-1')).get('token', [''])[0]
        if scope.get('method') == 'GET' and self._fits(asked):
            response = RedirectResponse('/', 303)
            response.set_cookie(self.cookie, self.token, httponly=True, samesite='strict')
            return response
        if not self._fits(_read_cookie(headers, self.cookie)):
            return PlainTextResponse(_('Open the whole address that the command shows, with its token.'), 403)
        return None

    def _is_ours(self, headers: Headers, method: str) -> bool:
        """Return whether a request is for us and no other site's page sent it: Host, Origin, Fetch Metadata."""
        hosts, origins = headers.getlist('host'), headers.getlist('origin')
        if len(hosts) != 1 or hosts[0] not in self.hosts:
            return False
        if origins != [f'http://{hosts[0]}'] and (origins or method not in _SAFE):
            return False
        return headers.get('sec-fetch-site', 'none') in ('none', 'same-origin')

    def _fits(self, token: Any) -> bool:
        return secrets.compare_digest(str(token).encode(), self.token.encode())


def _read_cookie(headers: Headers, name: str) -> str:
    try:
        cookies = SimpleCookie(headers.get('cookie', ''))
    except CookieError:
        return ''
    return cookies[name].value if name in cookies else ''
