"""The guard of a local page: who gets through, what an answer carries, and how serving ends."""

import http.client
import re
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager

import pytest

from dossier.messages import finding
from dossier.preview.local import PortError, serve_local

SERVER = """
import sys
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from dossier.preview.local import serve_local

async def page(request):
    return PlainTextResponse('inside')

async def push(websocket):
    await websocket.accept()
    await websocket.receive_text()

async def slow(request):
    import asyncio
    await asyncio.sleep(60)

routes = [Route('/', page, methods=['GET', 'POST']), Route('/slow', slow), WebSocketRoute('/push', push)]
serve_local(Starlette(routes=routes), 0, lambda address: print(address, flush=True))
print('clean', flush=True)
"""


@contextmanager
def serving():
    process = subprocess.Popen([sys.executable, '-c', SERVER], stdout=subprocess.PIPE, text=True)
    try:
        yield process, re.fullmatch(r'http://127\.0\.0\.1:(\d+)/\?token=(\S+)\n', process.stdout.readline()).groups()
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


@pytest.fixture(scope='module')
def server():
    with serving() as (_process, (port, token)):
        yield int(port), token


def ask(port, path='/', method='GET', **headers):
    connection = http.client.HTTPConnection('127.0.0.1', port, timeout=10)
    sent = {name.replace('_', '-'): value for name, value in headers.items()}
    connection.request(method, path, headers=sent)
    response = connection.getresponse()
    body = response.read().decode()
    connection.close()
    return response, body


def cookie(server):
    return f'dossier-{server[0]}={server[1]}'


def test_the_token_of_the_address_becomes_a_cookie_and_leaves_the_address(server):
    port, token = server
    response, _body = ask(port, f'/?token={token}')
    assert (response.status, response.headers['Location']) == (303, '/')
    assert response.headers['Set-Cookie'] == f'{cookie(server)}; HttpOnly; Path=/; SameSite=strict'
    assert ask(port, Cookie=cookie(server))[1] == 'inside'


def test_without_the_right_token_there_is_nothing(server):
    port, token = server
    for headers in ({}, {'Cookie': f'dossier-{port}=x'}, {'Cookie': f'dossier-1={token}'}, {'Cookie': '=;;é'}):
        response, body = ask(port, **headers)
        assert response.status == 403
        assert body != 'inside'
    assert ask(port, '/?token=x')[0].status == 403


@pytest.mark.parametrize(
    'headers',
    [
        {'Host': 'evil.example'},
        {'Host': 'evil.example:{port}'},
        {'Host': '127.0.0.1'},
        {'Host': '127.0.0.1:1'},
        {'Origin': 'https://evil.example'},
        {'Origin': 'null'},
        {'Origin': 'http://127.0.0.1:1'},
        {'Origin': 'http://localhost:{port}'},
        {'Sec_Fetch_Site': 'cross-site'},
        {'Sec_Fetch_Site': 'same-site'},
    ],
)
def test_foreign_pages_are_refused_though_they_bring_the_cookie(server, headers):
    given = {name: value.format(port=server[0]) for name, value in headers.items()}
    response, body = ask(server[0], Cookie=cookie(server), **given)
    assert response.status == 403
    assert body != 'inside'


def test_what_changes_something_must_name_its_origin(server):
    port = server[0]
    assert ask(port, method='POST', Cookie=cookie(server))[0].status == 403
    assert ask(port, method='POST', Cookie=cookie(server), Origin=f'http://127.0.0.1:{port}')[0].status == 200


def test_every_answer_has_the_headers(server):
    for path, status in (('/', 200), ('/?token=x', 200), ('/nothing', 404)):
        response, _body = ask(server[0], path, Cookie=cookie(server))
        assert response.status == status
        assert "default-src 'none'" in response.headers['Content-Security-Policy']
        assert response.headers['Cache-Control'] == 'no-store'
    assert ask(server[0])[0].headers['X-Content-Type-Options'] == 'nosniff'


def upgrade(server, **headers):
    given = {'Connection': 'Upgrade', 'Upgrade': 'websocket', 'Sec_WebSocket_Version': '13', **headers}
    return ask(server[0], '/push', Sec_WebSocket_Key='dGhlIHNhbXBsZSBub25jZQ==', **given)[0].status


def test_a_websocket_needs_cookie_and_origin(server):
    origin = f'http://127.0.0.1:{server[0]}'
    assert upgrade(server, Cookie=cookie(server), Origin=origin) == 101
    assert upgrade(server, Origin=origin) == 403
    assert upgrade(server, Cookie=cookie(server)) == 403
    assert upgrade(server, Cookie=cookie(server), Origin='https://evil.example') == 403


def test_only_the_loopback_address_is_listened_to(server):
    with socket.socket() as other:
        assert other.connect_ex(('127.0.0.2', server[0])) != 0


@pytest.mark.parametrize('number', [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_cleanly_though_a_request_hangs(number):
    with serving() as (process, (port, token)):
        with socket.create_connection(('127.0.0.1', int(port))) as hanging:
            head = f'GET /slow HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nCookie: dossier-{port}={token}\r\n\r\n'
            hanging.sendall(head.encode())
            time.sleep(0.3)
            process.send_signal(number)
            assert process.wait(10) == 0
        assert process.stdout.read() == 'clean\n'


def test_a_taken_port_is_told():
    with socket.socket() as other:
        other.bind(('127.0.0.1', 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(PortError) as caught:
            serve_local(None, port, print)
        assert caught.value.findings == (finding('poort-bezet', port=port),)
        assert caught.value.exit_code == 2
