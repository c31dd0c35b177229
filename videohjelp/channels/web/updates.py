"""Wakes whoever listens to a conversation when something was said in it."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

#: A patient has the page open in a tab or two.
LISTENERS_PER_CONVERSATION = 4


class TooManyListenersError(Exception):
    """So many listen to this conversation already."""


class Updates:
    """Who listens to which conversation, in this process."""

    def __init__(self) -> None:
        self._listeners: dict[str, set[asyncio.Event]] = defaultdict(set)
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
        for heard in self._listeners.get(conversation_id, ()):
            heard.set()

    def close(self) -> None:
        """The server stops: everybody who listens is woken, to go."""
        self.closing = True
        for listeners in self._listeners.values():
            for heard in listeners:
                heard.set()
