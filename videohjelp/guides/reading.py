"""Reads the guides from data/guides/*.yml and says in plain words what is wrong with them."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import yaml

from videohjelp.guides.model import DEVICES, MOVES, Device, Ending, Guide, Kind, Move, Step, Target

_STEP_FIELDS = {"id", "say", "ask", "why", "only_for", "answers", "counted"}


class GuideError(ValueError):
    """A guide's file is wrong. The text names file and line and says what to do."""


def read_guides(folder: Path) -> dict[str, Guide]:
    """Reads every guide below a folder.

    Returns the guides by id. Raises GuideError for the first mistake found.
    """
    guides: dict[str, Guide] = {}
    for path in sorted(folder.glob("*.yml")):
        for guide in _read_file(path):
            if guide.id in guides:
                raise GuideError(f"{path}: the guide '{guide.id}' stands twice; rename one of them")
            guides[guide.id] = guide
    return guides


class _Reader:
    """Turns YAML nodes into guides; keeps the nodes so that mistakes can be given with a line."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def fail(self, node: yaml.Node, message: str) -> GuideError:
        return GuideError(f"{self.path}:{node.start_mark.line + 1}: {message}")

    def mapping(self, node: yaml.Node, what: str) -> dict[str, yaml.Node]:
        if not isinstance(node, yaml.MappingNode):
            raise self.fail(node, f"{what} must be written as 'name: value' lines")
        return {str(key.value): value for key, value in node.value}

    def text(self, node: yaml.Node, what: str) -> str:
        if not isinstance(node, yaml.ScalarNode) or not node.value:
            raise self.fail(node, f"{what} must be one word")
        return str(node.value)

    def flag(self, node: yaml.Node, what: str) -> bool:
        name = self.text(node, what)
        if name not in ("true", "false"):
            raise self.fail(node, f"{what} is true or false")
        return name == "true"

    def guide(self, guide_id: str, node: yaml.Node) -> Guide:
        fields = self.mapping(node, f"guide '{guide_id}'")
        self.check_names(node, fields, {"kind", "opening", "unsolved", "steps"})
        if "kind" not in fields or "steps" not in fields:
            raise self.fail(node, f"guide '{guide_id}' needs both 'kind' and 'steps'")
        kind_name = self.text(fields["kind"], "kind")
        if kind_name not in {kind.value for kind in Kind}:
            kinds = ", ".join(kind.value for kind in Kind)
            raise self.fail(fields["kind"], f"kind '{kind_name}' is unknown; use one of: {kinds}")
        steps_node = fields["steps"]
        if not isinstance(steps_node, yaml.SequenceNode) or not steps_node.value:
            raise self.fail(steps_node, f"guide '{guide_id}' needs a list of at least one step")
        steps = tuple(self.step(step_node) for step_node in steps_node.value)
        self.check_targets(steps_node, steps)
        unsolved = Ending.HANDOFF
        if "unsolved" in fields:
            unsolved = self.ending(fields["unsolved"])
        opening = self.text(fields["opening"], "opening") if "opening" in fields else None
        return Guide(guide_id, Kind(kind_name), steps, opening, unsolved)

    def check_names(self, node: yaml.Node, fields: dict[str, yaml.Node], known: set[str]) -> None:
        for name, value in fields.items():
            if name not in known:
                raise self.fail(
                    value, f"'{name}' is not known here; use one of: {', '.join(sorted(known))}"
                )

    def check_targets(self, node: yaml.Node, steps: tuple[Step, ...]) -> None:
        ids = [step.id for step in steps]
        for step_id in ids:
            if ids.count(step_id) > 1:
                raise self.fail(node, f"the step '{step_id}' stands twice in the guide")
        allowed = set(ids) | {ending.value for ending in Ending}
        for step in steps:
            for target in (step.answers or {}).values():
                if target.then not in allowed:
                    raise self.fail(
                        node,
                        f"step '{step.id}' leads to '{target.then}', which is neither a step of "
                        f"the guide nor one of: {', '.join(ending.value for ending in Ending)}",
                    )

    def ending(self, node: yaml.Node) -> Ending:
        name = self.text(node, "ending")
        if name not in {ending.value for ending in Ending}:
            endings = ", ".join(ending.value for ending in Ending)
            raise self.fail(node, f"ending '{name}' is unknown; use one of: {endings}")
        return Ending(name)

    def step(self, node: yaml.Node) -> Step:
        fields = self.mapping(node, "a step")
        self.check_names(node, fields, _STEP_FIELDS)
        if "id" not in fields or "say" not in fields:
            raise self.fail(node, "a step needs both 'id' and 'say'")
        return Step(
            id=self.text(fields["id"], "id"),
            say=self.say(fields["say"]),
            ask=self.text(fields["ask"], "ask") if "ask" in fields else None,
            why=self.text(fields["why"], "why") if "why" in fields else None,
            only_for=self.devices(fields["only_for"]) if "only_for" in fields else (),
            answers=self.answers(fields["answers"]) if "answers" in fields else None,
            counted=self.flag(fields["counted"], "counted") if "counted" in fields else True,
        )

    def say(self, node: yaml.Node) -> str | dict[Device, str]:
        if isinstance(node, yaml.ScalarNode):
            return self.text(node, "say")
        by_device = self.mapping(node, "say")
        if set(by_device) != set(DEVICES):
            raise self.fail(node, f"say needs one response for each of: {', '.join(DEVICES)}")
        return {cast(Device, name): self.text(value, name) for name, value in by_device.items()}

    def devices(self, node: yaml.Node) -> tuple[Device, ...]:
        names: list[Any] = yaml.safe_load(yaml.serialize(node))
        if not isinstance(names, list) or any(name not in DEVICES for name in names):
            raise self.fail(node, f"only_for is a list of devices out of: {', '.join(DEVICES)}")
        return tuple(names)

    def answers(self, node: yaml.Node) -> dict[Move, Target]:
        answers: dict[Move, Target] = {}
        for name, value in self.mapping(node, "answers").items():
            if name not in MOVES:
                raise self.fail(value, f"'{name}' is no answer; use one of: {', '.join(MOVES)}")
            fields = self.mapping(value, f"the answer '{name}'")
            self.check_names(value, fields, {"say", "then"})
            if "then" not in fields:
                raise self.fail(value, f"the answer '{name}' needs 'then': where it leads")
            say = self.text(fields["say"], "say") if "say" in fields else None
            answers[name] = Target(say, self.text(fields["then"], "then"))
        return answers


def _read_file(path: Path) -> list[Guide]:
    reader = _Reader(path)
    try:
        root = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    except UnicodeDecodeError as error:
        raise GuideError(f"{path}:1: the file is not in UTF-8; save it as UTF-8") from error
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise GuideError(
            f"{path}:{line}: this is not YAML ({error.problem}); compare the indentation and the "
            "colons with the lines above"
        ) from error
    if root is None:
        raise GuideError(f"{path}:1: the file is empty; it needs 'guides:'")
    fields = reader.mapping(root, "the file")
    if set(fields) != {"guides"}:
        raise reader.fail(root, "the file needs one entry, 'guides:', and nothing else")
    return [
        reader.guide(guide_id, node)
        for guide_id, node in reader.mapping(fields["guides"], "guides").items()
    ]
