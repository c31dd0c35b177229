"""What the turn that is being taken has read of its conversation, and written to it.

Whoever begins a turn has looked into the database, and tells afterwards what was said: with this,
the tracker store does not read the same rows again, nor does the page's answer.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextvars import ContextVar
from typing import Any

from videohjelp.storage.transcripts import BOT, USER, Said

#: A conversation's events from where reading begins, and the position of the next.
Recent = tuple[list[dict[str, Any]], int]


class OpenTurn:
    """One turn of a conversation, taken in this process by who has the conversation's lock."""

    def __init__(self, conversation_id: str) -> None:
        self.conversation_id = conversation_id
        self._read: Recent | None = None
        self._end = 0
        #: The last place read where something was said; None where nothing is known.
        self._last_said: int | None = None
        self._said: list[Said] = []

    def begin(self, recent: Recent) -> None:
        """The calling task takes this turn from now on; what it has read is that."""
        self._read = recent
        events, self._end = recent
        before = (place for place, event in enumerate(reversed(events)) if _is_said(event))
        if (place := next(before, None)) is not None:
            self._last_said = self._end - 1 - place
        _OPEN.set(self)

    def take_read(self) -> Recent | None:
        """What was read at the beginning, once: whoever asks again is to look into the database,
        where another may have written in between."""
        read, self._read = self._read, None
        return read

    def wrote(self, begin: int, events: Iterable[str]) -> None:
        """Takes what is stored now. begin: the first one's position. events: as JSON, in order."""
        if begin != self._end:
            self._last_said = None  # another has written in between
        for self._end, data in enumerate(events, start=begin + 1):
            event = json.loads(data)
            if _is_said(event):
                self._said.append(Said(self._end - 1, event))

    def said_after(self, position: int) -> list[Said] | None:
        """As Transcripts.read_after, from what the turn has written; None where that is not all
        that was said since."""
        if self._last_said is None or position < self._last_said or not self._said:
            return None
        return [said for said in self._said if said.position > position]


def _is_said(event: dict[str, Any]) -> bool:
    return event["event"] in (USER, BOT)


_OPEN: ContextVar[OpenTurn | None] = ContextVar("open_turn", default=None)


def open_turn(conversation_id: str) -> OpenTurn | None:
    """The turn that the calling task takes in this conversation, if it takes one."""
    turn = _OPEN.get()
    return turn if turn is not None and turn.conversation_id == conversation_id else None
