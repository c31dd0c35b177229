"""What the assistant does when it did not understand: asks once, then shows the way to people."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions import services, state
from videohjelp.suggestions import suggest

#: How many times in a row the assistant says that it did not understand.
APOLOGIES = 2

#: Asks which of several topics is meant.
DID_YOU_MEAN = "utter_did_you_mean"


class ActionNotUnderstood(Action):
    """First "did you mean …", the second time the menu and how to reach a person.

    From the third time on without another apology: only who can be phoned, and the menu.
    """

    def name(self) -> str:
        return "action_not_understood"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        times = int(tracker.get_slot("misunderstood") or 0) + 1
        counted = SlotSet("misunderstood", min(times, 10))
        if times > 1:
            if times == APOLOGIES:
                dispatcher.utter_message(response="utter_not_understood")
            else:
                dispatcher.utter_message(response="utter_talk_to_human")
                dispatcher.utter_message(response="utter_menu")
            return [*state.leave_everything(tracker), counted]
        buttons = suggestions(tracker)
        if buttons:
            dispatcher.utter_message(response=DID_YOU_MEAN, buttons=buttons)
        else:
            dispatcher.utter_message(response="utter_silence")
        form = state.active_form(tracker)
        return [counted, FollowupAction(form)] if form and not buttons else [counted]


def suggestions(tracker: Tracker) -> list[dict[str, str]]:
    """Buttons for the likeliest topics in the patient's language, and one for none of them.

    No buttons at all when there is no topic worth offering.
    """
    entries: list[dict[str, Any]] = tracker.latest_message.get("intent_ranking") or []
    ranking = [(str(one.get("name")), float(one.get("confidence") or 0.0)) for one in entries]
    titles = services.topic_titles()
    language = state.language(tracker)
    buttons = [
        {"title": titles[topic][language], "payload": f"/{topic}"}
        for topic in suggest(state.text(tracker), ranking, titles)
    ]
    none = {"title": services.none_of_these()[language], "payload": "/deny"}
    return [*buttons, none] if buttons else []
