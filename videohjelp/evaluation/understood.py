"""What is counted of messages that the trained model was asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from videohjelp.content.nlu import VARIETIES
from videohjelp.evaluation.messages import OUT_OF_SCOPE, Expected
from videohjelp.evaluation.metrics import OFFERED
from videohjelp.evaluation.share import Share
from videohjelp.language.danger_recognizer import DANGERS

#: Intents after which the assistant does not answer the question.
REFUSALS = frozenset({OUT_OF_SCOPE, "nlu_fallback"})


@dataclass(frozen=True)
class Understood:
    """How one message was understood.

    ranking: intents, likeliest first, without the fallback. milliseconds: processor time that
    understanding it took. vectors: how many times a sentence vector was computed for it.
    """

    expected: Expected
    intent: str
    confidence: float
    ranking: tuple[str, ...]
    milliseconds: float = 0.0
    vectors: int = 0

    @property
    def is_right(self) -> bool:
        """Whether the intent is the message's topic, or another honest reading of it."""
        return self.intent in {self.expected.topic, *self.expected.also}

    @property
    def is_in_top_three(self) -> bool:
        """Whether a right one is among the three that would be offered as buttons."""
        return bool({self.expected.topic, *self.expected.also} & set(self.ranking[:OFFERED]))

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


def share(
    understood: Iterable[Understood],
    counted: Callable[[Understood], bool],
    among: Callable[[Expected], bool] = lambda _: True,
) -> Share:
    """How many messages are `counted`, among those of which `among` is true."""
    return Share.of(counted(one) for one in understood if among(one.expected))


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
    return share(
        understood,
        lambda one: one.is_false_alarm,
        lambda e: not e.is_danger and e.kind == "lookalike",
    )


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


@dataclass(frozen=True)
class Latency:
    """Processor milliseconds a message, and the share of messages that vectors were asked for."""

    mean: float
    median: float
    p95: float
    vectors: Share


def latency(understood: Sequence[Understood]) -> Latency:
    """What understanding cost. Raises ValueError without messages."""
    if not understood:
        raise ValueError("no message was timed")
    times = sorted(one.milliseconds for one in understood)
    return Latency(
        mean=sum(times) / len(times),
        median=times[len(times) // 2],
        p95=times[min(len(times) - 1, int(0.95 * len(times)))],
        vectors=Share.of(one.vectors > 0 for one in understood),
    )
