"""What tests share: the trained model (once a session), an assistant, a running server."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.assistant import Assistant
from videohjelp.server.logs import be_quiet

be_quiet()

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def model() -> Path:
    """The trained model of the present data; trained now if there is none."""
    from videohjelp.server.training import ensure_model

    return ensure_model()


@pytest.fixture(scope="session")
def assistant(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """The whole assistant in this process, actions included, on a database of its own."""
    database = tmp_path_factory.mktemp("database") / "test.db"
    return Assistant(model, f"sqlite:///{database}")


@pytest.fixture(scope="session")
def server_url(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a real server process on a free port."""
    folder = tmp_path_factory.mktemp("server")
    environment = {
        **os.environ,
        "VIDEOHJELP_DATABASE_URL": f"sqlite:///{folder / 'server.db'}",
        "VIDEOHJELP_PORT": "0",
        "VIDEOHJELP_SECRET_KEY": "only-for-tests",
    }
    with (folder / "server.log").open("w") as errors:
        server = subprocess.Popen(
            [sys.executable, "-m", "videohjelp", "serve"],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        )
        try:
            yield _address(server, folder / "server.log")
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(timeout=20)


def _address(server: subprocess.Popen[str], log: Path) -> str:
    assert server.stdout is not None
    for line in server.stdout:
        if "http://" in line:
            address = line.split("http://", 1)[1].strip().rstrip("/")
            url = f"http://{address}"
            deadline = time.monotonic() + 30
            while time.monotonic() < deadline:
                if httpx.get(f"{url}/health").status_code == httpx.codes.OK:
                    return url
                time.sleep(0.2)
    raise AssertionError(f"the server did not start:\n{log.read_text()}")
