"""The latest states of a conversation, as Rasa's policies see them."""

from __future__ import annotations

from collections import deque
from itertools import islice

from rasa.shared.core.domain import Domain, State
from rasa.shared.core.events import (
    ActionExecuted,
    ActiveLoop,
    BotUttered,
    DefinePrevUserUtteredFeaturization,
    EntitiesAdded,
    Event,
    FollowupAction,
    LoopInterrupted,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker

#: Events that only add to a conversation. Others may undo what was before (a form's repeated
#: action among them), and the conversation is replayed anew.
_ADDING = frozenset(
    {
        ActionExecuted,
        BotUttered,
        DefinePrevUserUtteredFeaturization,
        EntitiesAdded,
        FollowupAction,
        LoopInterrupted,
        SlotSet,
        UserUttered,
    }
)

#: What has no effect any more once the patient has said something new.
_PASSING = frozenset(
    {BotUttered, DefinePrevUserUtteredFeaturization, EntitiesAdded, FollowupAction, UserUttered}
)

#: What is followed before the first call; making one costs as much as a prediction.
_NOBODY = DialogueStateTracker("nobody", ())


class RecentStates:
    """Follows one tracker; each call goes on where the one before ended."""

    def __init__(self, many: int) -> None:
        """many: how many states are given at most."""
        self._many = many
        self._before: deque[State] = deque(maxlen=max(many - 1, 1))
        self._replayed = _NOBODY
        #: How many of the events were seen; -1 before the first call.
        self._seen = -1
        self._last: Event | None = None
        self._has_loops = False

    def states(self, tracker: DialogueStateTracker, domain: Domain) -> list[State]:
        """The last states, the newest last: the same as the end of `tracker.past_states(domain)`.

        They are the caller's to change.
        """
        events = tracker.events
        new = list(islice(events, max(self._seen, 0), None))
        if self._goes_on(tracker, new):
            for event in new:
                self._take(event, domain)
        else:
            self._begin(tracker, domain)
        self._seen, self._last = len(events), events[-1] if events else None
        now = domain.get_active_state(self._replayed)
        return [_copy(state) for state in (*self._before, now)][-self._many :]

    def _goes_on(self, tracker: DialogueStateTracker, new: list[Event]) -> bool:
        if self._seen < 0 or self._has_loops or len(tracker.events) < self._seen:
            return False
        if self._seen and tracker.events[self._seen - 1] is not self._last:
            return False
        return all(type(event) in _ADDING for event in new)

    def _begin(self, tracker: DialogueStateTracker, domain: Domain) -> None:
        self._replayed = tracker.init_copy()
        self._before.clear()
        self._has_loops = any(type(e) is ActiveLoop and e.name for e in tracker.events)
        applied = tracker.applied_events()
        # Only the last states are described; what comes before them is replayed for the slots.
        described = [i for i, e in enumerate(applied) if type(e) is ActionExecuted]
        kept = self._before.maxlen or 1
        begin = described[-kept] if len(described) >= kept else 0
        latest = max((i for i in range(begin) if type(applied[i]) is UserUttered), default=0)
        for place, event in enumerate(applied[:begin]):
            if place >= latest or type(event) not in _PASSING:
                self._replayed.update(event)
        for event in applied[begin:]:
            self._take(event, domain)

    def _take(self, event: Event, domain: Domain) -> None:
        if isinstance(event, ActionExecuted):
            self._before.append(domain.get_active_state(self._replayed))
        self._replayed.update(event)


def _copy(state: State) -> State:
    return {part: dict(content) for part, content in state.items()}
