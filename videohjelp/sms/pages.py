"""Divides a long answer into messages; all but the last say how to get the rest."""

from __future__ import annotations

import re
from dataclasses import dataclass

from videohjelp.sms.gsm7 import fold, segments

MOST_SEGMENTS = 3
_GAP = "\n\n"

#: A word with the space after it. Groups of digits with one space between them are one word: a
#: phone number is never divided. Neither is a web address, which has no spaces.
_WORD = re.compile(r"\S+(?:(?<=\d) (?=\d)\S+)*\s*")
_SENTENCE_END = re.compile(r"[.!?]+[\"')]*\s+$")
#: "kl. 10", "24. november": the full stop ends a sentence only before a capital or a sign.
_SENTENCE_BEGIN = re.compile(r"[A-ZÆØÅÄÖÜÉ\"'(\-]|https?://")
#: A sentence that ends earlier than this part of a page leaves too much of it empty.
_LEAST_FULL = 0.5
#: What has no space for longer than this is divided anyway: it is no number and no address of ours.
_LONGEST_WORD = 60


def pages(text: str, more: str, *, tail: str = "", limit: int = MOST_SEGMENTS) -> list[str]:
    """The messages a text is sent in, each of at most `limit` segments; none for an empty text.

    A page ends at the end of a sentence or a line, else of a word; all but the last end in `more`
    ("Svar MER for resten"). `tail` is what the text ends in and is kept in one piece, on the same
    page as the last sentence: the options of a question. Only when the tail alone takes more than
    a page is it divided, at its line ends.
    """
    body, tail = fold(text).strip(), fold(tail).strip()
    whole = _GAP.join(filter(None, (body, tail)))
    if not whole:
        return []
    if segments(whole) <= limit:
        return [whole]
    words = [piece for word in _WORD.findall(body) for piece in _short(word)]
    division = _Division(words, _ends(words), tail, _GAP + fold(more).strip(), limit)
    together = division.last_sentence() if tail else len(words)
    if tail and together == len(words):
        # Not even the last word fits beside the tail.
        return pages(whole, more, limit=limit)
    found: list[str] = []
    start = 0
    while segments(rest := _text(words[start:], tail)) > limit:
        end = division.page_end(start, max(together, start + 1))
        found.append(_text(words[start:end]) + division.ending)
        start = end
    return [*found, rest]


@dataclass(frozen=True)
class _Division:
    """A text that takes several pages: its words, and for each whether a sentence ends there."""

    words: list[str]
    ends: list[bool]
    tail: str
    ending: str
    limit: int

    def last_sentence(self) -> int:
        """Where the last page begins at the latest, so that tail and last sentence share it.

        A last sentence that is too long for that is divided; the number of words when none fits.
        """
        words = self.words
        first = max((at for at in range(1, len(words)) if self.ends[at - 1]), default=0)
        while first < len(words) and segments(_text(words[first:], self.tail)) > self.limit:
            first += 1
        return first

    def page_end(self, start: int, last: int) -> int:
        """Where the page that begins at the word `start` ends, at most at `last`."""
        fitting = start + 1
        while fitting < last and self._fits(start, fitting + 1):
            fitting += 1
        least = len(_text(self.words[start:fitting])) * _LEAST_FULL
        for end in range(fitting, start, -1):
            if self.ends[end - 1] and len(_text(self.words[start:end])) >= least:
                return end
        return fitting

    def _fits(self, start: int, end: int) -> bool:
        return segments(_text(self.words[start:end]) + self.ending) <= self.limit


def _text(words: list[str], tail: str = "") -> str:
    return _GAP.join(filter(None, ("".join(words).strip(), tail)))


def _short(word: str) -> list[str]:
    return [word[at : at + _LONGEST_WORD] for at in range(0, len(word), _LONGEST_WORD)]


def _ends(words: list[str]) -> list[bool]:
    """For each word whether a sentence or a line ends with it."""
    following = [*words[1:], ""]
    return [
        "\n" in word or bool(_SENTENCE_END.search(word) and _SENTENCE_BEGIN.match(after))
        for word, after in zip(words, following, strict=True)
    ]
