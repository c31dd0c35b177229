"""Locks that hold for all server processes.

They make turns wait for each other. That no turn is lost or mixed does not rest on them: the store
refuses a turn whose beginning is no longer the conversation's end (videohjelp/storage).
"""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Protocol

import structlog

log = structlog.get_logger("videohjelp.coordination")

#: Gives a lock back; never raises.
Release = Callable[[], Awaitable[None]]

#: Seconds after which whoever waits goes on without the lock: longer than any patient waits.
LONGEST_WAIT = 15.0
#: Seconds between two looks at whether a lock is free (Redis and PostgreSQL are both asked).
POLL = 0.02
#: Seconds for which a service that did not answer is not asked again.
REST = 5.0


class LocksAwayError(Exception):
    """Whoever keeps the locks does not answer."""


class Locks(Protocol):
    """Whoever keeps the locks."""

    async def acquire(self, name: str) -> Release:
        """Waits for the lock of this name; gives what gives it back. Raises LocksAwayError.

        After LONGEST_WAIT it goes on without it, and says so in the log.
        """

    async def close(self) -> None:
        """Closes the connections."""


class NoLocks:
    """For one process alone, where the locks of asyncio are enough."""

    async def acquire(self, name: str) -> Release:
        """Gives what gives nothing back."""
        return _nothing

    async def close(self) -> None:
        """Nothing is open."""


class FirstThatAnswers:
    """Locks of the first keeper that answers; without any, the work goes on without a lock."""

    def __init__(self, *keepers: Locks) -> None:
        self._keepers = keepers
        self._asked_again_at = dict.fromkeys(range(len(keepers)), 0.0)

    async def acquire(self, name: str) -> Release:
        """As Locks.acquire; never raises LocksAwayError."""
        for number, keeper in enumerate(self._keepers):
            if time.monotonic() < self._asked_again_at[number]:
                continue
            try:
                return await keeper.acquire(name)
            except LocksAwayError as error:
                self._asked_again_at[number] = time.monotonic() + REST
                log.error("locks_away", keeper=type(keeper).__name__, reason=str(error))
        return _nothing

    async def close(self) -> None:
        """Closes all of them."""
        for keeper in self._keepers:
            await keeper.close()


@asynccontextmanager
async def hold(locks: Locks, name: str) -> AsyncIterator[None]:
    """Within it nobody else has the lock of this name."""
    release = await locks.acquire(name)
    try:
        yield
    finally:
        await release()


async def _nothing() -> None:
    """Gives nothing back."""
