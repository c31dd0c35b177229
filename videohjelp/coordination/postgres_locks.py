"""Locks in PostgreSQL: advisory locks, which end with the connection of whoever has them.

https://www.postgresql.org/docs/current/explicit-locking.html#ADVISORY-LOCKS. They belong to a
session, so a pooler in between must not share sessions (PgBouncer: session mode).
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import sqlalchemy as sa
import structlog
from sqlalchemy.engine import Connection
from sqlalchemy.exc import SQLAlchemyError

from videohjelp.coordination.locks import LocksAwayError, Release, wait_for_lock
from videohjelp.storage.engine import create_engine

log = structlog.get_logger("videohjelp.coordination")

#: How many locks one process has at most at a time, each with a connection of its own. More turns
#: than that do not go on side by side: a core answers some hundred messages a second one by one.
HOLDERS = 8

T = TypeVar("T")


class PostgresLocks:
    """Locks that the database keeps."""

    def __init__(self, url: str) -> None:
        # Never more than the slots below let through: a lock never waits for a connection.
        engine = create_engine(url, pool_size=HOLDERS)
        self._engine = engine.execution_options(isolation_level="AUTOCOMMIT")
        self._threads = ThreadPoolExecutor(HOLDERS, thread_name_prefix="locks")
        self._slots = asyncio.Semaphore(HOLDERS)

    async def acquire(self, name: str) -> Release:
        """As Locks.acquire."""
        key = _key(name)
        await self._slots.acquire()
        try:
            connection = await self._in_thread(self._engine.connect)
        except SQLAlchemyError as error:
            self._slots.release()
            raise LocksAwayError(type(error).__name__) from error
        except BaseException:
            self._slots.release()
            raise
        try:
            await self._wait(connection, key)
        except SQLAlchemyError as error:
            await self._give_back(connection)
            raise LocksAwayError(type(error).__name__) from error
        except BaseException:
            await self._give_back(connection)
            raise

        async def release() -> None:
            await self._give_back(connection)

        return release

    async def close(self) -> None:
        """Closes the connections, and with them gives every lock back."""
        self._threads.shutdown(wait=False)
        self._engine.dispose()

    async def _wait(self, connection: Connection, key: int) -> None:
        attempt = sa.select(sa.func.pg_try_advisory_lock(key))

        async def is_taken() -> bool:
            return bool(await self._in_thread(lambda: connection.execute(attempt).scalar()))

        if not await wait_for_lock(is_taken):
            log.warning("lock_not_free", keeper="postgresql")

    async def _give_back(self, connection: Connection) -> None:
        def unlock() -> None:
            try:
                # All of the session: after a wait that was too long it has none.
                connection.execute(sa.select(sa.func.pg_advisory_unlock_all()))
                connection.close()
            except SQLAlchemyError as error:
                # The lock has ended with the session.
                connection.invalidate()
                connection.close()
                log.warning("lock_was_lost", keeper="postgresql", reason=type(error).__name__)

        try:
            await self._in_thread(unlock)
        finally:
            self._slots.release()

    async def _in_thread(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._threads, work)


def _key(name: str) -> int:
    """A name as one of PostgreSQL's 64-bit keys."""
    digest = hashlib.blake2b(name.encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)
