"""The names a story test may use: intents, responses, actions, slots, titles of buttons."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Literal

from videohjelp.appointments.wording import say_day
from videohjelp.clock import now
from videohjelp.content.domain import read_domain
from videohjelp.content.rules import BUILT_IN_ACTIONS, BUILT_IN_INTENTS, BUILT_IN_SLOTS
from videohjelp.content.texts import LANGUAGES, read_responses
from videohjelp.content.yaml_lines import read_content
from videohjelp.directory.store import DirectoryFile
from videohjelp.sms.options import one_line
from videohjelp.stories.cases import Expectation, Kind, SlotCheck, TestCase
from videohjelp.stories.mistakes import Mistake
from videohjelp.stories.parts import nearest
from videohjelp.topics import read_none_of_these, read_topic_titles

Named = Literal["intent", "response", "action", "slot", "button"]
_KINDS: Mapping[Kind, Named] = {
    "intent": "intent",
    "utter": "response",
    "action": "action",
    "buttons": "button",
    "slot_was_set": "slot",
    "slot_was_not_set": "slot",
}
_WHERE: Mapping[Named, str] = {
    "intent": "where_domain",
    "response": "where_responses",
    "action": "where_domain",
    "slot": "where_domain",
    "button": "where_buttons",
}
#: How far from its own day a conversation offers days to choose from.
_DAYS = 400


@dataclass(frozen=True)
class Names:
    """Every name that exists, by what it names."""

    known: Mapping[Named, frozenset[str]]


def read_names(root: Path) -> Names:
    """The names in the project's domain, responses, topics and directory."""
    content, _ = read_content(root)
    domain, responses = read_domain(content), read_responses(content)
    said = frozenset(response.name for response in responses)
    topics = root / "data" / "topics.yml"
    titles = {
        *(button.title for one in responses for text in one.variations for button in text.buttons),
        *(title for named in read_topic_titles(topics).values() for title in named.values()),
        *read_none_of_these(topics).values(),
        *_places(root),
    }
    actions = {*domain.actions, *domain.forms, *said, *BUILT_IN_ACTIONS}
    return Names(
        {
            "intent": frozenset({*domain.intents, *BUILT_IN_INTENTS}),
            "response": said,
            "action": frozenset(actions),
            "slot": frozenset({*domain.slots, *BUILT_IN_SLOTS}),
            "button": frozenset({*titles, *map(one_line, titles)}),
        }
    )


def check_names(cases: Iterable[TestCase], names: Names) -> list[Mistake]:
    """A mistake for each name in the cases that does not exist."""
    return [mistake for case in cases for mistake in _Check(case, names).mistakes()]


class _Check:
    def __init__(self, case: TestCase, names: Names) -> None:
        self._case = case
        self._names = names

    def mistakes(self) -> list[Mistake]:
        found = [self._mistake("slot", slot, self._case.line) for slot in self._case.slots]
        for turn in self._case.turns:
            if turn.is_press:
                found.append(self._mistake("button", turn.text, turn.line))
            for expected in turn.expected:
                found += self._expected(expected)
        return [mistake for mistake in found if mistake is not None]

    def _expected(self, expected: Expectation) -> list[Mistake | None]:
        if (kind := _KINDS.get(expected.kind)) is None:
            return []
        names = [one.name if isinstance(one, SlotCheck) else one for one in expected.values]
        return [self._mistake(kind, name, expected.line) for name in names]

    def _mistake(self, kind: Named, name: str, line: int) -> Mistake | None:
        known = self._names.known[kind]
        if name in known or (kind == "button" and name in self._days()):
            return None
        values = {"kind": f"kind_{kind}", "name": name}
        if near := nearest(name, known):
            return Mistake(self._case.path, line, "unknown_name_near", {**values, "near": near})
        values["where"] = _WHERE[kind]
        return Mistake(self._case.path, line, "unknown_name", values)

    def _days(self) -> frozenset[str]:
        return _days_around((self._case.clock or now()).date())


@functools.lru_cache
def _days_around(day: date) -> frozenset[str]:
    """The titles of the buttons that offer days."""
    days = [day + timedelta(days=number) for number in range(-_DAYS, _DAYS)]
    return frozenset(say_day(one, language) for one in days for language in LANGUAGES)


def _places(root: Path) -> Iterable[str]:
    entries = DirectoryFile(root / "data" / "directory" / "departments.csv").directory.entries
    return (f"{entry.department} ({entry.hospital})" for entry in entries)
