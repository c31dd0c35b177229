"""Patients who write one message after the other, as fast as they are answered."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass

#: Sends one message of a conversation and returns when it was answered; raises when it was not.
Write = Callable[[str], Awaitable[None]]
#: Begins a conversation.
Begin = Callable[[], Awaitable[Write]]


@dataclass(frozen=True)
class Load:
    """What a load came to. seconds: of each answered message, sorted; wall: of the whole load."""

    seconds: tuple[float, ...]
    wall: float
    failed: int

    @property
    def per_second(self) -> float:
        """Answered messages a second."""
        return len(self.seconds) / self.wall

    def percentile(self, share: float) -> float:
        """The time, in milliseconds, within which that share of the messages was answered."""
        place = min(len(self.seconds) - 1, int(share * len(self.seconds)))
        return self.seconds[place] * 1000


async def write_all(
    begin: Begin, conversations: Sequence[Sequence[str]], at_once: int, limit: float
) -> Load:
    """Lets so many patients write at the same time until the conversations are used up.

    limit: after so many seconds no new conversation is begun; those under way end after their
    message. Raises RuntimeError when no message at all was answered.
    """
    waiting = iter(conversations)
    seconds: list[float] = []
    failed = 0
    started = time.perf_counter()

    async def patient() -> None:
        nonlocal failed
        for texts in _until(waiting, started + limit):
            write = await begin()
            for text in texts:
                if time.perf_counter() > started + limit:
                    return
                begun = time.perf_counter()
                try:
                    await write(text)
                except Exception:
                    failed += 1
                else:
                    seconds.append(time.perf_counter() - begun)

    await asyncio.gather(*(patient() for _ in range(at_once)))
    if not seconds:
        raise RuntimeError("no message was answered; the server's log says why")
    return Load(tuple(sorted(seconds)), time.perf_counter() - started, failed)


def _until(waiting: Iterator[Sequence[str]], end: float) -> Iterator[Sequence[str]]:
    for texts in waiting:
        if time.perf_counter() > end:
            return
        yield texts
