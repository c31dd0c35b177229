"""Every guide of data/guides can be gone through from end to end with the actions."""

from __future__ import annotations

from typing import Any

import pytest

from actions import services
from actions.guides import ActionChooseDevice, ActionStartGuide
from actions.moves import ActionMoveInGuide
from tests.actions.case import (
    DOMAIN,
    Outcome,
    create_tracker,
    followups,
    run_action,
    said,
    slots_set,
)
from videohjelp.guides.model import DEVICES
from videohjelp.handoff.store import CaseStore

MANY_STEPS = 30


@pytest.mark.parametrize("guide", sorted(services.guides()))
@pytest.mark.parametrize("device", DEVICES)
async def test_no_and_no_again_comes_to_an_end(guide: str, device: str, cases: CaseStore) -> None:
    """Each response that is said exists and has its values: run_action sees to it."""
    move = "next_step" if services.guides()[guide].kind.value == "walkthrough" else "deny"
    slots: dict[str, Any] = {}
    outcome = await run_action(ActionStartGuide(), create_tracker("hjelp", guide))
    slots.update(slots_set(outcome))
    for _ in range(MANY_STEPS):
        assert said(outcome) or followups(outcome), "the patient is left without an answer"
        if not slots.get("guide"):
            break
        outcome = await _next(slots, move, device)
        slots.update(slots_set(outcome))
    assert slots["guide"] is None
    if slots.get("case_code"):
        assert cases.get(slots["case_code"]) is not None


def test_every_guide_is_the_name_of_an_intent() -> None:
    assert set(services.guides()) <= set(DOMAIN["intents"])


async def _next(slots: dict[str, Any], move: str, device: str) -> Outcome:
    if slots.get("guide_asking_device"):
        slots["device"] = device
        tracker = create_tracker("", "inform_device", slots=slots, entities={"device": device})
        return await run_action(ActionChooseDevice(), tracker)
    return await run_action(ActionMoveInGuide(), create_tracker("nei", move, slots=slots))
