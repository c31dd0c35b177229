"""A day or an hour that nobody asked for."""

from __future__ import annotations

from typing import Any

import pytest

from actions.cancellation import ActionTakeAppointment
from tests.actions.case import (
    assistant,
    create_tracker,
    followups,
    patient,
    run_action,
    said,
    slots_set,
)
from tests.actions.samples import DELAYED, in_guide

pytestmark = pytest.mark.usefixtures("sample_guides")

ADVISED = [
    {"event": "slot", "name": "appointment_date", "value": "2026-12-03"},
    {"event": "slot", "name": "appointment_date", "value": None},
    patient("på torsdag"),
    assistant("utter_cancellation_message"),
    assistant("utter_cancellation_reasoning_future"),
]


def informed(text: str, **more: Any) -> Any:
    return create_tracker(text, "inform_appointment", **more)


async def test_a_day_begins_the_form() -> None:
    outcome = await run_action(ActionTakeAppointment(), informed("timen er på torsdag"))
    assert followups(outcome) == ["cancellation_form"]
    assert slots_set(outcome) == {}


async def test_an_hour_just_after_the_advice_belongs_to_its_day() -> None:
    outcome = await run_action(ActionTakeAppointment(), informed("halv ni", events=ADVISED))
    assert followups(outcome) == ["cancellation_form"]
    assert slots_set(outcome) == {"appointment_date": "2026-12-03"}


async def test_another_day_just_after_the_advice_is_another_appointment() -> None:
    outcome = await run_action(ActionTakeAppointment(), informed("og på fredag", events=ADVISED))
    assert slots_set(outcome) == {}


async def test_only_an_hour_where_somebody_is_late_is_nothing_to_cancel() -> None:
    tracker = informed("timen var klokka halv åtte", slots=in_guide(DELAYED, "offer"))
    outcome = await run_action(ActionTakeAppointment(), tracker)
    assert said(outcome) == ["utter_sample_delayed"]
    assert followups(outcome) == []
