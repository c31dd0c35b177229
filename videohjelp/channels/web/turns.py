"""Runs a conversation's work one after the other, and waits no longer than a patient does."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar, cast
from weakref import WeakValueDictionary

import structlog

from videohjelp.coordination.locks import Locks, NoLocks, hold
from videohjelp.observation import Stage, observer, took

log = structlog.get_logger("videohjelp.web")

#: Seconds that reading has at least after a turn that took long.
_LEAST = 0.5

T = TypeVar("T")


class LateError(Exception):
    """The work is not done yet; it goes on."""


class Turns:
    """The work of all conversations: in order within one, side by side otherwise.

    A second message waits for the first one's answer by a lock of asyncio, which wakes it at once
    (Rasa's own lock is looked at once a second); what another process does in the conversation it
    waits for by a lock of theirs. patience: in seconds. locks: those of all processes.
    """

    def __init__(self, patience: float, locks: Locks | None = None) -> None:
        self._patience = patience
        self._shared: Locks = locks or NoLocks()
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._going_on: set[asyncio.Task[Any]] = set()
        self._same: dict[tuple[str, str], asyncio.Task[Any]] = {}

    async def run(
        self, conversation_id: str, work: Callable[[], Awaitable[T]], message_id: str = ""
    ) -> T:
        """Does the work when the conversation's earlier work is done, and gives what it gives.

        The work goes on when the patience is over or whoever asked has gone: half a conversation
        is never stored. message_id: whoever sends the same message meanwhile waits for the same
        work, or a server that is late would have all the more to do. Raises LateError, or what the
        work raises.
        """
        key = (conversation_id, message_id)
        task = self._same.get(key) if message_id else None
        if task is None:
            task = asyncio.create_task(self._in_order(conversation_id, work))
            self._going_on.add(task)
            task.add_done_callback(self._ended)
            if message_id:
                self._same[key] = task
                task.add_done_callback(lambda _: self._same.pop(key, None))
        done, _ = await asyncio.wait({task}, timeout=self._patience)
        if not done:
            raise self._late()
        return cast(T, task.result())

    async def in_time(self, work: Awaitable[T], begun: float | None = None) -> T:
        """What work gives that nobody else waits for; it ends when the patience is over.

        begun: when the patience began (time.monotonic()), unless now. Raises LateError, or what
        the work raises.
        """
        left = self._patience - (0.0 if begun is None else time.monotonic() - begun)
        try:
            return await asyncio.wait_for(work, max(left, _LEAST))
        except asyncio.TimeoutError:
            raise self._late() from None

    def _late(self) -> LateError:
        log.error("answer_took_too_long", seconds=self._patience)
        observer().late("web")
        return LateError()

    async def _in_order(self, conversation_id: str, work: Callable[[], Awaitable[T]]) -> T:
        lock = self._locks.setdefault(conversation_id, asyncio.Lock())
        began = time.perf_counter()
        async with lock, hold(self._shared, conversation_id):
            took(Stage.WAIT, time.perf_counter() - began)
            return await work()

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._going_on.discard(task)
        if not task.cancelled():
            # Looked at, or asyncio complains: nobody may be left who waits for it.
            task.exception()
