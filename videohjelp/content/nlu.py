"""The training examples in data/nlu."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from videohjelp.content import domain as domain_file
from videohjelp.content.domain import Domain
from videohjelp.content.problem import Problem
from videohjelp.content.shapes import check_names, check_required
from videohjelp.content.yaml_lines import Content, fields, items, line, text
from videohjelp.device_check.intents import NEVER_WRITTEN
from videohjelp.language.known_examples import same_example

FOLDER = "data/nlu"
#: The file with the moves of the conversation itself, which are never offered as a topic.
CONVERSATION = "data/nlu/conversation.yml"
VARIETIES = ("bokmaal", "nynorsk", "dialect", "sms", "learner", "english")
_ANNOTATION = re.compile(r"\[[^\]]*\]\s?[({]")


@dataclass(frozen=True)
class Example:
    """One line of a block of examples; `variety` is one of VARIETIES in a file without mistakes."""

    intent: str
    variety: str
    written: str
    path: str
    line: int

    @property
    def place(self) -> str:
        """Where the example stands, as "file:line"."""
        return f"{self.path}:{self.line}"


def intents_in(content: Content, path: str) -> set[str]:
    """The intents that have examples in a file."""
    blocks = items(fields(content.documents.get(path)).get("nlu"))
    return {name for block in blocks if (name := text(fields(block).get("intent")))}


def read_examples(content: Content) -> list[Example]:
    """Every example of data/nlu, in the order of the files."""
    found = []
    for path, document in content.below(FOLDER):
        for block in items(fields(document).get("nlu")):
            parts = fields(block)
            intent = text(parts.get("intent")) or ""
            variety = text(fields(parts.get("metadata")).get("variety")) or ""
            found += [Example(intent, variety, written, path, at) for written, at in _rows(block)]
    return found


def check_nlu(content: Content, domain: Domain) -> Iterator[Problem]:
    """Gives the mistakes in the examples, and the intents that have none."""
    first: dict[str, Example] = {}
    examples = read_examples(content)
    for path, document in content.below(FOLDER):
        yield from check_names(path, document, ("version", "nlu"), "a file of examples")
        for block in items(fields(document).get("nlu")):
            yield from _check_block(path, block, domain)
    for example in examples:
        earlier = first.setdefault(same_example(example.written), example)
        if earlier is not example:
            yield _repeated(example, earlier)
    exemplified = {example.intent for example in examples}
    for intent, at in domain.intents.items():
        if intent not in exemplified | NEVER_WRITTEN:
            yield Problem(
                domain_file.PATH,
                at,
                f"the intent '{intent}' has no examples",
                f"add some in {FOLDER}, or remove the intent",
            )


def _check_block(path: str, block: yaml.Node, domain: Domain) -> Iterator[Problem]:
    known = ("intent", "metadata", "examples")
    yield from check_names(path, block, known, "a block of examples")
    yield from check_required(path, block, known, "the block of examples")
    parts = fields(block)
    if "intent" in parts and (intent := text(parts["intent"])) not in domain.intents:
        yield Problem(
            path,
            line(parts["intent"]),
            f"the intent '{intent}' is not in domain.yml",
            "correct the name, or add it to 'intents' there",
        )
    if "metadata" in parts:
        yield from _check_variety(path, parts["metadata"])
    examples = parts.get("examples")
    if examples is not None:
        yield from _check_examples(path, examples)


def _check_variety(path: str, metadata: yaml.Node) -> Iterator[Problem]:
    yield from check_names(path, metadata, ("variety",), "metadata")
    variety = fields(metadata).get("variety")
    if variety is None or text(variety) not in VARIETIES:
        said = f"the variety '{text(variety)}' is not known" if variety else "no variety is given"
        todo = f"write variety: and one of: {', '.join(VARIETIES)}"
        yield Problem(path, line(variety or metadata), said, todo)


def _check_examples(path: str, node: yaml.Node) -> Iterator[Problem]:
    if not isinstance(node, yaml.ScalarNode) or node.style != "|":
        yield Problem(
            path,
            line(node),
            "the examples are not written as one block",
            "write 'examples: |' and one example on each line below it, after '- '",
        )
        return
    for number, row in enumerate(node.value.splitlines(), start=line(node) + 1):
        if row.strip() and not (row.startswith("- ") and row[2:].strip()):
            yield Problem(
                path, number, f"the line '{row.strip()}' is no example", "begin it with '- '"
            )
        elif _ANNOTATION.search(row):
            yield Problem(
                path,
                number,
                "the example has square brackets that mark an entity",
                "write the plain words; devices and browsers are listed in data/entities",
            )


def _rows(block: yaml.Node) -> Iterator[tuple[str, int]]:
    node = fields(block).get("examples")
    for number, row in enumerate((text(node) or "").splitlines(), start=1):
        if node is not None and row.startswith("- "):
            yield row[2:].strip(), line(node) + number


def _repeated(example: Example, earlier: Example) -> Problem:
    named = f"the example '{example.written}'"
    if earlier.intent == example.intent:
        wrong = f"{named} stands twice under '{example.intent}', first in {earlier.place}"
        return Problem(example.path, example.line, wrong, "remove one of the two")
    wrong = (
        f"{named} stands under '{example.intent}' and under '{earlier.intent}' ({earlier.place})"
    )
    todo = "keep it under the one a patient would mean by it"
    return Problem(example.path, example.line, wrong, todo)
