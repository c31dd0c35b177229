"""Measures the assistant from outside: Rasa, the database, the event loop and the requests."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from time import perf_counter
from typing import Any

import sqlalchemy as sa
from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.core.processor import MessageProcessor
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy.engine import Engine

from videohjelp.language.e5.engine import E5
from videohjelp.language.e5.weights import Floats
from videohjelp.metrics.counters import Counters
from videohjelp.metrics.outcomes import Outcome
from videohjelp.metrics.process import ModelInfo
from videohjelp.observation import Stage, current_turn, took, turn_observed

#: Seconds between two looks at how late the event loop is.
LAG_PAUSE = 0.5
STREAM = "/api/chat/events"
#: Where patients' messages come in, by channel; what is refused there never reaches a turn.
_MESSAGES = {("POST", "/api/chat/messages"): "web"}
_TOO_MANY, _UNAUTHORIZED, _CLIENT_ERRORS = 429, 401, range(400, 500)

Handle = Callable[[UserMessage], Awaitable[Any]]

_vectors_asked: ContextVar[list[None] | None] = ContextVar("vectors_asked", default=None)


def measured(handle: Handle) -> Handle:
    """Rasa's way to give it a message, with each turn told to the observer."""

    async def handle_measured(message: UserMessage) -> None:
        with turn_observed(message.input_channel or "") as turn:
            await handle(message)
            replies = getattr(message.output_channel, "replies", [])
            turn.responses = [str(reply.get("utter_action") or "") for reply in replies]

    return handle_measured


class MeasuredProcessor(MessageProcessor):
    """Rasa's processor, which tells how long understanding took, and by what."""

    async def parse_message(
        self,
        message: UserMessage,
        tracker: DialogueStateTracker | None = None,
        only_output_properties: bool = True,
    ) -> dict[str, Any]:
        """As Rasa's."""
        asked: list[None] = []
        token = _vectors_asked.set(asked)
        began = perf_counter()
        try:
            parsed = await super().parse_message(message, tracker, only_output_properties)
        finally:
            _vectors_asked.reset(token)
            stage = Stage.VECTORS if asked else Stage.NGRAMS
            if (message.text or "").startswith("/"):
                stage = Stage.BUTTON
            took(stage, perf_counter() - began)
        turn = current_turn()
        if turn is not None:
            turn.understood = stage
            turn.intent = (parsed.get("intent") or {}).get("name")
        return dict(parsed)


def watch_vectors() -> None:
    """Notes when sentence vectors are asked. The classifier is part of the trained model: it is
    not changed for being watched."""
    plain = E5.vector
    if getattr(plain, "is_watched", False):
        return

    def vector(self: E5, text: str) -> Floats:
        if (asked := _vectors_asked.get()) is not None:
            asked.append(None)
        return plain(self, text)

    vector.is_watched = True  # type: ignore[attr-defined]
    E5.vector = vector  # type: ignore[method-assign]


def count_database_errors(counters: Counters) -> None:
    """Counts the errors of every engine of this process, by SQLAlchemy's class of them."""

    def count(context: Any) -> None:
        error = context.sqlalchemy_exception
        if error is not None:
            counters.database_error(type(error).__name__)

    sa.event.listen(Engine, "handle_error", count)


async def watch_event_loop(counters: Counters) -> None:
    """Tells again and again how late the loop comes to what is due."""
    loop = asyncio.get_running_loop()
    while True:
        due = loop.time() + LAG_PAUSE
        await asyncio.sleep(LAG_PAUSE)
        counters.lag(max(0.0, loop.time() - due))


class CountedRequests:
    """Counts requests, and the messages that were refused before the assistant saw them."""

    def __init__(self, counters: Counters) -> None:
        self._counters = counters

    def answered(self, method: str, route: str, status: int | None, seconds: float) -> None:
        """A request has ended."""
        is_stream = route == STREAM
        self._counters.request(method, route, status, None if is_stream else seconds)
        if status == _TOO_MANY:
            self._counters.limited("web")
        channel = _MESSAGES.get((method, route))
        if channel is None or status not in _CLIENT_ERRORS or status == _UNAUTHORIZED:
            return
        outcome = Outcome.LIMITED if status == _TOO_MANY else Outcome.REFUSED
        self._counters.not_taken(channel, outcome)


def model_info(agent: Agent) -> ModelInfo:
    """Which model the agent answers with."""
    processor = agent.processor
    if processor is None:
        return ModelInfo("none", "none")
    name = str(processor.model_filename).removesuffix(".tar.gz")
    return ModelInfo(name, str(processor.model_metadata.model_id))


def topics(agent: Agent) -> frozenset[str]:
    """The intents of the model in force."""
    return frozenset(agent.domain.intent_properties) if agent.domain else frozenset()
