"""Rasa's processor without what it says for debugging and to developers.

It copies deeply what it would say, whether anybody listens or not, and makes an empty domain for
each message to compare its own with: a tenth of what a turn costs beside understanding. The server
shows neither (videohjelp/server/logs.py).
"""

from __future__ import annotations

from typing import Any

from rasa.core.actions.action import Action
from rasa.core.policies.policy import PolicyPrediction
from rasa.core.processor import MessageProcessor
from rasa.shared.core.events import ActionExecutionRejected, Event
from rasa.shared.core.trackers import DialogueStateTracker


class QuietProcessor(MessageProcessor):
    """Does what Rasa's does, and says less."""

    @staticmethod
    def _log_slots(tracker: DialogueStateTracker) -> None:
        """Rasa's only says the slots."""

    def _check_for_unseen_features(self, parse_data: dict[str, Any]) -> None:
        """Rasa's only warns that the domain lacks what was understood."""

    def _log_action_on_tracker(
        self,
        tracker: DialogueStateTracker,
        action: Action,
        events: list[Event] | None,
        prediction: PolicyPrediction,
    ) -> None:
        """Adds what an action did to the conversation, as Rasa's."""
        done = events or []
        if not any(isinstance(event, ActionExecutionRejected) for event in done):
            tracker.update_with_events(prediction.events, self.domain)
            tracker.update(action.event_for_successful_execution(prediction))
        tracker.update_with_events(done, self.domain)
