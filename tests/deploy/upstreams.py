"""Tiny servers behind nginx: they note what reaches them, and die when they are told to."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

#: Given to a patient by the simplest of answers.
ANSWER = b'{"messages": []}'


@dataclass(frozen=True)
class Call:
    """A request as it came. headers: in small letters; several of a name are joined."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes


class Upstream(ThreadingHTTPServer):
    """One server. dies: whether it closes the connection instead of answering.

    said: set by a test when the stream's second piece is to be sent.
    """

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.calls: list[Call] = []
        self.dies = False
        self.said = threading.Event()

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.server_address[1])


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Upstream

    def _answer(self) -> None:
        headers: dict[str, str] = {}
        for name, value in self.headers.items():
            joined = f"{headers[name.lower()]}, {value}" if name.lower() in headers else value
            headers[name.lower()] = joined
        body = self.rfile.read(int(headers.get("content-length", 0)))
        self.server.calls.append(Call(self.command, self.path, headers, body))
        if self.server.dies:
            self.close_connection = True
            return
        if self.path.startswith("/api/chat/events"):
            self._stream()
            return
        self.send_response(200)
        self.send_header("Content-Length", str(len(ANSWER)))
        self.end_headers()
        self.wfile.write(ANSWER)

    do_GET = do_POST = do_DELETE = _answer  # noqa: N815 - http.server's names

    def _stream(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(b"data: first\n\n")
        heard = self.server.said.wait(timeout=5)
        self.wfile.write(b"data: second\n\n" if heard else b"data: nobody heard the first\n\n")
        self.close_connection = True

    def log_message(self, format: str, *_: object) -> None:
        """Says nothing."""


@contextmanager
def running_upstream() -> Iterator[Upstream]:
    """A server in a thread of this process."""
    with Upstream() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield server
        finally:
            server.said.set()
            server.shutdown()
            thread.join(timeout=5)


def calls(upstreams: list[Upstream]) -> list[str]:
    """What has reached them: method and target."""
    return [f"{call.method} {call.target}" for one in upstreams for call in one.calls]
