"""What the understanding may not fall below: the error budget of the tests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml

from videohjelp.evaluation.metrics import Scores
from videohjelp.settings import ROOT

PATH = ROOT / "tests" / "understanding" / "budget.yml"
COMMAND = "python -m videohjelp nlu budget --accept"
#: How far the macro-F1 may fall, in points.
FALL = 1.0
#: How far a variety's share may fall, in points. With other folds of the same examples, text
#: messages and learners come out up to 1.2 points apart, all together 0.2.
FALL_OF_VARIETY = 2.5
#: How many topics a failure names.
_NAMED = 8
_HEAD = (
    f"# Written by `{COMMAND}`, never by hand.\n"
    "# Percent; what each may lose stands in videohjelp/evaluation/budget.py.\n"
)


@dataclass(frozen=True)
class Budget:
    """What was accepted. All figures in percent.

    accepted: on which day. macro_f1: over all topics. by_variety: share understood rightly.
    by_topic: F1, to say which fell.
    """

    accepted: date
    macro_f1: float
    by_variety: dict[str, float]
    by_topic: dict[str, float]


def budget_of(scores: Scores, today: date) -> Budget:
    """The scores as a budget, rounded to a tenth of a point."""
    return Budget(
        accepted=today,
        macro_f1=round(scores.macro_f1, 1),
        by_variety={name: round(got.percent, 1) for name, got in scores.by_variety.items()},
        by_topic={one.intent: round(one.f1, 1) for one in scores.by_intent},
    )


def write_budget(budget: Budget, path: Path = PATH) -> None:
    """Writes the file that `read_budget` reads."""
    content = {
        "accepted": budget.accepted,
        "macro_f1": budget.macro_f1,
        "by_variety": budget.by_variety,
        "by_topic": budget.by_topic,
    }
    written = yaml.safe_dump(content, sort_keys=False, allow_unicode=True)
    path.write_text(_HEAD + written, encoding="utf-8")


def read_budget(path: Path = PATH) -> Budget:
    """What was accepted last. Raises FileNotFoundError, saying what to do, when nothing was."""
    if not path.is_file():
        raise FileNotFoundError(f"{path} is missing; restore it from git, or run `{COMMAND}`")
    return Budget(**yaml.safe_load(path.read_text(encoding="utf-8")))


def overdrawn(budget: Budget, scores: Scores) -> str:
    """What has fallen too far, which topics fell most, and what to do; "" when all is well."""
    fallen = _fallen(budget, scores)
    if not fallen:
        return ""
    return "\n".join(
        [
            "The understanding has got worse than the error budget allows:",
            *(f"  {line}" for line in fallen),
            "Topics that fell most (F1 accepted -> now):",
            *(f"  {line}" for line in _topics(budget, scores)),
            "See which examples are confused: `make nlu-report`, then var/nlu-report/report.html.",
            "Mend the examples of these topics in data/nlu. If the fall is meant (harder examples,",
            f"a new topic), accept it: `{COMMAND}`.",
        ]
    )


def _fallen(budget: Budget, scores: Scores) -> list[str]:
    lines = []
    if scores.macro_f1 < budget.macro_f1 - FALL:
        lines.append(
            f"macro-F1 {scores.macro_f1:.1f}, accepted {budget.macro_f1:.1f} (may lose {FALL:g})"
        )
    for variety, accepted in budget.by_variety.items():
        got = scores.by_variety[variety]
        if got.percent < accepted - FALL_OF_VARIETY:
            lines.append(
                f"{variety} {got.percent:.1f}, accepted {accepted:.1f} (may lose"
                f" {FALL_OF_VARIETY:g})"
            )
    return lines


def _topics(budget: Budget, scores: Scores) -> Sequence[str]:
    now = {one.intent: one.f1 for one in scores.by_intent}
    falls = sorted(
        (now.get(topic, 0.0) - accepted, topic) for topic, accepted in budget.by_topic.items()
    )
    return [
        f"{topic}: {budget.by_topic[topic]:.1f} -> {now.get(topic, 0.0):.1f}"
        for fall, topic in falls[:_NAMED]
        if fall < 0
    ]
