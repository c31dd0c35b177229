"""Where the responses are said: in rules, guides, forms and code."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from videohjelp.content import domain as domain_file
from videohjelp.content.domain import Domain
from videohjelp.content.problem import Problem
from videohjelp.content.texts import Response
from videohjelp.content.yaml_lines import Content, fields, items, line, pairs, scalars, text

_NAME = re.compile(r"utter_[a-z0-9_]*")
#: Rasa's own key for the name of a response in a message's metadata.
_NOT_A_RESPONSE = "utter_action"
_GUIDE_FIELDS = ("opening", "say", "ask", "why")
_OWN_FOLDER = Path("videohjelp/content")


@dataclass(frozen=True)
class Use:
    """A place that says a response; `prefix` when the name's end is only known when it is said."""

    name: str
    path: str
    line: int
    prefix: bool = False

    def fits(self, response: str) -> bool:
        """Whether this place can say the response."""
        return response.startswith(self.name) if self.prefix else response == self.name


def check_usage(content: Content, responses: list[Response], domain: Domain) -> Iterator[Problem]:
    """Gives responses that are said but do not exist, and such as exist but are never said."""
    names = {response.name for response in responses}
    uses = [*uses_in_rules(content), *uses_in_guides(content), *uses_in_code(content.root)]
    for use in uses:
        if use.name not in names and not (use.prefix and any(map(use.fits, names))):
            what = (
                f"no response begins with '{use.name}'"
                if use.prefix
                else (f"the response '{use.name}' does not exist")
            )
            yield Problem(use.path, use.line, what, "correct the name, or add it in data/responses")
    exact = {use.name for use in uses if not use.prefix}
    prefixes = [use for use in uses if use.prefix]
    asked: set[str] = set()
    for form, slots in domain.forms.items():
        for slot in slots:
            said = _asked_by(form, slot, domain, names)
            asked.update(said or ())
            if said is None:
                yield Problem(
                    domain_file.PATH,
                    domain.form_lines[form],
                    f"the form '{form}' has no question for '{slot}'",
                    f"add the response utter_ask_{form}_{slot} in data/responses",
                )
    for response in responses:
        name = response.name
        if name not in exact | asked and not any(use.fits(name) for use in prefixes):
            yield Problem(
                response.path,
                response.line,
                f"the response '{name}' is never said",
                "use it in a rule, a guide or an action, or remove it",
            )


def uses_in_rules(content: Content) -> Iterator[Use]:
    """The responses that rules and stories say."""
    for folder in ("data/rules", "data/stories"):
        for path, document in content.below(folder):
            for node in scalars(document):
                if node.value.startswith("utter_"):
                    yield Use(node.value, path, line(node))


def uses_in_guides(content: Content) -> Iterator[Use]:
    """The responses that guides say."""
    for path, document in content.below("data/guides"):
        for _, guide in pairs(fields(document).get("guides")):
            steps = items(fields(guide).get("steps"))
            answers = [answer for step in steps for _, answer in pairs(fields(step).get("answers"))]
            for node in [guide, *steps, *answers]:
                yield from _said_by(path, node)


def uses_in_code(root: Path) -> Iterator[Use]:
    """The responses named in the Python files of actions/ and videohjelp/."""
    for folder in ("actions", "videohjelp"):
        for file in sorted((root / folder).rglob("*.py")):
            path = file.relative_to(root)
            written = file.read_text(encoding="utf-8")
            # Most files name none; reading them as Python would take most of the time.
            if "utter_" in written and _OWN_FOLDER not in path.parents:
                yield from _uses_in_module(path.as_posix(), ast.parse(written))


def _said_by(path: str, node: yaml.Node) -> Iterator[Use]:
    parts = fields(node)
    for name in _GUIDE_FIELDS:
        value = parts.get(name)
        by_device = [inner for _, inner in pairs(value)]
        for said in [value, *by_device]:
            if said is not None and (response := text(said)):
                yield Use(response, path, line(said))


def _uses_in_module(path: str, module: ast.Module) -> Iterator[Use]:
    joined: set[int] = set()
    for node in ast.walk(module):
        if isinstance(node, ast.JoinedStr):
            joined.update(id(part) for part in node.values)
            begin = node.values[0] if node.values else None
            name = begin.value if isinstance(begin, ast.Constant) else None
            # f"utter_{topic}" says what the topic's own rule says; it would fit every response.
            if isinstance(name, str) and _NAME.fullmatch(name) and name != "utter_":
                yield Use(name, path, node.lineno, prefix=True)
        elif isinstance(node, ast.Constant) and id(node) not in joined:
            name = node.value
            if isinstance(name, str) and _NAME.fullmatch(name) and name != _NOT_A_RESPONSE:
                yield Use(name, path, node.lineno, prefix=name.endswith("_"))


def _asked_by(form: str, slot: str, domain: Domain, names: set[str]) -> tuple[str, ...] | None:
    """What Rasa asks for a slot with: the first of four names that exists; None without any."""
    for end in (f"{form}_{slot}", slot):
        if f"action_ask_{end}" in domain.actions:
            return ()
        if f"utter_ask_{end}" in names:
            return (f"utter_ask_{end}",)
    return None
