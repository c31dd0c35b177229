"""Wakes whoever listens to a conversation when something was said in it."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

from videohjelp.coordination.news import News

#: A patient has the page open in a tab or two.
LISTENERS_PER_CONVERSATION = 4
#: Seconds after which a line says that a quiet connection holds, and the store is looked into.
PAUSE = 10.0
#: The same while other processes cannot tell what was said there.
PAUSE_WITHOUT_NEWS = 3.0


class TooManyListenersError(Exception):
    """So many listen to this conversation already."""


class Updates:
    """Who listens to which conversation in this process, and what the others are told."""

    def __init__(self, news: News | None = None) -> None:
        """Takes what carries news between the processes; None when there is one alone."""
        self._listeners: dict[str, set[asyncio.Event]] = defaultdict(set)
        self._news = news
        self.closing = False

    @contextmanager
    def listen(self, conversation_id: str) -> Iterator[asyncio.Event]:
        """An event that is set whenever something was said. Raises TooManyListenersError."""
        listeners = self._listeners[conversation_id]
        if len(listeners) >= LISTENERS_PER_CONVERSATION:
            raise TooManyListenersError
        heard = asyncio.Event()
        listeners.add(heard)
        try:
            yield heard
        finally:
            listeners.discard(heard)
            if not listeners:
                self._listeners.pop(conversation_id, None)

    @property
    def listening(self) -> int:
        """How many listen now, to all conversations together."""
        return sum(len(listeners) for listeners in self._listeners.values())

    def notify(self, conversation_id: str) -> None:
        """Something was said in this conversation, or it was deleted."""
        self._wake(conversation_id)
        if self._news is not None:
            self._news.tell(conversation_id)

    @property
    def pause(self) -> float:
        """Seconds after which whoever listens looks into the store without having heard."""
        away = self._news is not None and not self._news.connected
        return PAUSE_WITHOUT_NEWS if away else PAUSE

    async def listen_to_others(self) -> None:
        """Hears what other processes tell, for ever."""
        if self._news is not None:
            await self._news.listen_forever(self._wake)

    def _wake(self, conversation_id: str | None) -> None:
        """Wakes who listens to a conversation; everybody when it is not known to which."""
        if conversation_id is None:
            woken = list(self._listeners.values())
        else:
            woken = [self._listeners.get(conversation_id, set())]
        for listeners in woken:
            for heard in listeners:
                heard.set()

    def close(self) -> None:
        """The server stops: everybody who listens is woken, to go."""
        self.closing = True
        self._wake(None)
