"""A conversation that another model began goes on: what the present one lacks has no effect."""

from __future__ import annotations

import logging

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActiveLoop, SlotSet, UserUttered

from tests.storage.conftest import DOMAIN
from videohjelp.storage.tracker_store import ConversationStore


@pytest.fixture
def later() -> Domain:
    """The next model's domain: a slot and a form less."""
    parts = Domain.from_yaml(DOMAIN).as_dict()
    del parts["slots"]["tried"], parts["forms"]["cancellation_form"]
    return Domain.from_dict(parts)


async def test_slots_and_forms_that_are_gone(
    store: ConversationStore, later: Domain, caplog: pytest.LogCaptureFixture
) -> None:
    tracker = await store.create_tracker("one")
    for event in (
        UserUttered("hei"),
        SlotSet("device", "iphone"),
        SlotSet("tried", ["restart"]),
        ActiveLoop("cancellation_form"),
    ):
        tracker.update(event)
    await store.save(tracker)

    with caplog.at_level(logging.WARNING):
        seen = await store.for_domain(later).retrieve("one")
        assert seen is not None
        assert seen.get_slot("device") == "iphone"
        assert seen.active_loop is None
        assert "tried" not in seen.current_slot_values()
        seen.copy()
        seen.update(UserUttered("ja"))
        await store.for_domain(later).save(seen)
    assert caplog.records == []

    # Back at the model before, it is all there, and in its place.
    again = await store.retrieve("one")
    assert again is not None
    assert again.get_slot("tried") == ["restart"]
    assert again.active_loop_name == "cancellation_form"
    assert [one.text for one in again.events if isinstance(one, UserUttered)] == ["hei", "ja"]


async def test_a_turn_keeps_the_domain_that_it_began_with(
    store: ConversationStore, later: Domain
) -> None:
    first = store.for_domain(store.domain)
    second = first.for_domain(later)
    assert "tried" in {slot.name for slot in first.domain.slots}
    assert "tried" not in {slot.name for slot in second.domain.slots}
    assert second.engine is first.engine
