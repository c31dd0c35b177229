"""What the topics are called when a patient is asked which one is meant."""

from __future__ import annotations

from pathlib import Path

import yaml

TopicTitles = dict[str, dict[str, str]]


def read_topic_titles(path: Path) -> TopicTitles:
    """Reads data/topics.yml: topic -> language (nb, nn, en) -> title.

    Raises ValueError, naming the topic, when a title is missing in a language.
    """
    content = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    titles: TopicTitles = content.get("topics") or {}
    for topic, by_language in titles.items():
        missing = {"nb", "nn", "en"} - set(by_language)
        if missing:
            raise ValueError(f"{path}: '{topic}' has no title in {', '.join(sorted(missing))}")
    return titles
