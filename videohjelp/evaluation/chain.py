"""Trains and asks the project's own NLU components as config.yml has them.

Through the components' own interface, so that what is measured is what is in use, but without the
rest of Rasa, so that one training can be asked with several settings.
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from videohjelp.evaluation.comparable import Example, Prediction
from videohjelp.settings import ROOT

CLASSIFIER = "NgramIntentClassifier"
DANGER = "DangerRecognizer"
FALLBACK = "FallbackClassifier"
_OURS = "videohjelp."

Settings = Mapping[str, Any]


def configured(path: Path = ROOT / "config.yml") -> list[dict[str, Any]]:
    """The components of the file's pipeline, with their settings."""
    pipeline: list[dict[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8"))["pipeline"]
    return pipeline


def setting(components: Sequence[Settings], component: str, name: str) -> Any:
    """What a component is set to. Raises KeyError when it is not in the pipeline or not set."""
    for one in components:
        if str(one["name"]).rsplit(".", 1)[-1] == component:
            return one[name]
    raise KeyError(f"{component} is not in the pipeline")


@dataclass(frozen=True)
class Chain:
    """The components that are the project's own, in the order of config.yml.

    components: as `configured` gives them. folder: where what is learned is kept.
    """

    components: tuple[Settings, ...]
    folder: Path

    def train(self, examples: Sequence[Example]) -> None:
        """Every component that learns learns from the examples."""
        messages = [Message({TEXT: one.text, INTENT: one.intent}) for one in examples]
        for name, component, settings in self._own():
            if hasattr(component, "train"):
                made = component.create(settings, *self._place(name))
                made.train(TrainingData(messages))

    def only(self, component: str, changed: Settings | None = None) -> Any:
        """One component as it was trained, with some of its settings changed.

        Raises KeyError when it is not in the pipeline.
        """
        for name, kind, settings in self._own():
            if name == component:
                make = kind.load if hasattr(kind, "train") else kind.create
                return make({**settings, **(changed or {})}, *self._place(name))
        raise KeyError(f"{component} is not in the pipeline")

    def _own(self) -> list[tuple[str, Any, dict[str, Any]]]:
        found = []
        for settings in self.components:
            if settings["name"].startswith(_OURS):
                module, name = settings["name"].rsplit(".", 1)
                kind = getattr(importlib.import_module(module), name)
                found.append((name, kind, {**kind.get_default_config(), **settings}))
        return found

    def _place(self, name: str) -> tuple[LocalModelStorage, Resource, ExecutionContext]:
        context = ExecutionContext(GraphSchema({}), node_name=name)
        return LocalModelStorage(self.folder), Resource(name), context


def ask(component: Any, text: str, before: Prediction | None = None) -> Prediction:
    """What a component takes a text for. before: what the one ahead of it took it for."""
    message = Message({TEXT: text})
    if before is not None:
        ranking = [{"name": name, "confidence": sure} for name, sure in before.ranking]
        message.set(INTENT, {"name": before.intent, "confidence": before.confidence})
        message.set(INTENT_RANKING_KEY, ranking)
    component.process([message])
    intent = message.get(INTENT)
    ranked = message.get(INTENT_RANKING_KEY) or []
    return Prediction(
        intent=str(intent["name"] or ""),
        confidence=float(intent["confidence"]),
        ranking=tuple((str(one["name"]), float(one["confidence"])) for one in ranked),
    )
