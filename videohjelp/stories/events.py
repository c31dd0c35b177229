"""What Rasa's tracker says of one turn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rasa.shared.core.constants import ACTION_SESSION_START_NAME
from rasa.shared.core.events import ActionExecuted, BotUttered, Event, SlotSet, UserUttered

from videohjelp.stories.results import Failure, Heard, Understood

_NOT_IN_A_TURN = (ACTION_SESSION_START_NAME,)


def heard(  # noqa: PLR0917 - named by every caller
    events: Sequence[Event],
    slots: dict[str, Any],
    texts: Sequence[str] | None = None,
    buttons: Sequence[str] | None = None,
    failures: Sequence[Failure] = (),
    ran: Sequence[str] = (),
) -> Heard:
    """A turn from its events. texts, buttons: as the patient sees them, when not as they were said.

    slots: after the turn.
    """
    said = [event for event in events if isinstance(event, BotUttered)]
    asked = next((event for event in events if isinstance(event, UserUttered)), None)
    after = list(events)[list(events).index(asked) :] if asked is not None else []
    return Heard(
        texts=tuple(event.text or "" for event in said) if texts is None else tuple(texts),
        responses=tuple(str(event.metadata.get("utter_action") or "") for event in said),
        buttons=tuple(_titles(said)) if buttons is None else tuple(buttons),
        actions=tuple(
            str(event.action_name)
            for event in after
            if isinstance(event, ActionExecuted) and event.action_name not in _NOT_IN_A_TURN
        ),
        ran=tuple(ran),
        understood=None if asked is None else _understood(asked),
        slots=slots,
        set_slots=tuple((event.key, event.value) for event in after if isinstance(event, SlotSet)),
        failures=tuple(failures),
    )


def offered(events: Sequence[Event]) -> dict[str, str]:
    """The buttons offered in a turn: title -> payload."""
    return {
        str(button["title"]): str(button["payload"])
        for event in events
        if isinstance(event, BotUttered)
        for button in event.data.get("buttons") or []
        if button.get("payload")
    }


def _titles(said: Sequence[BotUttered]) -> list[str]:
    return [str(button["title"]) for event in said for button in event.data.get("buttons") or []]


def _understood(asked: UserUttered) -> Understood:
    name = str(asked.intent.get("name"))
    ranking = (asked.parse_data or {}).get("intent_ranking") or []
    others = [one for one in ranking if one.get("name") != name]
    second = others[0] if others else {}
    return Understood(
        name,
        float(asked.intent.get("confidence") or 0.0),
        second.get("name"),
        float(second.get("confidence") or 0.0),
    )
