"""Find phrases in a message, typing errors allowed where no other word could be meant."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise, product

from rapidfuzz.distance import OSA

from videohjelp.directory.text import folded, joined, stem
from videohjelp.directory.words import EMPTY_WORDS, FUNCTION_WORDS, NAME_ENDINGS

MAX_WORDS = 100
_EXACT_UP_TO = 5
_ONE_ERROR_UP_TO = 8
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

    def errors(self, written: str, meant: str) -> int | None:
        """Give the number of typing errors in `written` if it can only mean `meant`, else None.

        Words of up to five letters must be right, up to eight may have one error, longer ones two;
        never the first letter. An ending like "-avdeling" does not count, so that
        "barselavdeling" is not "barneavdeling". A word that is somebody's name, or an ordinary
        word, is no error.
        """
        if written == meant:
            return 0
        if written[:1] != meant[:1] or written in self._owners or written in EMPTY_WORDS:
            return None
        limit = _allowed_errors(written, meant)
        if limit == 0:
            return None
        found = OSA.distance(written, meant, score_cutoff=limit)
        if found > limit or self._could_mean_another(written, meant, found):
            return None
        return found

    def _errors_at(self, where: frozenset[int], written: str, meant: str) -> int | None:
        if len(where) > 1:
            # Two words read as one must be right: "har avdeling" is close to "hudavdeling".
            return 0 if written == meant else None
        return self.errors(written, meant)

    def _could_mean_another(self, written: str, meant: str, errors: int) -> bool:
        own = self._owners.get(meant, frozenset())
        return any(
            not own & owners and OSA.distance(written, other, score_cutoff=errors + 1) <= errors + 1
            for other, owners in self._owners.items()
        )

    def find(self, phrase: tuple[str, ...], query: Query, *, together: bool) -> Found | None:
        """Find all words of `phrase` in the message, in any order; None when one is missing.

        With `together`, only function words may stand between them: "sjukehuset på Voss" is "Voss
        sjukehus", "frå Voss til Haukeland sjukehus" is not.
        """
        choices: list[list[Found]] = []
        for word in phrase:
            hits = [
                Found(errors, where)
                for where, written in query.spans
                if (errors := self._errors_at(where, written, word)) is not None
            ]
            if not hits:
                return None
            choices.append(sorted(hits))
        best: Found | None = None
        for number, combination in enumerate(product(*choices)):
            if number >= _MAX_COMBINATIONS:
                break
            where = frozenset[int]().union(*(one.where for one in combination))
            if together and not _stand_together(where, query):
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
    return 1 if shortest <= _ONE_ERROR_UP_TO else 2


def _stand_together(where: frozenset[int], query: Query) -> bool:
    between = set(range(min(where), max(where) + 1)) - where
    return all(query.words[index] in FUNCTION_WORDS for index in between)
