"""After danger was written: what is asked about persons and telephones next is about the danger."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import state

#: What is said to whoever is in danger, and the moves after which it is said again. A "no" to 113
#: mostly means that nothing is wrong.
DANGER: dict[str, frozenset[str]] = {
    "utter_medical_emergency": frozenset({"affirm", "dont_know"}),
    "utter_mental_health_crisis": frozenset({"affirm", "deny", "dont_know"}),
}
#: What is said to thanks right after it, in short.
_AFTER_THANKS = {
    "utter_medical_emergency": "utter_after_medical_emergency",
    "utter_mental_health_crisis": "utter_after_mental_health_crisis",
}
#: "Is there somebody I can talk to" is about a danger so many messages ago. It is counted from what
#: the patient wrote: the numbers said again do not begin it anew.
_MESSAGES = 3


def say_again_to_move(dispatcher: CollectingDispatcher, tracker: Tracker, move: str) -> bool:
    """Never "fine, anything else?" after danger, but the numbers again; whether they were said."""
    for response in state.last_responses(tracker):
        if move in DANGER.get(response, ()):
            dispatcher.utter_message(response=response)
            return True
    return False


def say_again_to_who_asks_for_a_person(dispatcher: CollectingDispatcher, tracker: Tracker) -> bool:
    """Whom to talk to and whom to phone, when danger was written lately; whether it was said.

    Who asks for Kundesenteret by name gets its number, but right after the danger.
    """
    messages = 1 if state.intent(tracker) == "ikt_support_phone" else _MESSAGES
    responses = [f"utter_{intent}" for intent in state.earlier_intents(tracker, messages)]
    lately = next((one for one in responses if one in DANGER), None)
    if lately is not None:
        dispatcher.utter_message(response=lately)
    return lately is not None


def say_after_thanks(dispatcher: CollectingDispatcher, tracker: Tracker) -> bool:
    """To "thanks, I will phone them", right after danger: the numbers in short; whether said."""
    just_said = next((one for one in state.last_responses(tracker) if one in DANGER), None)
    if just_said is not None:
        dispatcher.utter_message(response=_AFTER_THANKS[just_said])
    return just_said is not None
