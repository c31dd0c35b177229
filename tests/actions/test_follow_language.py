"""The assistant answers in the language the patient writes."""

from __future__ import annotations

from typing import Any

import pytest

from actions.follow_language import ActionFollowLanguage
from actions.language import ActionSetLanguage

from .case import create_tracker, run_action, slots_set


async def followed(text: str, intent: str = "no_sound", **slots: Any) -> dict[str, Any]:
    tracker = create_tracker(text, intent, slots={"language": "nb", **slots})
    return slots_set(await run_action(ActionFollowLanguage(), tracker))


@pytest.mark.parametrize(
    ("text", "language"), [("ikkje lyd!!", "nn"), ("I cannot hear the doctor", "en")]
)
async def test_the_first_message_decides(text: str, language: str) -> None:
    assert await followed(text) == {"language": language, "language_from": "written"}


async def test_bokmaal_is_then_known_too() -> None:
    assert await followed("jeg hører ikke noe") == {"language_from": "written"}


@pytest.mark.parametrize("text", ["ok", "iPad", "/affirm", ""])
async def test_what_tells_nothing_changes_nothing(text: str) -> None:
    assert await followed(text, language="nn", language_from="written") == {}


async def test_a_loanword_changes_nothing() -> None:
    assert await followed("jeg får ingen sound", language_from="written") == {}


async def test_a_language_that_was_asked_for_is_kept() -> None:
    assert await followed("jeg hører ikke noe", language="nn", language_from="asked_for") == {}


async def test_asking_for_a_language_holds_it() -> None:
    tracker = create_tracker("nynorsk, takk", "switch_to_nynorsk")
    done = slots_set(await run_action(ActionSetLanguage(), tracker))
    assert done == {"language": "nn", "language_from": "asked_for"}
