"""A database, and messages in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from tests.sms.database import database
from tests.sms.messages import Channel
from videohjelp.storage.engine import create_engine


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of an empty database."""
    with database(request.param, tmp_path) as url:
        yield url


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """An engine on it, made as the server makes it."""
    made = create_engine(database_url)
    yield made
    made.dispose()


@pytest.fixture
def channel(engine: Engine) -> Channel:
    """Inbox and outbox with short ways to use them."""
    return Channel(engine)
