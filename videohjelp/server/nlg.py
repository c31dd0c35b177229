"""Rasa's response templates, with the language of each response beside its text."""

from __future__ import annotations

from typing import Any

from rasa.core.nlg import TemplatedNaturalLanguageGenerator
from rasa.core.nlg.generator import ResponseVariationFilter
from rasa.shared.core.trackers import DialogueStateTracker


class ResponsesWithLanguage(TemplatedNaturalLanguageGenerator):
    """Channels mark a text with its language, so that it is read aloud rightly (WCAG 3.1.2)."""

    async def generate(
        self, utter_action: str, tracker: DialogueStateTracker, output_channel: str, **kwargs: Any
    ) -> dict[str, Any] | None:
        """The response's text and buttons, and under "language" the language they are in.

        Who utters may name it: a text that is in another one than the slot says.
        """
        response = await super().generate(utter_action, tracker, output_channel, **kwargs)
        if response is None:
            return None
        language = kwargs.get("language") or tracker.current_slot_values().get("language")
        return {**response, "language": language or "nb"}

    def _random_response_for(
        self, utter_action: str, output_channel: str, filled_slots: dict[str, Any]
    ) -> dict[str, Any] | None:
        """As Rasa's, which makes an array of the variations to draw from, for a single one too."""
        if utter_action in self.responses:
            variations = ResponseVariationFilter(self.responses)
            suitable: list[dict[str, Any]] = variations.responses_for_utter_action(
                utter_action, output_channel, filled_slots
            )
            if len(suitable) == 1:
                return suitable[0]
        drawn: dict[str, Any] | None = super()._random_response_for(
            utter_action, output_channel, filled_slots
        )
        return drawn
