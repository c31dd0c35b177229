"""A test case's conversation over the web: each message as the web channel gives it to Rasa."""

from __future__ import annotations

import uuid
from typing import Any, cast

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.shared.core.events import BotUttered, Event, SlotSet, UserUttered

from videohjelp.channels.clean_text import clean
from videohjelp.channels.web.messages import ReplyCollector, button_by_number
from videohjelp.directory.own_numbers import own_numbers
from videohjelp.privacy.redaction import redact
from videohjelp.storage.transcripts import Said
from videohjelp.stories import events
from videohjelp.stories.cases import TestCase, Turn
from videohjelp.stories.results import Heard
from videohjelp.stories.witness import Witness


class NotOfferedError(LookupError):
    """A button was pressed that the latest turn did not offer; `offered` are those it did."""

    def __init__(self, title: str, offered: tuple[str, ...]) -> None:
        super().__init__(title)
        self.title = title
        self.offered = offered


class WebTalk:
    """A new conversation. Use it within clock.frozen."""

    def __init__(self, agent: Agent, witness: Witness) -> None:
        """Takes the loaded assistant, and who sees what it does."""
        self._agent = agent
        self._witness = witness
        self._id = f"story-{uuid.uuid4().hex}"
        self._known = 0
        self._buttons: dict[str, str] = {}
        self._said: list[Said] = []

    async def begin(self, case: TestCase) -> None:
        """Sets the language and the slots of the fixtures."""
        tracker = await begun(self._agent, self._id, {"language": case.language, **case.slots})
        self._known = len(tracker.events)

    async def say(self, turn: Turn) -> Heard:
        """The patient's turn, and what comes of it. Raises NotOfferedError."""
        text, metadata = self._message(turn)
        message = UserMessage(
            text, ReplyCollector(), self._id, input_channel="web", metadata=metadata
        )
        await self._agent.handle_message(message)
        tracker = cast(Any, await self._agent.tracker_store.retrieve_full_tracker(self._id))
        new: list[Event] = list(tracker.events)[self._known :]
        self._known = len(tracker.events)
        self._buttons = events.offered(new)
        self._said = [
            Said(place, event.as_dict())
            for place, event in enumerate(new)
            if isinstance(event, UserUttered | BotUttered)
        ]
        slots = tracker.current_slot_values()
        return events.heard(new, slots, **self._witness.take())

    def _message(self, turn: Turn) -> tuple[str, dict[str, str] | None]:
        if turn.is_press:
            if turn.text not in self._buttons:
                raise NotOfferedError(turn.text, tuple(self._buttons))
            return self._buttons[turn.text], {"shown": turn.text}
        if turn.text.startswith("/"):
            return turn.text, {"shown": ""}
        written = redact(clean(turn.text), own_numbers())
        button = button_by_number(written, self._said)
        return (written, None) if button is None else (button["payload"], {"shown": written})


async def begun(agent: Agent, conversation_id: str, slots: dict[str, Any]) -> Any:
    """The tracker of a new conversation in which these slots are set, stored."""
    processor = cast(Any, agent.processor)
    tracker = await processor.fetch_tracker_with_initial_session(conversation_id, ReplyCollector())
    for name, value in slots.items():
        tracker.update(SlotSet(name, value), processor.domain)
    await processor.save_tracker(tracker)
    return tracker
