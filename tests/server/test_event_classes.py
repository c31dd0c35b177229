from __future__ import annotations

import pytest
from rasa.shared.core.events import Event, SlotSet, UserUttered
from rasa.shared.utils.common import all_subclasses

from videohjelp.server.actions_endpoint import look_up_event_classes_once


def test_event_classes_are_found_as_rasa_finds_them() -> None:
    original = Event.resolve_by_type
    named = {event.type_name: original(event.type_name) for event in all_subclasses(Event)}
    look_up_event_classes_once()
    look_up_event_classes_once()  # every model that is loaded asks for it
    assert {name: Event.resolve_by_type(name) for name in named} == named
    assert Event.resolve_by_type("slot") is SlotSet
    assert Event.resolve_by_type("nothing", UserUttered) is UserUttered
    with pytest.raises(ValueError, match="Unknown event name 'nothing'"):
        Event.resolve_by_type("nothing")
