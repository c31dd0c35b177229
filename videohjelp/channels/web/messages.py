"""What the page receives: the assistant's replies, and the conversation so far."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from rasa.core.channels.channel import OutputChannel
from rasa.shared.core.events import BotUttered, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from videohjelp.clock import OSLO


class ReplyCollector(OutputChannel):
    """Collects what the assistant says to one message, whole messages at a time."""

    def __init__(self) -> None:
        self.replies: list[dict[str, Any]] = []

    @classmethod
    def name(cls) -> str:
        return "web"

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Rasa's call for each message; the recipient is the conversation that asked."""
        self.replies.append(message)


def button_id(payload: str) -> str:
    """What a button is called towards the page: the payload itself never leaves the server."""
    return hashlib.sha256(payload.encode()).hexdigest()[:16]


def reply_for_page(message: dict[str, Any], seq: int, language: str) -> dict[str, Any]:
    """A reply as the page shows it. Buttons without a payload of ours are left out."""
    shown: dict[str, Any] = {
        "seq": seq,
        "from": "assistant",
        "text": message.get("text") or "",
        "language": message.get("language") or language,
        "time": datetime.now(OSLO).isoformat(timespec="seconds"),
    }
    buttons = [button for button in message.get("buttons") or [] if button.get("payload")]
    if buttons:
        shown["buttons"] = [
            {"id": button_id(button["payload"]), "title": button["title"]} for button in buttons
        ]
    if message.get("steps"):
        shown["progress"] = {"step": message["step"], "steps": message["steps"]}
    return shown


def history_for_page(events: Iterable[Event]) -> list[dict[str, Any]]:
    """The conversation as the page shows it, numbered from 1."""
    language = "nb"
    messages: list[dict[str, Any]] = []
    for event in events:
        if isinstance(event, SlotSet) and event.key == "language" and event.value:
            language = event.value
        elif isinstance(event, BotUttered):
            data = {**event.data, **(event.metadata or {}), "text": event.text}
            data |= (event.data or {}).get("custom") or {}
            shown = reply_for_page(data, len(messages) + 1, language)
            messages.append({**shown, "time": _time(event)})
        elif isinstance(event, UserUttered):
            text = (event.metadata or {}).get("shown", event.text)
            if text:
                messages.append(
                    {
                        "seq": len(messages) + 1,
                        "from": "user",
                        "text": text,
                        "language": language,
                        "time": _time(event),
                    }
                )
    return messages


def find_button(tracker: DialogueStateTracker, wanted: str) -> dict[str, str] | None:
    """The button with this id among those the assistant has offered; None when it never did."""
    for event in reversed(tracker.events):
        if isinstance(event, BotUttered):
            for button in (event.data or {}).get("buttons") or []:
                payload = button.get("payload")
                if payload and button_id(payload) == wanted:
                    return {"title": button["title"], "payload": payload}
    return None


def _time(event: Event) -> str:
    return datetime.fromtimestamp(event.timestamp, OSLO).isoformat(timespec="seconds")
