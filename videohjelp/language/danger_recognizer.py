"""Puts danger to life before every other intent, a graph component."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from videohjelp.language.danger import read_danger_phrases

#: What the classifier's ranking must give a dangerous intent for an alarm, when no phrase is found.
DANGERS = ("medical_emergency", "mental_health_crisis")


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER], is_trainable=False)
class DangerRecognizer(GraphComponent, IntentClassifier):
    """Stands last in the pipeline. One alarm is enough: a phrase, or the classifier's suspicion.

    phrases, patterns: the files of phrases and of what they are combined with, from the
    project's folder. suspicion: the probability from which
    the classifier alone raises the alarm, even when another intent is likelier.
    """

    def __init__(self, phrases: Path, patterns: Path, suspicion: float) -> None:
        self._phrases = read_danger_phrases(phrases, patterns)
        self._suspicion = suspicion

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """See the class."""
        return {
            "phrases": "data/safety/phrases.yml",
            "patterns": "data/safety/patterns.yml",
            "suspicion": 0.35,
        }

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> DangerRecognizer:
        """A recogniser with the configured phrases."""
        return cls(Path(config["phrases"]), Path(config["patterns"]), float(config["suspicion"]))

    def process(self, messages: list[Message]) -> list[Message]:
        """Overrides the intent of messages that speak of danger, and of those that only seem to."""
        for message in messages:
            text = message.get(TEXT)
            if not text:
                continue
            danger = self._phrases.find(text)
            ranking = message.get(INTENT_RANKING_KEY) or []
            if danger is None and self._phrases.look_alike(text):
                # "The screen is dead": to the classifier, too, that looks like danger.
                ranking = [entry for entry in ranking if entry.get("name") not in DANGERS]
                if ranking and message.get(INTENT, {}).get("name") in DANGERS:
                    _set(message, ranking[0], ranking)
                continue
            danger = danger or self._suspected(ranking)
            if danger is not None:
                certain = {"name": danger, "confidence": 1.0}
                others = [entry for entry in ranking if entry.get("name") != danger]
                _set(message, certain, [certain, *others])
        return messages

    def _suspected(self, ranking: list[dict[str, Any]]) -> str | None:
        for entry in ranking:
            if entry.get("name") in DANGERS and entry["confidence"] >= self._suspicion:
                return str(entry["name"])
        return None


def _set(message: Message, intent: dict[str, Any], ranking: list[dict[str, Any]]) -> None:
    message.set(INTENT, intent, add_to_output=True)
    message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
