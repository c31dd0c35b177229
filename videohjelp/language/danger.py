"""Recognises danger to life from phrases, whatever the classifier believes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

_WORD = re.compile(r"\w+", re.UNICODE)

#: The crisis first: "vil dø" stands in both, and its numbers include 113.
_INTENTS = ("mental_health_crisis", "medical_emergency")
#: How many words may stand between two members of a pattern ("tok i går kveld ca 30").
_WORDS_BETWEEN = 4
#: In a pattern's list of words: any number from ten on that is not an amount of milligrams.
_TEN_OR_MORE = "10+"


def _words(text: str) -> str:
    # "get's" and "gets", "can't" and "cant" are one word: apostrophes go, other marks part words.
    lowered = text.lower().replace("'", "").replace("\u2019", "").replace("\u00b4", "")
    return " ".join(_WORD.findall(lowered))


@dataclass(frozen=True)
class _Lists:
    """The patterns that are looked for in a message.

    dangers: intent (medical_emergency, mental_health_crisis) -> pattern.
    harmless: pattern of look-alikes, taken out of the message before the dangers are sought.
    """

    dangers: dict[str, re.Pattern[str]]
    harmless: re.Pattern[str] | None

    def find(self, words: str) -> str | None:
        if self.harmless is not None:
            words = self.harmless.sub(" ", words)
        for intent, pattern in self.dangers.items():
            if pattern.search(words):
                return intent
        return None


@dataclass(frozen=True)
class DangerPhrases:
    """Phrases that mean danger by themselves, and look-alikes that do not.

    as_written: what is looked for in the message. without_intensifiers: what is looked for in the
    message without the words that only make others stronger or weaker. prefixes: those of them
    that are written together with a word ("kjempevondt").
    """

    as_written: _Lists
    without_intensifiers: _Lists
    intensifiers: frozenset[str]
    prefixes: re.Pattern[str] | None

    def find(self, text: str) -> str | None:
        """The intent of the danger that the text speaks of, or None. Never raises."""
        words = _words(text)
        found = self.as_written.find(words)
        if found:
            return found
        plain = self.prefixes.sub("", words) if self.prefixes is not None else words
        plain = " ".join(word for word in plain.split() if word not in self.intensifiers)
        return self.without_intensifiers.find(plain) if plain != words else None

    def look_alike(self, text: str) -> bool:
        """Whether the text has words that only look like danger ("the screen is dead")."""
        words = _words(text)
        plain = " ".join(word for word in words.split() if word not in self.intensifiers)
        return any(
            lists.harmless is not None and lists.harmless.search(said) is not None
            for lists, said in ((self.as_written, words), (self.without_intensifiers, plain))
        )


def read_danger_phrases(phrases: Path, patterns: Path) -> DangerPhrases:
    """Reads data/safety/phrases.yml and data/safety/patterns.yml.

    Raises ValueError when a list is missing or empty, or a pattern names a list that is not there,
    and FileNotFoundError when a file is: danger must not go unseen silently.
    """
    lists = yaml.safe_load(phrases.read_text(encoding="utf-8")) or {}
    rules = yaml.safe_load(patterns.read_text(encoding="utf-8")) or {}
    for intent in _INTENTS:
        if not (lists.get(intent) or {}).get("phrases"):
            raise ValueError(f"{phrases}: '{intent}' has no phrases; restore the list from git")
        for name in (name for names in rules.get(intent) or [] for name in names):
            if not (rules.get("words") or {}).get(name):
                raise ValueError(f"{patterns}: there are no words for '{name}'")
    intensifiers = frozenset(_prepared(rules.get("intensifiers") or []))
    prefixes = _prepared(rules.get("prefixes") or [])
    return DangerPhrases(
        _read_lists(lists, rules, frozenset()),
        _read_lists(lists, rules, intensifiers),
        intensifiers,
        # At least three letters must be left: "driter" is a word of its own.
        re.compile(rf"(?<!\w)(?:{'|'.join(prefixes)})(?=\w{{3}})") if prefixes else None,
    )


def _read_lists(
    lists: Mapping[str, Any], rules: Mapping[str, Any], without: frozenset[str]
) -> _Lists:
    """The patterns to be looked for in messages that these words have been taken out of."""
    dangers = {}
    for intent in _INTENTS:
        alternatives = [re.escape(p) for p in _prepared(lists[intent]["phrases"], without)]
        alternatives += [_sequence(names, rules, without) for names in rules.get(intent) or []]
        dangers[intent] = _any_of(alternatives)
    harmless = lists.get("not_danger") or []
    if isinstance(harmless, dict):
        harmless = harmless.get("phrases") or []
    look_alikes = [re.escape(phrase) for phrase in _prepared(harmless, without)]
    return _Lists(dangers, _any_of(look_alikes) if look_alikes else None)


def _prepared(phrases: Iterable[Any], without: frozenset[str] = frozenset()) -> list[str]:
    """The phrases as messages are, each once; the longest first, so that "ikke puste nesten" is
    not cut short.

    without: words that go from within the phrases. First and last words stay: "blør veldig"
    without its last word would be any bleeding.
    """
    prepared = set()
    for phrase in phrases:
        words = _words(str(phrase)).split()
        if not words:
            continue  # an empty phrase would stand in every message
        first, *others = words
        inner = [word for word in others[:-1] if word not in without]
        prepared.add(" ".join([first, *inner, *others[-1:]]))
    return sorted(prepared, key=lambda words: (-len(words), words))


def _any_of(alternatives: Iterable[str]) -> re.Pattern[str]:
    return re.compile(r"(?<!\w)(?:" + "|".join(alternatives) + r")(?!\w)")


def _sequence(names: list[str], rules: Mapping[str, Any], without: frozenset[str]) -> str:
    """One word of each list, in order, with up to four of the words "between" in the gaps."""
    between = "|".join([*_prepared(rules.get("between") or []), r"\d+"])
    gap = rf" (?:(?:{between}) ){{0,{_WORDS_BETWEEN}}}"
    units = rules.get("units") or []
    return gap.join(_one_of(rules["words"][name], units, without) for name in names)


def _one_of(words: list[Any], units: list[Any], without: frozenset[str]) -> str:
    listed = _prepared((word for word in words if word != _TEN_OR_MORE), without)
    if _TEN_OR_MORE in words:
        unit = "|".join(_prepared(units))
        not_an_amount = rf"(?! (?:{unit})(?!\w))" if unit else ""
        listed.append(rf"[1-9]\d{{1,3}}(?!\w){not_an_amount}")
    return f"(?:{'|'.join(listed)})"
