"""Makes one word out of a word's many spellings before danger is looked for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from rapidfuzz.distance import OSA

_WORD = re.compile(r"\w+", re.UNICODE)
_APOSTROPHES = re.compile("['\u2019\u00b4`]")
#: "får'kje", "orkar'kje": the small word is written together with the one before it.
_NOT_TOGETHER = re.compile(r"(?<=\w)['\u2019\u00b4`]kje\b")
_REPEATED = re.compile(r"([^\W\d_])\1{2,}")
_SENTENCE_END = re.compile(r"[.!?;:\n]+(?:\s+|$)|\n")

#: Shorter words have too many neighbours: "pust" and "post", "dør" and "før".
_SHORTEST = 6
#: From this length on, so many wrong letters are forgiven, below it one.
_LONG, _FORGIVEN = 10, 2


class DangerWords:
    """Lower-case words without punctuation, each in one spelling.

    forms: spelling -> the word it stands for, single words.
    """

    def __init__(self, forms: Mapping[str, str]) -> None:
        self._forms = dict(forms)

    def apply(self, text: str) -> str:
        """The words of a text, separated by single spaces; "" when it has none."""
        # "can't" and "cant" are one word: apostrophes go, other marks part words.
        lowered = _APOSTROPHES.sub("", _NOT_TOGETHER.sub(" ikke", text.lower()))
        words = _WORD.findall(_REPEATED.sub(r"\1", lowered))
        return " ".join(self._forms.get(word, word) for word in words)

    def sentences(self, text: str) -> list[str]:
        """The words of each sentence; sentences without words are left out."""
        prepared = (self.apply(sentence) for sentence in _SENTENCE_END.split(text))
        return [sentence for sentence in prepared if sentence]


class Spelling:
    """Finds the word of danger that a misspelled word was meant to be ("bevisløss").

    words: the words that danger is told with. known: words that only look like them
    ("koster" beside "hoster"), which stay as they are.
    """

    def __init__(self, words: Iterable[str], known: Iterable[str]) -> None:
        self._known = frozenset(known) | frozenset(words := list(words))
        # For each first letter and length of a misspelled word: what it may have been meant to be,
        # with the number of letters that are forgiven.
        self._meant_by: dict[tuple[str, int], list[tuple[str, int]]] = {}
        for word in words:
            if len(word) >= _SHORTEST:
                for length in range(len(word) - _FORGIVEN, len(word) + _FORGIVEN + 1):
                    forgiven = _FORGIVEN if max(len(word), length) >= _LONG else 1
                    if abs(len(word) - length) <= forgiven:
                        candidates = self._meant_by.setdefault((word[0], length), [])
                        candidates.append((word, forgiven))

    def correct(self, words: str) -> str:
        """The words with those put right that are one letter (long ones: two) from a known one."""
        return " ".join(map(self._meant, words.split()))

    def _meant(self, word: str) -> str:
        if len(word) < _SHORTEST - 1 or word in self._known or word.isdigit():
            return word
        best, distance = word, _FORGIVEN + 1
        for candidate, forgiven in self._meant_by.get((word[0], len(word)), ()):
            apart = OSA.distance(word, candidate, score_cutoff=forgiven)
            if apart <= forgiven and apart < distance:
                best, distance = candidate, apart
        return best
