"""Which topics are taken for which, with the examples themselves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from videohjelp.evaluation.comparable import Example, Prediction


@dataclass(frozen=True)
class Mistake:
    """A message that was taken for something else.

    confidence: 0 to 1. place: where its own topic stands in the ranking, from 1; None when it is
    not among those ranked.
    """

    text: str
    variety: str
    confidence: float
    place: int | None


@dataclass(frozen=True)
class Confusion:
    """Messages of one topic that were taken for another one, the surest first."""

    expected: str
    got: str
    mistakes: list[Mistake]


def confusions(pairs: Iterable[tuple[Example, Prediction]]) -> list[Confusion]:
    """Every two topics that were confused, the most frequent first."""
    found: dict[tuple[str, str], list[Mistake]] = defaultdict(list)
    for example, got in pairs:
        if example.intent != got.intent:
            names = [name for name, _ in got.ranking]
            place = names.index(example.intent) + 1 if example.intent in names else None
            mistake = Mistake(example.text, example.variety, got.confidence, place)
            found[example.intent, got.intent].append(mistake)
    return [
        Confusion(expected, got, sorted(mistakes, key=lambda one: -one.confidence))
        for (expected, got), mistakes in sorted(
            found.items(), key=lambda item: (-len(item[1]), item[0])
        )
    ]
