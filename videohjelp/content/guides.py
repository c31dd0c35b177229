"""The guides in data/guides, and whether a rule leads to each."""

from __future__ import annotations

import re
from collections.abc import Iterator

from videohjelp.content.problem import Problem
from videohjelp.content.rules import intents_of
from videohjelp.content.yaml_lines import Content, fields, items, line, pairs, text
from videohjelp.guides.reading import GuideError, read_guides

FOLDER = "data/guides"
_START = "action_start_guide"
#: "Something does not work": action_start_guide asks what it is instead of starting a guide.
WITHOUT_GUIDE = {"technical_problem"}
_PLACE = re.compile(r"([^:]+):(?:(\d+):)? (.*)", re.DOTALL)


def check_guides(content: Content) -> Iterator[Problem]:
    """Gives the first mistake in the guides, guides without a rule, and rules without a guide."""
    try:
        read_guides(content.root / FOLDER)
    except GuideError as error:
        yield _as_problem(content, error)
    guides = {
        str(key.value): (path, line(key))
        for path, document in content.below(FOLDER)
        for key, _ in pairs(fields(document).get("guides"))
    }
    started = dict(_started(content))
    for intent, (path, at) in started.items():
        if intent not in guides and intent not in WITHOUT_GUIDE:
            yield Problem(
                path,
                at,
                f"the rule for '{intent}' starts a guide that does not exist",
                f"add a guide with the name '{intent}' in {FOLDER}, or say a response instead",
            )
    for guide, (path, at) in guides.items():
        if guide not in started:
            yield Problem(
                path,
                at,
                f"no rule starts the guide '{guide}'",
                f"add a rule for the intent '{guide}' with {_START}, or remove the guide",
            )


def _started(content: Content) -> Iterator[tuple[str, tuple[str, int]]]:
    for path, document in content.below("data/rules"):
        for rule in items(fields(document).get("rules")):
            for step in items(fields(rule).get("steps")):
                action = fields(step).get("action")
                if action is not None and text(action) == _START:
                    for intent in intents_of(rule):
                        yield intent, (path, line(action))


def _as_problem(content: Content, error: GuideError) -> Problem:
    said = str(error).removeprefix(f"{content.root}/")
    match = _PLACE.fullmatch(said)
    path, at, message = (match[1], int(match[2] or 0), match[3]) if match else (FOLDER, 0, said)
    wrong, _, todo = message.partition("; ")
    return Problem(path, at, wrong, todo or "compare it with the guides around it")
