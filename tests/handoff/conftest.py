"""A case, a database, and a receiver on the own machine."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from sqlalchemy.engine import Engine

from videohjelp.handoff.case import HandoffCase
from videohjelp.handoff.reference_code import make_code
from videohjelp.handoff.store import CaseStore
from videohjelp.storage.schema import open_database

NOW = datetime(2026, 11, 23, 8, 15, tzinfo=timezone.utc)


def new_case(code: str | None = None) -> HandoffCase:
    return HandoffCase(
        code=code or make_code(),
        created_at=NOW,
        topic="camera_not_working",
        device="ipad",
        browser="Safari 17.4",
        tried=("restart_device", "allow_camera"),
        device_check={"camera": "denied", "microphone": True, "width": 1024, "speaker": None},
        channel="web",
        language="nn",
    )


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    made = open_database(database_url)
    yield made
    made.dispose()


@pytest.fixture
def store(engine: Engine) -> CaseStore:
    return CaseStore(engine)


@dataclass
class Request:
    """What the receiver got."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Receiver:
    """A local HTTP server: answers with `statuses` in turn (the last for ever); 0 hangs."""

    url: str = ""
    statuses: list[int] = field(default_factory=lambda: [200])
    answer_headers: dict[str, str] = field(default_factory=dict)
    requests: list[Request] = field(default_factory=list)
    hang_seconds: float = 1.0


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    got = Receiver()
    lock = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            with lock:
                got.requests.append(Request("POST", self.path, headers, body))
                status = got.statuses.pop(0) if len(got.statuses) > 1 else got.statuses[0]
            if status == 0:
                time.sleep(got.hang_seconds)
                return
            self.send_response(status)
            for name, value in got.answer_headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"ok")

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    got.url = f"http://127.0.0.1:{server.server_address[1]}/cases"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield got
    server.shutdown()
    thread.join()
    server.server_close()
