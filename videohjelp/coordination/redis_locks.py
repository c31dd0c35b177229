"""Locks in Redis: a key with a token and a short life (https://redis.io/commands/set/#patterns)."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING

import structlog
from redis.asyncio.lock import Lock
from redis.exceptions import LockError, RedisError

from videohjelp.coordination.locks import LocksAwayError, Release, wait_for_lock

if TYPE_CHECKING:
    from redis.asyncio import Redis

log = structlog.get_logger("videohjelp.coordination")

#: Seconds that a lock of a process that was killed stays; less than a patient waits for an answer.
LIFE = 5.0
#: Seconds after which a lock that is still needed gets its whole life again.
RENEWED_AFTER = 1.5
PREFIX = "videohjelp:lock:"


class RedisLocks:
    """Locks that Redis keeps."""

    def __init__(self, redis: Redis[bytes]) -> None:
        """Takes a client, which belongs to the caller."""
        self._redis = redis

    async def acquire(self, name: str) -> Release:
        """As Locks.acquire."""
        lock = Lock(
            self._redis,
            f"{PREFIX}{name}",
            timeout=LIFE,
            thread_local=False,
        )
        try:
            if not await wait_for_lock(lambda: lock.acquire(blocking=False)):
                log.warning("lock_not_free", keeper="redis")
                return _nothing
        except (RedisError, OSError) as error:
            raise LocksAwayError(type(error).__name__) from error
        done = asyncio.Event()
        keeping = asyncio.create_task(_renew(lock, done))

        async def release() -> None:
            # Not cancelled: redis-py may take a cancellation for a time-out of its own and go on,
            # and the lock would be renewed, and waited for here, without end.
            done.set()
            await keeping
            try:
                await lock.release()
            except (LockError, RedisError, OSError) as error:
                # Over by itself: nobody is kept waiting, and the store has watched over the turn.
                log.warning("lock_was_lost", keeper="redis", reason=type(error).__name__)

        return release

    async def close(self) -> None:
        """The client is the caller's."""


async def _renew(lock: Lock, done: asyncio.Event) -> None:
    while True:
        with suppress(asyncio.TimeoutError):
            await asyncio.wait_for(done.wait(), RENEWED_AFTER)
        if done.is_set():
            return
        try:
            await lock.reacquire()
        except (LockError, RedisError, OSError):
            return


async def _nothing() -> None:
    """Gives nothing back."""
