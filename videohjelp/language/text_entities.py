"""What our entity extractors share: a text in, Rasa's entities out."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any

import structlog
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

log = structlog.get_logger("videohjelp.entities")


class TextEntityExtractor(GraphComponent, EntityExtractorMixin, ABC):
    """Adds the entities of a message's text to it. Needs no training."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> TextEntityExtractor:
        """An extractor for the part of config.yml that names it; there is no model to load."""
        return cls.from_config(config)

    @classmethod
    @abstractmethod
    def from_config(cls, config: dict[str, Any]) -> TextEntityExtractor:
        """An extractor with the settings of config.yml, the defaults filled in."""

    @abstractmethod
    def find(self, text: str) -> list[dict[str, Any]]:
        """The entities of a text, in Rasa's format."""

    def process(self, messages: list[Message]) -> list[Message]:
        """Adds the entities found to each message."""
        for message in messages:
            text = message.get(TEXT)
            if text:
                found = [*message.get(ENTITIES, []), *self._find_or_none(text)]
                message.set(ENTITIES, found, add_to_output=True)
        return messages

    def entity(
        self, name: str, value: str, start: int, end: int, role: str | None = None
    ) -> dict[str, Any]:
        """One entity in Rasa's format; a role is given only where there is one."""
        found: dict[str, Any] = {
            "entity": name,
            "value": value,
            "start": start,
            "end": end,
            "confidence_entity": 1.0,
            "extractor": type(self).__name__,
        }
        return found if role is None else found | {"role": role}

    def _find_or_none(self, text: str) -> list[dict[str, Any]]:
        # The components after this one recognise danger: they must get every message.
        try:
            return self.find(text)
        except Exception:
            log.exception("entities_not_read", extractor=type(self).__name__)
            return []
