"""Finds the day and the hour that a message says: "i mårgå kl ti", "torsdag i neste veke"."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe

from videohjelp import clock
from videohjelp.appointments.mentions import mentions_in
from videohjelp.language.text_entities import TextEntityExtractor
from videohjelp.privacy.redaction import redact

#: The shortest number that is taken out of messages is a PIN.
_SHORTEST_NUMBER = 4


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR], is_trainable=False)
class AppointmentTimeExtractor(TextEntityExtractor):
    """Adds `date` ("2026-12-24") and `time` ("10:30"), on the clock in Oslo, in ISO 8601.

    Several dates on the same words: it is not clear which one is meant. The date `impossible`:
    there is no such day (31 November). The time with the role `answer`: an hour only where one was
    asked for ("9", "09.05").
    """

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> AppointmentTimeExtractor:
        """An extractor; there is nothing to set."""
        return cls()

    def find(self, text: str) -> list[dict[str, Any]]:
        """The day and the hour of a text, seen from now."""
        now = clock.now()
        found = self._find(text, now)
        if not found or sum(character.isdecimal() for character in text) < _SHORTEST_NUMBER:
            return found
        public = redact(text)
        return found if public == text else self._find_again(public, text, now)

    def _find(self, text: str, now: datetime) -> list[dict[str, Any]]:
        return [
            self.entity(mention.kind, mention.value, mention.start, mention.end, mention.role)
            for mention in mentions_in(text, now)
        ]

    def _find_again(self, public: str, text: str, now: datetime) -> list[dict[str, Any]]:
        """What is said outside of numbers that are taken out, at its place in the whole text.

        The six first digits of an identity number are a date, and must not become one.
        """
        found: list[dict[str, Any]] = []
        for entity in self._find(public, now):
            start = text.find(public[entity["start"] : entity["end"]])
            if start >= 0:
                end = start + entity["end"] - entity["start"]
                found.append(entity | {"start": start, "end": end})
        return found
