"""Which intents, rules, responses, actions and form slots the test cases have come by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import yaml

from videohjelp.content import domain as domain_file
from videohjelp.content.domain import read_domain
from videohjelp.content.problem import Problem
from videohjelp.content.texts import read_responses
from videohjelp.content.yaml_lines import Content, fields, items, line, read_content, text
from videohjelp.stories.results import CaseResult, Heard

Part = Literal["intent", "rule", "response", "action", "form_slot"]
PARTS: tuple[Part, ...] = ("intent", "rule", "response", "action", "form_slot")
EXCEPTIONS = "tests/not_covered.yml"


@dataclass(frozen=True)
class Thing:
    """Something a test case can come by.

    intent, actions: of a rule, what begins it (None for one without) and what it does, in order.
    """

    part: Part
    name: str
    path: str
    line: int
    intent: str | None = None
    actions: tuple[str, ...] = ()

    def is_hit(self, heard: Heard) -> bool:
        """Whether a turn came by it."""
        if self.part == "intent":
            return heard.understood is not None and heard.understood.intent == self.name
        if self.part == "response":
            return self.name in heard.responses
        if self.part == "action":
            return self.name in heard.actions or self.name in heard.ran
        if self.part == "form_slot":
            return any(name == self.name and value is not None for name, value in heard.set_slots)
        return self._rule_ran(heard)

    def _rule_ran(self, heard: Heard) -> bool:
        if self.intent is not None and (
            heard.understood is None or heard.understood.intent != self.intent
        ):
            return False
        length = len(self.actions)
        places = range(len(heard.actions) - length + 1)
        return any(heard.actions[at : at + length] == self.actions for at in places)


@dataclass(frozen=True)
class Coverage:
    """What there is, what was come by, and the exceptions, with their reasons."""

    things: tuple[Thing, ...]
    hit: frozenset[Thing]
    excepted: frozenset[tuple[str, str]] = frozenset()

    def missed(self) -> list[Thing]:
        """What no case came by, the exceptions left out, by file and line."""
        left = [
            thing
            for thing in self.things
            if thing not in self.hit and (thing.part, thing.name) not in self.excepted
        ]
        return sorted(left, key=lambda thing: (thing.path, thing.line, thing.part))

    def count(self, part: Part) -> tuple[int, int]:
        """Of one part: how many were come by, and how many there are."""
        things = [thing for thing in self.things if thing.part == part]
        return sum(thing in self.hit for thing in things), len(things)


def things(root: Path) -> tuple[Thing, ...]:
    """All that test cases should come by, with its place in the project's files."""
    content, _ = read_content(root)
    domain = read_domain(content)
    path = domain_file.PATH
    slots = [
        Thing("form_slot", slot, path, domain.form_lines[form])
        for form, asked in domain.forms.items()
        for slot in asked
    ]
    return (
        *(Thing("intent", name, path, at) for name, at in domain.intents.items()),
        *_rules(content),
        *(Thing("response", one.name, one.path, one.line) for one in read_responses(content)),
        *(Thing("action", name, path, at) for name, at in domain.actions.items()),
        *slots,
    )


def coverage(
    root: Path, results: Iterable[CaseResult], exceptions: Iterable[tuple[str, str]] = ()
) -> Coverage:
    """What the cases came by, whether they passed or not. exceptions: parts and names."""
    everything = things(root)
    turns = [turn.heard for result in results for turn in result.turns]
    hit = {thing for thing in everything for heard in turns if thing.is_hit(heard)}
    return Coverage(everything, frozenset(hit), frozenset(exceptions))


def read_exceptions(root: Path) -> tuple[list[tuple[str, str]], list[Problem]]:
    """The exceptions (part and name), and the mistakes in their file.

    Each entry of the file has a part (`intent`, `rule` …) with the name, and a `reason`.
    """
    file = root / EXCEPTIONS
    if not file.is_file():
        return [], []
    document = yaml.compose(file.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    known = {(thing.part, thing.name) for thing in things(root)}
    found: list[tuple[str, str]] = []
    problems: list[Problem] = []
    for item in items(document):
        parts = fields(item)
        reason = text(parts.pop("reason", None))
        named = [(part, text(node) or "") for part, node in parts.items()]
        found += named
        if not reason:
            problems.append(
                Problem(EXCEPTIONS, line(item), "the exception has no reason", "add 'reason:'")
            )
        problems += [
            Problem(EXCEPTIONS, line(item), f"there is no {part} '{name}'", "remove the exception")
            for part, name in named
            if (part, name) not in known
        ]
    return found, problems


def superfluous(
    found: Coverage, exceptions: Sequence[tuple[str, str]]
) -> Iterator[tuple[str, str]]:
    """The exceptions that a case comes by after all."""
    hit = {(thing.part, thing.name) for thing in found.hit}
    return (exception for exception in exceptions if exception in hit)


def _rules(content: Content) -> Iterator[Thing]:
    for path, document in content.below("data/rules"):
        for rule in items(fields(document).get("rules")):
            parts = fields(rule)
            name = parts.get("rule")
            steps = [fields(step) for step in items(parts.get("steps"))]
            intents = [text(step["intent"]) for step in steps if "intent" in step]
            actions = [str(text(step["action"])) for step in steps if "action" in step]
            if name is not None:
                intent = intents[0] if intents else None
                yield Thing("rule", str(text(name)), path, line(name), intent, tuple(actions))
