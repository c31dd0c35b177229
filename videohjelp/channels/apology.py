"""What is said when everything else failed."""

from __future__ import annotations

from rasa.shared.core.domain import Domain

#: The response (data/responses) that apologises and gives a phone number.
APOLOGY = "utter_action_failed"


def apology(domain: Domain, language: str, channel: str) -> str:
    """The text of the apology in a language, for a channel.

    channel: "sms" or "web". The variation without a condition holds where none fits the language.
    """
    own_channel = None if channel == "web" else channel
    variations = [
        variation
        for variation in domain.responses[APOLOGY]
        if variation.get("channel") == own_channel
    ]
    without_condition = [one for one in variations if not one.get("condition")]
    fitting = [
        variation
        for variation in variations
        if any(one.get("value") == language for one in variation.get("condition") or [])
    ]
    return str((fitting or without_condition)[0]["text"])
