"""Three server processes over one PostgreSQL and one Redis."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.postgres_server import PostgresServer
from tests.redis_server import RedisServer
from tests.server_process import Server, running_server

PROCESSES = 3


@pytest.fixture(scope="module")
def servers(
    model: Path, postgres: PostgresServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[list[Server]]:
    """Their addresses differ; all else they share."""
    redis = RedisServer()
    redis.start()
    with postgres.database() as url, ExitStack() as running:
        running.callback(redis.remove)
        yield [
            running.enter_context(
                running_server(
                    tmp_path_factory.mktemp(f"server{number}"),
                    DATABASE_URL=url,
                    REDIS_URL=redis.url,
                )
            )
            for number in range(PROCESSES)
        ]
