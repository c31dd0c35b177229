"""Reads the training examples."""

from __future__ import annotations

from pathlib import Path

import yaml

from videohjelp.evaluation.comparable import Example
from videohjelp.settings import ROOT

FOLDER = ROOT / "data" / "nlu"


def read_examples(folder: Path = FOLDER) -> list[Example]:
    """Every example of the folder's YAML files, in their order.

    Raises KeyError when a block lacks its intent or variety; the content linter says where.
    """
    return [
        Example(line.removeprefix("- ").strip(), block["intent"], block["metadata"]["variety"])
        for path in sorted(folder.glob("*.yml"))
        for block in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]
        for line in block["examples"].splitlines()
        if line.strip()
    ]
