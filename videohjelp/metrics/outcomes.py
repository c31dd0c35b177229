"""What came of a message, by what was understood and said."""

from __future__ import annotations

from collections.abc import Collection
from enum import Enum

from videohjelp.observation import Turn


class Outcome(str, Enum):
    """What a patient got for a message."""

    ANSWERED = "answered"
    #: "Did you mean …".
    ASKED_BACK = "asked_back"
    #: Not understood, and nothing to offer but the menu and a phone number.
    FALLBACK = "fallback"
    OUT_OF_SCOPE = "out_of_scope"
    #: Danger to life: the emergency numbers.
    DANGER = "danger"
    #: Sent on to Kundesenteret or a person.
    HANDED_OVER = "handed_over"
    #: The apology.
    FAILED = "failed"
    #: Not taken in: too long, not offered, not readable …
    REFUSED = "refused"
    #: Not taken in: too many.
    LIMITED = "limited"


#: Responses (data/responses) by the outcome they mean.
APOLOGIES = frozenset({"utter_action_failed"})
DANGER = frozenset({"utter_medical_emergency", "utter_mental_health_crisis"})
HAND_OFFS = frozenset({"utter_handoff", "utter_handoff_without_code"})
QUESTIONS = frozenset({"utter_did_you_mean"})
NOT_UNDERSTOOD = frozenset({"utter_not_understood"})
A_PERSON = frozenset({"utter_talk_to_human"})
#: Said of a message that was not understood, and elsewhere too.
SAID_ALSO = frozenset({"utter_silence", *A_PERSON})
#: The weightiest first.
_BY_RESPONSES = (
    (APOLOGIES, Outcome.FAILED),
    (DANGER, Outcome.DANGER),
    (HAND_OFFS, Outcome.HANDED_OVER),
    (QUESTIONS, Outcome.ASKED_BACK),
    (NOT_UNDERSTOOD, Outcome.FALLBACK),
)
FALLBACK_INTENT = "nlu_fallback"
OUT_OF_SCOPE_INTENT = "out_of_scope"


def outcome_of(turn: Turn) -> Outcome:
    """What came of a turn that was handled. Nothing said is an apology: the channel gives it."""
    said = frozenset(turn.responses)
    if turn.failed or not said:
        return Outcome.FAILED
    for responses, outcome in _BY_RESPONSES:
        if said & responses:
            return outcome
    if turn.intent == FALLBACK_INTENT and said & SAID_ALSO:
        return Outcome.FALLBACK
    if said & A_PERSON:
        return Outcome.HANDED_OVER
    return Outcome.OUT_OF_SCOPE if turn.intent == OUT_OF_SCOPE_INTENT else Outcome.ANSWERED


def topic_of(intent: str | None, known: Collection[str]) -> str:
    """The label of an intent: its name when the domain has it, so that no label is made up by
    whoever writes; "none" when nothing was understood."""
    if intent is None:
        return "none"
    return intent if intent in known else "other"
