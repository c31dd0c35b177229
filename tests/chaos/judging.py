"""What is lost, doubled or mixed in a conversation: what was accepted, beside what is stored."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import yaml

from tests.chaos.steady_clock import now
from tests.scale.patients import Counts
from videohjelp.settings import ROOT

#: What the assistant says, with a phone number, when an action failed.
FAILED = "utter_action_failed"


@dataclass(frozen=True)
class Message:
    """A patient's message. id: the client's own. answer: "" for none, or as far as is known."""

    id: str
    text: str
    answer: str = ""


@dataclass
class Tally(Counts):
    """What happened to all patients of a scenario together.

    lost: accepted, and not stored or not answered. doubled: stored or answered more than once.
    mixed: another one's message or answer, or not in order. late: nothing heard in time.
    slowest_text: seconds until a text message had its answer.
    """

    conversations: int = 0
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    mixed: list[str] = field(default_factory=list)
    late: list[str] = field(default_factory=list)
    stored_apologies: int = 0
    clock: Callable[[], float] = now
    slowest_text: float = 0.0


def judge(
    tally: Tally,
    who: str,
    accepted: Sequence[Message],
    stored: Sequence[Message],
    expected: Sequence[str] | None,
) -> None:
    """Compares one conversation and notes what is wrong with it.

    stored: with the answers. expected: the answers to this script; None where they may be others.
    After an apology they may: the patient's next words then answer what was never asked.
    """
    times = Counter(one.id for one in stored)
    own = {one.id for one in accepted}
    tally.lost += [f"{who}: '{one.text}' is not stored" for one in accepted if not times[one.id]]
    tally.lost += [f"{who}: '{one.text}' has no answer" for one in stored if not one.answer]
    tally.doubled += [
        f"{who}: stored {number} times" for one, number in times.items() if number > 1
    ]
    tally.mixed += [f"{who}: '{one.text}' is not theirs" for one in stored if one.id not in own]
    order = [one.id for one in accepted if times[one.id]]
    if list(dict.fromkeys(one.id for one in stored if one.id in own)) != order:
        tally.mixed.append(f"{who}: stored in another order")
    may_differ = expected is None
    for number, one in enumerate(stored):
        if is_apology(one.answer):
            tally.stored_apologies += 1
            may_differ = True
        elif not may_differ and expected is not None and one.answer:
            _compare(tally, f"{who}: '{one.text}'", one.answer, expected[number : number + 1])


def is_apology(answer: str) -> bool:
    """Whether an answer says that something failed, and whom to phone.

    After another text the last sentence may be on the next page of a text message. What is said
    without a case's code begins as what is said with one does: it counts as a whole.
    """
    cut = (one.rpartition(". ")[0] for one in _texts_of(FAILED))
    return any(apology in answer for apology in (*apologies(), *cut))


def _compare(tally: Tally, what: str, answer: str, expected: Sequence[str]) -> None:
    wanted = expected[0] if expected else ""
    if answer == wanted:
        return
    if wanted and answer.count(wanted.strip()) > 1:
        tally.doubled.append(f"{what} answered twice")
    else:
        tally.mixed.append(f"{what} got {answer!r} instead of {wanted!r}")


def apologies() -> tuple[str, ...]:
    """What the assistant says when it could not do its work, in all languages and channels."""
    return _texts_of(FAILED) + _texts_of("utter_handoff_without_code")


@functools.lru_cache
def _texts_of(response: str) -> tuple[str, ...]:
    found = []
    for file in sorted((ROOT / "data" / "responses").glob("*.yml")):
        responses = yaml.safe_load(file.read_text(encoding="utf-8"))["responses"]
        found += [one["text"].strip() for one in responses.get(response, [])]
    return tuple(found)
