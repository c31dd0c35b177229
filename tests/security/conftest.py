"""A real server in production mode, with short time-outs and low limits, for everything here."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.security.production import PRODUCTION
from tests.server_process import Server, running_server

#: Seconds; what a slow client is given, and a silent one.
REQUEST_SECONDS, IDLE_SECONDS = 1, 2
#: Of one network, in a minute.
REQUESTS, REFUSALS, STREAMS = 300, 5, 1


@pytest.fixture(scope="session")
def hardened(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The server. It stands behind one proxy: X-Forwarded-For says which network a test is."""
    folder = tmp_path_factory.mktemp("hardened")
    limits = {
        "REQUEST_SECONDS": str(REQUEST_SECONDS),
        "IDLE_SECONDS": str(IDLE_SECONDS),
        "NETWORK_REQUESTS_PER_MINUTE": str(REQUESTS),
        "NETWORK_REFUSALS_PER_MINUTE": str(REFUSALS),
        "WEB_NETWORK_STREAMS": str(STREAMS),
    }
    with running_server(folder, **PRODUCTION, **limits) as server:
        yield server
