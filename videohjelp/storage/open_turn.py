"""What the turn that is being taken has read of its conversation, and written to it.

Whoever begins a turn has looked into the database, and tells afterwards what was said: with this,
the tracker store does not read the same rows again, nor does the page's answer.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator, Sequence
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
        #: What is known to be stored: of what was read and written, and the position of the next.
        self._events: list[dict[str, Any]] = []
        self._end = 0
        #: After which place everything that was said is known; None where nothing is.
        self._known_after: int | None = None

    def begin(self, recent: Recent) -> None:
        """The calling task takes this turn from now on; what it has read is that."""
        self._read = recent
        self._events, self._end = list(recent[0]), recent[1]
        before = (place for place, event in self._placed() if _is_said(event))
        self._known_after = next(before, None) if self._end else -1
        _OPEN.set(self)

    def go_on(self) -> None:
        """The next one of the same task begins where this one has ended, unless another has
        written in between."""
        if self._known_after is not None:
            self._read = [*self._events], self._end

    def take_read(self) -> Recent | None:
        """What was read at the beginning, once: whoever asks again is to look into the database,
        where another may have written in between."""
        read, self._read = self._read, None
        return read

    def wrote(self, begin: int, events: Sequence[str]) -> None:
        """Takes what is stored now. begin: the first one's position. events: as JSON, in order."""
        if begin != self._end:
            self._known_after = None  # another has written in between
        self._events += [json.loads(event) for event in events]
        self._end = begin + len(events)

    def said_after(self, position: int) -> list[Said] | None:
        """As Transcripts.read_after, from what is known; None where that is not all that was said
        since, or nothing was."""
        if self._known_after is None or position < self._known_after:
            return None
        placed = itertools.takewhile(lambda one: one[0] > position, self._placed())
        return [Said(*one) for one in placed if _is_said(one[1])][::-1] or None

    def _placed(self) -> Iterator[tuple[int, dict[str, Any]]]:
        """The known events with their positions, the last one first."""
        return zip(itertools.count(self._end - 1, -1), reversed(self._events))


def _is_said(event: dict[str, Any]) -> bool:
    return event["event"] in (USER, BOT)


_OPEN: ContextVar[OpenTurn | None] = ContextVar("open_turn", default=None)


def open_turn(conversation_id: str) -> OpenTurn | None:
    """The turn that the calling task takes in this conversation, if it takes one."""
    turn = _OPEN.get()
    return turn if turn is not None and turn.conversation_id == conversation_id else None
