"""What one process says the others hear, on a real Redis and a real PostgreSQL."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest
from redis.asyncio import Redis

from tests.postgres_server import PostgresServer
from tests.redis_server import RedisServer
from videohjelp.coordination import news as news_module
from videohjelp.coordination import redis_news
from videohjelp.coordination.news import Carrier, News
from videohjelp.coordination.postgres_news import PostgresNews
from videohjelp.coordination.redis_news import RedisNews
from videohjelp.storage.engine import create_engine

SOON = 5.0


async def until(holds: Callable[[], bool], seconds: float = SOON) -> None:
    """Waits until something holds."""
    for _ in range(int(seconds / 0.02)):
        if holds():
            return
        await asyncio.sleep(0.02)
    raise AssertionError("it did not happen")


@pytest.fixture(params=["redis", "postgresql"])
def make_carrier(request: pytest.FixtureRequest) -> Iterator[Callable[[], Carrier]]:
    """Makes carriers with a connection of their own."""
    if request.param == "redis":
        server: RedisServer = request.getfixturevalue("redis_server")
        yield lambda: RedisNews(Redis.from_url(server.url, socket_timeout=1))
        return
    engine = create_engine(request.getfixturevalue("postgres").url())
    yield lambda: PostgresNews(engine)
    engine.dispose()


async def test_others_hear_and_the_teller_does_not(make_carrier: Callable[[], Carrier]) -> None:
    carrier = make_carrier()
    heard: list[str | None] = []
    here = News(carrier)
    listening = asyncio.create_task(here.listen_forever(heard.append))
    await until(lambda: here.connected)
    assert heard == [None], "something may have been said before"
    here.tell("web-own")
    await asyncio.sleep(0.1)
    there = News(make_carrier())
    there.tell("web-a")
    await until(lambda: len(heard) > 1)
    assert heard == [None, "web-a"]
    listening.cancel()
    with suppress(asyncio.CancelledError):
        await listening


@pytest.mark.parametrize("kind", ["redis", "postgresql"])
async def test_a_lost_connection_is_made_again(
    kind: str, redis_server: RedisServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(news_module, "PAUSE", 0.1)
    database = PostgresServer() if kind == "postgresql" else None
    if database:
        database.start()
    server = database or redis_server
    carrier: Carrier = (
        PostgresNews(create_engine(database.url()))
        if database
        else RedisNews(Redis.from_url(redis_server.url, socket_timeout=1))
    )
    heard: list[str | None] = []
    here = News(carrier)
    listening = asyncio.create_task(here.listen_forever(heard.append))
    await until(lambda: here.connected)
    await asyncio.to_thread(server.stop)
    await until(lambda: not here.connected)
    here.tell("web-a")  # is not told, and nobody is stopped by it
    await asyncio.to_thread(server.start)
    await until(lambda: here.connected, 10)
    assert heard == [None, None], "what was missed is looked for"
    listening.cancel()
    with suppress(asyncio.CancelledError):
        await listening
    if database:
        database.remove()


async def test_a_redis_that_hangs_is_noticed(
    redis_server: RedisServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its connection stays: without a question the pages would look too seldom."""
    monkeypatch.setattr(news_module, "PAUSE", 0.1)
    monkeypatch.setattr(redis_news, "_ASKED_AFTER", 0.2)
    monkeypatch.setattr(redis_news, "_PATIENCE", 0.5)
    heard: list[str | None] = []
    here = News(RedisNews(Redis.from_url(redis_server.url, socket_timeout=1)))
    listening = asyncio.create_task(here.listen_forever(heard.append))
    await until(lambda: here.connected)
    await asyncio.sleep(1.5)
    assert heard == [None], "one that answers is not left"
    redis_server.pause()
    await until(lambda: not here.connected)
    redis_server.resume()
    await until(lambda: here.connected)
    listening.cancel()
    with suppress(asyncio.CancelledError):
        await listening
