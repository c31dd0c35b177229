"""Asks a trained model what it understands, one message at a time."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from videohjelp.evaluation.messages import Expected
from videohjelp.evaluation.understood import Understood
from videohjelp.language.e5.engine import E5
from videohjelp.language.e5.weights import Floats

#: Shows an iterable's progress while it is gone through.
Progress = Callable[[Sequence[Expected]], Iterable[Expected]]


def understand(
    model: Path, messages: Sequence[Expected], progress: Progress = lambda messages: messages
) -> list[Understood]:
    """How the model's NLU understands each message, in their order, and what it took.

    Raises FileNotFoundError when the model is missing (Rasa would silently take another one).
    """
    if not model.is_file():
        raise FileNotFoundError(model)
    from rasa.core.agent import Agent  # noqa: PLC0415 - takes seconds

    agent = Agent.load(str(model))
    # Not asyncio.run: it leaves the thread without an event loop, which other tests need.
    loop = asyncio.new_event_loop()

    def ask(text: str) -> dict[str, Any]:
        answer: dict[str, Any] = loop.run_until_complete(agent.parse_message(text))
        return answer

    understood = []
    try:
        with _counted_vectors() as vectors:
            if messages:
                ask(messages[0].text)  # pays for what is loaded at first use
            for message in progress(messages):
                before, begin = len(vectors), time.process_time()
                answer = ask(message.text)
                milliseconds = (time.process_time() - begin) * 1000
                asked = len(vectors) - before
                understood.append(_understood(message, answer, milliseconds, asked))
    finally:
        loop.close()
    return understood


@contextmanager
def _counted_vectors() -> Iterator[list[str]]:
    """Gives a list that grows by each text a vector is computed for."""
    texts: list[str] = []
    vector = E5.vector

    def counted(self: E5, text: str) -> Floats:
        texts.append(text)
        return vector(self, text)

    setattr(E5, "vector", counted)  # noqa: B010 - for the time of the measurement only
    try:
        yield texts
    finally:
        setattr(E5, "vector", vector)  # noqa: B010


def _understood(
    message: Expected, answer: dict[str, Any], milliseconds: float, vectors: int
) -> Understood:
    return Understood(
        expected=message,
        intent=str(answer["intent"]["name"]),
        confidence=float(answer["intent"]["confidence"]),
        ranking=tuple(
            str(entry["name"])
            for entry in answer.get("intent_ranking", ())
            if entry["name"] != "nlu_fallback"
        ),
        milliseconds=milliseconds,
        vectors=vectors,
    )
