"""Answers what is not about the video consultation: where to turn, and what is helped with here."""

from __future__ import annotations

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions import state
from actions.second_topic import say_where_to_turn, second_topic


class ActionOutOfScope(Action):
    """Names the place to turn to where there is an evident one, and what the assistant does.

    No menu is shown where something else follows: the open question of a guide or form, or the
    second topic of the message.
    """

    def name(self) -> str:
        return "action_out_of_scope"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        open_question = state.is_busy(tracker) or bool(state.paused(tracker))
        more_follows = open_question or second_topic(tracker) is not None
        if say_where_to_turn(dispatcher, tracker):
            if not more_follows:
                dispatcher.utter_message(response="utter_menu")
        elif more_follows:
            dispatcher.utter_message(response="utter_out_of_scope_in_between")
        else:
            dispatcher.utter_message(response="utter_out_of_scope")
        return []
