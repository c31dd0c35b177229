"""Writes docs/security.md's tables from security/threats.yml: python -m tools.threat_model."""

from __future__ import annotations

import ast
import sys
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, root_validator

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "security" / "threats.yml"
DOCUMENT = ROOT / "docs" / "security.md"
BEGIN, END = "<!-- written by tools/threat_model.py -->\n", "<!-- end -->\n"
Letter = Literal["S", "T", "R", "I", "D", "E"]
NAMES: dict[Letter, str] = {
    "S": "Spoofing",
    "T": "Tampering",
    "R": "Repudiation",
    "I": "Information disclosure",
    "D": "Denial of service",
    "E": "Elevation of privilege",
}


class Threat(BaseModel):
    """A threat with what stands against it and the tests of that; or why there is `none`."""

    component: str
    letter: Letter
    threat: str = ""
    mitigation: str = ""
    tests: list[str] = []
    none: str = ""

    class Config:
        extra = "forbid"

    @root_validator
    def _whole(cls, values: dict[str, object]) -> dict[str, object]:  # noqa: N805
        given = [bool(values.get(name)) for name in ("threat", "mitigation", "tests")]
        if bool(values.get("none")) == any(given) or (any(given) and not all(given)):
            raise ValueError("write threat, mitigation and tests, or none alone")
        return values


class Accepted(BaseModel):
    """A risk that is carried, and why."""

    risk: str
    reason: str

    class Config:
        extra = "forbid"


class Model(BaseModel):
    """The whole threat model. components: title by id."""

    components: dict[str, str]
    threats: list[Threat]
    accepted: list[Accepted]

    class Config:
        extra = "forbid"


def read_model(path: Path = DATA) -> Model:
    """The threat model. Raises pydantic.ValidationError, which says what is wrong where."""
    return Model(**yaml.safe_load(path.read_text(encoding="utf-8")))


def gaps(model: Model) -> list[str]:
    """Components without a letter, and threats to components that are not listed."""
    dealt_with = {(each.component, each.letter) for each in model.threats}
    missing = [
        f"{component}: nothing is said of {name.lower()}"
        for component in model.components
        for letter, name in NAMES.items()
        if (component, letter) not in dealt_with
    ]
    strange = {each.component for each in model.threats} - set(model.components)
    return missing + [f"{component} is no component" for component in sorted(strange)]


def missing_tests(model: Model, root: Path = ROOT) -> list[str]:
    """The named tests that are not there; the files are read, nothing is run."""
    named = sorted({test for each in model.threats for test in each.tests})
    return [test for test in named if not _exists(root, *test.split("::", 1))]


def _exists(root: Path, path: str, name: str) -> bool:
    if not (root / path).is_file():
        return False
    tree = ast.parse((root / path).read_text(encoding="utf-8"))
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return any(isinstance(node, kinds) and node.name == name for node in tree.body)


def written(model: Model) -> str:
    """The tables, in Markdown."""
    parts = []
    for component, title in model.components.items():
        own = [each for each in model.threats if each.component == component]
        rows = [_row(each) for letter in NAMES for each in own if each.letter == letter]
        head = "| | threat | what stands against it | tests |\n| --- | --- | --- | --- |\n"
        parts.append(f"### {title}\n\n{head}{''.join(rows)}\n")
    carried = "".join(f"- {each.risk}. *{each.reason}.*\n" for each in model.accepted)
    return "".join(parts) + f"### Accepted risks\n\n{carried}"


def _row(each: Threat) -> str:
    name = NAMES[each.letter]
    if each.none:
        return f"| {name} | none | {each.none} | |\n"
    tests = "<br>".join(f"`{test.removeprefix('tests/')}`" for test in each.tests)
    return f"| {name} | {each.threat} | {each.mitigation} | {tests} |\n"


def with_tables(document: str, model: Model) -> str:
    """The document with the tables of the model in their place."""
    before, _, rest = document.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{written(model)}\n{END}{after}"


def main() -> int:
    """Writes the document. Gives the exit status."""
    model = read_model()
    wrong = gaps(model) + [f"there is no test {test}" for test in missing_tests(model)]
    for each in wrong:
        print(f"{DATA.relative_to(ROOT)}: {each}", file=sys.stderr)
    if wrong:
        return 1
    text = DOCUMENT.read_text(encoding="utf-8")
    DOCUMENT.write_text(with_tables(text, model), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
