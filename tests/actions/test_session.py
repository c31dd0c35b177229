"""A new session."""

from __future__ import annotations

import pytest

from actions.session import ActionSessionStart
from tests.actions.case import create_tracker, run_action, said, slots_set
from tests.actions.samples import CAMERA, in_guide


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
async def test_only_the_language_is_remembered(language: str) -> None:
    """Rasa forgets the slots by itself: carry_over_slots_to_new_session is false (domain.yml)."""
    slots = in_guide(CAMERA, "allow", language=language, case_code="K7M-4RT9")
    outcome = await run_action(ActionSessionStart(), create_tracker(slots=slots))
    kinds = [event["event"] for event in outcome.events]
    assert kinds == ["session_started", "slot", "slot", "action"]
    assert slots_set(outcome) == {"language": language, "language_from": None}
    assert outcome.events[-1]["name"] == "action_listen", "the patient speaks next"
    assert said(outcome) == []


async def test_bokmaal_when_there_was_no_language() -> None:
    tracker = create_tracker(slots={"language": None})
    done = slots_set(await run_action(ActionSessionStart(), tracker))
    assert done == {"language": "nb", "language_from": None}
