"""What the topics are called when a patient is asked which one is meant."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

#: Language (nb, nn, en) -> title.
Title = dict[str, str]
TopicTitles = dict[str, Title]
_LANGUAGES = {"nb", "nn", "en"}


def read_topic_titles(path: Path) -> TopicTitles:
    """Reads data/topics.yml: topic -> language (nb, nn, en) -> title.

    Raises ValueError, naming the topic, when a title is missing in a language.
    """
    titles: TopicTitles = _read(path).get("topics") or {}
    for topic, title in titles.items():
        _check(path, topic, title)
    return titles


def read_none_of_these(path: Path) -> Title:
    """Reads the title of the button for who meant something else: language -> title.

    Raises ValueError when it is missing in a language.
    """
    title: Title = _read(path).get("none_of_these") or {}
    _check(path, "none_of_these", title)
    return title


def _read(path: Path) -> dict[str, Any]:
    return yaml.safe_load(path.read_text(encoding="utf-8")) or {}


def _check(path: Path, name: str, title: Title) -> None:
    missing = _LANGUAGES - set(title)
    if missing:
        raise ValueError(f"{path}: '{name}' has no title in {', '.join(sorted(missing))}")
