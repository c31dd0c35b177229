"""The topics that the assistant must know, with the facts their answers must state."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from videohjelp.settings import ROOT

#: The hospital's own list lies beside the repository where the assistant is checked.
SHARED = ROOT.parent / "shared" / "topics.yml"
COPY = ROOT / "tests" / "data" / "topics.yml"
MESSAGES = ROOT / "tests" / "data" / "topic_messages.yml"


@dataclass(frozen=True)
class Topic:
    """A topic: what its answer must state (regular expressions), in the first reply or by the end
    of the guided conversation."""

    id: str
    must: tuple[str, ...]
    in_flow: bool

    def missing(self, text: str) -> list[str]:
        """The facts that a text does not state."""
        return [fact for fact in self.must if not re.search(fact, text, re.IGNORECASE)]


def read_topics(path: Path) -> dict[str, Topic]:
    """The topics of a file, by id."""
    content: dict[str, list[dict[str, Any]]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {
        entry["id"]: Topic(entry["id"], tuple(entry["must"]), bool(entry.get("in_flow")))
        for entries in content.values()
        for entry in entries
    }


@functools.lru_cache(maxsize=1)
def topics() -> dict[str, Topic]:
    """The topics, by id."""
    return read_topics(SHARED if SHARED.is_file() else COPY)


@functools.lru_cache(maxsize=1)
def messages() -> dict[str, list[str]]:
    """Three messages for each topic, as patients write them; the first in bokmål."""
    content: dict[str, list[str]] = yaml.safe_load(MESSAGES.read_text(encoding="utf-8"))
    return content
