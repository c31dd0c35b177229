"""A conversation as it is answered: Rasa's tracker, copied and looked through at less cost."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from rasa.shared.core.events import (
    ActionReverted,
    ActiveLoop,
    Event,
    Restarted,
    SessionStarted,
    UserUtteranceReverted,
)
from rasa.shared.core.slots import Slot
from rasa.shared.core.trackers import DialogueStateTracker

_BEGINNINGS = frozenset({Restarted, SessionStarted})
_UNDOING = frozenset({ActionReverted, UserUtteranceReverted})


class StoredTracker(DialogueStateTracker):
    """A tracker that knows which of its events are in the database."""

    #: How many of the tracker's first events need not be written.
    known_events: int = 0
    #: The number that the next written event gets in its conversation.
    next_position: int = 0

    _applied: list[Event] | None = None
    _applied_until: tuple[int, Event | None] = (0, None)

    def __init__(self, sender_id: str, slots: Iterable[Slot] | None, *more: Any) -> None:
        """As Rasa's."""
        super().__init__(sender_id, None if slots is None else (), *more)
        if slots is not None:
            _set_slots(self, slots)

    @classmethod
    def from_events(
        cls, sender_id: str, evts: list[Event], slots: Iterable[Slot] | None = None, *more: Any
    ) -> StoredTracker:
        """As Rasa's, but the events are taken as they are: they belong to their model already."""
        tracker = cls(sender_id, slots, *more)
        for event in evts:
            tracker.events.append(event)
            event.apply_to(tracker)
        return tracker

    def init_copy(self) -> DialogueStateTracker:
        """As Rasa's."""
        made = DialogueStateTracker(
            self.sender_id, (), self._max_event_history, is_rule_tracker=self.is_rule_tracker
        )
        _set_slots(made, self.slots.values())
        return made

    def copy(self) -> DialogueStateTracker:
        """A duplicate that belongs to no model, as Rasa's, which replays the conversation.

        A follow-up action that Rasa has taken up is not named in it again.
        """
        loop = self.active_loop
        copied = DialogueStateTracker(self.sender_id, (), is_rule_tracker=self.is_rule_tracker)
        copied.events = self.events.copy()
        copied.slots = {name: _copy(slot) for name, slot in self.slots.items()}
        copied.active_loop = None if loop is None else replace(loop)
        copied.followup_action = self.followup_action
        copied.latest_action = self.latest_action
        copied.latest_message = self.latest_message
        copied.latest_bot_utterance = self.latest_bot_utterance
        copied._paused = self._paused
        return copied

    def applied_events(self) -> list[Event]:
        """As Rasa's, which looks through the whole conversation for each of some five calls."""
        length, last = len(self.events), self.events[-1] if self.events else None
        if (
            self._applied is None
            or self._applied_until[0] != length
            or (self._applied_until[1] is not last)
        ):
            self._applied = self._applied_anew()
            self._applied_until = (length, last)
        return [*self._applied]

    def _applied_anew(self) -> list[Event]:
        begin = 0
        for place, event in enumerate(self.events):
            kind = type(event)
            if kind in _BEGINNINGS:
                begin = place + 1
            elif kind in _UNDOING or (kind is ActiveLoop and event.name):
                applied: list[Event] = super().applied_events()
                return applied
        return list(self.events)[begin:]


def _set_slots(tracker: DialogueStateTracker, slots: Iterable[Slot]) -> None:
    """Gives a tracker its slots, empty. Python's own copying takes ten times as long."""
    tracker.slots = {slot.name: _copy(slot) for slot in slots}
    tracker._reset_slots()


def _copy(slot: Slot) -> Slot:
    copied: Slot = object.__new__(type(slot))
    copied.__dict__.update(slot.__dict__)
    return copied
