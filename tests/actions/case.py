"""What the tests of the actions share: a tracker made of what matters, an action run on it, and
what came out. What is said is looked at by the response's name, never by its text."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any

import time_machine
import yaml
from rasa.shared.core.domain import Domain
from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import services
from videohjelp.clock import OSLO
from videohjelp.language.appointment_entities import AppointmentTimeExtractor
from videohjelp.language.place_entities import PlaceExtractor
from videohjelp.server.actions_endpoint import InProcessActions, load_actions
from videohjelp.settings import ROOT

#: Responses of guides that exist in tests only begin like this; they need not stand in data/.
SAMPLE = "utter_sample_"

DOMAIN: dict[str, Any] = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
_VARIABLE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Outcome:
    """What an action gave: its messages and its events, in order."""

    messages: list[dict[str, Any]]
    events: list[dict[str, Any]]


def create_tracker(
    text: str = "",
    intent: str = "",
    confidence: float = 0.95,
    *,
    slots: dict[str, Any] | None = None,
    entities: dict[str, Any] | None = None,
    ranking: tuple[str, ...] = (),
    events: list[dict[str, Any]] | None = None,
    form: str | None = None,
    requested: str | None = None,
    second: str | None = None,
    channel: str = "web",
) -> Tracker:
    """A conversation in which the patient has just written `text`.

    Slots that are not given have the domain's initial value. `ranking` are the intents after
    `intent`, the likeliest first. Days and places are found in the text as the pipeline finds them,
    unless `entities` are given. `form` is the active form, `requested` the slot it asks for.
    `events` came before the message. `second` is the intent of the message's second topic.
    """
    values = {name: slot.get("initial_value") for name, slot in DOMAIN["slots"].items()}
    unknown = set(slots or {}) - set(values)
    assert not unknown, f"no such slots: {unknown}"
    message: dict[str, Any] = {
        "text": text,
        "intent": {"name": intent or None, "confidence": confidence if intent else 0.0},
        "intent_ranking": [
            {"name": name, "confidence": confidence / (1 + place)}
            for place, name in enumerate((intent, *ranking))
            if name
        ],
        "entities": [
            *({"entity": name, "value": value} for name, value in (entities or {}).items()),
            *(_entities_of(text) if text and entities is None else []),
        ],
    }
    if second:
        message["second_intent"] = second
    told = [
        *(events or []),
        {"event": "user", "text": text, "parse_data": message, "input_channel": channel},
    ]
    if form:
        # Rasa puts the form before the slots that it hands over to be validated.
        told.append({"event": "action", "name": form})
    return Tracker(
        sender_id="patient",
        slots={**values, **(slots or {}), "requested_slot": requested},
        latest_message=message,
        events=told,
        paused=False,
        followup_action=None,
        active_loop={"name": form} if form else {},
        latest_action_name=form or "action_listen",
    )


def patient(text: str = "") -> dict[str, Any]:
    """The event of an earlier message of the patient."""
    return {"event": "user", "text": text, "parse_data": {}, "input_channel": "web"}


def assistant(
    response: str, text: str = "", buttons: list[dict[str, str]] | None = None, **metadata: Any
) -> dict[str, Any]:
    """The event of an earlier message of the assistant, made of a response."""
    return {
        "event": "bot",
        "text": text or response,
        "data": {"buttons": buttons},
        "metadata": {"utter_action": response, **metadata},
    }


async def run_action(action: Action, tracker: Tracker) -> Outcome:
    """Runs the action; what it gives must be something that Rasa and the data know."""
    dispatcher = CollectingDispatcher()
    slots = dict(tracker.slots)
    events = await action.run(dispatcher, tracker, DOMAIN)
    outcome = Outcome(dispatcher.messages, list(events))
    for message in outcome.messages:
        _check_message(message, slots)
    for event in outcome.events:
        _check_event(event)
    return outcome


async def served(name: str, tracker: Tracker) -> Outcome:
    """Has the server run the action of this name, as Rasa asks it to."""
    call = {"next_action": name, "sender_id": "patient", "tracker": tracker.current_state()}
    answer = await _server().request(json=call)
    return Outcome(answer["responses"], answer["events"])


def said(outcome: Outcome) -> list[str]:
    """The names of the responses, in order; "" for a message with a text of its own."""
    return [message.get("response") or "" for message in outcome.messages]


def values(outcome: Outcome, response: str) -> dict[str, Any]:
    """The values that the one message with this response was given for its text."""
    found = [message for message in outcome.messages if message.get("response") == response]
    assert len(found) == 1, f"{response} was said {len(found)} times: {said(outcome)}"
    own = {"text", "buttons", "elements", "custom", "template", "response", "image", "attachment"}
    return {name: value for name, value in found[0].items() if name not in own}


def buttons(outcome: Outcome) -> dict[str, str]:
    """The buttons of all messages, title -> payload."""
    return {
        button["title"]: button["payload"]
        for message in outcome.messages
        for button in message.get("buttons") or []
    }


def slots_set(outcome: Outcome) -> dict[str, Any]:
    """The slots that were set, with their last value."""
    return {one["name"]: one["value"] for one in outcome.events if one["event"] == "slot"}


def followups(outcome: Outcome) -> list[str]:
    """The actions that are to come next."""
    return [one["name"] for one in outcome.events if one["event"] == "followup"]


def ends_form(outcome: Outcome) -> bool:
    """Whether the active form is ended, with the question it had asked."""
    ended = {"event": "active_loop", "timestamp": None, "name": None} in outcome.events
    return ended and slots_set(outcome).get("requested_slot", "still asked") is None


def oslo(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    """A moment on the clock in Oslo."""
    return datetime(year, month, day, hour, minute, tzinfo=OSLO)


def frozen(moment: datetime) -> time_machine.travel:
    """Stops all clocks at a moment. The machine itself then runs in UTC, as servers do."""
    return time_machine.travel(moment.astimezone(timezone.utc), tick=False)


def _entities_of(text: str) -> list[dict[str, Any]]:
    # A test may have put another directory in its place.
    places = PlaceExtractor(services.directory)
    return [*AppointmentTimeExtractor().find(text), *places.find(text)]


def _check_message(message: dict[str, Any], slots: dict[str, Any]) -> None:
    response = message["response"]
    if response is None:
        assert message["text"], "a message without a response needs a text"
        return
    if response.startswith(SAMPLE):
        return
    assert response in _variables(), f"{response} stands in no file of data/responses"
    for name in _variables()[response]:
        value = message.get(name, slots.get(name))
        assert value is not None, f"{response} needs a value for {{{name}}}"


def _check_event(event: dict[str, Any]) -> None:
    if event["event"] == "slot":
        assert event["name"] in {*DOMAIN["slots"], "requested_slot"}, f"no slot {event['name']}"
    if event["event"] == "followup":
        actions = [one if isinstance(one, str) else next(iter(one)) for one in DOMAIN["actions"]]
        assert event["name"] in {*actions, *DOMAIN["forms"]}, f"no action {event['name']}"


@functools.lru_cache(maxsize=1)
def _variables() -> dict[str, set[str]]:
    """Each response of data/responses with the variables that its texts use."""
    found: dict[str, set[str]] = {}
    for path in sorted((ROOT / "data" / "responses").glob("*.yml")):
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        for name, variants in content["responses"].items():
            texts = " ".join(str(variant.get("text") or "") for variant in variants)
            found[name] = set(_VARIABLE.findall(texts))
    return found


@functools.lru_cache(maxsize=1)
def _server() -> InProcessActions:
    return InProcessActions(load_actions(), Domain.load(str(ROOT / "domain.yml")))
