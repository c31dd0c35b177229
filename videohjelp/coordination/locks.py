"""Locks that hold for all server processes.

They make turns wait for each other. That no turn is lost or mixed does not rest on them: the store
refuses a turn whose beginning is no longer the conversation's end (videohjelp/storage).
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Protocol

import structlog

from videohjelp.coordination.rest import Rest

log = structlog.get_logger("videohjelp.coordination")

#: Gives a lock back; never raises.
Release = Callable[[], Awaitable[None]]

#: Seconds after which whoever waits goes on without the lock: longer than any patient waits.
LONGEST_WAIT = 15.0
#: Seconds between the first two looks at whether a lock is free, between two later ones at most,
#: and how much longer each pause is than the one before: when many wait, their looking must not
#: take the time that those need for whom they wait.
POLL, LONGEST_POLL, _LONGER = 0.02, 0.25, 1.5


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
        self._rests = [Rest() for _ in keepers]

    async def acquire(self, name: str) -> Release:
        """As Locks.acquire; never raises LocksAwayError."""
        for keeper, rest in zip(self._keepers, self._rests, strict=True):
            if not rest.may_be_asked():
                continue
            try:
                release = await keeper.acquire(name)
            except LocksAwayError as error:
                if rest.failed():
                    log.error("locks_away", keeper=type(keeper).__name__, reason=str(error))
            else:
                rest.answered()
                return release
        return _nothing

    async def close(self) -> None:
        """Closes all of them."""
        for keeper in self._keepers:
            await keeper.close()


async def wait_for_lock(is_taken: Callable[[], Awaitable[bool]]) -> bool:
    """Tries to take a lock until it could be taken; False when LONGEST_WAIT was not enough.

    is_taken: takes the lock if it is free, and says whether it has.
    """
    end, pause = time.monotonic() + LONGEST_WAIT, POLL
    while not await is_taken():
        if time.monotonic() > end:
            return False
        # Not all at the same moment.
        await asyncio.sleep(pause * random.uniform(0.5, 1.0))  # noqa: S311
        pause = min(pause * _LONGER, LONGEST_POLL)
    return True


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
