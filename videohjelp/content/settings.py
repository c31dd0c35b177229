"""The settings in data/settings.yml."""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml
from pydantic import ValidationError

from videohjelp.content.problem import Problem
from videohjelp.content.yaml_lines import Content, fields, items, line, pairs, text
from videohjelp.settings import read_settings

PATH = "data/settings.yml"
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_CLOCK = r"((?:[01]\d|2[0-3]):[0-5]\d)"
_INTERVAL = re.compile(f"{_CLOCK}-{_CLOCK}")
_HOURS = ("phone_hours", "ikt_phone_hours")
_ADVICE = "compare it with the comments in the file"


def check_settings(content: Content) -> Iterator[Problem]:
    """Gives unknown, missing and wrong settings, and hours that cannot be read."""
    document = content.documents.get(PATH)
    try:
        read_settings(content.root / PATH)
    except ValueError as error:
        # SettingsError is one; a date like 2026-13-45, which is YAML and no date, raises it bare.
        yield from _as_problems(content, error)
    for name in _HOURS:
        yield from _check_hours(name, fields(document).get(name))


def _as_problems(content: Content, error: ValueError) -> Iterator[Problem]:
    document = content.documents.get(PATH)
    cause = error.__cause__
    if not isinstance(cause, ValidationError):
        said = str(error).replace(f"{content.root}/", "")
        yield Problem(PATH, 0, f"the settings cannot be read ({said})", _ADVICE)
        return
    for mistake in cause.errors():
        where = ".".join(str(part) for part in mistake["loc"])
        at = _line_of(document, mistake["loc"])
        wrong = f"the setting '{where}' is wrong ({mistake['msg']})"
        todo = _ADVICE if at else f"{_ADVICE}, and look for a VIDEOHJELP_ variable with this name"
        yield Problem(PATH, at, wrong, todo)


def _line_of(document: yaml.Node | None, location: tuple[int | str, ...]) -> int:
    node, at = document, 0
    for part in location:
        found = [(key, value) for key, value in pairs(node) if key.value == str(part)]
        entries = items(node)
        if found:
            at, node = line(found[0][0]), found[0][1]
        elif isinstance(part, int) and part < len(entries):
            node = entries[part]
            at = line(node)
        else:
            break
    return at


def _check_hours(name: str, node: yaml.Node | None) -> Iterator[Problem]:
    for weekday, intervals in pairs(node):
        if weekday.value not in WEEKDAYS:
            yield Problem(
                PATH,
                line(weekday),
                f"'{weekday.value}' in {name} is no weekday",
                f"use one of: {', '.join(WEEKDAYS)}",
            )
        end = ""
        for interval in items(intervals):
            match = _INTERVAL.fullmatch(text(interval) or "")
            if match is None or match[1] >= match[2] or match[1] < end:
                yield Problem(
                    PATH,
                    line(interval),
                    f"'{interval.value}' in {name} is no time from an earlier to a later hour",
                    'write it like "08:00-15:30", the earliest of a day first',
                )
            else:
                end = match[2]
