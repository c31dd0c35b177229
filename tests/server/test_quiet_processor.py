from __future__ import annotations

from typing import Any

import pytest
from rasa.core.actions.action import ActionBotResponse
from rasa.core.policies.policy import PolicyPrediction
from rasa.core.processor import MessageProcessor
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecutionRejected, BotUttered, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from videohjelp.server.nlg import ResponsesWithLanguage
from videohjelp.server.quiet_processor import QuietProcessor

DOMAIN = Domain.from_yaml("""
version: "3.1"
slots:
  topic: {type: text, mappings: [{type: custom}]}
responses:
  utter_one:
  - {text: one}
  utter_by_channel:
  - {text: for all}
  - {text: by SMS, channel: sms}
""")


def after(processor: type[MessageProcessor], events: list[Event] | None) -> list[Event]:
    """The conversation once an action has done so much."""
    loaded: Any = object.__new__(processor)  # a whole one would need a model
    loaded.domain = DOMAIN
    tracker = DialogueStateTracker("somebody", DOMAIN.slots)
    prediction = PolicyPrediction.for_action_name(DOMAIN, "utter_one", "RulePolicy", 0.9)
    prediction.events = [SlotSet("topic", "from the policy")]
    loaded._log_action_on_tracker(tracker, ActionBotResponse("utter_one"), events, prediction)
    return list(tracker.events)


@pytest.mark.parametrize(
    "events",
    [
        None,
        [],
        [BotUttered("one"), SlotSet("topic", "sound")],
        [ActionExecutionRejected("utter_one"), SlotSet("topic", "sound")],
        [UserUttered("hei")],
    ],
)
def test_what_an_action_did_is_noted_as_rasa_notes_it(events: list[Event] | None) -> None:
    ours = after(QuietProcessor, events)
    assert ours == after(MessageProcessor, events)
    assert len(ours) >= (1 if events and isinstance(events[0], ActionExecutionRejected) else 2)


@pytest.mark.parametrize(
    ("name", "channel", "text"),
    [
        ("utter_one", "web", "one"),
        ("utter_one", "sms", "one"),
        ("utter_by_channel", "sms", "by SMS"),
        ("utter_by_channel", "web", "for all"),
        ("utter_nothing", "web", None),
    ],
)
def test_the_only_variation_of_a_channel_is_given(
    name: str, channel: str, text: str | None
) -> None:
    responses = ResponsesWithLanguage(DOMAIN.responses)
    given = responses._random_response_for(name, channel, {})
    assert (given or {}).get("text") == text
