"""Which language a message is written in: bokmål, nynorsk or English.

State bodies answer in the målform the person writes (språklova § 15). Short messages are told by
words that only one of the languages has, longer ones by lingua as well; together they are better
than either.
"""

from __future__ import annotations

import functools
import itertools
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import yaml
from lingua import Language as LinguaLanguage
from lingua import LanguageDetector, LanguageDetectorBuilder

Language = Literal["nb", "nn", "en"]
LANGUAGES: tuple[Language, ...] = ("nb", "nn", "en")

_LINGUA: dict[Language, LinguaLanguage] = {
    "nb": LinguaLanguage.BOKMAL,
    "nn": LinguaLanguage.NYNORSK,
    "en": LinguaLanguage.ENGLISH,
}
_WORD = re.compile(r"[\w'’]+", re.UNICODE)

#: What a word of one language weighs against lingua's confidence (0 to 1).
WORD_WEIGHT = 1.0
#: How far ahead the best language must be for the first message, and to change later.
FIRST_LEAD = 0.35
CHANGE_LEAD = 1.8


@dataclass(frozen=True)
class LanguageRecogniser:
    """Recognises the language of messages.

    markers: language -> words that only this language has, lower case.
    """

    markers: dict[Language, frozenset[str]]

    def scores(self, text: str) -> dict[Language, float]:
        """How much speaks for each language: its words, and lingua's confidence."""
        words = _words(text)
        confidences = {
            value.language: value.value
            for value in _detector().compute_language_confidence_values(text)
        }
        # Lingua needs a few words: a single one says little.
        trust = min(1.0, len(words) / 4)
        return {
            language: trust * confidences.get(_LINGUA[language], 0.0)
            + WORD_WEIGHT * self._own_words(words, language)
            for language in LANGUAGES
        }

    def follow(self, text: str, current: Language, known: bool) -> tuple[Language, bool]:
        """The language to answer in, and whether it is now known from what was written.

        current: the language so far. known: whether the patient has written in it already; then
        one loanword or one word of the other målform does not change it.
        """
        if known and not self._may_change(text, current):
            return current, known
        ranked = sorted(self.scores(text).items(), key=lambda item: -item[1])
        (best, score), (_, second) = ranked[0], ranked[1]
        if score - second >= (CHANGE_LEAD if known and best != current else FIRST_LEAD):
            return best, True
        return current, known

    def _may_change(self, text: str, current: Language) -> bool:
        """Whether lingua, asked for its confidence, could make another language the best by far."""
        words = _words(text)
        others = max(self._own_words(words, one) for one in LANGUAGES if one != current)
        return 1.0 + WORD_WEIGHT * (others - self._own_words(words, current)) >= CHANGE_LEAD

    def _own_words(self, words: list[str], language: Language) -> int:
        return sum(word in self.markers[language] for word in words)


def _words(text: str) -> list[str]:
    return [word.replace("’", "'") for word in _WORD.findall(text.lower())]


def read_markers(path: Path) -> LanguageRecogniser:
    """Reads data/language/markers.yml.

    Raises ValueError when a word stands under two languages: it would tell nothing.
    """
    content = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506
    markers = {language: frozenset(content[language]) for language in LANGUAGES}
    for first, second in itertools.combinations(LANGUAGES, 2):
        both = markers[first] & markers[second]
        if both:
            raise ValueError(f"{path}: {', '.join(sorted(both))} under both {first} and {second}")
    return LanguageRecogniser(markers)


@functools.lru_cache(maxsize=1)
def _detector() -> LanguageDetector:
    # Built at the first message: it takes 0.4 s and 50 MB.
    return LanguageDetectorBuilder.from_languages(*_LINGUA.values()).build()
