"""The training examples in data/nlu."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

import yaml

from videohjelp.content import domain as domain_file
from videohjelp.content.domain import Domain
from videohjelp.content.problem import Problem
from videohjelp.content.shapes import check_names, check_required
from videohjelp.content.yaml_lines import Content, fields, items, line, text

FOLDER = "data/nlu"
#: The file with the moves of the conversation itself, which are never offered as a topic.
CONVERSATION = "data/nlu/conversation.yml"
VARIETIES = ("bokmaal", "nynorsk", "dialect", "sms", "learner", "english")
_ANNOTATION = re.compile(r"\[[^\]]*\]\s?[({]")


class _Punctuation(dict[int, "str | None"]):
    """For str.translate: apostrophes go, other punctuation becomes a space."""

    def __missing__(self, code: int) -> str | None:
        character = chr(code)
        value: str | None = character
        if character in "'’´`":
            value = None
        elif unicodedata.category(character).startswith("P"):
            value = " "
        self[code] = value
        return value


_PUNCTUATION = _Punctuation()


def same_example(written: str) -> str:
    """What two examples have in common when they count as the same one.

    Without difference of capitals, punctuation and spaces; an example of punctuation alone ("?!")
    is taken as it is.
    """
    plain = " ".join(written.casefold().translate(_PUNCTUATION).split())
    return plain or written.strip()


def intents_in(content: Content, path: str) -> set[str]:
    """The intents that have examples in a file."""
    blocks = items(fields(content.documents.get(path)).get("nlu"))
    return {name for block in blocks if (name := text(fields(block).get("intent")))}


def check_nlu(content: Content, domain: Domain) -> Iterator[Problem]:
    """Gives the mistakes in the examples, and the intents that have none."""
    first: dict[str, tuple[str, str, int]] = {}
    exemplified: set[str] = set()
    for path, document in content.below(FOLDER):
        yield from check_names(path, document, ("version", "nlu"), "a file of examples")
        for block in items(fields(document).get("nlu")):
            yield from _check_block(path, block, domain)
            intent = text(fields(block).get("intent")) or ""
            for example, at in _examples(block):
                exemplified.add(intent)
                key = same_example(example)
                if key in first:
                    yield _repeated(path, at, example, intent, first[key])
                else:
                    first[key] = (intent, path, at)
    for intent, at in domain.intents.items():
        if intent not in exemplified:
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


def _examples(block: yaml.Node) -> Iterator[tuple[str, int]]:
    node = fields(block).get("examples")
    for number, row in enumerate((text(node) or "").splitlines(), start=1):
        if node is not None and row.startswith("- "):
            yield row[2:].strip(), line(node) + number


def _repeated(
    path: str, at: int, example: str, intent: str, earlier: tuple[str, str, int]
) -> Problem:
    other, other_path, other_at = earlier
    place = f"{other_path}:{other_at}"
    if other == intent:
        wrong = f"the example '{example}' stands twice under '{intent}', first in {place}"
        return Problem(path, at, wrong, "remove one of the two")
    wrong = f"the example '{example}' stands under '{intent}' and under '{other}' ({place})"
    return Problem(path, at, wrong, "keep it under the one a patient would mean by it")
