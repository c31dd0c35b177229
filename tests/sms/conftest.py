"""A database, and messages in it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy.engine import Engine

from tests.sms.messages import Channel
from videohjelp.storage.schema import open_database


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """An engine on it, made as the server makes it."""
    made = open_database(database_url)
    yield made
    made.dispose()


@pytest.fixture
def channel(engine: Engine) -> Channel:
    """Inbox and outbox with short ways to use them."""
    return Channel(engine)
