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
#: Among so many of the assistant's last turns: "is there somebody I can talk to", a little later.
_TURNS = 3


def say_again_to_move(dispatcher: CollectingDispatcher, tracker: Tracker, move: str) -> bool:
    """Never "fine, anything else?" after danger, but the numbers again; whether they were said."""
    for response in state.last_responses(tracker):
        if move in DANGER.get(response, ()):
            dispatcher.utter_message(response=response)
            return True
    return False


def say_again_to_who_asks_for_a_person(dispatcher: CollectingDispatcher, tracker: Tracker) -> bool:
    """Whom to talk to and whom to phone, when danger was written lately; whether it was said."""
    lately = [one for one in state.responses_of_turns(tracker, _TURNS) if one in DANGER]
    if lately:
        dispatcher.utter_message(response=lately[-1])
    return bool(lately)


def say_after_thanks(dispatcher: CollectingDispatcher, tracker: Tracker) -> bool:
    """To "thanks, I will phone them", right after danger: the numbers in short; whether said."""
    found = not DANGER.keys().isdisjoint(state.last_responses(tracker))
    if found:
        dispatcher.utter_message(response="utter_after_danger")
    return found
