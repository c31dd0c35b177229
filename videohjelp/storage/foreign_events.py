"""Conversations that another model began: what the present one does not know has no effect."""

from __future__ import annotations

from collections.abc import Sequence

from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActiveLoop, AgentUttered, Event, SlotSet


def without_effect_if_foreign(events: Sequence[Event], domain: Domain) -> list[Event]:
    """The events; each that sets a slot or begins a form which the domain lacks is replaced by one
    that does nothing, so that all keep their places.

    Rasa logs an error for such a slot at every message, and such a form ends each turn with an
    exception.
    """
    slots = {slot.name for slot in domain.slots}
    forms = {*domain.form_names, None}
    return [
        AgentUttered()
        if (type(event) is SlotSet and event.key not in slots)
        or (type(event) is ActiveLoop and event.name not in forms)
        else event
        for event in events
    ]
