"""How many of how many."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Share:
    """part of whole, both counted."""

    part: int
    whole: int

    @classmethod
    def of(cls, answers: Iterable[bool]) -> Share:
        """How many of the answers are yes."""
        counted = list(answers)
        return cls(sum(map(bool, counted)), len(counted))

    @property
    def percent(self) -> float:
        """0 to 100; 0 when there is nothing to count."""
        return 100 * self.part / self.whole if self.whole else 0.0

    def __str__(self) -> str:
        return f"{self.percent:.1f} % ({self.part} of {self.whole})"
