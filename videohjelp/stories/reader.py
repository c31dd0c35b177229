"""Reads files of story tests. Every mistake is given with its line; none stops the reading."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, cast

import yaml

from videohjelp.appointments.wording import Language
from videohjelp.clock import OSLO
from videohjelp.content.texts import LANGUAGES
from videohjelp.content.yaml_lines import line
from videohjelp.settings import ROOT
from videohjelp.stories.cases import Channel, TestCase
from videohjelp.stories.mistakes import Mistake, StoriesError
from videohjelp.stories.parts import Parts, nearest, value
from videohjelp.stories.steps import read_steps

CHANNELS = ("web", "sms")
CIRCUMSTANCES = ("channel", "clock", "language", "strict")
FILE_KEYS = ("test_cases", "fixtures", "metadata")
CASE_KEYS = ("test_case", "steps", "fixtures", "metadata", *CIRCUMSTANCES)
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?")
_ENDINGS = (".yml", ".yaml")


def read_folder(folder: Path) -> list[TestCase]:
    """The test cases of a file, or of all files below a folder, in the order of the files.

    Raises StoriesError with all mistakes.
    """
    shown = _shown(folder)
    if not folder.exists():
        raise StoriesError([Mistake(shown, 0, "no_file")])
    files = [folder] if folder.is_file() else sorted(_files(folder))
    if not files:
        raise StoriesError([Mistake(shown, 0, "no_files")])
    cases: list[TestCase] = []
    mistakes: list[Mistake] = []
    for file in files:
        try:
            cases += read_text(file.read_bytes().decode("utf-8-sig"), _shown(file))
        except UnicodeDecodeError as error:
            at = error.object.count(b"\n", 0, error.start) + 1
            mistakes.append(Mistake(_shown(file), at, "not_utf8"))
        except StoriesError as error:
            mistakes += error.mistakes
    mistakes += same_names(cases, [])
    if mistakes:
        raise StoriesError(sorted(mistakes, key=lambda one: (one.path, one.line)))
    return cases


def read_text(written: str, name: str) -> list[TestCase]:
    """The test cases of a file's text; `name` is what the file is called.

    Raises StoriesError with all mistakes.
    """
    parts = Parts(name)
    document = parts.document(written)
    cases = [] if document is None else _read(parts, document)
    mistakes = [*parts.mistakes, *same_names(cases, [])]
    if mistakes:
        raise StoriesError(sorted(mistakes, key=lambda one: (one.path, one.line)))
    return cases


def same_names(cases: Iterable[TestCase], others: Iterable[TestCase]) -> list[Mistake]:
    """A mistake for each of `cases` that is called as one before it, or as one of `others`."""
    places = {case.name: f"{case.path}:{case.line}" for case in others}
    mistakes: list[Mistake] = []
    for case in cases:
        if case.name in places:
            values = {"name": case.name, "place": places[case.name]}
            mistakes.append(Mistake(case.path, case.line, "same_case", values))
        places.setdefault(case.name, f"{case.path}:{case.line}")
    return mistakes


@dataclass(frozen=True)
class _Shared:
    """What the cases of a file refer to by name."""

    fixtures: Mapping[str, Mapping[str, Any]]
    metadata: Mapping[str, Mapping[str, Any]]


def _read(parts: Parts, document: yaml.Node) -> list[TestCase]:
    found = parts.mapping(document, "the_file", FILE_KEYS, ("test_cases",))
    fixtures, metadata = found.get("fixtures"), found.get("metadata")
    shared = _Shared(
        {name: _fixture(parts, node) for name, node in parts.named(fixtures, "fixtures").items()}
        if fixtures is not None
        else {},
        {
            name: _circumstances(parts, parts.mapping(node, "metadata", CIRCUMSTANCES))
            for name, node in parts.named(metadata, "metadata").items()
        }
        if metadata is not None
        else {},
    )
    node = found.get("test_cases")
    entries = [] if node is None else parts.entries(node, "test_cases")
    return [_case(parts, entry, shared) for entry in entries]


def _case(parts: Parts, entry: yaml.Node, shared: _Shared) -> TestCase:
    found = parts.mapping(entry, "the_case", CASE_KEYS, ("test_case", "steps"))
    name, steps = found.get("test_case"), found.get("steps")
    own = _circumstances(parts, found)
    case = TestCase(
        name="" if name is None else parts.text(name, "test_case"),
        turns=() if steps is None else read_steps(parts, steps),
        slots=_slots(parts, found.get("fixtures"), shared),
        path=parts.path,
        line=line(entry),
        **{**_metadata(parts, found.get("metadata"), shared), **own},
    )
    for turn in case.turns if case.channel == "sms" else ():
        if turn.text.startswith("/"):
            parts.wrong(turn.line, "command_by_sms", value=turn.text)
    return case


def _fixture(parts: Parts, node: yaml.Node) -> dict[str, Any]:
    slots: dict[str, Any] = {}
    for item in parts.entries(node, "fixtures"):
        if not isinstance(item, yaml.MappingNode):
            parts.wrong(item, "not_pairs", what="fixtures")
        slots.update({key.value: value(inner) for key, inner in parts.once(item)})
    return slots


def _circumstances(parts: Parts, found: Mapping[str, yaml.Node]) -> dict[str, Any]:
    given: dict[str, Any] = {}
    if "channel" in found:
        given["channel"] = cast(Channel, parts.choice(found["channel"], "channel", CHANNELS))
    if "language" in found:
        given["language"] = cast(Language, parts.choice(found["language"], "language", LANGUAGES))
    if "strict" in found:
        given["strict"] = parts.choice(found["strict"], "strict", ("true", "false")) == "true"
    if "clock" in found:
        given["clock"] = _moment(parts, found["clock"])
    return given


def _moment(parts: Parts, node: yaml.Node) -> datetime | None:
    written = parts.text(node, "clock")
    try:
        if not _MOMENT.fullmatch(written):
            raise ValueError
        return datetime.fromisoformat(written).replace(tzinfo=OSLO)
    except ValueError:
        parts.wrong(node, "not_moment", value=written)
        return None


def _slots(parts: Parts, node: yaml.Node | None, shared: _Shared) -> dict[str, Any]:
    slots: dict[str, Any] = {}
    if node is not None:
        for name in parts.texts(node, "fixtures", empty=True):
            slots.update(_referred(parts, node, "kind_fixture", name, shared.fixtures))
    return slots


def _metadata(parts: Parts, node: yaml.Node | None, shared: _Shared) -> Mapping[str, Any]:
    if node is None:
        return {}
    name = parts.text(node, "metadata")
    return _referred(parts, node, "kind_metadata", name, shared.metadata)


def _referred(
    parts: Parts, node: yaml.Node, kind: str, name: str, known: Mapping[str, Mapping[str, Any]]
) -> Mapping[str, Any]:
    if name in known:
        return known[name]
    if near := nearest(name, known):
        parts.wrong(node, "unknown_name_near", kind=kind, name=name, near=near)
    else:
        parts.wrong(node, "unknown_name", kind=kind, name=name, where="where_file")
    return {}


def _files(folder: Path) -> Iterable[Path]:
    for path in folder.rglob("*"):
        if path.suffix in _ENDINGS and path.is_file() and not path.name.startswith("."):
            yield path


def _shown(path: Path) -> str:
    resolved = path.resolve()
    return (resolved.relative_to(ROOT) if resolved.is_relative_to(ROOT) else path).as_posix()
