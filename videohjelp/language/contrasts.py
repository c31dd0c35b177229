"""What a message turns to at its end: "I see the PIN, but where is the room number?"

N-grams count what is denied and what is only mentioned like what is meant. Behind the last "but"
the patient says what it is about.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable

from videohjelp.language.danger import DANGERS

#: How sure the classifier must be of what follows "but" (docs/understanding.md, a sixth set).
SURE_BEHIND_CONTRAST = 0.98
#: "Forget it, I would rather cancel": the "forget it" is no doubt about what follows.
SURE_BEHIND_STOP = 0.9
STOP = "stop_flow"
#: Says only that something is wrong: "I hear nothing, but YouTube has sound, something is wrong".
_UNSPECIFIED = "technical_problem"
#: A clause of fewer words seldom says what is meant.
_MIN_WORDS = 3
_PAUSE = re.compile(r"[,.;:!\n]+\s*|\s+-\s+")


class Contrasts:
    """Finds the clause in which a message turns to what it is about."""

    def __init__(self, conjunctions: Iterable[str], negations: Iterable[str]) -> None:
        """Takes the words that the clause stands behind, and those that deny, in lower case."""
        either = "|".join(re.escape(word) for word in conjunctions)
        self._border = re.compile(rf"(?:^|[\s,.;!]+)(?:{either})[\s,]+", re.IGNORECASE)
        self._negations = frozenset(negations)

    def clause(self, text: str) -> str:
        """What follows the last "but", if it asks or denies; "" when nothing does."""
        *before, behind = self._border.split(text)
        if not before or not before[0].strip():
            return ""
        words = set(re.findall(r"[\w']+", behind.casefold()))
        return behind.strip() if "?" in behind or words & self._negations else ""


def topic_turned_to(
    text: str,
    whole: str,
    classify: Callable[[str], tuple[str, float]],
    topics: Collection[str],
    contrasts: Contrasts,
) -> tuple[str, float] | None:
    """The topic, with its confidence, that a message turns to at its end.

    whole: the likeliest intent of the whole message. topics: the intents that count. None where
    nothing is turned to, or not clearly; danger is looked for elsewhere, in the whole message.
    """
    if whole in DANGERS:
        return None
    if whole == STOP:
        *stopped, clause = _PAUSE.split(text, maxsplit=1)
        clause, least = (clause if stopped else ""), SURE_BEHIND_STOP
    else:
        clause, least = contrasts.clause(text), SURE_BEHIND_CONTRAST
    if len(clause.split()) < _MIN_WORDS:
        return None
    intent, confidence = classify(clause)
    if confidence < least or intent not in topics or intent in {*DANGERS, _UNSPECIFIED}:
        return None
    return intent, confidence
