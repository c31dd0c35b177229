"""Asks a trained model what it understands."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.understanding.scores import Expected, Understood


def understand(model: Path, messages: Sequence[Expected]) -> list[Understood]:
    """How the model's NLU understands each message, in their order.

    Raises FileNotFoundError when the model is missing (Rasa would silently take another one).
    """
    if not model.is_file():
        raise FileNotFoundError(model)
    from rasa.core.agent import Agent

    agent = Agent.load(str(model))

    async def ask_all() -> list[dict[str, Any]]:
        return [await agent.parse_message(message.text) for message in messages]

    # Not asyncio.run: it leaves the thread without an event loop, which other tests need.
    loop = asyncio.new_event_loop()
    try:
        answers = loop.run_until_complete(ask_all())
    finally:
        loop.close()
    return [_understood(message, answer) for message, answer in zip(messages, answers, strict=True)]


def _understood(message: Expected, answer: dict[str, Any]) -> Understood:
    return Understood(
        expected=message,
        intent=str(answer["intent"]["name"]),
        confidence=float(answer["intent"]["confidence"]),
        ranking=tuple(
            str(entry["name"])
            for entry in answer.get("intent_ranking", ())
            if entry["name"] != "nlu_fallback"
        ),
    )
