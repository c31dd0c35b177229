"""What each threshold costs and gains: refusing, and alarming."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from videohjelp.evaluation.comparable import Example, Prediction
from videohjelp.evaluation.cross_validation import SUSPICIONS, HeldOut
from videohjelp.evaluation.messages import OUT_OF_SCOPE
from videohjelp.evaluation.share import Share
from videohjelp.language.danger_recognizer import DANGERS

#: Confidences below which the assistant asks instead of answering, as tried.
THRESHOLDS = tuple(step / 20 for step in range(19))


@dataclass(frozen=True)
class Refusals:
    """What a threshold does.

    let_through: messages out of scope that are answered as if they were not. refused: ordinary
    messages (neither danger nor out of scope) that are not answered. right_refused: of the
    ordinary ones that would have been understood rightly. wrong_caught: of the ordinary ones that
    would have been answered wrongly, those that are not.
    """

    threshold: float
    let_through: Share
    refused: Share
    right_refused: Share
    wrong_caught: Share


@dataclass(frozen=True)
class Alarms:
    """What a suspicion does from which the classifier alone alarms.

    found: of the messages that speak of danger, those alarmed at by the rules (the same for every
    suspicion), by the classifier, and by either as the danger layer joins them. false: the same of
    those that do not.
    """

    suspicion: float
    found_by_rules: Share
    found_by_classifier: Share
    found: Share
    false_by_rules: Share
    false_by_classifier: Share
    false: Share


def refusals(examples: Sequence[Example], predictions: Sequence[Prediction]) -> list[Refusals]:
    """The out-of-scope curve, at each of THRESHOLDS. predictions: one for each example."""
    pairs = list(zip(examples, predictions, strict=True))
    foreign = [got for one, got in pairs if one.intent == OUT_OF_SCOPE]
    ordinary = [(o, got) for o, got in pairs if o.intent not in (OUT_OF_SCOPE, *DANGERS)]
    right = [got for one, got in ordinary if one.intent == got.intent]
    wrong = [got for one, got in ordinary if one.intent != got.intent]

    def at(threshold: float) -> Refusals:
        def refuses(got: Prediction) -> bool:
            return got.intent == OUT_OF_SCOPE or got.confidence < threshold

        return Refusals(
            threshold=threshold,
            let_through=Share.of(not refuses(got) for got in foreign),
            refused=Share.of(refuses(got) for _, got in ordinary),
            right_refused=Share.of(refuses(got) for got in right),
            wrong_caught=Share.of(refuses(got) for got in wrong),
        )

    return [at(threshold) for threshold in THRESHOLDS]


def alarms(results: Sequence[HeldOut]) -> list[Alarms]:
    """The danger curve, at each of SUSPICIONS."""
    dangerous = [one.danger for one in results if one.example.intent in DANGERS]
    harmless = [one.danger for one in results if one.example.intent not in DANGERS]
    return [
        Alarms(
            suspicion=least,
            found_by_rules=Share.of(one.by_rule for one in dangerous),
            found_by_classifier=Share.of(one.suspicion >= least for one in dangerous),
            found=Share.of(one.together[place] for one in dangerous),
            false_by_rules=Share.of(one.by_rule for one in harmless),
            false_by_classifier=Share.of(one.suspicion >= least for one in harmless),
            false=Share.of(one.together[place] for one in harmless),
        )
        for place, least in enumerate(SUSPICIONS)
    ]
