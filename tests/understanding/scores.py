"""What is counted about the understanding, apart from how it is asked for and shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

MESSAGES = Path(__file__).with_name("messages.yml")
VARIETIES = ("bokmaal", "nynorsk", "dialect", "sms", "learner", "english")
DANGERS = frozenset({"medical_emergency", "mental_health_crisis"})
OUT_OF_SCOPE = "out_of_scope"
#: Intents after which the assistant does not answer the question.
REFUSALS = frozenset({OUT_OF_SCOPE, "nlu_fallback"})


@dataclass(frozen=True)
class Expected:
    """A patient's message and what it is about.

    topic: the intent. also: other intents that are an honest reading too.
    variety: one of VARIETIES. kind: "lookalike", "near", "far" or "".
    """

    text: str
    topic: str
    variety: str
    also: tuple[str, ...] = ()
    kind: str = ""

    @property
    def is_danger(self) -> bool:
        """Whether a life may be at stake."""
        return self.topic in DANGERS

    @property
    def is_ordinary(self) -> bool:
        """Whether the assistant should simply answer it."""
        return not self.is_danger and self.topic != OUT_OF_SCOPE


@dataclass(frozen=True)
class Understood:
    """How one message was understood. ranking: intents, likeliest first, without the fallback."""

    expected: Expected
    intent: str
    confidence: float
    ranking: tuple[str, ...]

    @property
    def is_right(self) -> bool:
        """Whether the intent is the message's topic, or another honest reading of it."""
        return self.intent in {self.expected.topic, *self.expected.also}

    @property
    def is_in_top_three(self) -> bool:
        """Whether a right one is among the three that would be offered as buttons."""
        return bool({self.expected.topic, *self.expected.also} & set(self.ranking[:3]))

    @property
    def is_alarm(self) -> bool:
        """Whether the assistant would answer as to danger, of either kind."""
        return self.intent in DANGERS

    @property
    def is_false_alarm(self) -> bool:
        """Whether a harmless message was taken for danger."""
        return self.is_alarm and not self.expected.is_danger

    @property
    def is_refused(self) -> bool:
        """Whether the assistant would not answer the question."""
        return self.intent in REFUSALS


@dataclass(frozen=True)
class Share:
    """How many of how many."""

    part: int
    whole: int

    @property
    def percent(self) -> float:
        """0 to 100; 0 when there is nothing to count."""
        return 100 * self.part / self.whole if self.whole else 0.0

    def __str__(self) -> str:
        return f"{self.percent:5.1f} % ({self.part} of {self.whole})"


def read_messages(path: Path = MESSAGES) -> list[Expected]:
    """Reads messages.yml. Raises KeyError or ValueError when an entry is not as agreed there."""
    messages = []
    for entry in yaml.safe_load(path.read_text(encoding="utf-8"))["messages"]:
        if entry["variety"] not in VARIETIES:
            raise ValueError(f"{path}: unknown variety '{entry['variety']}' of {entry['text']!r}")
        messages.append(
            Expected(
                text=str(entry["text"]),
                topic=entry["topic"],
                variety=entry["variety"],
                also=tuple(entry.get("also", ())),
                kind=entry.get("kind", ""),
            )
        )
    return messages


def share(
    understood: Iterable[Understood],
    counted: Callable[[Understood], bool],
    among: Callable[[Expected], bool] = lambda _: True,
) -> Share:
    """How many messages are `counted`, among those of which `among` is true."""
    chosen = [one for one in understood if among(one.expected)]
    return Share(sum(counted(one) for one in chosen), len(chosen))


def accuracy(
    understood: Iterable[Understood], among: Callable[[Expected], bool] = lambda _: True
) -> Share:
    """How many are understood rightly."""
    return share(understood, lambda one: one.is_right, among)


def accuracy_by_variety(understood: Sequence[Understood]) -> dict[str, Share]:
    """Variety -> how many are understood rightly."""
    return {
        variety: accuracy(understood, lambda e, v=variety: e.variety == v)  # type: ignore[misc]
        for variety in VARIETIES
    }


def accuracy_by_topic(understood: Sequence[Understood]) -> dict[str, Share]:
    """Topic -> how many are understood rightly."""
    topics = sorted({one.expected.topic for one in understood})
    return {
        topic: accuracy(understood, lambda e, t=topic: e.topic == t)  # type: ignore[misc]
        for topic in topics
    }


def danger_recall(understood: Sequence[Understood]) -> Share:
    """How many dangerous messages raise an alarm, of either kind."""
    return share(understood, lambda one: one.is_alarm, lambda e: e.is_danger)


def false_alarms(understood: Sequence[Understood]) -> Share:
    """How many harmless messages, out of scope or not, raise an alarm; look-alikes count apart."""
    return share(
        understood,
        lambda one: one.is_false_alarm,
        lambda e: not e.is_danger and e.kind != "lookalike",
    )


def lookalike_alarms(understood: Sequence[Understood]) -> Share:
    """How many harmless look-alikes of danger raise an alarm."""
    return share(understood, lambda one: one.is_false_alarm, lambda e: e.kind == "lookalike")


def out_of_scope_recall(understood: Sequence[Understood], kind: str = "") -> Share:
    """How many messages out of scope (of a kind, "near" or "far") are not answered."""
    return share(
        understood,
        lambda one: one.is_refused,
        lambda e: e.topic == OUT_OF_SCOPE and (not kind or e.kind == kind),
    )


def ordinary_refused(understood: Sequence[Understood]) -> Share:
    """How many messages that should be answered are not."""
    return share(understood, lambda one: one.is_refused, lambda e: e.is_ordinary)
