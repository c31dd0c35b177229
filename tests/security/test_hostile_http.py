"""Clients that a browser is not: over raw sockets, byte by byte, without end."""

from __future__ import annotations

import contextlib
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import httpx
import pytest

from tests.security.conftest import IDLE_SECONDS, REQUEST_SECONDS
from tests.server_process import Server

HEAD = b"Host: x\r\nX-Forwarded-For: 192.0.2.9\r\nContent-Type: application/json\r\n"
POST = b"POST /api/chat/conversations HTTP/1.1\r\n" + HEAD
GET = b"GET /health HTTP/1.1\r\n" + HEAD
#: The server looks at its clocks now and then, and this machine may be busy.
SLACK = 4.0

AMBIGUOUS = {
    "length and coding": POST + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "two lengths": POST + b"Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
    "a negative length": POST + b"Content-Length: -2\r\n\r\n{}",
    "a signed length": POST + b"Content-Length: +2\r\n\r\n{}",
    "a length with an underline": POST + b"Content-Length: 1_0\r\n\r\n{}",
    "another coding": POST + b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
    "two codings": POST + b"Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
    "a space before the colon": POST + b"Content-Length : 2\r\n\r\n{}",
    "a header in a header": GET + b"X: a\nTransfer-Encoding: chunked\r\n\r\n",
    "a folded header": GET + b"X: a\r\n b\r\n\r\n",
    "a null byte": GET + b"X: a\x00b\r\n\r\n",
    "two hosts": GET + b"Host: y\r\n\r\n",
    "no address": b"GET http://[::1 HTTP/1.1\r\n" + HEAD + b"\r\n",
    "no HTTP": b"\x16\x03\x01\x02\x00\x01\x00\r\n\r\n",
    "another HTTP": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
}
TOO_LARGE = {
    "one header": GET + b"X: " + b"a" * 9000 + b"\r\n\r\n",
    "many headers": GET + b"".join(b"X%d: a\r\n" % n for n in range(2000)) + b"\r\n",
    "headers without end": GET + b"X: " + b"a" * 90_000,
    "an address": b"GET /" + b"a" * 9000 + b" HTTP/1.1\r\n" + HEAD + b"\r\n",
    "a body": POST + b"Content-Length: 32769\r\n\r\n" + b"a" * 1000,
    "a body in pieces": POST
    + b"Transfer-Encoding: chunked\r\n\r\n"
    + b"".join(b"1000\r\n" + b"a" * 4096 + b"\r\n" for _ in range(9)),
    "one huge piece": POST + b"Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFF\r\nabc",
}


def connect(server: Server) -> socket.socket:
    """A connection to the server."""
    parts = urlsplit(server.url)
    return socket.create_connection((parts.hostname, parts.port or 80), timeout=30)


def rest(connection: socket.socket) -> bytes:
    """What the server sends until it ends the connection."""
    got = b""
    with contextlib.suppress(ConnectionResetError):
        while piece := connection.recv(65_536):
            got += piece
    return got


def sent(server: Server, data: bytes) -> bytes:
    """The server's answer to these bytes."""
    with connect(server) as connection:
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            connection.sendall(data)
        return rest(connection)


@pytest.mark.parametrize("what", AMBIGUOUS)
def test_what_can_be_read_in_two_ways_is_refused(hardened: Server, what: str) -> None:
    answer = sent(hardened, AMBIGUOUS[what])
    assert answer.startswith(b"HTTP/1.1 400 "), answer
    assert answer.count(b"HTTP/1.1") == 1, "what follows is not taken for another request"
    assert b"nosniff" in answer


@pytest.mark.parametrize("what", TOO_LARGE)
def test_what_is_too_large_is_refused_before_it_is_read(hardened: Server, what: str) -> None:
    assert sent(hardened, TOO_LARGE[what]).startswith(b"HTTP/1.1 413 ")


def trickle(server: Server, begin: bytes, piece: bytes) -> tuple[float, bytes]:
    """Sends `begin`, then a piece every tenth of a second. Gives the seconds it was let, and what
    came back."""
    with connect(server) as connection:
        started = time.monotonic()
        connection.sendall(begin)
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            while time.monotonic() - started < REQUEST_SECONDS + IDLE_SECONDS + 2 * SLACK:
                time.sleep(0.1)
                connection.sendall(piece)
        seconds = time.monotonic() - started
        return seconds, rest(connection)


SLOW = {
    "a header": (b"GET /health HTTP/1.1\r\nX: ", b"a"),
    "headers": (GET, b"X: a\r\n"),
    "a body": (POST + b"Content-Length: 30000\r\n\r\n", b"a"),
    "a body in pieces": (POST + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\na\r\n"),
    "a body nobody wants": (
        b"POST /nope HTTP/1.1\r\n" + HEAD + b"Content-Length: 30000\r\n\r\n",
        b"a",
    ),
}


def test_who_sends_a_byte_now_and_then_is_sent_away(hardened: Server) -> None:
    """All at the same time: the others are answered meanwhile."""
    with ThreadPoolExecutor(len(SLOW)) as pool:
        slow = {
            what: pool.submit(trickle, hardened, begin, piece)
            for what, (begin, piece) in SLOW.items()
        }
        asked = httpx.get(f"{hardened.url}/health", headers={"X-Forwarded-For": "192.0.2.10"})
        assert asked.status_code == httpx.codes.OK
        took = {what: future.result()[0] for what, future in slow.items()}
    assert max(took.values()) < REQUEST_SECONDS + SLACK, took
    assert min(took.values()) > REQUEST_SECONDS / 2, took


def test_a_silent_connection_is_closed(hardened: Server) -> None:
    for begin in (b"", GET + b"\r\n"):
        with connect(hardened) as connection:
            started = time.monotonic()
            connection.sendall(begin)
            rest(connection)
            assert IDLE_SECONDS / 2 < time.monotonic() - started < IDLE_SECONDS + SLACK


def test_nothing_of_this_is_an_error_of_ours(hardened: Server) -> None:
    """Runs last in this file: everything above went through the same server."""
    said = (hardened.folder / "server.log").read_text(encoding="utf-8")
    assert "Traceback" not in said
    assert '"level": "error"' not in said, said[-2000:]
    health = httpx.get(f"{hardened.url}/health", headers={"X-Forwarded-For": "192.0.2.10"})
    assert health.status_code == httpx.codes.OK
