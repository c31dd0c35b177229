"""Recognises danger to life from phrases, whatever the classifier believes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from videohjelp.language.danger_words import DangerWords, Spelling

#: The intents of danger. The crisis first: "vil dø" stands in both, and its numbers include 113.
DANGERS = ("mental_health_crisis", "medical_emergency")
#: What stands for words that were taken out: the words around them become no neighbours.
GAP = "·"
#: How far apart the members of a combination may stand, in words.
_WINDOW = 16


class Places:
    """Where members of combinations stand in words, in words; many combinations have the same."""

    def __init__(self, words: str) -> None:
        self._words = words
        self._known: dict[str, list[int]] = {}

    def of(self, member: re.Pattern[str]) -> list[int]:
        """The places of a member, none where it does not stand."""
        # By its expression, whose hash Python keeps: a compiled one's is made anew each time.
        places = self._known.get(member.pattern)
        if places is None:
            words = self._words
            places = [words.count(" ", 0, match.start()) for match in member.finditer(words)]
            self._known[member.pattern] = places
        return places


@dataclass(frozen=True)
class Combination:
    """Words that mean danger when they stand near each other, in whatever order."""

    members: tuple[re.Pattern[str], ...]

    def found_in(self, words: Places) -> bool:
        """Whether each member stands in the words, all of them near the first."""
        places: list[list[int]] = []
        for member in self.members:
            places.append(words.of(member))
            if not places[-1]:
                return False
        first, *others = places
        return any(
            all(any(abs(at - place) <= _WINDOW for place in one) for one in others) for at in first
        )


@dataclass(frozen=True)
class Past:
    """Illness that is told of as long over is no danger now.

    illness: what may be over. over: words that say so ("i fjor"). present: words after which it
    is not over ("igjen", "nå"). well: what is none of these all the same ("det går bra nå").
    """

    illness: re.Pattern[str]
    over: re.Pattern[str]
    present: re.Pattern[str]
    well: re.Pattern[str]

    def without(self, sentence: str) -> str:
        """The sentence without the illness that is over."""
        if self.over.search(sentence) and not self.present.search(self.well.sub(GAP, sentence)):
            return self.illness.sub(GAP, sentence)
        return sentence


@dataclass(frozen=True)
class Lists:
    """What is looked for in a message's words.

    phrases: intent (medical_emergency, mental_health_crisis) -> pattern, the first intent that is
    found holds. combinations: intent -> words that mean danger together. needed: a word of each
    combination; where none of them stands no combination does. harmless: look-alikes, taken out of
    the message before danger is sought. past: None when nothing is excused by it.
    """

    phrases: dict[str, re.Pattern[str]]
    combinations: dict[str, list[Combination]]
    needed: re.Pattern[str]
    harmless: re.Pattern[str] | None
    past: Past | None

    def find(self, remaining: Sequence[str]) -> str | None:
        """The intent of the danger that sentences without look-alikes speak of, or None."""
        words = " ".join(remaining)
        for intent, pattern in self.phrases.items():
            if pattern.search(words):
                return intent
        if not self.needed.search(words):
            return None
        places = Places(words)
        for intent, combinations in self.combinations.items():
            if any(one.found_in(places) for one in combinations):
                return intent
        return None

    def without_look_alikes(self, sentences: Sequence[str]) -> list[str]:
        """The sentences with a gap where something only looks like danger."""
        if self.harmless is not None:
            sentences = [self.harmless.sub(GAP, sentence) for sentence in sentences]
        if self.past is not None:
            sentences = [self.past.without(sentence) for sentence in sentences]
        return list(sentences)


@dataclass(frozen=True)
class DangerPhrases:
    """Phrases and combinations that mean danger by themselves, and look-alikes that do not.

    as_written: what is looked for in the message. without_intensifiers: what is looked for in the
    message without the words that only make others stronger or weaker. prefixes: those of them
    that are written together with a word ("kjempevondt"). spelling: for misspelled words.
    """

    words: DangerWords
    as_written: Lists
    without_intensifiers: Lists
    intensifiers: frozenset[str]
    prefixes: re.Pattern[str] | None
    spelling: Spelling

    def find(self, text: str) -> str | None:
        """The intent of the danger that the text speaks of, or None. Never raises."""
        return self.read(text)[0]

    def read(self, text: str) -> tuple[str | None, bool]:
        """What `find` gives, and whether a text without danger has words that only look like it
        ("the screen is dead")."""
        look_alike = False
        for lists, sentences, remaining in self._readings(text):
            found = lists.find(remaining)
            if found:
                return found, False
            look_alike = look_alike or remaining != sentences
        return None, look_alike

    def _readings(self, text: str) -> Iterator[tuple[Lists, list[str], list[str]]]:
        """What is looked for in which sentences, and these without look-alikes."""
        written = self.words.sentences(text)
        # "Almost had a heart attack" without "almost" would be danger.
        remaining = self.as_written.without_look_alikes(written)
        yield self.as_written, written, remaining
        plain = [self._plain(sentence) for sentence in remaining]
        lists = self.without_intensifiers
        if plain != remaining:
            yield lists, plain, lists.without_look_alikes(plain)
        corrected = [self.spelling.correct(sentence) for sentence in plain]
        if corrected != plain:
            yield lists, corrected, lists.without_look_alikes(corrected)

    def _plain(self, sentence: str) -> str:
        if self.prefixes is not None:
            sentence = self.prefixes.sub("", sentence)
        return " ".join(word for word in sentence.split() if word not in self.intensifiers)
