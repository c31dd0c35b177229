"""Rasa's RulePolicy with the same predictions, at a fraction of the cost.

Stock: for each of some three predictions a message, the whole conversation is replayed, each of
its states is described, and each of all rules is compared with them; most of a message's cost.
Here: only as many states are described as the longest rule is long, what was replayed for one
prediction is gone on with for the next, and only rules that end as the conversation does are
compared.
"""

from __future__ import annotations

import json
import weakref
from collections import OrderedDict, defaultdict
from collections.abc import Mapping
from typing import Any

from rasa.core.policies.rule_policy import RulePolicy
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.core.constants import PREVIOUS_ACTION, USER
from rasa.shared.core.domain import Domain, State
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import ACTION_NAME, INTENT

from videohjelp.dialogue.recent_states import RecentStates

#: So many conversations are remembered between the predictions of a message.
_REMEMBERED = 256
_Ending = tuple[Any, Any]


@DefaultV1Recipe.register(
    DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=True
)
class IndexedRulePolicy(RulePolicy):
    """RulePolicy for a trained model. Training itself is Rasa's own."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        """As RulePolicy; with a lookup (of a trained model) the rules are indexed."""
        super().__init__(*arguments, **options)
        self._indexes: dict[int, RuleIndex] = {}
        self._longest = 0
        self._recent: OrderedDict[int, tuple[weakref.ref[Any], RecentStates]] = OrderedDict()
        if options.get("lookup"):
            lookups = [one for one in self.lookup.values() if isinstance(one, dict)]
            self._indexes = {id(lookup): RuleIndex(lookup) for lookup in lookups}
            self._longest = max(index.longest for index in self._indexes.values())

    def _prediction_states(
        self,
        tracker: DialogueStateTracker,
        domain: Domain,
        use_text_for_last_user_input: bool = False,
        rule_only_data: dict[str, Any] | None = None,
    ) -> list[State]:
        """The latest states, at least as many as the longest rule has (see RulePolicy)."""
        if not self._longest:
            states: list[State] = super()._prediction_states(
                tracker, domain, use_text_for_last_user_input, rule_only_data
            )
            return states
        states = self._remembered(tracker).states(tracker, domain)
        self.featurizer._choose_last_user_input([states], use_text_for_last_user_input)
        return states

    def _get_possible_keys(self, lookup: dict[str, str], states: list[State]) -> set[str]:
        index = self._indexes.get(id(lookup))
        if index is not None and index.lookup is lookup:
            lookup = index.that_may_end_in(states[-1])
        keys: set[str] = super()._get_possible_keys(lookup, states)
        return keys

    def _remembered(self, tracker: DialogueStateTracker) -> RecentStates:
        key = id(tracker)
        # An id is used again once its tracker is gone.
        known, recent = self._recent.get(key, (None, None))
        if recent is None or known is None or known() is not tracker:
            recent = RecentStates(self._longest)
            self._recent[key] = weakref.ref(tracker), recent
            if len(self._recent) > _REMEMBERED:
                self._recent.popitem(last=False)
        self._recent.move_to_end(key)
        return recent


class RuleIndex:
    """The rules of a lookup by the action and the intent of their last state."""

    def __init__(self, lookup: Mapping[str, str]) -> None:
        """lookup: RulePolicy's: a rule's states as JSON -> the action that follows."""
        self.lookup = lookup
        self.longest = 1
        self._rules: dict[_Ending, dict[str, str]] = defaultdict(dict)
        for key, action in lookup.items():
            states = json.loads(key)
            self.longest = max(self.longest, len(states))
            self._rules[_ending(states[-1])][key] = action

    def that_may_end_in(self, state: State) -> dict[str, str]:
        """The rules whose last state may be this one; the others certainly are not."""
        action, intent = _ending(state)
        found: dict[str, str] = {}
        for ending in {(action, intent), (action, None), (None, intent), (None, None)}:
            found.update(self._rules.get(ending, {}))
        return found


def _ending(state: State) -> _Ending:
    """What must be equal in a rule's last state and the conversation's; None: anything goes."""
    return (
        state.get(PREVIOUS_ACTION, {}).get(ACTION_NAME),
        state.get(USER, {}).get(INTENT),
    )
