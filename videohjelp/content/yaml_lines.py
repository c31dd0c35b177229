"""Reads the YAML files and keeps the line of everything in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from videohjelp.content.problem import Problem

#: The YAML files outside data/.
FILES = ("domain.yml", "config.yml", "endpoints.yml", "credentials.yml")
#: Written in C, ten times as fast; not part of every installation of PyYAML.
_LOADER: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TEXT = "tag:yaml.org,2002:str"
_NULL = "tag:yaml.org,2002:null"


@dataclass(frozen=True)
class Content:
    """The project's YAML files: path from the project's folder -> the file's outermost node."""

    root: Path
    documents: dict[str, yaml.Node]

    def below(self, folder: str) -> Iterator[tuple[str, yaml.Node]]:
        """The files below a folder ("data/nlu"), by path."""
        for path, document in self.documents.items():
            if path.startswith(f"{folder}/"):
                yield path, document


def read_content(root: Path) -> tuple[Content, list[Problem]]:
    """Reads every YAML file of the project; gives them and the mistakes of form in them."""
    documents: dict[str, yaml.Node] = {}
    problems: list[Problem] = []
    listed = [root / name for name in FILES]
    for file in [*listed, *sorted((root / "data").rglob("*.y*ml"))]:
        path = file.relative_to(root).as_posix()
        if not file.is_file():
            problems.append(Problem(path, 0, "the file is missing", "restore it from git"))
            continue
        node = _read(file, path)
        if isinstance(node, Problem):
            problems.append(node)
        else:
            documents[path] = node
            problems.extend(_repeated_names(path, node))
    return Content(root, documents), problems


def line(node: yaml.Node) -> int:
    """The line a node begins on, 1 the first."""
    return int(node.start_mark.line) + 1


def line_at(node: yaml.ScalarNode, offset: int) -> int:
    """The line of the character at `offset` of a text."""
    if node.style == "|":
        return line(node) + 1 + str(node.value).count("\n", 0, offset)
    return line(node)


def pairs(node: yaml.Node | None) -> list[tuple[yaml.Node, yaml.Node]]:
    """The names and values of a mapping; nothing for any other node."""
    return list(node.value) if isinstance(node, yaml.MappingNode) else []


def fields(node: yaml.Node | None) -> dict[str, yaml.Node]:
    """The values of a mapping by name; nothing for any other node."""
    return {str(key.value): value for key, value in pairs(node)}


def items(node: yaml.Node | None) -> list[yaml.Node]:
    """The entries of a list; nothing for any other node."""
    return list(node.value) if isinstance(node, yaml.SequenceNode) else []


def text(node: yaml.Node | None) -> str | None:
    """The text of a scalar; None for any other node and for an empty value (null)."""
    if isinstance(node, yaml.ScalarNode) and node.tag != _NULL:
        return str(node.value)
    return None


def is_text(node: yaml.Node) -> bool:
    """Whether YAML reads the node as text: an unquoted no, yes, 12 or null is something else."""
    return isinstance(node, yaml.ScalarNode) and node.tag == _TEXT


def scalars(node: yaml.Node, seen: set[int] | None = None) -> Iterator[yaml.ScalarNode]:
    """Every scalar value below a node, names left out, repeated parts (*anchor) once."""
    seen = set() if seen is None else seen
    if id(node) in seen:
        return
    seen.add(id(node))
    if isinstance(node, yaml.ScalarNode):
        yield node
    for child in [*items(node), *(value for _, value in pairs(node))]:
        yield from scalars(child, seen)


def _read(file: Path, path: str) -> yaml.Node | Problem:
    data = file.read_bytes()
    try:
        written = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        at = data.count(b"\n", 0, error.start) + 1
        return Problem(path, at, "this is not UTF-8", "save the file with the encoding UTF-8")
    try:
        node = yaml.compose(written, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        at = error.problem_mark.line + 1 if error.problem_mark else 1
        return Problem(
            path,
            at,
            f"this is not YAML ({error.problem})",
            "compare the indentation, the colons and the quotation marks with the lines above",
        )
    except yaml.YAMLError:
        at = _line_of_control_character(written)
        return Problem(path, at, "the line has an invisible character", "write the line anew")
    if node is None:
        return Problem(path, 1, "the file is empty", "restore it from git, or delete it")
    return node


def _line_of_control_character(written: str) -> int:
    for number, row in enumerate(written.split("\n"), start=1):
        if any(not character.isprintable() and character not in "\t\r" for character in row):
            return number
    return 1


def _repeated_names(path: str, node: yaml.Node, seen: set[int] | None = None) -> Iterator[Problem]:
    seen = set() if seen is None else seen
    if id(node) in seen:
        return
    seen.add(id(node))
    first: dict[str, int] = {}
    for key, value in pairs(node):
        name = str(key.value)
        if name in first:
            yield Problem(
                path,
                line(key),
                f"'{name}' stands here already, in line {first[name]}",
                "remove one of the two or give it another name",
            )
        first.setdefault(name, line(key))
        yield from _repeated_names(path, value, seen)
    for item in items(node):
        yield from _repeated_names(path, item, seen)
