from __future__ import annotations

import pytest
from rasa.shared.core.domain import Domain

from videohjelp.channels.apology import apology
from videohjelp.settings import ROOT

FILES = (ROOT / "domain.yml", *sorted((ROOT / "data/responses").glob("*.yml")))


def variation(
    text: str, language: str | None = None, channel: str | None = None
) -> dict[str, object]:
    condition = {"condition": [{"type": "slot", "name": "language", "value": language}]}
    return {
        "text": text,
        **({"channel": channel} if channel else {}),
        **(condition if language else {}),
    }


@pytest.mark.parametrize(
    ("language", "channel", "expected"),
    [
        ("nb", "web", "a"),
        ("nn", "web", "b"),
        ("nb", "sms", "c"),
        ("nn", "sms", "d"),
        ("en", "sms", "c"),
    ],
)
def test_the_variation_for_language_and_channel(language: str, channel: str, expected: str) -> None:
    domain = Domain.from_dict(
        {
            "slots": {"language": {"type": "text", "mappings": [{"type": "custom"}]}},
            "responses": {
                "utter_action_failed": [
                    variation("a"),
                    variation("b", "nn"),
                    variation("c", channel="sms"),
                    variation("d", "nn", "sms"),
                ]
            },
        }
    )
    assert apology(domain, language, channel) == expected


@pytest.mark.parametrize("channel", ["web", "sms"])
@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_whatever_it_was_that_was_not_answered_may_have_been_danger(
    language: str, channel: str
) -> None:
    said = apology(Domain.load([str(path) for path in FILES]), language, channel)
    assert said.index("113") < said.index("55 97 65 51")
