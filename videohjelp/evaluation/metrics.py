"""What is counted of predictions whose right answer is known."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sklearn.metrics import precision_recall_fscore_support

from videohjelp.content.nlu import VARIETIES
from videohjelp.evaluation.comparable import Example, Prediction
from videohjelp.evaluation.share import Share

#: How many topics are offered when the assistant asks "did you mean".
OFFERED = 3
#: Heading of a length -> the most words it has.
LENGTHS = {"1–3 words": 3, "4–12 words": 12, "longer": 10_000}


@dataclass(frozen=True)
class IntentScore:
    """How well one intent is told from the others. precision, recall and f1 in percent."""

    intent: str
    precision: float
    recall: float
    f1: float
    examples: int


@dataclass(frozen=True)
class Scores:
    """The figures of a set of predictions.

    macro_f1: mean of the intents' F1, in percent. top_three: the right intent is among the first
    three. cells: variety -> length -> share that is right.
    """

    accuracy: Share
    macro_f1: float
    top_three: Share
    by_variety: dict[str, Share]
    by_length: dict[str, Share]
    cells: dict[str, dict[str, Share]]
    by_intent: list[IntentScore]


def score(examples: Sequence[Example], predictions: Sequence[Prediction]) -> Scores:
    """All figures. predictions: one for each example, in their order."""
    pairs = list(zip(examples, predictions, strict=True))

    def right(among: Callable[[Example], bool]) -> Share:
        return Share.of(one.intent == got.intent for one, got in pairs if among(one))

    by_intent = intent_scores([one.intent for one in examples], [got.intent for got in predictions])
    return Scores(
        accuracy=right(lambda _: True),
        macro_f1=macro_f1(by_intent),
        top_three=Share.of(
            one.intent in [name for name, _ in got.ranking[:OFFERED]] for one, got in pairs
        ),
        by_variety={
            variety: right(lambda one, v=variety: one.variety == v)  # type: ignore[misc]
            for variety in VARIETIES
        },
        by_length={
            length: right(lambda one, n=length: length_of(one.text) == n)  # type: ignore[misc]
            for length in LENGTHS
        },
        cells={
            variety: {
                length: right(
                    lambda one, v=variety, n=length: (  # type: ignore[misc]
                        one.variety == v and length_of(one.text) == n
                    )
                )
                for length in LENGTHS
            }
            for variety in VARIETIES
        },
        by_intent=by_intent,
    )


def intent_scores(right: Sequence[str], got: Sequence[str]) -> list[IntentScore]:
    """Precision, recall and F1 of each intent that has examples, in alphabetical order."""
    intents = sorted(set(right))
    columns = precision_recall_fscore_support(right, got, labels=intents, zero_division=0)
    return [
        IntentScore(intent, 100 * float(p), 100 * float(r), 100 * float(f), int(n))
        for intent, p, r, f, n in zip(intents, *columns, strict=True)
    ]


def macro_f1(scores: Sequence[IntentScore]) -> float:
    """The mean of the intents' F1, in percent; 0 without intents."""
    return sum(one.f1 for one in scores) / len(scores) if scores else 0.0


def length_of(text: str) -> str:
    """Under which of LENGTHS a text falls, by its words."""
    words = len(text.split())
    return next(name for name, most in LENGTHS.items() if words <= most)
