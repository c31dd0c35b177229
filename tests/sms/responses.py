"""The real responses as they are sent, and everything the guides say in one turn."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from videohjelp.appointments.wording import Language
from videohjelp.content.sms import filled
from videohjelp.content.texts import read_responses
from videohjelp.content.yaml_lines import read_content
from videohjelp.guides import engine
from videohjelp.guides.engine import Progress, Turn
from videohjelp.guides.model import DEVICES, MOVES, Guide
from videohjelp.guides.reading import read_guides
from videohjelp.settings import ROOT
from videohjelp.sms.answers import Answer, Option, Said, answer

LANGUAGES: tuple[Language, ...] = ("nb", "nn", "en")


@dataclass(frozen=True)
class Key:
    """A response in a language."""

    name: str
    language: Language


@functools.lru_cache(maxsize=1)
def said() -> dict[Key, Said]:
    """Every response for SMS, with the longest values filled in."""
    content, unreadable = read_content(ROOT)
    assert not unreadable
    return {
        Key(response.name, cast(Language, one.language)): Said(
            filled(one.text.strip()),
            tuple(Option(button.title, button.payload) for button in one.buttons),
        )
        for response in read_responses(content)
        for one in response.variations
        if one.channel == "sms"
    }


def sent(names: tuple[str, ...], language: Language) -> Answer:
    """What is sent for a turn of the assistant."""
    return answer([said()[Key(name, language)] for name in names], language)


def turns_of_guides() -> Iterator[tuple[str, ...]]:
    """The names of what the guides say in one turn, for every place, device and answer."""
    found: set[tuple[str, ...]] = set()
    for guide in read_guides(ROOT / "data" / "guides").values():
        for device in (None, *DEVICES):
            found.update(_turns(guide, engine.start(guide, device, ())))
    yield from sorted(names for names in found if names)


def _turns(guide: Guide, first: Turn) -> Iterator[tuple[str, ...]]:
    seen: set[Progress] = set()
    to_visit = [first]
    while to_visit:
        turn = to_visit.pop()
        yield tuple(line.response for line in turn.lines)
        if turn.ending is not None or turn.progress in seen:
            continue
        seen.add(turn.progress)
        to_visit += [engine.move(guide, turn.progress, move) for move in MOVES]
        if turn.progress.asking_device:
            to_visit += [engine.choose_device(guide, turn.progress, one) for one in DEVICES]
