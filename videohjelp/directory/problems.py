"""What is wrong with a directory file, told to the person at the hospital who keeps it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, order=True)
class Problem:
    """One mistake. `line` is the line (or Excel row) in the file, 1 the header, 0 the whole file.

    `column` is the column's name, "-" when the mistake is in no single column. `wrong` and `todo`
    are Norwegian sentences.
    """

    line: int
    column: str
    wrong: str
    todo: str

    @property
    def message(self) -> str:
        """What is wrong and what to do, on one line."""
        return f"{self.wrong} {self.todo}"

    def __str__(self) -> str:
        """The mistake with its place, for a log."""
        return f"linje {self.line}, kolonne {self.column}: {self.message}"


class DirectoryError(Exception):
    """A directory file cannot be used; `problems` has every mistake found, in the file's order."""

    def __init__(self, path: Path, problems: Sequence[Problem]) -> None:
        """Take the file and its mistakes (at least one)."""
        self.path = path
        self.problems = tuple(sorted(problems))
        lines = "\n".join(f"  {problem}" for problem in self.problems)
        super().__init__(f"{path.name} kan ikke brukes:\n{lines}")
