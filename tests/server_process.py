"""Real server processes, on free ports, each with a database and logs of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

ROOT = Path(__file__).resolve().parent.parent
READY_SECONDS = 30


@dataclass
class Server:
    """A server that is ready. folder: its database, and its output in server.out and server.log."""

    url: str
    process: subprocess.Popen[bytes]
    folder: Path

    def kill(self) -> None:
        """Ends it at once, as a power failure does."""
        self.process.kill()
        self.process.wait(timeout=20)

    def stop(self) -> None:
        """Ends it as Ctrl-C does; nothing when it has ended."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(timeout=20)


def start_server(folder: Path, **settings: str) -> Server:
    """Starts a server and waits until it answers.

    folder: what is in it already is used again. settings: by name without "VIDEOHJELP_".
    """
    return start_server_with({}, folder, **settings)


def start_server_with(variables: Mapping[str, str], folder: Path, **settings: str) -> Server:
    """The same with more variables in its environment than this process has."""
    environment = {
        **os.environ,
        **variables,
        "VIDEOHJELP_DATABASE_URL": f"sqlite:///{folder / 'server.db'}",
        "VIDEOHJELP_PORT": "0",
        "VIDEOHJELP_SECRET_KEY": "only-for-tests",
        "VIDEOHJELP_SMS_SECRET_KEYS": "only-for-tests-only-for-tests-only",
        **{f"VIDEOHJELP_{name}": value for name, value in settings.items()},
    }
    output, errors = folder / "server.out", folder / "server.log"
    with output.open("wb") as out, errors.open("ab") as err:
        process = subprocess.Popen(
            [sys.executable, "-m", "videohjelp", "serve"],
            cwd=ROOT,
            env=environment,
            stdout=out,
            stderr=err,
        )
    server = Server("", process, folder)
    while process.poll() is None:
        said = output.read_text(encoding="utf-8")
        if "http://" in said.partition("\nStop it")[0]:
            address = said.partition("http://")[2].split()[0].rstrip("/")
            server.url = f"http://{address}"
            break
        time.sleep(0.1)
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        if httpx.get(f"{server.url}/health/ready").status_code == httpx.codes.OK:
            return server
        time.sleep(0.2)
    process.kill()
    raise AssertionError(f"the server did not start:\n{errors.read_text(encoding='utf-8')}")


@contextmanager
def running_server(folder: Path, **settings: str) -> Iterator[Server]:
    """A server that is stopped at the end. Arguments: as for start_server."""
    server = start_server(folder, **settings)
    try:
        yield server
    finally:
        server.stop()
