"""What a patient does: writes, presses, keeps silent, changes the language, sends a check."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal["text", "press", "silence", "language", "check"]


@dataclass(frozen=True)
class Act:
    """One thing a patient does.

    value: the text, the place of the button among those offered, the language, or the result of
    the device check; True for silence. made_by: the generator it comes from.
    """

    kind: Kind
    value: Any
    made_by: str = ""

    def to_json(self) -> dict[str, Any]:
        """For a reproduction; json.dumps escapes whatever the text has."""
        return {"kind": self.kind, "value": self.value, "made_by": self.made_by}


def text(value: str, made_by: str = "") -> Act:
    """Writing a message."""
    return Act("text", value, made_by)


def act_of(value: dict[str, Any]) -> Act:
    """An act back from JSON."""
    return Act(value["kind"], value["value"], value.get("made_by", ""))
