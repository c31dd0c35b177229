"""Ways through guides and conversations that several tests take."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from tests.assistant import Assistant, Conversation
from videohjelp.guides import engine
from videohjelp.guides.engine import Progress
from videohjelp.guides.model import Guide, Move
from videohjelp.guides.reading import read_guides
from videohjelp.settings import ROOT

#: What asks about a step, and what may be said around it; everything else is a step's own text.
AROUND_A_STEP = ("utter_ask_", "utter_solved", "utter_handoff", "utter_offer_", "utter_unsolved")
MOVES: tuple[Move, ...] = ("deny", "affirm", "next_step")


@dataclass(frozen=True)
class Place:
    """A place in a guide and how a patient gets there: the payloads after the guide's own."""

    guide: str
    step: str | None
    way: tuple[str, ...]

    def go(self, assistant: Assistant) -> Conversation:
        """A conversation that has come to the place."""
        conversation = assistant.conversation()
        for payload in (f"/{self.guide}", *self.way):
            conversation.say(payload)
        assert conversation.slot("guide") == self.guide
        assert conversation.slot("guide_step") == self.step
        return conversation


@functools.lru_cache(maxsize=1)
def guides() -> dict[str, Guide]:
    """The guides of data/guides."""
    return read_guides(ROOT / "data" / "guides")


def places() -> Iterator[Place]:
    """Every place of every guide: all steps, and where the device is asked for."""
    for guide in guides().values():
        found: dict[tuple[str | None, bool], tuple[str, ...]] = {}
        first = engine.start(guide, None, ()).progress
        to_visit: list[tuple[Progress, tuple[str, ...]]] = [(first, ())]
        while to_visit:
            progress, way = to_visit.pop(0)
            if (progress.step, progress.asking_device) in found:
                continue
            found[progress.step, progress.asking_device] = way
            yield Place(guide.id, progress.step, way)
            for move in MOVES:
                turn = engine.move(guide, progress, move)
                if turn.ending is None:
                    to_visit.append((turn.progress, (*way, f"/{move}")))


def steps_said(responses: list[str]) -> list[str]:
    """The responses that are a step's own text."""
    return [name for name in responses if not name.startswith(AROUND_A_STEP)]


def progress_of(conversation: Conversation) -> tuple[int, int] | None:
    """The step's number and how many there are, as the page shows it with the last message."""
    events = events_of(conversation)
    said = [event for event in events if event.type_name == "bot"][-1].metadata
    return (said["step"], said["steps"]) if said.get("steps") else None


def events_of(conversation: Conversation) -> list[Any]:
    """What is stored of a conversation, Rasa's events."""
    assistant = conversation._assistant
    tracker = assistant.run(assistant.agent.tracker_store.retrieve(conversation.sender_id))
    return list(tracker.events)


@functools.lru_cache(maxsize=1)
def _responses() -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for path in (ROOT / "data" / "responses").glob("*.yml"):
        found |= yaml.safe_load(path.read_text(encoding="utf-8"))["responses"]
    return found


def wording(response: str, language: str = "nb", channel: str = "web") -> str:
    """A response's text in a language, for a channel, as it stands in data/responses."""
    for variation in _responses()[response]:
        condition = variation.get("condition") or [{"value": "nb"}]
        same_channel = (variation.get("channel") == "sms") == (channel == "sms")
        if condition[0]["value"] == language and same_channel:
            return str(variation["text"]).strip()
    raise AssertionError(f"{response} has no text in {language} for {channel}")
