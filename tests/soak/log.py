"""What the patients and the staff of a soak have noted: times, counts, what went wrong."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

#: Kinds of requests that are answered by the assistant: each is one message.
MESSAGE, TEXT_MESSAGE = "message", "text message"
#: So many errors are kept with their text; all are counted.
_KEPT = 50


@dataclass
class Noted:
    """What was noted between two looks. seconds: of each answered request, by kind."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    begun: int = 0
    deleted: int = 0

    @property
    def messages(self) -> int:
        """How many messages the assistant has answered, over the web and by SMS."""
        return sum(len(self.seconds.get(kind, ())) for kind in (MESSAGE, TEXT_MESSAGE))


class Log:
    """Takes notes; `take` gives those since it was last asked."""

    def __init__(self) -> None:
        self._noted = Noted()
        self.done: Counter[str] = Counter()
        self.late = 0
        self.failed = 0
        self.errors: list[str] = []

    @contextmanager
    def timed(self, kind: str) -> Iterator[None]:
        """Notes how long it took; what it raises is noted as an error and raised again."""
        begun = time.perf_counter()
        try:
            yield
        except Exception as error:
            self.error(kind, f"{type(error).__name__}: {error}")
            raise
        self._noted.seconds[kind].append(time.perf_counter() - begun)
        self.done[kind] += 1

    def error(self, kind: str, what: str) -> None:
        """Something went wrong."""
        self.failed += 1
        if len(self.errors) < _KEPT:
            self.errors.append(f"{kind}: {what[:300]}")

    def began(self) -> None:
        """A conversation was begun."""
        self._noted.begun += 1

    def deleted(self) -> None:
        """A conversation was deleted."""
        self._noted.deleted += 1

    def take(self) -> Noted:
        """What was noted since the last time."""
        noted, self._noted = self._noted, Noted()
        return noted
