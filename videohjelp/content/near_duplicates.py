"""Examples that are nearly the same: they teach nothing new, and make a measurement look better."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from rapidfuzz import fuzz, process

from videohjelp.content.nlu import Example
from videohjelp.content.problem import Problem
from videohjelp.language.known_examples import same_example

#: In per cent of the letters. From here on, two examples of a topic are one sentence with another
#: ending or one small word more ("mikrofonen (min) virker ikke"). Below, they are mostly one
#: thought in two written forms ("kva nettlesar …", "ka nettleser …"), and that is to be learnt.
NEARLY_THE_SAME = 88
#: Between two topics one word may be all the difference there is: "the doctor can't see me" and
#: "… hear me" are 89. From here on it is a letter.
SAME_IN_TWO_TOPICS = 95
#: The part of a topic's examples that may repeat an earlier one.
MOST = 0.05


def check_near_duplicates(examples: list[Example]) -> Iterator[Problem]:
    """Gives each example that repeats another: in two topics, or in one that has too many such."""
    keys = [same_example(example.written) for example in examples]
    by_intent: dict[str, list[int]] = {}
    for number, example in enumerate(examples):
        by_intent.setdefault(example.intent, []).append(number)
    compared: list[int] = []
    for own in by_intent.values():
        yield from _within(examples, keys, own)
        yield from _across(examples, keys, own, compared)
        compared += own


def near_duplicates(keys: list[str]) -> dict[int, int]:
    """Which examples of one topic repeat an earlier one: number of the example -> of the other."""
    found: dict[int, int] = {}
    for earlier, later in _pairs(keys, keys, NEARLY_THE_SAME):
        if earlier < later:
            found.setdefault(later, earlier)
    return found


def _within(examples: list[Example], keys: list[str], own: list[int]) -> Iterator[Problem]:
    repeated = near_duplicates([keys[number] for number in own])
    if len(repeated) < MOST * len(own):
        return
    for later, earlier in repeated.items():
        example, other = examples[own[later]], examples[own[earlier]]
        yield Problem(
            example.path,
            example.line,
            f"the example '{example.written}' is nearly '{other.written}' ({other.place}); "
            f"{len(repeated)} of the {len(own)} examples of '{example.intent}' repeat another one",
            f"say it in other words or remove it; fewer than {MOST:.0%} may be such",
        )


def _across(
    examples: list[Example], keys: list[str], own: list[int], compared: list[int]
) -> Iterator[Problem]:
    found = _pairs(
        [keys[number] for number in own],
        [keys[number] for number in compared],
        SAME_IN_TWO_TOPICS,
    )
    for one, another in found:
        example, other = examples[own[one]], examples[compared[another]]
        # The very same is told of when the examples are read.
        if keys[own[one]] != keys[compared[another]]:
            yield Problem(
                example.path,
                example.line,
                f"the example '{example.written}' of '{example.intent}' is nearly "
                f"'{other.written}' of '{other.intent}' ({other.place})",
                "keep the one a patient would mean by it, or make the difference plain",
            )


def _pairs(rows: list[str], columns: list[str], least: float) -> Iterator[tuple[int, int]]:
    alike = process.cdist(rows, columns, scorer=fuzz.ratio, score_cutoff=least)
    yield from ((int(row), int(column)) for row, column in np.argwhere(alike))
