"""The parts of a file of story tests: names, lists and texts, each with its line."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import Any

import yaml
from rapidfuzz import fuzz, process

from videohjelp.content.yaml_lines import items, line, pairs, text
from videohjelp.stories.mistakes import Mistake

_LOADER: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
#: Two letters exchanged or one wrong in a short word; less is another word.
_NEAR = 75
_INTEGER = re.compile(r"[-+]?[0-9]+")
_NUMBER = re.compile(r"[-+]?([0-9]+\.[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?")

_CONSTANTS = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}


class Parts:
    """Reads parts of one file and keeps the mistakes. path: what the file is called in them."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.mistakes: list[Mistake] = []

    def wrong(self, at: yaml.Node | int, sentence: str, /, **values: str) -> None:
        """Keeps a mistake: where it is, its sentence's name, what stands in the places of it."""
        found = at if isinstance(at, int) else line(at)
        self.mistakes.append(Mistake(self.path, found, sentence, values))

    def document(self, written: str) -> yaml.Node | None:
        """The file's outermost node; None with a mistake when the text is not YAML, or empty."""
        try:
            node = yaml.compose(written, Loader=_LOADER)
        except yaml.MarkedYAMLError as error:
            at = error.problem_mark.line + 1 if error.problem_mark else 1
            self.wrong(at, "not_yaml", reason=str(error.problem))
        except yaml.YAMLError as error:
            self.wrong(1, "not_yaml", reason=str(error).partition("\n")[0])
        else:
            if node is None:
                self.wrong(1, "missing_key", what="the_file", key="test_cases")
            return node
        return None

    def mapping(
        self, node: yaml.Node, what: str, known: Collection[str], required: Iterable[str] = ()
    ) -> dict[str, yaml.Node]:
        """The values of 'name: value' lines, by name; of the names that are known.

        what: what they are called in mistakes.
        """
        if not isinstance(node, yaml.MappingNode):
            self.wrong(node, "not_pairs", what=what)
            return {}
        found: dict[str, yaml.Node] = {}
        for key, value in self.once(node):
            if key.value in known:
                found[key.value] = value
            else:
                self.unknown_key(key, known)
        for name in required:
            if name not in found:
                self.wrong(node, "missing_key", what=what, key=name)
        return found

    def once(self, node: yaml.Node) -> list[tuple[yaml.ScalarNode, yaml.Node]]:
        """The names and values of a mapping; a name that stands twice is a mistake."""
        first: dict[str, tuple[yaml.ScalarNode, yaml.Node]] = {}
        for key, value in pairs(node):
            if not isinstance(key, yaml.ScalarNode):
                self.wrong(key, "not_text", what="?")
            elif key.value in first:
                before = str(line(first[key.value][0]))
                self.wrong(key, "repeated_key", key=key.value, first=before)
            else:
                first[key.value] = (key, value)
        return list(first.values())

    def unknown_key(self, key: yaml.ScalarNode, known: Collection[str]) -> None:
        """Keeps the mistake that a name is not known here, with the name that was meant."""
        if near := nearest(key.value, known):
            self.wrong(key, "unknown_key_near", key=key.value, near=near)
        else:
            self.wrong(key, "unknown_key", key=key.value, known=", ".join(known))

    def entries(self, node: yaml.Node, what: str, *, empty: bool = False) -> list[yaml.Node]:
        """The entries of a list. empty: whether there may be none."""
        if not isinstance(node, yaml.SequenceNode):
            self.wrong(node, "not_list", what=what)
        elif not node.value and not empty:
            self.wrong(node, "empty_list", what=what)
        return items(node)

    def text(self, node: yaml.Node, what: str) -> str:
        """A text as it is written (12, ja and 10:30 too); "" with a mistake for anything else."""
        if not isinstance(node, yaml.ScalarNode):
            self.wrong(node, "not_text", what=what)
            return ""
        written = text(node)
        if not (written or "").strip():
            self.wrong(node, "no_text", what=what)
        return written or ""

    def texts(self, node: yaml.Node, what: str, *, empty: bool = False) -> tuple[str, ...]:
        """One text, or a list of them."""
        if isinstance(node, yaml.ScalarNode):
            return (self.text(node, what),)
        return tuple(self.text(item, what) for item in self.entries(node, what, empty=empty))

    def choice(self, node: yaml.Node, what: str, known: Collection[str]) -> str | None:
        """One of some words; None with a mistake for anything else."""
        written = self.text(node, what)
        if written in known:
            return written
        if written:
            self.wrong(node, "not_one_of", value=written, what=what, known=" / ".join(known))
        return None

    def named(self, node: yaml.Node, what: str) -> dict[str, yaml.Node]:
        """A list of entries with a name each, "- name: …", by name."""
        found: dict[str, yaml.Node] = {}
        for item in self.entries(node, what):
            entry = self.once(item)
            if len(entry) != 1:
                self.wrong(item, "one_name_each", what=what)
                continue
            ((key, value),) = entry
            if key.value in found:
                first = str(line(found[key.value]))
                self.wrong(key, "repeated_key", key=key.value, first=first)
            found.setdefault(key.value, value)
        return found


def nearest(written: str, known: Collection[str]) -> str | None:
    """The known name that was probably meant; None when none is like it."""
    found = process.extractOne(written, list(known), scorer=fuzz.ratio, score_cutoff=_NEAR)
    return found[0] if found else None


def value(node: yaml.Node) -> Any:
    """What a node stands for in YAML 1.2: text, number, true, false, null, list or mapping.

    Dates stay text, and so do yes and no.
    """
    if isinstance(node, yaml.SequenceNode):
        return [value(item) for item in node.value]
    if isinstance(node, yaml.MappingNode):
        return {str(key.value): value(inner) for key, inner in node.value}
    written = str(node.value)
    return written if node.style else _unquoted(written)


def _unquoted(written: str) -> Any:
    if written in _CONSTANTS:
        return _CONSTANTS[written]
    if _INTEGER.fullmatch(written):
        return int(written)
    return float(written) if _NUMBER.fullmatch(written) else written
