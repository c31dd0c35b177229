"""What is written word for word like a training example."""

from __future__ import annotations

import pytest

from videohjelp.language.known_examples import KnownExamples

KNOWN = KnownExamples.of(
    ["no", "No går det!", "ka?", "Ka...", "?"], ["deny", "affirm", "ask_why", "repeat", "silence"]
)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("No.", "deny"),
        ("NO GÅR DET", "affirm"),
        ("no går det ikke", None),
        ("ka", None),  # stands under two intents
        ("?", "silence"),
        ("", None),
    ],
)
def test_the_examples_own_intent(text: str, intent: str | None) -> None:
    assert KNOWN.intent(text) == intent
