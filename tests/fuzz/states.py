"""The states of the dialogue, and how a patient comes to each: every step of every guide, the
forms, the answers to every topic, and what stands in states.yml."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal, cast

import yaml

from actions import services
from tests.device_check.reports import ALL_WORKS
from tests.fuzz.acts import Act, text
from tests.fuzz.guide_paths import Place, paths
from videohjelp.appointments.wording import Language
from videohjelp.clock import OSLO

#: What time it is while a state is being reached.
NOW = datetime(2026, 11, 27, 10, 0, tzinfo=OSLO)
LANGUAGES: tuple[Language, ...] = ("nb", "nn", "en")
#: In place of a value: any value but none.
SET = "set"

#: What parts two messages in states.yml.
_NEXT = " | "

Channel = Literal["web", "sms"]
CHANNELS: tuple[Channel, ...] = ("web", "sms")

_SPOKEN: dict[Language, dict[str, str]] = {
    "nb": {"affirm": "ja", "deny": "nei", "next_step": "neste", "previous_step": "tilbake",
           "ask_why": "hvorfor?", "dont_know": "vet ikke"},
    "nn": {"affirm": "ja", "deny": "nei", "next_step": "neste", "previous_step": "tilbake",
           "ask_why": "kvifor?", "dont_know": "veit ikkje"},
    "en": {"affirm": "yes", "deny": "no", "next_step": "next", "previous_step": "back",
           "ask_why": "why?", "dont_know": "I don't know"},
}  # fmt: skip
_DEVICES = {"iphone": "iPhone", "android": "Android", "computer": "PC"}
#: Topics whose title is understood as another one: said in other words.
_SAID_OTHERWISE: dict[str, dict[Language, str]] = {
    "medical_question": {
        "nb": "Kan jeg ta paracet sammen med medisinen min?",
        "nn": "Kan eg ta paracet saman med medisinen min?",
        "en": "Can I take paracetamol with my medicine?",
    },
    "room_number_or_pin_rejected": {"en": "It says that the room number is wrong"},
}


@dataclass(frozen=True)
class State:
    """A state on one channel in one language.

    acts: what the patient does to reach it. each: what they do anew in each conversation that is
    begun from there. slots, said: by what it is recognised.
    """

    name: str
    channel: Channel
    language: Language
    acts: tuple[Act, ...]
    each: tuple[Act, ...] = ()
    slots: tuple[tuple[str, Any], ...] = ()
    said: str | None = None

    @property
    def key(self) -> str:
        """The state's name, unlike all others'."""
        return f"{self.channel} {self.language} {self.name}"


@functools.lru_cache(maxsize=1)
def all_states() -> tuple[State, ...]:
    """Every state, on every channel where it exists, in every language."""
    return tuple(
        state
        for channel in CHANNELS
        for language in LANGUAGES
        for state in (
            *_listed(channel, language),
            *_guide_steps(channel, language),
            *_answered_topics(channel, language),
        )
    )


def spoken_topic(topic: str, language: Language) -> str:
    """What a patient writes who wants to know of a topic."""
    otherwise = _SAID_OTHERWISE.get(topic, {}).get(language)
    return otherwise or str(services.topic_titles()[topic][language])


def _guide_steps(channel: Channel, language: Language) -> Iterator[State]:
    for guide in services.guides().values():
        for place, path in paths(guide).items():
            said = [_spoken(one, language) for one in path]
            acts = (text(spoken_topic(guide.id, language)), *map(text, said))
            yield State(
                _name(guide.id, place), channel, language, acts, slots=_slots(guide.id, place)
            )


def _answered_topics(channel: Channel, language: Language) -> Iterator[State]:
    for topic in services.topic_titles():
        if topic not in services.guides():
            acts = (text(spoken_topic(topic, language)),)
            yield State(f"answered {topic}", channel, language, acts)


def _listed(channel: Channel, language: Language) -> Iterator[State]:
    path = Path(__file__).with_name("states.yml")
    listed: Mapping[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))["states"]
    for name, one in listed.items():
        if channel not in one.get("channels", CHANNELS):
            continue
        acts = [*_messages(one["say"][language])]
        if "check" in one:
            acts.append(Act("check", {**ALL_WORKS, **one["check"]}))
        yield State(
            name,
            channel,
            language,
            tuple(acts),
            each=tuple(_messages(one["each"])) if "each" in one else (),
            slots=tuple(one.get("slots", {}).items()),
            said=one.get("said"),
        )


def _messages(said: str) -> list[Act]:
    return [text(one) for one in said.split(_NEXT)]


def _spoken(one: str, language: Language) -> str:
    return _DEVICES.get(one) or _SPOKEN[language]["dont_know" if one == "unknown" else one]


def _name(guide: str, place: Place) -> str:
    if place.ending is not None:
        return f"guide {guide}, {place.ending.value}"
    asking = ", asked for the device" if place.asking_device else ""
    device = f", {place.device}" if place.device else ""
    return f"guide {guide}, {place.step or 'begin'}{device}{asking}"


def _slots(guide: str, place: Place) -> tuple[tuple[str, Any], ...]:
    if place.ending is not None:
        return (("guide", None),)
    return (
        ("guide", guide),
        ("guide_step", place.step),
        ("guide_asking_device", place.asking_device),
        ("device", cast(Any, place.device)),
    )
