"""How often somebody has done something lately: in this process, or in Redis for all processes."""

from __future__ import annotations

import asyncio
import hashlib
import math
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import structlog
from limits import RateLimitItem
from limits.storage import RedisStorage
from limits.strategies import MovingWindowRateLimiter
from redis.exceptions import RedisError

from videohjelp.clock import clock_ahead
from videohjelp.coordination.memory_windows import ForgettingMemory
from videohjelp.coordination.rest import Rest

log = structlog.get_logger("videohjelp.coordination")

#: Seconds that a request waits for Redis at most, before it is counted in this process.
PATIENCE = 0.5
#: Seconds by which a clock that was set back is behind at least.
_SET_BACK = 1.0
_PREFIX = "videohjelp:rates"

T = TypeVar("T")


class Rates:
    """Counts in moving windows. While Redis is away each process counts for itself."""

    def __init__(self, redis_url: str | None = None, key: str = "") -> None:
        """Takes where to count, nothing for this process's memory, and a secret.

        key: what is counted is known to Redis by a hash with this key: no address is in it.
        """
        self._own = MovingWindowRateLimiter(ForgettingMemory())
        self._clock = clock_ahead()
        self._key = hashlib.sha256(key.encode()).digest()
        self._shared: MovingWindowRateLimiter | None = None
        self._rest = Rest()
        if redis_url is not None:
            storage = RedisStorage(
                redis_url,
                key_prefix=_PREFIX,
                socket_timeout=PATIENCE,
                socket_connect_timeout=PATIENCE,
            )
            self._shared = MovingWindowRateLimiter(storage)
            # The library waits for Redis: not in the loop that serves everybody.
            self._threads = ThreadPoolExecutor(4, thread_name_prefix="rates")

    async def hit(self, limit: RateLimitItem, kind: str, who: str) -> int | None:
        """Counts; gives None, or the seconds until the next one fits when it is one too many."""

        def count(limiter: MovingWindowRateLimiter, name: str) -> int | None:
            return None if limiter.hit(limit, kind, name) else _wait(limiter, limit, kind, name)

        return await self._ask(who, count)

    async def test(self, limit: RateLimitItem, kind: str, who: str, cost: int = 1) -> int | None:
        """As `hit`, without counting. cost: how many must fit."""

        def look(limiter: MovingWindowRateLimiter, name: str) -> int | None:
            fits = limiter.test(limit, kind, name, cost=cost)
            return None if fits else _wait(limiter, limit, kind, name)

        return await self._ask(who, look)

    async def _ask(self, who: str, work: Callable[[MovingWindowRateLimiter, str], T]) -> T:
        shared = self._shared
        if shared is None or not self._rest.may_be_asked():
            return self._here(who, work)
        name = hashlib.blake2b(who.encode(), key=self._key, digest_size=16).hexdigest()
        failures = self._rest.failures

        def ask() -> tuple[T] | None:
            # Whoever has waited for a thread while others waited for Redis does not do so as well.
            return None if self._rest.failures > failures else (work(shared, name),)

        try:
            found = await asyncio.get_running_loop().run_in_executor(self._threads, ask)
        except (RedisError, OSError) as error:
            if self._rest.failed():
                log.error("rates_away", reason=type(error).__name__)
            return self._here(who, work)
        if found is None:
            return self._here(who, work)
        self._rest.answered()
        return found[0]

    def _here(self, who: str, work: Callable[[MovingWindowRateLimiter, str], T]) -> T:
        clock = clock_ahead()
        if clock < self._clock - _SET_BACK:
            # What was counted would count until the clock is where it was.
            self._own = MovingWindowRateLimiter(ForgettingMemory())
        self._clock = clock
        return work(self._own, who)


def _wait(limiter: MovingWindowRateLimiter, limit: RateLimitItem, kind: str, who: str) -> int:
    reset = limiter.get_window_stats(limit, kind, who).reset_time
    return max(1, math.ceil(reset - time.time()))
