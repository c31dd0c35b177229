"""Makes a fault's messages as few and short as they can be, and keeps them to be seen again."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from tests.fuzz.acts import Act, act_of
from tests.fuzz.checks import Problem
from tests.fuzz.episodes import Failure
from tests.fuzz.states import State, all_states

#: How often a fault is tried to be seen again with less.
_TRIES = 60

#: What is wrong when acts are done in the fault's state; None when nothing is.
SeeAgain = Callable[[Failure, tuple[Act, ...]], Problem | None]


def smallest(failure: Failure, see_again: SeeAgain) -> Failure:
    """The same fault with the last act alone if that will do, and its text cut down."""
    tries = 0

    def still(acts: tuple[Act, ...]) -> bool:
        nonlocal tries
        tries += 1
        found = see_again(failure, acts)
        return found is not None and found.kind == failure.problem.kind

    acts = failure.acts
    if len(acts) > 1 and still(acts[-1:]):
        acts = acts[-1:]
    shorter = bool(acts) and acts[-1].kind == "text"
    while shorter and tries < _TRIES:
        shorter = False
        for text in _less(str(acts[-1].value)):
            smaller = (*acts[:-1], replace(acts[-1], value=text))
            if tries < _TRIES and still(smaller):
                acts, shorter = smaller, True
                break
    return replace(failure, acts=acts)


def _less(text: str) -> Iterator[str]:
    """The text without a half, a quarter, an eighth …, at each place."""
    piece = len(text) // 2
    while piece:
        for start in range(0, len(text), piece):
            yield text[:start] + text[start + piece :]
        piece //= 2


def as_json(failure: Failure) -> dict[str, Any]:
    """A fault as it is kept."""
    return {
        "problem": failure.problem.kind,
        "state": failure.state.key,
        "moment": failure.moment.isoformat(),
        "fold": failure.moment.fold,
        "source": failure.source,
        "on_the_way": [act.to_json() for act in (*failure.state.acts, *failure.state.each)],
        "acts": [act.to_json() for act in failure.acts],
        "detail": failure.problem.detail,
    }


def read(path: Path) -> Failure:
    """A fault that was kept. Raises LookupError when its state is no more."""
    kept = json.loads(path.read_text(encoding="utf-8"))
    moment = datetime.fromisoformat(kept["moment"])
    return Failure(
        _state(kept["state"]),
        moment.replace(fold=kept["fold"]),
        tuple(act_of(act) for act in kept["acts"]),
        Problem(kept["problem"], kept["detail"]),
        kept["source"],
    )


def _state(key: str) -> State:
    for state in all_states():
        if state.key == key:
            return state
    raise LookupError(f"there is no state '{key}' any more")
