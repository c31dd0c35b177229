"""A mistake in the content, told to the person who edits it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Problem:
    """One mistake.

    path: the file, from the project's folder, with "/" between folders.
    line: the line in the file, 1 the first; 0 when the mistake is in no single line.
    wrong, todo: what is wrong and what to do, each a sentence without a full stop.
    """

    path: str
    line: int
    wrong: str
    todo: str

    def __str__(self) -> str:
        """The mistake as "file:line: what is wrong; what to do"."""
        place = f"{self.path}:{self.line}" if self.line else self.path
        return f"{place}: {self.wrong}; {self.todo}"
