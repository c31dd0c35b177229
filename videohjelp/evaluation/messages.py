"""Reads sets of patients' messages with what they are about."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import yaml

from videohjelp.content.nlu import VARIETIES
from videohjelp.language.danger_recognizer import DANGERS
from videohjelp.settings import ROOT

FOLDER = ROOT / "tests" / "understanding" / "messages"
OUT_OF_SCOPE = "out_of_scope"


@dataclass(frozen=True)
class Expected:
    """A patient's message and what it is about.

    topic: the intent. also: other intents that are an honest reading too.
    variety: one of VARIETIES. kind: "lookalike", "near", "far" or "".
    """

    text: str
    topic: str
    variety: str
    also: tuple[str, ...] = ()
    kind: str = ""

    @property
    def is_danger(self) -> bool:
        """Whether a life may be at stake."""
        return self.topic in DANGERS

    @property
    def is_ordinary(self) -> bool:
        """Whether the assistant should simply answer it."""
        return not self.is_danger and self.topic != OUT_OF_SCOPE


def read_sets(folder: Path = FOLDER) -> dict[str, list[Expected]]:
    """Name of the file -> its messages, for every YAML file of the folder, by name.

    Raises FileNotFoundError when there is none, and what `read_messages` does.
    """
    paths = sorted(folder.glob("*.yml"))
    if not paths:
        raise FileNotFoundError(f"{folder}: there are no messages here; restore them from git")
    return {path.stem: read_messages(path) for path in paths}


def read_messages(path: Path) -> list[Expected]:
    """The messages of one file. Raises ValueError, naming the message, when one is not as agreed
    at the head of the file."""
    messages = []
    for entry in yaml.safe_load(path.read_text(encoding="utf-8"))["messages"] or ():
        missing = {"text", "topic", "variety"} - set(entry)
        if missing:
            raise ValueError(f"{path}: {', '.join(sorted(missing))} of {entry!r} is missing")
        if entry["variety"] not in VARIETIES:
            raise ValueError(f"{path}: unknown variety '{entry['variety']}' of {entry['text']!r}")
        messages.append(
            Expected(
                text=str(entry["text"]),
                topic=entry["topic"],
                variety=entry["variety"],
                also=tuple(entry.get("also", ())),
                kind=entry.get("kind", ""),
            )
        )
    return messages
