"""Make different spellings of a Norwegian word equal."""

from __future__ import annotations

import re
import unicodedata

_NOT_WORD = re.compile(r"[^a-z0-9]+")
_DOUBLED = re.compile(r"([a-z])\1+")
_JOINING = "'’‘´`"
_APOSTROPHES = str.maketrans("", "", _JOINING)
_LETTERS = str.maketrans({"æ": "a", "ø": "o", "đ": "d", "ł": "l"})
#: What people write without Norwegian letters, and the nynorsk stem that differs most often.
_SPELLINGS = (("aa", "a"), ("ae", "a"), ("oe", "o"), ("sjuk", "syk"))
_ENDINGS = ("ene", "ane", "ens", "ets", "en", "et", "as", "a", "s")
_SHORTEST_STEM = 5


def folded(text: str) -> str:
    """Give `text` in small letters a-z and digits, words parted by one space.

    Case, diacritics, doubled letters and sjuke-/syke- make no difference: "Førde Sjukehus" and
    "FOERDE SYKEHUS" are equal.
    """
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_APOSTROPHES))
    plain = "".join(one for one in plain if not unicodedata.combining(one)).translate(_LETTERS)
    for written, meant in _SPELLINGS:
        plain = plain.replace(written, meant)
    return _NOT_WORD.sub(" ", _DOUBLED.sub(r"\1", plain)).strip()


def word_places(text: str) -> tuple[tuple[int, int], ...]:
    """Give for each word of `folded(text)` its first character in `text`, and the one after it."""
    places: list[tuple[int, int]] = []
    inside = False
    for index, character in enumerate(text):
        if character in _JOINING or _is_no_letter_of_its_own(character):
            continue
        # One sign may be two words: "½".
        parts = folded(character).split()
        goes_on, inside = inside and bool(parts), bool(parts)
        if goes_on:
            places[-1] = (places[-1][0], index + 1)
        places += [(index, index + 1)] * (len(parts) - goes_on)
    return tuple(places)


def _is_no_letter_of_its_own(character: str) -> bool:
    # U+0345 is a combining sign, and in small letters an iota.
    return all(map(unicodedata.combining, unicodedata.normalize("NFKD", character.casefold())))


def stem(word: str) -> str:
    """Take the definite or genitive ending off a folded word: klinikken, klinikka -> klinik."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word[: -len(ending)]
    return word


def words(text: str) -> tuple[str, ...]:
    """Give the folded words of `text` without their endings."""
    return tuple(stem(word) for word in folded(text).split())


def joined(*parts: str) -> str:
    """Give words as one, as people write compounds both together and apart."""
    return stem(_DOUBLED.sub(r"\1", "".join(parts)))


def slug(text: str) -> str:
    """Give an id for a name: "Voss DPS NKS Bjørkeli" -> "vos-dps-nks-bjorkeli"."""
    return folded(text).replace(" ", "-") or "ukjent"
