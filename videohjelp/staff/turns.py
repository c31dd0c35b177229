"""A stored conversation as turns: what the patient did, and all that came of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

#: Rasa's own, in every turn.
_EVERYWHERE = ("action_listen", "action_session_start", "action_unlikely_intent")


@dataclass(frozen=True)
class Reply:
    """One message of the assistant. buttons: title and payload. response: its name, or ""."""

    text: str
    response: str
    buttons: tuple[tuple[str, str], ...] = ()


@dataclass
class SeenTurn:
    """One turn, as it went. text: what the patient wrote, or the title they pressed; "" for
    what the page sent by itself. runner_up: the second most likely intent."""

    text: str
    payload: str
    pressed: bool
    intent: str
    confidence: float
    runner_up: tuple[str, float]
    entities: list[tuple[str, str]]
    slots: list[tuple[str, str]] = field(default_factory=list)
    actions: list[str] = field(default_factory=list)
    replies: list[Reply] = field(default_factory=list)
    seconds: float | None = None


def turns_of(events: Iterable[Mapping[str, Any]]) -> list[SeenTurn]:
    """The turns of a conversation's events (Rasa's JSON), in order."""
    turns: list[SeenTurn] = []
    for event in events:
        if event["event"] == "user":
            turns.append(_begun(event))
        elif not turns:
            continue
        elif event["event"] == "slot":
            turns[-1].slots.append((str(event["name"]), str(event.get("value"))))
        elif event["event"] == "action" and event["name"] not in _EVERYWHERE:
            turns[-1].actions.append(str(event["name"]))
        elif event["event"] == "bot":
            turns[-1].replies.append(_reply(event))
    return turns


def _begun(event: Mapping[str, Any]) -> SeenTurn:
    parsed = event.get("parse_data") or {}
    metadata = event.get("metadata") or {}
    intent = parsed.get("intent") or {}
    name = str(intent.get("name") or "")
    others = [one for one in parsed.get("intent_ranking") or () if one["name"] != name]
    runner_up = (str(others[0]["name"]), float(others[0]["confidence"])) if others else ("", 0.0)
    payload = str(event.get("text") or "")
    return SeenTurn(
        text=str(metadata.get("shown", payload) or ""),
        payload=payload,
        pressed="shown" in metadata,
        intent=name,
        confidence=float(intent.get("confidence") or 0),
        runner_up=runner_up,
        entities=[
            (str(one.get("entity")), str(one.get("value"))) for one in parsed.get("entities") or ()
        ],
    )


def _reply(event: Mapping[str, Any]) -> Reply:
    buttons = (event.get("data") or {}).get("buttons") or []
    return Reply(
        text=str(event.get("text") or ""),
        response=str((event.get("metadata") or {}).get("utter_action") or ""),
        buttons=tuple(
            (str(one["title"]), str(one["payload"])) for one in buttons if one.get("payload")
        ),
    )
