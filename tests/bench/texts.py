"""What the patients of the benchmark write: messages of the evaluation sets, in a fixed order."""

from __future__ import annotations

import random
from collections.abc import Sequence

from videohjelp.evaluation.messages import read_sets

#: Messages of one conversation.
LENGTH = 8
#: Plain questions, written again and again in long conversations, so that each place in them has
#: the same messages around it.
PERIOD: tuple[str, ...] = (
    "Hvor finner jeg innkallingsbrevet?",
    "kva kostar det",
    "Which browser should I use?",
    "må eg laste ned noko",
    "Får jeg lov å ha med meg noen?",
    "trengs det kamera",
    "Blir samtalen tatt opp?",
    "når skal eg kople meg på",
    "Kan jeg bruke iPad?",
)


def conversations(number: int) -> Sequence[Sequence[str]]:
    """So many conversations; the same each time."""
    texts = [message.text for messages in read_sets().values() for message in messages]
    chosen = random.Random(1)  # noqa: S311 - a fixed choice
    return [[chosen.choice(texts) for _ in range(LENGTH)] for _ in range(number)]


def long_conversation(length: int) -> Sequence[str]:
    """One conversation of so many messages."""
    return [PERIOD[place % len(PERIOD)] for place in range(length)]
