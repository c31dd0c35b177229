"""What Rasa gives a graph component, small: a storage, a resource, an execution context."""

from __future__ import annotations

from pathlib import Path

from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData


def storage(folder: Path) -> LocalModelStorage:
    """A model storage in a folder, which is made when missing."""
    folder.mkdir(parents=True, exist_ok=True)
    return LocalModelStorage(folder)


def resource() -> Resource:
    """The place of one component in the storage."""
    return Resource("component")


def context() -> ExecutionContext:
    """An execution context without a graph."""
    return ExecutionContext(GraphSchema({}))


def message(text: str | None) -> Message:
    """A message to be understood."""
    return Message({} if text is None else {"text": text})


def training_data(examples: dict[str, list[str]]) -> TrainingData:
    """Training data out of intent -> texts."""
    return TrainingData(
        [
            Message({"text": text, "intent": intent})
            for intent, texts in examples.items()
            for text in texts
        ]
    )
