"""Takes work from a queue in the database and does it, several pieces at a time."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

import structlog

log = structlog.get_logger("videohjelp.sms")

#: Seconds between two looks when nobody rings: other processes' work and leases that are over.
PAUSE = 1.0
#: Seconds to wait when the database does not answer.
PAUSE_AFTER_ERROR = 2.0

#: Seconds that work has to end when the server stops.
ENDING = 3.0

Work = TypeVar("Work")


class Pump(Generic[Work]):
    """Does pieces of work as long as there are any, then waits until it rings or a while is over.

    name: for the log. claim: gives the next piece, None without one; runs in a thread. do: what is
    done with it; an error of it is logged, and the piece comes again when its lease is over.
    at_once: how many at the same time.
    """

    def __init__(
        self,
        name: str,
        claim: Callable[[], Work | None],
        do: Callable[[Work], Awaitable[None]],
        *,
        at_once: int,
    ) -> None:
        self._name = name
        self._claim = claim
        self._do = do
        self._at_once = at_once
        self._under_way: set[asyncio.Task[None]] = set()
        # Python 3.10 binds it to a loop at its first wait.
        self._bell = asyncio.Event()

    def ring(self) -> None:
        """There may be something to do. Called in the event loop."""
        self._bell.set()

    async def run(self) -> None:
        """Works until it is cancelled; what is under way then has some seconds to end."""
        free = asyncio.Semaphore(self._at_once)
        try:
            while True:
                await free.acquire()
                work = await self._next()
                if work is None:
                    free.release()
                    await self._wait(PAUSE)
                    continue
                task = asyncio.create_task(self._safely(work))
                self._under_way.add(task)
                task.add_done_callback(self._under_way.discard)
                task.add_done_callback(lambda _: free.release())
        finally:
            if self._under_way:
                await asyncio.wait(self._under_way, timeout=ENDING)
            for task in self._under_way:
                task.cancel()

    async def _next(self) -> Work | None:
        # What comes from now on rings again.
        self._bell.clear()
        try:
            return await asyncio.to_thread(self._claim)
        except Exception:
            log.exception("queue_does_not_answer", queue=self._name)
            await asyncio.sleep(PAUSE_AFTER_ERROR)
            return None

    async def _safely(self, work: Work) -> None:
        try:
            await self._do(work)
        except Exception:
            log.exception("work_failed", queue=self._name)
        # The next one of the same number can be taken now.
        self.ring()

    async def _wait(self, seconds: float) -> None:
        try:
            await asyncio.wait_for(self._bell.wait(), seconds)
        except asyncio.TimeoutError:
            return
