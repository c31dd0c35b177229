"""What is said when everything else failed."""

from __future__ import annotations

from rasa.shared.core.domain import Domain


def apology(domain: Domain, language: str, channel: str) -> str:
    """The text of utter_action_failed (data/responses) in a language, for a channel.

    channel: "sms" or "web". The variation without a condition holds where none fits the language.
    """
    own_channel = None if channel == "web" else channel
    variations = [
        variation
        for variation in domain.responses["utter_action_failed"]
        if variation.get("channel") == own_channel
    ]
    without_condition = [one for one in variations if not one.get("condition")]
    fitting = [
        variation
        for variation in variations
        if any(one.get("value") == language for one in variation.get("condition") or [])
    ]
    return str((fitting or without_condition)[0]["text"])
