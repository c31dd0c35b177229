"""Talks with the whole assistant in this process: real model, real actions, real database."""

from __future__ import annotations

import asyncio
import uuid
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass
class Reply:
    """What the assistant answered to one message.

    text: all its messages joined. buttons: title -> payload. intent: as understood.
    responses: the names of the responses, in order.
    """

    text: str
    buttons: dict[str, str]
    intent: str
    confidence: float
    responses: list[str]
    slots: dict[str, Any] = field(default_factory=dict)


class Assistant:
    """The assistant, loaded once. Conversations are independent of each other."""

    def __init__(self, model: Path, database_url: str) -> None:
        from videohjelp.server.assistant import load_assistant

        self._loop = asyncio.new_event_loop()
        self.agent = load_assistant(model, database_url)

    def conversation(self, channel: str = "web", language: str = "nb") -> Conversation:
        """A new conversation on a channel, in a language."""
        return Conversation(self, channel, language)

    def run(self, work: Any) -> Any:
        """Runs a coroutine to its end."""
        return self._loop.run_until_complete(work)


class Conversation:
    """One patient's conversation."""

    def __init__(self, assistant: Assistant, channel: str, language: str) -> None:
        self._assistant = assistant
        self._channel = channel
        self.sender_id = f"test-{uuid.uuid4().hex}"
        self.last: Reply | None = None
        if language != "nb":
            self._assistant.run(self._set_language(language))

    def say(self, text: str) -> Reply:
        """The patient writes a message (or a payload beginning with "/")."""
        self.last = self._assistant.run(self._handle(text))
        assert self.last is not None
        return self.last

    def press(self, title: str) -> Reply:
        """The patient presses one of the latest reply's buttons."""
        assert self.last is not None, "nothing was offered yet"
        assert title in self.last.buttons, f"'{title}' is not offered: {list(self.last.buttons)}"
        return self.say(self.last.buttons[title])

    def slot(self, name: str) -> Any:
        """The present value of a slot."""
        assert self.last is not None
        return self.last.slots.get(name)

    async def _handle(self, text: str) -> Reply:
        from rasa.core.channels.channel import UserMessage

        from videohjelp.channels.web.messages import ReplyCollector

        collector = ReplyCollector()
        collector.name = lambda: self._channel  # type: ignore[method-assign]
        agent = self._assistant.agent
        message = UserMessage(text, collector, self.sender_id, input_channel=self._channel)
        await agent.handle_message(message)
        tracker = await agent.tracker_store.retrieve(self.sender_id)
        assert tracker is not None
        intent = tracker.latest_message.intent if tracker.latest_message else {}
        return Reply(
            text="\n\n".join(str(reply.get("text") or "") for reply in collector.replies),
            buttons={
                button["title"]: button["payload"]
                for reply in collector.replies
                for button in reply.get("buttons") or []
            },
            intent=str(intent.get("name")),
            confidence=float(intent.get("confidence") or 0),
            responses=[str(reply.get("utter_action") or "") for reply in collector.replies],
            slots=tracker.current_slot_values(),
        )

    async def _set_language(self, language: str) -> None:
        from rasa.shared.core.events import SlotSet

        from videohjelp.channels.web.messages import ReplyCollector

        processor = self._assistant.agent.processor
        assert processor is not None
        tracker = await processor.fetch_tracker_with_initial_session(
            self.sender_id, ReplyCollector()
        )
        tracker.update(SlotSet("language", language), processor.domain)
        await processor.save_tracker(tracker)
