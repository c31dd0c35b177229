"""A conversation as it is answered: Rasa's tracker, copied and looked through at less cost."""

from __future__ import annotations

from dataclasses import replace

from rasa.shared.core.events import Event
from rasa.shared.core.slots import Slot
from rasa.shared.core.trackers import DialogueStateTracker


class StoredTracker(DialogueStateTracker):
    """A tracker that knows which of its events are in the database."""

    #: How many of the tracker's first events need not be written.
    known_events: int = 0
    #: The number that the next written event gets in its conversation.
    next_position: int = 0

    _applied: list[Event] | None = None
    _applied_until: tuple[int, Event | None] = (0, None)

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
            self._applied = super().applied_events()
            self._applied_until = (length, last)
        return [*self._applied]


def _copy(slot: Slot) -> Slot:
    copied: Slot = object.__new__(type(slot))
    copied.__dict__.update(slot.__dict__)
    return copied
