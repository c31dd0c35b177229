"""A text being read: normalised, and shortened as its parts are understood."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import TypeVar, cast

from videohjelp.word_patterns import either

MAX_CHARACTERS = 500

# What has been understood leaves one of these in its place, so that a rule can ask what was.
DAY = "\x01"
WEEKDAY = "\x02"
TIME = "\x03"

Found = TypeVar("Found")
#: Where words stand in a message as it was written: their first character, and the one after them.
Place = tuple[int, int]
_AROUND = " .,;:!?"


@dataclass(frozen=True)
class Mention:
    """Something that was said, and where; what was meant alone makes two of them equal."""

    where: Place = field(default=(0, 0), compare=False, kw_only=True)


def normalise(text: str) -> str:
    """Give the first 500 characters in small letters, plain in spaces, quotes, dashes, digits."""
    shortened = unicodedata.normalize("NFKC", text[:MAX_CHARACTERS])[:MAX_CHARACTERS].lower()
    plain = shortened.translate(_PLAIN)
    return re.sub(r"\s+", " ", plain).strip()


def hull(places: Iterable[Place]) -> Place | None:
    """Give the place from the first of the words to the last; None for none."""
    all_places = list(places)
    if not all_places:
        return None
    return min(start for start, _ in all_places), max(end for _, end in all_places)


class _Plain(dict[int, str]):
    """What each character becomes, by its code; common ones are found out once."""

    #: The greatest code of one that is remembered: letters, signs and digits of most scripts.
    _LAST = 0x2FFF

    def __missing__(self, code: int) -> str:
        plain = _plain(chr(code))
        if code <= self._LAST:
            self[code] = plain
        return plain


def _plain(character: str) -> str:
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    if unicodedata.category(character) == "Pd":
        return "-"
    if character in "’‘´`":
        return "'"
    return character if character.isprintable() else " "


_PLAIN = _Plain()


def word(pattern: str) -> str:
    """Give a pattern that matches only as whole words."""
    return rf"(?<!\w)(?:{pattern})(?!\w)"


def any_of(words: Iterable[str]) -> str:
    """Give a pattern for any of the words, the longest first."""
    return either(re.escape(each) for each in sorted(words, key=len, reverse=True))


class Remaining:
    """The part of a message that no rule has understood yet."""

    def __init__(self, text: str) -> None:
        """Start with a message as it was written."""
        self.text = normalise(text)
        self._written = text
        # For each character of `text`; found out when something is taken, which is seldom.
        self._origins: list[Place] | None = None
        self._taken: list[tuple[str, Place]] = []

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
            read: gives the meaning of a match, or None to leave the text as it is. A Mention is
                told where it stands.
        """
        found: list[Found] = []
        matches: list[re.Match[str]] = []
        for match in pattern.finditer(self.text):
            meaning = read(match)
            if meaning is not None:
                matches.append(match)
                found.append(self._placed(meaning, match))
        if matches:
            self._mark(matches, mark)
        return found

    @property
    def is_shortened(self) -> bool:
        """Whether anything was taken."""
        return bool(self._taken)

    def taken(self, mark: str) -> list[Place]:
        """Give the places of all that was taken with this mark, in the order of taking."""
        return [place for other, place in self._taken if other == mark]

    def place(self, match: re.Match[str]) -> Place:
        """Tell where a match in what is left stands in the message, without what is around it.

        Of a pattern with a group "said" it is that group's place.
        """
        group = "said" if match.groupdict().get("said") else 0
        said = match[group]
        start = match.start(group) + len(said) - len(said.lstrip(_AROUND))
        end = match.start(group) + len(said.rstrip(_AROUND))
        places = self._places()[start : max(start, end - 1) + 1]
        return places[0][0], places[-1][1]

    def _placed(self, meaning: Found, match: re.Match[str]) -> Found:
        if isinstance(meaning, Mention):
            return cast(Found, replace(meaning, where=self.place(match)))
        return meaning

    def _places(self) -> list[Place]:
        if self._origins is None:
            self._origins = _origins(self._written, len(self.text))
        return self._origins

    def _mark(self, matches: list[re.Match[str]], mark: str) -> None:
        before = list(zip(self.text, self._places(), strict=True))
        after: list[tuple[str, Place]] = []
        done = 0
        for match in matches:
            place = self.place(match)
            self._taken.append((mark, place))
            after += [*before[done : match.start()], *((each, place) for each in f" {mark} ")]
            done = match.end()
        after += before[done:]
        single = [
            piece
            for number, piece in enumerate(after)
            if piece[0] != " " or (number > 0 and after[number - 1][0] != " ")
        ]
        while single and single[-1][0] == " ":
            single.pop()
        self.text = "".join(character for character, _ in single)
        self._origins = [place for _, place in single]


def _origins(written: str, length: int) -> list[Place]:
    """Give for each character of the normalised text where it comes from."""
    places: list[Place] = []
    before = " "
    for place, cluster in _clusters(written):
        for character in unicodedata.normalize("NFKC", cluster).lower():
            plain = _plain(character)
            if not (plain.isspace() and before.isspace()):
                places.append(place)
            before = plain
    # Letters that are made otherwise alone than in a text (none of ours): all of the text then.
    return places[:length] if len(places) >= length else [(0, len(written))] * length


def _clusters(written: str) -> Iterator[tuple[Place, str]]:
    """Part a text into letters with the accents that follow them."""
    start = 0
    for end in range(1, min(len(written), MAX_CHARACTERS) + 1):
        if end == len(written) or not unicodedata.combining(written[end]):
            yield (start, end), written[start:end]
            start = end
