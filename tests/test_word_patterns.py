"""A pattern whose alternatives are parted by letters finds what the plain one finds."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

import pytest

from videohjelp.word_patterns import either

WORDS = ("en", "e", "enn", "elleve", "ti", "tie", "t", "å", "åtte", "åtte dager", r"en\-to")
EXPRESSIONS = (r"en\w*", r"\d+", "e?n", "(?:ti|en) to", "[1-9]t", "en", "t+e", "ei", "e")


def _texts() -> list[str]:
    chosen = random.Random(3)  # noqa: S311 - a fixed choice
    parts = [*WORDS, *EXPRESSIONS, " ", " ", "1", "n", "e", "ett", "tite", "-to"]
    return ["".join(chosen.choices(parts, k=7)) for _ in range(3000)]


@pytest.mark.parametrize("alternatives", [WORDS, WORDS[::-1], EXPRESSIONS, EXPRESSIONS + WORDS])
@pytest.mark.parametrize("frame", ["(?:{})", r"(?<!\w)(?:{})(?!\w)"])
def test_finds_the_same_at_the_same_places(alternatives: Sequence[str], frame: str) -> None:
    plain = re.compile(frame.format("|".join(alternatives)))
    parted = re.compile(frame.format(either(alternatives)))
    for text in _texts():
        assert [m.span() for m in parted.finditer(text)] == [m.span() for m in plain.finditer(text)]


def test_parts_by_letters() -> None:
    assert either(["to", "tre", "en"]) == "t(?:o|re)|en"
