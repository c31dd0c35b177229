"""Changes the language in which the assistant answers."""

from __future__ import annotations

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions import services, state
from actions.follow_language import ASKED_FOR

#: Intent -> language.
LANGUAGE_OF = {"switch_to_bokmaal": "nb", "switch_to_nynorsk": "nn", "switch_to_english": "en"}


class ActionSetLanguage(Action):
    """Answers in the language asked for from now on.

    What was open is said again by the action after it, which knows the new language.
    """

    def name(self) -> str:
        return "action_set_language"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        chosen = LANGUAGE_OF[state.intent(tracker)]
        # The slot still holds the language before; the text is in the new one.
        dispatcher.utter_message(response=f"utter_language_{chosen}", language=chosen)
        return [SlotSet("language", chosen), SlotSet("language_from", ASKED_FOR)]


def say_in_new_language(dispatcher: CollectingDispatcher, tracker: Tracker) -> None:
    """Says the last answer again when it was information, else what can be asked for."""
    information = {f"utter_{topic}" for topic in services.topic_titles()}
    again = [name for name in state.last_responses(tracker) if name in information]
    for name in again or ["utter_menu"]:
        dispatcher.utter_message(response=name)
