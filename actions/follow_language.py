"""Answers in the language the patient writes (språklova § 15), until another one is asked for."""

from __future__ import annotations

import functools

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions import state
from videohjelp.language.message_language import LanguageRecogniser, read_markers
from videohjelp.settings import ROOT

#: Values of the slot language_from. A language that was asked for is kept whatever is written.
WRITTEN, ASKED_FOR = "written", "asked_for"


@functools.lru_cache(maxsize=1)
def recogniser() -> LanguageRecogniser:
    """The recogniser with the words of data/language/markers.yml."""
    return read_markers(ROOT / "data" / "language" / "markers.yml")


class ActionFollowLanguage(Action):
    """Runs before the rules, at each message (a slot mapping in domain.yml)."""

    def name(self) -> str:
        return "action_follow_language"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        written = state.text(tracker)
        source = tracker.get_slot("language_from")
        if not written or source == ASKED_FOR:
            return []
        language, known = recogniser().follow(
            written, state.language(tracker), known=source == WRITTEN
        )
        return state.changed(
            tracker, {"language": language, "language_from": WRITTEN if known else None}
        )
