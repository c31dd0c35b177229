"""Rasa's tracker store, at Rasa's extension point (`tracker_store.type` in endpoints.yml).

Against Rasa's own SQLTrackerStore: one read and one write a message, a bounded history (the
200th message costs what the 5th does), everything redacted before it is written, the database
outside the event loop, and an error when the database is away instead of an empty tracker.
"""

from __future__ import annotations

import asyncio
import copy
import os
from collections.abc import Callable, Collection, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import TrackerStore
from rasa.shared.constants import ASSISTANT_ID_KEY, DEFAULT_SENDER_ID
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActiveLoop,
    Event,
    SessionStarted,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.slots import Slot
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import INTENT_RANKING_KEY, METADATA_MODEL_ID
from rasa.shared.utils.common import all_subclasses

from videohjelp.directory.own_numbers import own_numbers
from videohjelp.observation import Stage, timed
from videohjelp.privacy.redaction import redact_event
from videohjelp.settings import settings
from videohjelp.storage.conversation_rows import Checkpoint, ConversationRows
from videohjelp.storage.deletion import delete_conversations
from videohjelp.storage.foreign_events import without_effect_if_foreign
from videohjelp.storage.open_turn import OpenTurn, open_turn
from videohjelp.storage.schema import open_database
from videohjelp.storage.stored_tracker import StoredTracker

T = TypeVar("T")

#: What Rasa writes into each event, a seventh of what is stored: patients' messages tell it.
_OF_MODEL = (METADATA_MODEL_ID, ASSISTANT_ID_KEY)
#: How many of a message's ten likeliest intents are kept: staff see the runner-up, and three topics
#: after two intents that are none (storage/notable_events.py). Ten were half of such a row.
_KEPT_INTENTS = 5

_EVENT_CLASSES: dict[str, type[Event]] = {
    event_class.type_name: event_class for event_class in all_subclasses(Event)
}


class ConversationStore(TrackerStore):
    """Keeps conversations in any database SQLAlchemy speaks to.

    domain, event_broker: as Rasa gives them.
    database_url: SQLAlchemy URL; the environment's VIDEOHJELP_DATABASE_URL wins.
    history_turns: how many of the patient's messages are read back; slots and the active form
        of what lies before are kept.
    """

    def __init__(
        self,
        domain: Domain | None,
        event_broker: EventBroker | None = None,
        database_url: str | None = None,
        history_turns: int | None = None,
        host: str | None = None,
        **_: Any,
    ) -> None:
        super().__init__(domain, event_broker)
        url = os.environ.get("VIDEOHJELP_DATABASE_URL") or database_url
        self.engine = open_database(url or settings().database_url)
        self._rows = ConversationRows(self.engine)
        self._history_turns = history_turns or settings().history_turns
        # SQLite has one writer anyway; other databases answer several at a time.
        workers = 1 if self.engine.dialect.name == "sqlite" else 8
        self._executor = ThreadPoolExecutor(workers, thread_name_prefix="conversations")

    def for_domain(self, domain: Domain) -> ConversationStore:
        """The same conversations for another model: a turn keeps the domain it began with."""
        store = copy.copy(self)
        store.domain = domain
        return store

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Writes the tracker's new events, redacted, in one transaction.

        Raises sqlalchemy.exc.SQLAlchemyError when the database does not take them, among them
        IntegrityError when another process has written to the conversation in the meantime, or
        has handled the same message, and StaleConversationError when it has deleted it.
        """
        with timed(Stage.WRITE):
            await self._save(tracker)

    async def _save(self, tracker: DialogueStateTracker) -> None:
        known = tracker.known_events if isinstance(tracker, StoredTracker) else 0
        new_events = list(tracker.events)[known:]
        if not new_events:
            return
        rows = [_row(event) for event in new_events]
        if isinstance(tracker, StoredTracker):
            begin = tracker.next_position
        else:
            begin = await self._in_thread(lambda: self._rows.next_position(tracker.sender_id))
        checkpoint = self._checkpoint(tracker, begin - known, new_events)
        written = await self._in_thread(
            lambda: self._rows.append(tracker.sender_id, begin, rows, checkpoint)
        )
        if turn := open_turn(tracker.sender_id):
            turn.wrote(begin, written)
        if isinstance(tracker, StoredTracker):
            tracker.known_events = len(tracker.events)
            tracker.next_position = begin + len(rows)
        if self.event_broker:
            redacted = [_event(row) for row in rows]
            await self._stream_new_events(self.event_broker, redacted, tracker.sender_id)

    async def begin(self, turn: OpenTurn, message_ids: Collection[str]) -> tuple[bool, int | None]:
        """Begins a turn of who has the conversation's lock, unless its message was handled before.

        Gives whether the conversation is stored, and where the message stands in it, as
        Transcripts.find. message_ids: those that the message may be stored under.
        """
        sender_id = turn.conversation_id
        recent, place = await self._in_thread(lambda: self._rows.begun(sender_id, message_ids))
        if place is None:
            turn.begin(recent)
        return bool(recent[0]), place

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The conversation's latest session, bounded; None for an unknown conversation."""
        with timed(Stage.READ):
            return await self._retrieve(sender_id)

    async def _retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        turn = open_turn(sender_id)
        recent = turn.take_read() if turn else None
        if recent is None:
            recent = await self._in_thread(lambda: self._rows.recent(sender_id))
        events, next_position = recent
        if not events:
            return None
        tracker = self._tracker(sender_id, events)
        tracker.next_position = next_position
        return tracker

    async def retrieve_full_tracker(self, conversation_id: str) -> DialogueStateTracker | None:
        """The whole conversation, every session of it."""
        events = await self._in_thread(lambda: self._rows.all_events(conversation_id))
        return self._tracker(conversation_id, events) if events else None

    async def keys(self) -> Iterable[str]:
        """The ids of all stored conversations."""
        return await self._in_thread(self._rows.senders)

    async def delete(self, sender_id: str) -> int:
        """Deletes a conversation with all that belongs to it, opinions and hand-off cases too.

        Gives the number of events that were deleted.
        """
        return await self._in_thread(lambda: delete_conversations(self.engine, [sender_id]))

    async def delete_beginning_with(self, prefix: str) -> int:
        """Deletes the conversations whose id begins with a text, as `delete` does; gives how many
        they were."""
        return await self._in_thread(lambda: self._rows.delete_beginning_with(prefix))

    def init_tracker(self, sender_id: str) -> StoredTracker:
        """An empty tracker of a conversation that is not stored yet."""
        return StoredTracker(sender_id or DEFAULT_SENDER_ID, self.domain.slots)

    async def create_tracker(
        self, sender_id: str, append_action_listen: bool = True
    ) -> DialogueStateTracker:
        """A new tracker. It is written with its first message, not before."""
        tracker = self.init_tracker(sender_id)
        if append_action_listen:
            tracker.update(ActionExecuted(ACTION_LISTEN_NAME))
        return tracker

    def _tracker(self, sender_id: str, events: Sequence[dict[str, Any]]) -> StoredTracker:
        known = without_effect_if_foreign([_event(event) for event in events], self.domain)
        tracker = StoredTracker.from_events(sender_id, known, self.domain.slots)
        tracker.known_events = len(tracker.events)
        return tracker

    def _checkpoint(
        self, tracker: DialogueStateTracker, offset: int, new_events: list[Event]
    ) -> Checkpoint | None:
        """Where to begin reading next time, if that changes with these events.

        offset: the position in the database that the tracker's first event would have.
        """
        events = list(tracker.events)
        if any(type(event) is SessionStarted for event in new_events):
            starts = [i for i, event in enumerate(events) if type(event) is SessionStarted]
            return Checkpoint(offset + starts[-1], [])
        turns = [i for i, event in enumerate(events) if type(event) is UserUttered]
        if len(turns) < 2 * self._history_turns:
            return None
        cut = turns[-self._history_turns]
        before = DialogueStateTracker.from_events(
            tracker.sender_id, events[:cut], self.domain.slots
        )
        return Checkpoint(offset + cut, _state_events(before, self.domain.slots))

    async def _in_thread(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._executor, work)


def _row(event: Event) -> dict[str, Any]:
    row = redact_event(event.as_dict(), own_numbers())
    if type(event) is UserUttered:
        parsed = row["parse_data"]
        if INTENT_RANKING_KEY in parsed:
            ranking = parsed[INTENT_RANKING_KEY][:_KEPT_INTENTS]
            row["parse_data"] = {**parsed, INTENT_RANKING_KEY: ranking}
    elif "metadata" in row:
        row["metadata"] = {k: v for k, v in row["metadata"].items() if k not in _OF_MODEL}
        if not row["metadata"]:
            del row["metadata"]
    return row


def _event(parameters: dict[str, Any]) -> Event:
    event_class = _EVENT_CLASSES[parameters["event"]]
    event: Event = event_class._from_parameters(parameters)
    return event


def _state_events(tracker: DialogueStateTracker, slots: Iterable[Slot]) -> list[dict[str, Any]]:
    """Events that bring an empty tracker to where this one is."""
    values = tracker.current_slot_values()
    events: list[Event] = [SessionStarted()]
    events += [
        SlotSet(slot.name, values[slot.name])
        for slot in slots
        if values.get(slot.name) != slot.initial_value
    ]
    if tracker.active_loop is not None:
        events.append(ActiveLoop(tracker.active_loop.name))
    events.append(ActionExecuted(ACTION_LISTEN_NAME))
    return [redact_event(event.as_dict(), own_numbers()) for event in events]
