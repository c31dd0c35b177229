"""What tests share: the trained model (once a session), an assistant, a running server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from tests.assistant import Assistant
from tests.postgres_server import PostgresServer
from tests.redis_server import RedisServer
from tests.server_process import running_server
from videohjelp.server.logs import be_quiet

be_quiet()
# How long something takes says more of the machine's other work than of the code.
hypothesis_settings.register_profile(
    "untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.load_profile("untimed")


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
    with running_server(tmp_path_factory.mktemp("server")) as server:
        yield server.url


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A real PostgreSQL; each test takes a database of its own."""
    server = PostgresServer()
    try:
        server.start()
        yield server
    finally:
        server.remove()


@pytest.fixture
def redis_server() -> Iterator[RedisServer]:
    """A real, empty Redis."""
    server = RedisServer()
    try:
        server.start()
        yield server
    finally:
        server.remove()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of an empty database, of each kind in turn."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'test.db'}"
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    with server.database() as url:
        yield url
