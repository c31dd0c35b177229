"""What the page receives: who said what, in which language, with which buttons."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from rasa.core.channels.channel import OutputChannel

from videohjelp.channels.web.message_ids import MessageIds
from videohjelp.clock import OSLO
from videohjelp.device_check.intents import OPEN_PAYLOAD
from videohjelp.numbered_answers import number_in
from videohjelp.storage.transcripts import Said

#: Buttons that the page answers itself, by their payload.
PAGE_ACTIONS: Mapping[str, str] = {OPEN_PAYLOAD: "device_check"}

#: What the button for "yes" sends.
YES = "/affirm"


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


def messages_for_page(
    said: Sequence[Said], ratings: Mapping[int, str], default_language: str, ids: MessageIds
) -> list[dict[str, Any]]:
    """The messages as the page shows them (Message in openapi.yml).

    ratings: by place in the conversation. default_language: of messages before the first of the
    assistant's, which says in which language it is. ids: reads the page's own ids.
    """
    languages = _languages(said, default_language)
    shown = (
        _message(one, language, ratings.get(one.position), ids)
        for one, language in zip(said, languages, strict=True)
    )
    return [message for message in shown if message is not None]


def find_button(said: Iterable[Said], wanted: str) -> dict[str, str] | None:
    """The button with this id among those the assistant has offered; None when it never did.

    The newest counts. Buttons that the page answers itself are none of the assistant's.
    """
    found = None
    for one in said:
        for button in _buttons(one.event):
            if button_id(button["payload"]) == wanted and button["payload"] not in PAGE_ACTIONS:
                found = {"title": str(button["title"]), "payload": str(button["payload"])}
    return found


def button_by_number(text: str, said: Sequence[Said]) -> dict[str, str] | None:
    """The button of the assistant's last answer that "the second one" names, if any.

    said: the conversation, at least from the patient's last message on.
    """
    answer = list(itertools.takewhile(lambda one: one.by_assistant, reversed(said)))[::-1]
    offered = {str(b["payload"]): str(b["title"]) for one in answer for b in _buttons(one.event)}
    index = place_by_number(text, list(offered))
    if index is None:
        return None
    payload, title = list(offered.items())[index]
    return {"title": title, "payload": payload}


def place_by_number(text: str, payloads: Sequence[str]) -> int | None:
    """The place, 0 the first, among the buttons offered that "2" or "the second one" names.

    None for a question to be answered with yes or no (it has no second one), and for a button that
    the page answers itself.
    """
    number = number_in(text)
    if number is None or YES in payloads or not 1 <= number <= len(payloads):
        return None
    return None if payloads[number - 1] in PAGE_ACTIONS else number - 1


def response_name(said: Said) -> str | None:
    """The name of the response that the assistant said."""
    name = (said.event.get("metadata") or {}).get("utter_action")
    return str(name) if name else None


def _message(
    said: Said, language: str, rating: str | None, ids: MessageIds
) -> dict[str, Any] | None:
    event = said.event
    text = event.get("text") if said.by_assistant else _written(event)
    if not said.by_assistant and not text:
        return None  # silence, the greeting: nothing that the patient said
    message: dict[str, Any] = {
        "seq": said.position + 1,
        "from": "assistant" if said.by_assistant else "user",
        "text": text or "",
        "language": language,
        "time": datetime.fromtimestamp(event["timestamp"], OSLO).isoformat(timespec="seconds"),
    }
    if not said.by_assistant:
        message_id = ids.shown(str(event.get("message_id") or ""))
        if message_id is not None:
            message["id"] = message_id
        return message
    if buttons := [_button(button) for button in _buttons(event)]:
        message["buttons"] = buttons
    extras = {**(event.get("metadata") or {}), **((event.get("data") or {}).get("custom") or {})}
    if extras.get("steps"):
        message["progress"] = {"step": extras["step"], "steps": extras["steps"]}
    if rating:
        message["rating"] = rating
    return message


def _languages(said: Sequence[Said], default: str) -> list[str]:
    """The language of each message: the assistant's say it, the patient's are in the answer's."""
    languages: list[str] = [default] * len(said)
    following: str | None = None
    for number in range(len(said) - 1, -1, -1):
        if said[number].by_assistant:
            following = _language(said[number].event) or following
        elif _is_press(said[number].event):
            following = None  # a button's title is in the language of what offered it
        languages[number] = following or ""
    before = default
    for number, language in enumerate(languages):
        before = languages[number] = language or before
    return languages


def _language(event: Mapping[str, Any]) -> str | None:
    language = (event.get("metadata") or {}).get("language")
    return str(language) if language else None


def _is_press(event: Mapping[str, Any]) -> bool:
    return "shown" in (event.get("metadata") or {})


def _written(event: Mapping[str, Any]) -> str:
    """What the patient wrote, or the title of the button they pressed; "" for neither."""
    return str((event.get("metadata") or {}).get("shown", event.get("text")) or "")


def _buttons(event: Mapping[str, Any]) -> list[dict[str, Any]]:
    buttons = (event.get("data") or {}).get("buttons") or []
    return [button for button in buttons if button.get("payload")]


def _button(button: Mapping[str, Any]) -> dict[str, str]:
    shown = {"id": button_id(button["payload"]), "title": button["title"]}
    action = PAGE_ACTIONS.get(button["payload"])
    return {**shown, "action": action} if action else shown
