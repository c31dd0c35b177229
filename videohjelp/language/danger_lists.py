"""Reads the phrases and patterns that mean danger to life, data/safety."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Any

import yaml

from videohjelp.language.danger import DANGERS, Combination, DangerPhrases, Lists, Past
from videohjelp.language.danger_words import DangerWords, Spelling
from videohjelp.word_patterns import either

HARMLESS = "not_danger"
PAST = ("illness", "over", "present", "well")
#: How many words may stand between two members of a pattern ("tok i går kveld ca 30").
_WORDS_BETWEEN = 4
#: In a pattern's list of words: any number from ten on that is not an amount of milligrams.
_TEN_OR_MORE = "10+"
#: At the end of a word: whatever ending it has.
_ANY_ENDING = "*"


def read_danger_phrases(
    phrases: Path, patterns: Path, forms: Mapping[str, str] | None = None
) -> DangerPhrases:
    """Reads data/safety/phrases.yml and data/safety/patterns.yml.

    forms: spelling -> the word it stands for, beside those of the file of patterns.
    Raises ValueError when a list is missing or empty, or a pattern names a list that is not there,
    and FileNotFoundError when a file is: danger must not go unseen silently.
    """
    lists, rules = _read(phrases), _read(patterns)
    for intent in DANGERS:
        if not (lists.get(intent) or {}).get("phrases"):
            raise ValueError(f"{phrases}: '{intent}' has no phrases; restore the list from git")
    for name in _names(rules, (*DANGERS, HARMLESS)):
        if not (rules.get("words") or {}).get(name):
            raise ValueError(f"{patterns}: there are no words for '{name}'")
    own = rules.get("forms") or {}
    spellings = {spelling: word for word, listed in own.items() for spelling in listed}
    words = DangerWords({**(forms or {}), **spellings})
    intensifiers = frozenset(words.apply(word) for word in rules.get("intensifiers") or [])
    prefixes = rules.get("prefixes") or []
    return DangerPhrases(
        words,
        _Reader(words, lists, rules, frozenset()).lists(),
        _Reader(words, lists, rules, intensifiers).lists(),
        intensifiers,
        # At least three letters must be left: "driter" is a word of its own.
        re.compile(rf"(?<!\w)(?:{'|'.join(prefixes)})(?=\w{{3}})") if prefixes else None,
        _spelling(words, lists, rules),
    )


def _read(path: Path) -> dict[str, Any]:
    # BaseLoader: "no" is a word here, not "false".
    content = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506
    return content or {}


def _names(rules: Mapping[str, Any], intents: Iterable[str]) -> Iterator[str]:
    """The lists of words that the intents' patterns and combinations are made of."""
    together = rules.get("together") or {}
    for intent in intents:
        yield from chain.from_iterable(rules.get(intent) or [])
        yield from chain.from_iterable(together.get(intent) or [])


def _look_alikes(lists: Mapping[str, Any]) -> list[str]:
    listed = lists.get(HARMLESS) or []
    return list((listed.get("phrases") or []) if isinstance(listed, dict) else listed)


def _spelling(words: DangerWords, lists: Mapping[str, Any], rules: Mapping[str, Any]) -> Spelling:
    phrases = chain.from_iterable(lists[intent]["phrases"] for intent in DANGERS)
    members = chain.from_iterable(rules["words"][name] for name in _names(rules, DANGERS))
    told = [*phrases, *(word for word in members if not word.endswith(_ANY_ENDING))]
    harmless = [*_look_alikes(lists), *(rules.get("correctly_spelled") or [])]
    vocabulary = sorted({word for phrase in told for word in words.apply(phrase).split()})
    return Spelling(vocabulary, (w for phrase in harmless for w in words.apply(phrase).split()))


class _Reader:
    """Makes the patterns to be looked for in messages that some words have been taken out of."""

    def __init__(
        self,
        words: DangerWords,
        lists: Mapping[str, Any],
        rules: Mapping[str, Any],
        without: frozenset[str],
    ) -> None:
        self._words = words
        self._phrases = lists
        self._rules = rules
        self._without = without

    def lists(self) -> Lists:
        """All that is looked for."""
        together = self._rules.get("together") or {}
        return Lists(
            {i: _any_of(self._alternatives(i, self._phrases[i]["phrases"])) for i in DANGERS},
            {i: [self._combination(names) for names in together.get(i) or []] for i in DANGERS},
            self._needed(chain.from_iterable(together.get(i) or [] for i in DANGERS)),
            self._harmless(),
            self._past(),
        )

    def _harmless(self) -> re.Pattern[str] | None:
        harmless = [
            phrase
            for phrase in _look_alikes(self._phrases)
            if self._without.isdisjoint(self._words.apply(phrase).split())
        ]
        alternatives = self._alternatives(HARMLESS, harmless)
        return _any_of(alternatives) if alternatives else None

    def _past(self) -> Past | None:
        past = self._rules.get("past")
        return Past(*(_any_of(self._prepared(past[name])) for name in PAST)) if past else None

    def _alternatives(self, intent: str, phrases: Iterable[str]) -> list[str]:
        return [*self._prepared(phrases), *map(self._sequence, self._rules.get(intent) or [])]

    def _combination(self, names: list[str]) -> Combination:
        return Combination(tuple(re.compile(rf"(?<!\w){self._one_of(n)}(?!\w)") for n in names))

    def _needed(self, combinations: Iterable[list[str]]) -> re.Pattern[str]:
        """One member of each combination, that with the fewest words: it is the rarest, mostly."""
        fewest = {min(names, key=lambda n: len(self._listed(n))) for names in combinations}
        return _any_of(chain.from_iterable(map(self._listed, sorted(fewest))))

    def _prepared(self, phrases: Iterable[str]) -> list[str]:
        """The phrases as messages are, each once, as expressions; the longest first, so that
        "ikke puste nesten" is not cut short.

        Words that are taken out of messages go from within the phrases. First and last words
        stay: "blør veldig" without its last word would be any bleeding.
        """
        prepared = set()
        for phrase in phrases:
            words = self._expressions(phrase)
            if not words:
                continue  # an empty phrase would stand in every message
            first, *others = words
            inner = [word for word in others[:-1] if word not in self._without]
            prepared.add(" ".join([first, *inner, *others[-1:]]))
        return sorted(prepared, key=lambda words: (-len(words), words))

    def _expressions(self, phrase: str) -> list[str]:
        expressions: list[str] = []
        for word in phrase.split():
            if word.endswith(_ANY_ENDING):
                # A stem stays as it is: it has no other spelling as a whole word.
                expressions.append(re.escape(word.removesuffix(_ANY_ENDING).lower()) + r"\w*")
            else:
                expressions += self._words.apply(word).split()
        return expressions

    def _sequence(self, names: list[str]) -> str:
        """One word of each list, in order, with up to four of the words "between" in the gaps."""
        between = either([*self._prepared(self._rules.get("between") or []), r"\d+"])
        gap = rf" (?:(?:{between}) ){{0,{_WORDS_BETWEEN}}}"
        return gap.join(map(self._one_of, names))

    def _one_of(self, name: str) -> str:
        return f"(?:{either(self._listed(name))})"

    def _listed(self, name: str) -> list[str]:
        words = self._rules["words"][name]
        listed = self._prepared(word for word in words if word != _TEN_OR_MORE)
        if _TEN_OR_MORE in words:
            unit = "|".join(self._prepared(self._rules.get("units") or []))
            not_an_amount = rf"(?! (?:{unit})(?!\w))" if unit else ""
            listed.append(rf"[1-9]\d{{1,3}}(?!\w){not_an_amount}")
        return listed


def _any_of(alternatives: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{either(alternatives)})(?!\w)")
