"""A text being read: normalised, and shortened as its parts are understood."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from typing import TypeVar

MAX_CHARACTERS = 500

# What has been understood leaves one of these in its place, so that a rule can ask what was.
DAY = "\x01"
WEEKDAY = "\x02"
TIME = "\x03"

Found = TypeVar("Found")


def normalise(text: str) -> str:
    """Give the first 500 characters in small letters, plain in spaces, quotes, dashes, digits."""
    shortened = unicodedata.normalize("NFKC", text[:MAX_CHARACTERS])[:MAX_CHARACTERS].lower()
    plain = "".join(_plain(character) for character in shortened)
    return re.sub(r"\s+", " ", plain).strip()


def _plain(character: str) -> str:
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    if unicodedata.category(character) == "Pd":
        return "-"
    if character in "’‘´`":
        return "'"
    return character if character.isprintable() else " "


def word(pattern: str) -> str:
    """Give a pattern that matches only as whole words."""
    return rf"(?<!\w)(?:{pattern})(?!\w)"


def any_of(words: Iterable[str]) -> str:
    """Give a pattern for any of the words, the longest first."""
    return "|".join(re.escape(each) for each in sorted(words, key=len, reverse=True))


class Remaining:
    """The part of a message that no rule has understood yet."""

    def __init__(self, text: str) -> None:
        """Start with a message as it was written."""
        self.text = normalise(text)

    def has(self, pattern: re.Pattern[str]) -> bool:
        """Tell whether the pattern occurs in what is left."""
        return pattern.search(self.text) is not None

    def take(
        self,
        pattern: re.Pattern[str],
        mark: str,
        read: Callable[[re.Match[str]], Found | None],
    ) -> list[Found]:
        """Take out what the pattern finds and `read` accepts, leaving `mark` in its place.

        Args:
            pattern: what to look for.
            mark: DAY, WEEKDAY or TIME.
            read: gives the meaning of a match, or None to leave the text as it is.
        """
        found: list[Found] = []

        def replace(match: re.Match[str]) -> str:
            meaning = read(match)
            if meaning is None:
                return match.group(0)
            found.append(meaning)
            return f" {mark} "

        self.text = re.sub(" +", " ", pattern.sub(replace, self.text)).strip()
        return found
