"""What was spoken, as a text that can be read and compared."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

# Where Orca is, not what the page says: it differs between its versions. And what the page says
# only when the answer takes its time.
_SURROUNDINGS = re.compile(
    r"^(leaving .*|Focus mode|Browse mode|blank|main content|banner|Roboten skriver …)\.?$"
)
TURN = "{turn}"


def without_surroundings(spoken: Iterable[str], written: str) -> list[str]:
    """The utterances without Orca's own remarks and its echo of what is being written."""
    return [line for line in spoken if not _SURROUNDINGS.match(line) and line not in written]


def with_turn(spoken: list[str], turn: str) -> list[str]:
    """The utterances with "{turn}" in the place of the assistant's turn.

    turn: what the page shows of it, as one sentence. What differs by a letter stays as it was said.
    """
    return [TURN if line == turn else line for line in spoken]


def as_text(steps: Iterable[tuple[str, list[str]]]) -> str:
    """Steps and what was said at each, as in the expected file."""
    return "\n".join(
        "\n".join([f"## {step}", *(spoken or ["(nothing)"])]) + "\n" for step, spoken in steps
    )


def expected(path: Path) -> str:
    """The expected file without its introduction, which ends where the first step begins."""
    text = path.read_text(encoding="utf-8")
    return text[text.index("## ") :]
