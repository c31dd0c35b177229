"""Tells the other server processes in which conversation something was said."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable
from typing import Protocol

import structlog

log = structlog.get_logger("videohjelp.coordination")

CHANNEL = "videohjelp_said"
#: Seconds until a lost connection is made again.
PAUSE = 1.0

#: Called with a conversation's id, or with None when something may have been missed.
Heard = Callable[["str | None"], None]


class NewsAwayError(Exception):
    """Whoever carries the news does not answer."""


class Carrier(Protocol):
    """Whoever carries news between the processes. Its methods raise NewsAwayError."""

    async def tell(self, payload: str) -> None:
        """Tells everybody who listens, this process too."""

    async def listen(self, begun: Callable[[], None], heard: Callable[[str], None]) -> None:
        """Listens until the connection is lost. begun: called when it holds."""


class News:
    """What is said in the conversations of all processes.

    Nothing rests on it: whoever listens to a conversation looks into the store from time to time,
    more often while `connected` is False.
    """

    def __init__(self, carrier: Carrier) -> None:
        self._carrier = carrier
        # So that a process need not hear what it has told itself.
        self._own = secrets.token_hex(4)
        self._telling: set[asyncio.Task[None]] = set()
        self.connected = False

    def tell(self, conversation_id: str) -> None:
        """Tells the other processes, without waiting."""
        task = asyncio.create_task(self._tell(conversation_id))
        self._telling.add(task)
        task.add_done_callback(self._telling.discard)

    async def listen_forever(self, heard: Heard) -> None:
        """Listens, and again whenever the connection was lost."""

        def begun() -> None:
            self.connected = True
            heard(None)

        def told(payload: str) -> None:
            origin, _, conversation_id = payload.partition(":")
            if origin != self._own:
                heard(conversation_id)

        while True:
            try:
                await self._carrier.listen(begun, told)
            except NewsAwayError as error:
                if self.connected:
                    log.error("news_away", reason=str(error))
            self.connected = False
            await asyncio.sleep(PAUSE)

    async def _tell(self, conversation_id: str) -> None:
        try:
            await self._carrier.tell(f"{self._own}:{conversation_id}")
        except NewsAwayError as error:
            log.warning("news_not_told", reason=str(error))
