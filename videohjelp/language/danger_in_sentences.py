"""Danger that one sentence of a long message tells of, among ordinary ones.

To the classifier, four sentences about the link and one about a father who does not answer are a
message about the link.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from videohjelp.language.danger import DANGERS

_END = re.compile(r"[.!?;\n]+\s+|\n")
#: Fewer words out of their context mean too many things ("han er borte").
_MIN_WORDS = 3
#: More sentences are not looked at one by one: an answer must not take seconds.
_MAX_SENTENCES = 30

Ranking = list[dict[str, Any]]
#: Gives the probability of each danger in a text; nothing where there is none.
DangerOf = Callable[[str], dict[str, float]]


def sentences(text: str) -> list[str]:
    """The sentences of a message that are looked at by themselves; none when it has only one."""
    found = [part.strip(" .,!?;") for part in _END.split(text)]
    return found[:_MAX_SENTENCES] if len(found) > 1 else []


def with_danger_of_sentences(
    text: str, ranking: Ranking, danger_of: DangerOf, least: float
) -> Ranking:
    """The ranking, with the danger of the most dangerous sentence if that is at least so likely.

    least: a probability; a sentence without its context needs more of it than a whole message.
    """
    worst: dict[str, float] = {}
    for sentence in sentences(text):
        if len(sentence.split()) >= _MIN_WORDS:
            worst = max(worst, danger_of(sentence), key=lambda found: sum(found.values()))
    danger = sum(worst.values())
    already = sum(entry["confidence"] for entry in ranking if entry["name"] in DANGERS)
    if danger < least or danger <= already:
        return ranking
    raised = [{"name": name, "confidence": sure} for name, sure in worst.items()]
    others = [
        {**entry, "confidence": entry["confidence"] * (1 - danger)}
        for entry in ranking
        if entry["name"] not in DANGERS
    ]
    return sorted([*raised, *others], key=lambda entry: -float(entry["confidence"]))
