"""Everything that the report states."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from videohjelp.evaluation.benchmark import Comparison
from videohjelp.evaluation.calibration import Calibration, calibration
from videohjelp.evaluation.confusions import Confusion, confusions
from videohjelp.evaluation.cross_validation import CASCADE, IN_USE, NGRAMS, VECTORS, HeldOut
from videohjelp.evaluation.curves import Alarms, Refusals, alarms, refusals
from videohjelp.evaluation.metrics import Scores, score
from videohjelp.evaluation.share import Share
from videohjelp.evaluation.understood import (
    Latency,
    Understood,
    accuracy,
    accuracy_by_variety,
    danger_recall,
    false_alarms,
    latency,
    lookalike_alarms,
    ordinary_refused,
    out_of_scope_recall,
    share,
)


@dataclass(frozen=True)
class Circumstances:
    """What was measured, when and on what.

    groups: how many groups the examples fall into. alike: how many examples share theirs.
    settings: those of config.yml that the report names.
    """

    day: date
    command: str
    cores: int
    versions: dict[str, str]
    model: str
    examples: int
    intents: int
    groups: int
    alike: int
    settings: dict[str, Any]


@dataclass(frozen=True)
class MessageSet:
    """How one set of fresh messages was understood."""

    name: str
    understood: Share
    by_variety: dict[str, Share]
    top_three: Share
    danger: Share
    false_alarms: Share
    lookalike_alarms: Share
    out_of_scope: Share
    near: Share
    far: Share
    refused: Share


@dataclass(frozen=True)
class Figures:
    """The report's content.

    stages: what was tried -> its scores. needs_vectors: how many of the held-out examples the
    cascade asked vectors for. messages: each set, then all together; marked: those whose topic
    staff have marked, None without any. quick: the variant that the error budget is taken from.
    """

    circumstances: Circumstances
    stages: dict[str, Scores]
    needs_vectors: Share
    calibration: Calibration
    refusals: list[Refusals]
    alarms: list[Alarms]
    messages: list[MessageSet]
    marked: MessageSet | None
    latency: Latency
    comparison: Comparison | None
    confusions: list[Confusion]
    quick: Scores


def figures(
    *,
    circumstances: Circumstances,
    results: Sequence[HeldOut],
    asked: Mapping[str, Sequence[Understood]],
    marked: Sequence[Understood],
    comparison: Comparison | None,
    quick: Scores,
) -> Figures:
    """Counts everything. asked: name of a set of fresh messages -> how they were understood."""
    examples = [one.example for one in results]
    cascade = [one.by_stage[CASCADE] for one in results]
    in_use = [one.by_stage[IN_USE] for one in results]
    right = [one.intent == got.intent for one, got in zip(examples, cascade, strict=True)]
    everything = [one for several in asked.values() for one in several]
    sets = [message_set(name, several) for name, several in asked.items()]
    return Figures(
        circumstances=circumstances,
        stages={
            stage: score(examples, [one.by_stage[stage] for one in results])
            for stage in (NGRAMS, VECTORS, CASCADE, IN_USE)
        },
        needs_vectors=Share.of(one.needs_vectors for one in results),
        calibration=calibration([got.confidence for got in cascade], right),
        refusals=refusals(examples, in_use),
        alarms=alarms(results),
        messages=[*sets, message_set("together", everything)],
        marked=message_set("marked by staff", marked) if marked else None,
        latency=latency([*everything, *marked]),
        comparison=comparison,
        confusions=confusions(zip(examples, in_use, strict=True)),
        quick=quick,
    )


def message_set(name: str, understood: Sequence[Understood]) -> MessageSet:
    """Counts one set."""
    return MessageSet(
        name=name,
        understood=accuracy(understood),
        by_variety=accuracy_by_variety(understood),
        top_three=share(understood, lambda one: one.is_in_top_three),
        danger=danger_recall(understood),
        false_alarms=false_alarms(understood),
        lookalike_alarms=lookalike_alarms(understood),
        out_of_scope=out_of_scope_recall(understood),
        near=out_of_scope_recall(understood, "near"),
        far=out_of_scope_recall(understood, "far"),
        refused=ordinary_refused(understood),
    )
