"""Talking with the assistant in the terminal."""

from __future__ import annotations

import asyncio
import uuid
from pathlib import Path
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage

from videohjelp.channels.clean_text import clean
from videohjelp.channels.web.messages import ReplyCollector
from videohjelp.directory.own_numbers import own_numbers
from videohjelp.privacy.redaction import redact
from videohjelp.server.assistant import load_assistant


def talk(model: Path) -> None:
    """A conversation until Ctrl-C or Ctrl-D. A button is pressed by its number."""
    print("Loading the assistant …", flush=True)
    agent = load_assistant(model)
    print("Write to the assistant. A number presses a button. Ctrl-D ends.\n")
    with _Loop() as runner:
        sender_id = f"terminal-{uuid.uuid4().hex}"
        buttons = _show(runner.run(_answer(agent, sender_id, "/greet")))
        while True:
            written = input("> ").strip()
            if written.isdigit() and 0 < int(written) <= len(buttons):
                text = buttons[int(written) - 1]
            else:
                text = redact(clean(written), own_numbers()) or "/silence"
            buttons = _show(runner.run(_answer(agent, sender_id, text)))


class _Loop:
    """An event loop for one conversation (Python 3.10 has no asyncio.Runner yet)."""

    def __enter__(self) -> _Loop:
        self._loop = asyncio.new_event_loop()
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.close()

    def run(self, work: Any) -> Any:
        return self._loop.run_until_complete(work)


async def _answer(agent: Agent, sender_id: str, text: str) -> list[dict[str, Any]]:
    collector = ReplyCollector()
    await agent.handle_message(UserMessage(text, collector, sender_id, input_channel="web"))
    return collector.replies


def _show(replies: list[dict[str, Any]]) -> list[str]:
    payloads: list[str] = []
    for reply in replies:
        print(f"\n  {(reply.get('text') or '').strip()}".replace("\n", "\n  "))
        for button in reply.get("buttons") or []:
            payloads.append(button["payload"])
            print(f"    [{len(payloads)}] {button['title']}")
    print()
    return payloads
