"""Recognises danger to life from phrases, whatever the classifier believes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import yaml

_WORD = re.compile(r"\w+", re.UNICODE)


def _words(text: str) -> str:
    # "get's" and "gets", "can't" and "cant" are one word: apostrophes go, other marks part words.
    lowered = text.lower().replace("'", "").replace("\u2019", "").replace("\u00b4", "")
    return " ".join(_WORD.findall(lowered))


@dataclass(frozen=True)
class DangerPhrases:
    """Phrases that mean danger by themselves, and look-alikes that do not.

    dangers: intent (medical_emergency, mental_health_crisis) -> pattern.
    harmless: pattern of look-alikes, taken out of the message before the dangers are sought.
    """

    dangers: dict[str, re.Pattern[str]]
    harmless: re.Pattern[str] | None

    def find(self, text: str) -> str | None:
        """The intent of the danger that the text speaks of, or None. Never raises."""
        words = _words(text)
        if self.harmless is not None:
            words = self.harmless.sub(" ", words)
        for intent, pattern in self.dangers.items():
            if pattern.search(words):
                return intent
        return None


def read_danger_phrases(path: Path) -> DangerPhrases:
    """Reads data/safety/phrases.yml.

    Raises ValueError when a list is missing or empty: danger must not go unseen silently.
    """
    content = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    harmless = content.pop("not_danger", [])
    phrases = harmless.get("phrases", []) if isinstance(harmless, dict) else harmless
    dangers = {}
    # The crisis first: "vil dø" stands in both, and its numbers include 113.
    for intent in ("mental_health_crisis", "medical_emergency"):
        listed = (content.get(intent) or {}).get("phrases") or []
        if not listed:
            raise ValueError(f"{path}: '{intent}' has no phrases; restore the list from git")
        dangers[intent] = _pattern(listed)
    return DangerPhrases(dangers, _pattern(phrases) if phrases else None)


def _pattern(phrases: list[str]) -> re.Pattern[str]:
    # The longest first, so that "ikke puste nesten" is not cut short.
    prepared = sorted({_words(str(phrase)) for phrase in phrases}, key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(re.escape(p) for p in prepared) + r")(?!\w)")


