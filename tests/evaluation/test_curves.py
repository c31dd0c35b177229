"""The out-of-scope curve and the danger curve."""

from __future__ import annotations

import pytest

from videohjelp.evaluation.comparable import Example, Prediction
from videohjelp.evaluation.cross_validation import SUSPICIONS, Danger, HeldOut
from videohjelp.evaluation.curves import THRESHOLDS, alarms, refusals
from videohjelp.evaluation.share import Share


def got(intent: str, confidence: float) -> Prediction:
    return Prediction(intent, confidence, ((intent, confidence),))


def of(intent: str) -> Example:
    return Example("en melding", intent, "bokmaal")


def held(intent: str, by_rule: bool, suspicion: float, silenced: bool = False) -> HeldOut:
    together = tuple(by_rule or (suspicion >= least and not silenced) for least in SUSPICIONS)
    return HeldOut(of(intent), 0, {}, Danger(by_rule, suspicion, together))


def test_refusals() -> None:
    pairs = [
        (of("out_of_scope"), got("out_of_scope", 0.2)),  # never let through
        (of("out_of_scope"), got("payment", 0.5)),
        (of("payment"), got("payment", 0.9)),
        (of("payment"), got("payment", 0.4)),
        (of("payment"), got("sound", 0.3)),
        (of("payment"), got("out_of_scope", 0.8)),  # refused at any threshold
        (of("medical_emergency"), got("payment", 0.1)),  # danger is counted elsewhere
    ]
    found = {one.threshold: one for one in refusals(*zip(*pairs, strict=True))}

    assert found[0.0].let_through == Share(1, 2)
    assert found[0.0].refused == Share(1, 4)
    assert found[0.35].let_through == Share(1, 2)
    assert found[0.35].refused == Share(2, 4)
    assert found[0.35].right_refused == Share(0, 2)
    assert found[0.35].wrong_caught == Share(2, 2)
    assert found[0.55].let_through == Share(0, 2)
    assert found[0.55].right_refused == Share(1, 2)


def test_the_configured_threshold_is_among_those_tried() -> None:
    assert 0.35 in THRESHOLDS


def test_alarms() -> None:
    results = [
        held("medical_emergency", by_rule=True, suspicion=0.0),
        held("mental_health_crisis", by_rule=False, suspicion=0.3),
        held("mental_health_crisis", by_rule=False, suspicion=0.01),
        held("camera_not_working", by_rule=False, suspicion=0.3),
        held("camera_not_working", by_rule=False, suspicion=0.3, silenced=True),
        held("payment", by_rule=False, suspicion=0.0),
    ]
    found = {one.suspicion: one for one in alarms(results)}

    assert found[0.25].found_by_rules == Share(1, 3)
    assert found[0.25].found_by_classifier == Share(1, 3)
    assert found[0.25].found == Share(2, 3)
    assert found[0.25].false_by_classifier == Share(2, 3)
    assert found[0.25].false == Share(1, 3)
    assert found[0.5].found == Share(1, 3)
    assert found[0.5].false == Share(0, 3)


@pytest.mark.parametrize("field", ["found", "false", "found_by_classifier"])
def test_more_suspicion_needed_never_means_more_alarms(field: str) -> None:
    results = [held("medical_emergency", False, n / 20) for n in range(20)]
    results += [held("payment", False, n / 40) for n in range(20)]
    counts = [getattr(one, field).part for one in alarms(results)]
    assert counts == sorted(counts, reverse=True)
