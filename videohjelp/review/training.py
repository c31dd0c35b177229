"""Writes marked messages as training examples, as the files of data/nlu are written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import yaml

from videohjelp.review.marks import Mark


class _Block(str):
    """A text that YAML writes as a block, one line to a line."""


class _Writer(yaml.SafeDumper):
    """Writes blocks as `|`."""


_Writer.add_representer(
    _Block, lambda writer, text: writer.represent_scalar("tag:yaml.org,2002:str", text, style="|")
)


def training_yaml(marks: Iterable[Mark]) -> str:
    """The marks as Rasa's training YAML, by topic and variety; for a developer to merge."""
    groups: dict[tuple[str, str], list[str]] = defaultdict(list)
    for one in marks:
        # A line is an example, and what stands in [] would be an entity.
        text = " ".join(one.text.split()).replace("[", "(").replace("]", ")")
        groups[one.topic, one.variety].append(text)
    blocks = [
        {
            "intent": topic,
            "metadata": {"variety": variety},
            "examples": _Block("".join(f"- {text}\n" for text in texts)),
        }
        for (topic, variety), texts in sorted(groups.items())
    ]
    return yaml.dump(
        {"version": "3.1", "nlu": blocks},
        Dumper=_Writer,
        allow_unicode=True,
        sort_keys=False,
        width=10_000,
    )
