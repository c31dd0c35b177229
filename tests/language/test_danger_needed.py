"""What spares the search for combinations never hides one."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import yaml

from videohjelp.evaluation.messages import read_sets
from videohjelp.language.danger import DangerPhrases, Lists, Places
from videohjelp.language.danger_lists import read_danger_phrases
from videohjelp.language.normaliser import read_function_words
from videohjelp.settings import ROOT

PATTERNS = ROOT / "data" / "safety" / "patterns.yml"


def _recogniser() -> DangerPhrases:
    forms = read_function_words(ROOT / "data" / "language" / "function_words.yml").forms
    return read_danger_phrases(ROOT / "data" / "safety" / "phrases.yml", PATTERNS, forms)


def _texts() -> Iterator[str]:
    for messages in read_sets().values():
        yield from (message.text for message in messages)
    yield Path(__file__).with_name("danger_messages.yml").read_text(encoding="utf-8")
    rules: dict[str, Any] = yaml.safe_load(PATTERNS.read_text(encoding="utf-8"))
    for combinations in rules["together"].values():
        for names in combinations:
            # The first and the last words of each list, each beside each.
            ends = [[str(rules["words"][name][place]) for place in (0, -1)] for name in names]
            yield from (
                " ".join(told).replace("*", "").replace("10+", "40") for told in product(*ends)
            )


def _combined(lists: Lists, words: str) -> bool:
    places = Places(words)
    return any(one.found_in(places) for found in lists.combinations.values() for one in found)


def test_no_combination_is_found_without_a_needed_word() -> None:
    danger = _recogniser()
    seen = 0
    for text in _texts():
        words = danger.words.apply(text)
        for lists in (danger.as_written, danger.without_intensifiers):
            if _combined(lists, words):
                seen += 1
                assert lists.needed.search(words), text
    assert seen
