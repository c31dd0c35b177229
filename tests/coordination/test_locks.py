"""Locks of several processes, on a real Redis and a real PostgreSQL."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator

import pytest
import sqlalchemy as sa
from redis.asyncio import Redis

from tests.ports import free_port
from tests.postgres_server import PostgresServer
from tests.redis_server import RedisServer
from videohjelp.coordination import locks as locks_module
from videohjelp.coordination import redis_locks
from videohjelp.coordination.locks import FirstThatAnswers, Locks, LocksAwayError, hold
from videohjelp.coordination.postgres_locks import PostgresLocks
from videohjelp.coordination.redis_locks import LIFE, PREFIX, RedisLocks


class TwoProcesses:
    """The locks as two processes have them."""

    def __init__(self, one: Locks, other: Locks) -> None:
        self.one, self.other = one, other


@pytest.fixture(params=["redis", "postgresql"])
async def processes(request: pytest.FixtureRequest) -> AsyncIterator[TwoProcesses]:
    """Two processes on the same keeper."""
    if request.param == "redis":
        server: RedisServer = request.getfixturevalue("redis_server")
        async with Redis.from_url(server.url) as one, Redis.from_url(server.url) as other:
            yield TwoProcesses(RedisLocks(one), RedisLocks(other))
        return
    url = request.getfixturevalue("postgres").url()
    both = TwoProcesses(PostgresLocks(url), PostgresLocks(url))
    yield both
    await both.one.close()
    await both.other.close()


async def test_one_at_a_time(processes: TwoProcesses) -> None:
    inside, most = 0, 0

    async def work(locks: Locks) -> None:
        nonlocal inside, most
        async with hold(locks, "a"):
            inside += 1
            most = max(most, inside)
            await asyncio.sleep(0.01)
            inside -= 1

    await asyncio.gather(*(work(one) for one in [processes.one, processes.other] * 6))
    assert most == 1


async def test_another_name_is_another_lock(processes: TwoProcesses) -> None:
    async with hold(processes.one, "a"):
        begun = time.monotonic()
        async with hold(processes.other, "b"):
            assert time.monotonic() - begun < 1


async def test_work_that_fails_gives_the_lock_back(processes: TwoProcesses) -> None:
    with pytest.raises(ValueError, match="broken"):
        async with hold(processes.one, "a"):
            raise ValueError("broken")
    begun = time.monotonic()
    async with hold(processes.other, "a"):
        assert time.monotonic() - begun < 1


async def test_whoever_waits_too_long_goes_on(
    processes: TwoProcesses, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locks_module, "LONGEST_WAIT", 0.2)
    async with hold(processes.one, "a"):
        async with hold(processes.other, "a"):
            pass
        # What was not theirs they have not given back.
        begun = time.monotonic()
        async with hold(processes.other, "a"):
            assert time.monotonic() - begun > 0.1


async def test_whoever_waits_long_looks_less_and_less(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fifty times a second each, the looking took the time that answering needed."""
    monkeypatch.setattr(locks_module, "LONGEST_WAIT", 2.0)
    looks = 0

    async def is_taken() -> bool:
        nonlocal looks
        looks += 1
        return False

    assert not await locks_module.wait_for_lock(is_taken)
    assert 3 < looks < 30


async def test_a_long_turn_keeps_its_lock_and_a_killed_one_loses_it(
    redis_server: RedisServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(redis_locks, "LIFE", 0.3)
    monkeypatch.setattr(redis_locks, "RENEWED_AFTER", 0.1)
    async with Redis.from_url(redis_server.url) as redis:
        locks = RedisLocks(redis)
        async with hold(locks, "a"):
            await asyncio.sleep(0.8)
            assert await redis.pttl(f"{PREFIX}a") > 0
        # A killed process: its key stays, and nobody renews it.
        await redis.set(f"{PREFIX}a", "of a process that is no more", px=300)
        begun = time.monotonic()
        async with hold(locks, "a"):
            assert time.monotonic() - begun < LIFE
        assert await redis.get(f"{PREFIX}a") is None


async def test_a_lock_that_is_being_renewed_can_be_given_back(
    redis_server: RedisServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A cancelled renewal may go on in redis-py, and so did the lock, without end."""
    monkeypatch.setattr(redis_locks, "RENEWED_AFTER", 0.0005)
    async with Redis.from_url(redis_server.url) as redis:
        locks = RedisLocks(redis)

        async def turns(name: str) -> None:
            for number in range(100):
                async with hold(locks, name):
                    await asyncio.sleep(number % 10 * 0.0005)

        await asyncio.wait_for(asyncio.gather(*(turns(f"web-{n}") for n in range(8))), 45)


async def test_a_connection_that_ends_gives_the_lock_back(postgres: PostgresServer) -> None:
    killed, other = PostgresLocks(postgres.url()), PostgresLocks(postgres.url())
    release = await killed.acquire("a")
    with killed._engine.connect() as connection:
        connection.exec_driver_sql(
            "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'"
        )
    begun = time.monotonic()
    async with hold(other, "a"):
        assert time.monotonic() - begun < 2
    await release()  # whose turn it was may end without harm
    await killed.close()
    await other.close()


async def test_without_redis_the_database_keeps_the_locks(
    postgres: PostgresServer, redis_server: RedisServer
) -> None:
    fallback = PostgresLocks(postgres.url())
    async with Redis.from_url(redis_server.url, socket_timeout=1) as redis:
        locks = FirstThatAnswers(RedisLocks(redis), fallback)
        async with hold(locks, "a"):
            assert await redis.exists(f"{PREFIX}a")
        redis_server.stop()
        async with hold(locks, "a"):
            taken = await asyncio.to_thread(_advisory_locks, postgres)
            assert taken == 1
    await fallback.close()


async def test_without_anybody_the_work_goes_on() -> None:
    nobody = f"postgresql://postgres@127.0.0.1:{free_port()}/none"
    async with Redis.from_url(f"redis://127.0.0.1:{free_port()}", socket_timeout=1) as redis:
        for keeper in (RedisLocks(redis), PostgresLocks(nobody)):
            with pytest.raises(LocksAwayError):
                await keeper.acquire("a")
        begun = time.monotonic()
        async with hold(FirstThatAnswers(RedisLocks(redis), PostgresLocks(nobody)), "a"):
            assert time.monotonic() - begun < 2


def _advisory_locks(postgres: PostgresServer) -> int:
    engine = sa.create_engine(postgres.url())
    with engine.connect() as connection:
        query = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'"
        found = int(connection.exec_driver_sql(query).scalar_one())
    engine.dispose()
    return found
