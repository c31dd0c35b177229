"""A provider that can be told to misbehave: real HTTP, in the formats of Twilio and LINK."""

from __future__ import annotations

import itertools
import json
import random
import sys
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timezone
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit


@dataclass(frozen=True)
class Behaviour:
    """What becomes of one call.

    takes: whether the message is taken. status: of the answer; 0 closes the connection without
    one, -1 gives none. headers: of the answer. body: instead of the right one. twice: whether the
    answer comes two times.
    """

    takes: bool = True
    status: int = 201
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes | None = None
    twice: bool = False


GOOD = Behaviour()
SILENT = Behaviour(status=-1)
SILENT_AND_NOT_TAKEN = Behaviour(takes=False, status=-1)
CLOSED = Behaviour(status=0)
TWICE = Behaviour(twice=True)
GARBAGE = Behaviour(body=b"<html>")


def refuses(status: int, body: bytes = b"{}", **headers: str) -> Behaviour:
    """A message that is not taken."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Behaviour(takes=False, status=status, headers=named, body=body)


@dataclass
class ProviderServer:
    """What was asked and taken. script: what becomes of the next calls; afterwards all are good."""

    url: str = ""
    script: deque[Behaviour] = field(default_factory=deque)
    #: Of each call that sends: the account shown, and the message.
    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    taken: list[dict[str, Any]] = field(default_factory=list)
    #: Whether it answers what it has taken.
    answers_questions: bool = True
    #: Seconds that pass at most before a message is taken, and again before the answer.
    slowness: float = 0.0
    closing: threading.Event = field(default_factory=threading.Event)
    _numbered: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def take(self, message: dict[str, Any]) -> dict[str, Any]:
        """Takes a message; gives the answers of both formats in one."""
        sid = f"SM{next(self._numbered)}"
        now = format_datetime(datetime.now(timezone.utc))
        self.taken.append({**message, "sid": sid, "at": now})
        return {"sid": sid, "messageId": sid, "resultCode": 1005, "description": "Queued"}

    def dawdle(self) -> None:
        """Takes its time."""
        time.sleep(random.uniform(0, self.slowness))  # noqa: S311

    def listed(self, number: str) -> dict[str, Any]:
        """What Twilio lists of the messages to a number."""
        own = [one for one in self.taken if one.get("To") == number]
        return {
            "messages": [
                {"sid": one["sid"], "body": one["Body"], "date_created": one["at"]}
                for one in reversed(own)
            ]
        }

    def texts(self) -> list[str]:
        """The texts of the messages taken, in order."""
        return [one.get("Body") or one["userData"] for one in self.taken]


@contextmanager
def provider_server() -> Iterator[ProviderServer]:
    """Serves one on a free port."""
    provider = ProviderServer()
    server = _Server(("127.0.0.1", 0), _handler(provider))
    server.daemon_threads = True
    provider.url = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield provider
    finally:
        provider.closing.set()
        server.shutdown()
        server.server_close()


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: Any, client_address: Any) -> None:
        # Whoever called may have been killed.
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


def _handler(provider: ProviderServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            raw = self.rfile.read(length).decode()
            if len(raw.encode()) < length:
                return  # whoever called was killed in the middle of the call
            is_json = "json" in self.headers["Content-Type"]
            message = (
                json.loads(raw) if is_json else {key: one for key, [one] in parse_qs(raw).items()}
            )
            provider.calls.append((self.headers["Authorization"] or "", message))
            behaviour = provider.script.popleft() if provider.script else GOOD
            provider.dawdle()
            answer = provider.take(message) if behaviour.takes else {}
            provider.dawdle()
            self._answer(behaviour, json.dumps(answer).encode())

        def do_GET(self) -> None:
            if not provider.answers_questions:
                self._answer(refuses(503), b"")
                return
            number = parse_qs(urlsplit(self.path).query)["To"][0]
            self._answer(Behaviour(status=200), json.dumps(provider.listed(number)).encode())

        def log_message(self, format: str, *args: Any) -> None:
            pass

        def _answer(self, behaviour: Behaviour, right: bytes) -> None:
            self.close_connection = behaviour.status <= 0
            if behaviour.status < 0:
                provider.closing.wait(30)
            if behaviour.status <= 0:
                return
            body = right if behaviour.body is None else behaviour.body
            for _ in range(1 + behaviour.twice):
                self.send_response(behaviour.status)
                for name, value in behaviour.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

    return Handler
