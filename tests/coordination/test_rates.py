"""What is counted together by several processes, and apart when Redis is away."""

from __future__ import annotations

import asyncio
import time
from datetime import datetime, timedelta, timezone

import redis
import time_machine
from limits import RateLimitItemPerMinute

from tests.redis_server import RedisServer
from videohjelp.coordination.rates import Rates

TWO = RateLimitItemPerMinute(2)


async def test_processes_count_together_and_no_address_is_kept(redis_server: RedisServer) -> None:
    one, other = (Rates(redis_server.url, "secret") for _ in range(2))
    assert await one.hit(TWO, "request", "192.0.2.1") is None
    assert await other.hit(TWO, "request", "192.0.2.1") is None
    wait = await one.hit(TWO, "request", "192.0.2.1")
    assert wait is not None
    assert 1 <= wait <= 60
    assert await other.test(TWO, "request", "192.0.2.1") is not None
    assert await other.test(TWO, "request", "192.0.2.2") is None
    with redis.Redis(port=redis_server.port) as client:
        keys = b" ".join(client.keys())
    assert b"request" in keys
    assert b"192.0.2" not in keys


async def test_without_redis_each_process_counts_for_itself(redis_server: RedisServer) -> None:
    one, other = (Rates(redis_server.url, "secret") for _ in range(2))
    redis_server.stop()
    for rates in (one, other):
        assert await rates.hit(TWO, "request", "a") is None
        assert await rates.hit(TWO, "request", "a") is None
        assert await rates.hit(TWO, "request", "a") is not None


async def test_alone_a_process_counts_in_its_memory() -> None:
    rates = Rates()
    assert [await rates.hit(TWO, "request", "a") for _ in range(2)] == [None, None]
    assert await rates.test(TWO, "request", "a") is not None
    assert await rates.test(TWO, "message", "a") is None


async def test_a_clock_that_is_set_back_keeps_nobody_waiting() -> None:
    now = datetime(2026, 11, 27, 12, 0, tzinfo=timezone.utc)
    with time_machine.travel(now) as clock:
        rates = Rates()
        assert await rates.hit(TWO, "request", "a") is None
        clock.move_to(now - timedelta(hours=3))
        # The one of three hours later would count until then.
        assert [await rates.hit(TWO, "request", "a") for _ in range(2)] == [None, None]
        assert (await rates.hit(TWO, "request", "a") or 0) <= 60


async def test_a_redis_that_hangs_is_waited_for_once(redis_server: RedisServer) -> None:
    rates = Rates(redis_server.url, "secret")
    many = RateLimitItemPerMinute(1000)
    assert await rates.hit(many, "request", "a") is None
    redis_server.pause()
    begun = time.monotonic()
    await asyncio.gather(*(rates.hit(many, "request", "a") for _ in range(40)))
    # Each alone would wait for half a second, four at a time.
    assert time.monotonic() - begun < 2.5
    redis_server.resume()
