"""A stored tracker's copies and its applied events are what Rasa's own tracker gives."""

from __future__ import annotations

from typing import Any

import pytest
from rasa.shared.core.events import ActionReverted, Event, FollowupAction, UserUtteranceReverted
from rasa.shared.core.trackers import DialogueStateTracker

from tests.assistant import Assistant
from videohjelp.storage.stored_tracker import StoredTracker


def test_copies_are_rasas_at_every_point(assistant: Assistant, events: list[Event]) -> None:
    tracker = _tracker(assistant)
    for event in events:
        tracker.update(event, assistant.agent.domain)
        assert _state(tracker.copy()) == _state(DialogueStateTracker.copy(tracker))
    assert len(tracker.events) == len(events) > 20


def test_a_copy_lives_its_own_life(assistant: Assistant, events: list[Event]) -> None:
    tracker = _tracker(assistant)
    for event in events:
        tracker.update(event, assistant.agent.domain)
    before = _state(tracker)
    copied = tracker.copy()
    for event in events:
        copied.update(event, assistant.agent.domain)
    copied.trigger_followup_action("utter_greet")
    assert _state(tracker) == before


@pytest.mark.parametrize("undone", [ActionReverted(), UserUtteranceReverted()])
def test_applied_events_are_rasas(assistant: Assistant, events: list[Event], undone: Event) -> None:
    tracker = _tracker(assistant)
    for event in [*events, undone, FollowupAction("utter_greet")]:
        tracker.update(event, assistant.agent.domain)
        for _ in range(2):
            assert _same(tracker.applied_events(), DialogueStateTracker.applied_events(tracker))
    tracker.applied_events().clear()
    assert tracker.applied_events()


def _tracker(assistant: Assistant) -> StoredTracker:
    tracker = StoredTracker("web-a", assistant.agent.domain.slots)
    tracker.model_id, tracker.assistant_id = "a model", "an assistant"
    return tracker


def _state(tracker: DialogueStateTracker) -> dict[str, Any]:
    """All that a tracker is, for a comparison; what belongs to the stored one alone left out."""
    own = StoredTracker.__annotations__
    state = {name: value for name, value in vars(tracker).items() if name not in own}
    slots = {name: (type(slot), dict(vars(slot))) for name, slot in tracker.slots.items()}
    return {**state, "slots": slots, "events": list(tracker.events)}


def _same(some: list[Event], others: list[Event]) -> bool:
    return [id(event) for event in some] == [id(event) for event in others]
