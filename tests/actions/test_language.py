"""Another language, and what is said again in it."""

from __future__ import annotations

from typing import NoReturn

import pytest

from actions import services
from actions.language import ActionSetLanguage
from tests.actions.case import create_tracker, run_action, said, served, slots_set


@pytest.mark.parametrize(
    ("text", "intent", "language"),
    [
        ("Kan du skrive nynorsk?", "switch_to_nynorsk", "nn"),
        ("bokmål takk", "switch_to_bokmaal", "nb"),
        ("English please", "switch_to_english", "en"),
    ],
)
async def test_answers_come_in_the_language_from_now_on(
    text: str, intent: str, language: str
) -> None:
    outcome = await run_action(ActionSetLanguage(), create_tracker(text, intent))
    assert said(outcome) == [f"utter_language_{language}"]
    assert slots_set(outcome) == {"language": language, "language_from": "asked_for"}


async def test_an_intent_that_is_no_language_gives_the_apology() -> None:
    outcome = await served("action_set_language", create_tracker("Deutsch bitte", "greet"))
    assert said(outcome) == ["utter_action_failed"]
    assert "language" not in slots_set(outcome)


async def test_unreadable_titles_give_the_apology(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> NoReturn:
        raise ValueError("topics.yml: 'payment' has no title in nn")

    monkeypatch.setattr(services, "topic_titles", fail)
    tracker = create_tracker("nynorsk", "switch_to_nynorsk")
    assert said(await served("action_after_answer", tracker)) == ["utter_action_failed"]
