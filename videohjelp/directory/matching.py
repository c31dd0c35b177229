"""Find phrases in a message, typing errors allowed where no other word could be meant."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise, product

from rapidfuzz.distance import OSA

from videohjelp.directory.text import folded, joined, stem
from videohjelp.directory.words import EMPTY_WORDS, FUNCTION_WORDS, NAME_ENDINGS, is_a_house

MAX_WORDS = 100
_EXACT_UP_TO = 5
_ONE_ERROR_UP_TO = 8
_MOST_ERRORS = 2
_SHORTEST_PART = 3
_MAX_COMBINATIONS = 200


@dataclass(frozen=True)
class Query:
    """A message as stemmed words; `spans` are the words, and neighbours written as one."""

    words: tuple[str, ...]
    spans: tuple[tuple[frozenset[int], str], ...]
    shortened: bool = False

    @staticmethod
    def of(text: str) -> Query:
        """Read a message of any length; only its first 100 words count."""
        raw = folded(text).split()
        used = raw[:MAX_WORDS]
        single = [(frozenset({index}), stem(word)) for index, word in enumerate(used)]
        pairs = [
            (frozenset({index, index + 1}), joined(left, right))
            for index, (left, right) in enumerate(pairwise(used))
            if _may_be_one_word(left, right)
        ]
        return Query(tuple(stem(word) for word in used), (*single, *pairs), len(raw) > MAX_WORDS)


@dataclass(frozen=True, order=True)
class Found:
    """A phrase found: number of typing errors, and the places of its words in the message."""

    errors: int
    where: frozenset[int] = field(compare=False)


class Vocabulary:
    """All words of all names, each with those who own it, to see when a typing error is unclear."""

    def __init__(self, owners: Mapping[str, frozenset[str]]) -> None:
        """Take the owners' ids by stemmed word."""
        self._owners = owners
        self._by_first_letter: dict[str, list[str]] = {}
        for word in owners:
            self._by_first_letter.setdefault(word[:1], []).append(word)

    def read(self, query: Query) -> Reading:
        """Find every word of every name in the message, once for all names."""
        hits: dict[str, list[Found]] = {}
        around = ("", *query.words, "")
        for where, written in query.spans:
            if len(where) == 1 and is_a_house(*around[min(where) : min(where) + 3]):
                continue
            # Two words read as one must be right: "har avdeling" is close to "hudavdeling".
            for meant, errors in self._meanings(written, exact=len(where) > 1):
                hits.setdefault(meant, []).append(Found(errors, where))
        return Reading(query, {word: sorted(found) for word, found in hits.items()})

    def _meanings(self, written: str, *, exact: bool = False) -> Iterator[tuple[str, int]]:
        """Give the words that `written` can only mean, each with the number of typing errors.

        Words of up to five letters must be right, up to eight may have one error, longer ones two;
        never the first letter. An ending like "-avdeling" does not count, so that
        "barselavdeling" is not "barneavdeling". A word that is somebody's name, or an ordinary
        word, is no error.
        """
        if written in self._owners:
            yield written, 0
        elif not exact and len(written) > _EXACT_UP_TO and written not in EMPTY_WORDS:
            for meant in self._by_first_letter.get(written[:1], ()):
                if abs(len(written) - len(meant)) > _MOST_ERRORS:
                    continue
                limit = _allowed_errors(written, meant)
                if limit == 0:
                    continue
                errors = OSA.distance(written, meant, score_cutoff=limit)
                if errors <= limit and not self._could_mean_another(written, meant, errors):
                    yield meant, errors

    def _could_mean_another(self, written: str, meant: str, errors: int) -> bool:
        own = self._owners.get(meant, frozenset())
        return any(
            not own & owners and OSA.distance(written, other, score_cutoff=errors + 1) <= errors + 1
            for other, owners in self._owners.items()
        )


@dataclass(frozen=True)
class Reading:
    """A message with the names' words that were found in it, the surest place of each first."""

    query: Query
    hits: Mapping[str, list[Found]]

    def find(self, phrase: tuple[str, ...], *, together: bool) -> Found | None:
        """Find all words of `phrase` in the message, in any order; None when one is missing.

        With `together`, only function words may stand between them: "sjukehuset på Voss" is "Voss
        sjukehus", "frå Voss til Haukeland sjukehus" is not.
        """
        if any(word not in self.hits for word in phrase):
            return None
        best: Found | None = None
        for number, combination in enumerate(product(*(self.hits[word] for word in phrase))):
            if number >= _MAX_COMBINATIONS:
                break
            where = frozenset[int]().union(*(one.where for one in combination))
            if together and not _stand_together(where, self.query):
                continue
            found = Found(sum(one.errors for one in combination), where)
            if best is None or (found.errors, -len(where)) < (best.errors, -len(best.where)):
                best = found
        return best


def phrases_of(names: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    """Give the phrases to look for: each name's words without function words, and them as one."""
    result: list[tuple[str, ...]] = []
    for name in names:
        parts = tuple(
            stem(part) for part in folded(name).split() if stem(part) not in FUNCTION_WORDS
        )
        if not parts:
            continue
        result.append(parts)
        if len(parts) > 1:
            result.append((joined(*(p for p in folded(name).split() if stem(p) in parts)),))
    return tuple(dict.fromkeys(result))


def _may_be_one_word(left: str, right: str) -> bool:
    if min(len(left), len(right)) < _SHORTEST_PART:
        return False
    stems = {stem(left), stem(right)}
    # "I dag poliklinikken" does not name "Dagpoliklinikken".
    return not stems & FUNCTION_WORDS and not stems <= EMPTY_WORDS


def _allowed_errors(written: str, meant: str) -> int:
    same = [end for end in NAME_ENDINGS if written.endswith(end) and meant.endswith(end)]
    shortest = min(len(written), len(meant)) - max(map(len, same), default=0)
    if shortest <= _EXACT_UP_TO:
        return 0
    return 1 if shortest <= _ONE_ERROR_UP_TO else _MOST_ERRORS


def _stand_together(where: frozenset[int], query: Query) -> bool:
    between = set(range(min(where), max(where) + 1)) - where
    return all(query.words[index] in FUNCTION_WORDS for index in between)
