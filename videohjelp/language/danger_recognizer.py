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

from videohjelp.language.danger import DANGERS, DangerPhrases
from videohjelp.language.danger_lists import read_danger_phrases
from videohjelp.language.normaliser import read_function_words

__all__ = ["DANGERS", "DangerRecognizer"]


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER], is_trainable=False)
class DangerRecognizer(GraphComponent, IntentClassifier):
    """Stands last in the pipeline. One alarm is enough: the rules', or the classifier's suspicion.

    The classifier's suspicion is the probability that it gives both dangers together: where it
    hesitates between an emergency and a crisis, it does not hesitate that there is danger.
    """

    def __init__(
        self, phrases: DangerPhrases, suspicion: float, suspicion_of_look_alikes: float
    ) -> None:
        self._phrases = phrases
        self._suspicion = suspicion
        self._suspicion_of_look_alikes = max(suspicion, suspicion_of_look_alikes)

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The settings that config.yml may override.

        phrases, patterns, function_words: the files of phrases, of what they are combined with,
            and of small words' forms, from the project's folder.
        suspicion: the probability of danger from which the classifier alone raises the alarm,
            even when another intent is likelier. suspicion_of_look_alikes: the same for messages
            with words that only look like danger ("the screen is dead").
        """
        return {
            "phrases": "data/safety/phrases.yml",
            "patterns": "data/safety/patterns.yml",
            "function_words": "data/language/function_words.yml",
            "suspicion": 0.5,
            "suspicion_of_look_alikes": 0.95,
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
        forms = read_function_words(Path(config["function_words"])).forms
        phrases = read_danger_phrases(Path(config["phrases"]), Path(config["patterns"]), forms)
        return cls(phrases, float(config["suspicion"]), float(config["suspicion_of_look_alikes"]))

    def process(self, messages: list[Message]) -> list[Message]:
        """Overrides the intent of messages that speak of danger, and of those that only seem to."""
        for message in messages:
            text = message.get(TEXT)
            if not text:
                continue
            ranking = message.get(INTENT_RANKING_KEY) or []
            danger, look_alike = self._phrases.read(text)
            least = self._suspicion_of_look_alikes if look_alike else self._suspicion
            danger = danger or _suspected(ranking, least)
            if danger is not None:
                certain = {"name": danger, "confidence": 1.0}
                others = [entry for entry in ranking if entry.get("name") != danger]
                _set(message, certain, [certain, *others])
            elif message.get(INTENT, {}).get("name") in DANGERS:
                # Likelier than any one topic, yet too little for an alarm: the topics it is.
                ranking = [entry for entry in ranking if entry.get("name") not in DANGERS]
                if ranking:
                    _set(message, ranking[0], ranking)
        return messages


def _suspected(ranking: list[dict[str, Any]], least: float) -> str | None:
    """The likelier danger when both together are at least so likely, or None."""
    dangers = [entry for entry in ranking if entry.get("name") in DANGERS]
    if not dangers or sum(entry["confidence"] for entry in dangers) < least:
        return None
    return str(max(dangers, key=lambda entry: float(entry["confidence"]))["name"])


def _set(message: Message, intent: dict[str, Any], ranking: list[dict[str, Any]]) -> None:
    message.set(INTENT, intent, add_to_output=True)
    message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
