"""The error budget: what is accepted, and what overdraws it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from videohjelp.content.nlu import VARIETIES
from videohjelp.evaluation.budget import (
    FALL,
    FALL_OF_VARIETY,
    budget_of,
    overdrawn,
    read_budget,
    write_budget,
)
from videohjelp.evaluation.metrics import IntentScore, Scores
from videohjelp.evaluation.share import Share

TODAY = date(2026, 11, 23)


@pytest.fixture
def scores() -> Scores:
    """80 % of everything."""
    return Scores(
        accuracy=Share(800, 1000),
        macro_f1=80.0,
        top_three=Share(900, 1000),
        by_variety={name: Share(800, 1000) for name in VARIETIES},
        by_length={},
        cells={},
        by_intent=[IntentScore(name, 80, 80, 80.0, 100) for name in ("no_sound", "payment")],
    )


def test_what_was_accepted_is_kept(scores: Scores) -> None:
    assert overdrawn(budget_of(scores, TODAY), scores) == ""


def test_it_may_fall_a_little(scores: Scores) -> None:
    worse = replace(scores, macro_f1=80.0 - FALL)
    assert overdrawn(budget_of(scores, TODAY), worse) == ""


def test_a_fall_is_told_with_the_topics_and_what_to_do(scores: Scores) -> None:
    by_intent = [
        replace(one, f1=60.0 if one.intent == "payment" else 81.0) for one in scores.by_intent
    ]
    said = overdrawn(
        budget_of(scores, TODAY), replace(scores, macro_f1=79.9 - FALL, by_intent=by_intent)
    )
    assert "macro-F1 78.9, accepted 80.0" in said
    assert "payment: 80.0 -> 60.0" in said
    assert "no_sound" not in said
    assert "make nlu-report" in said
    assert "--accept" in said


def test_a_variety_alone_can_overdraw_it(scores: Scores) -> None:
    least = round(10 * (80.0 - FALL_OF_VARIETY))
    kept = {**scores.by_variety, "dialect": Share(least, 1000)}
    fallen = {**scores.by_variety, "dialect": Share(least - 1, 1000)}
    budget = budget_of(scores, TODAY)
    assert overdrawn(budget, replace(scores, by_variety=kept)) == ""
    assert "dialect" in overdrawn(budget, replace(scores, by_variety=fallen))


def test_a_topic_that_is_gone_counts_as_fallen(scores: Scores) -> None:
    fewer = replace(scores, macro_f1=70.0, by_intent=scores.by_intent[:1])
    assert "payment: 80.0 -> 0.0" in overdrawn(budget_of(scores, TODAY), fewer)


def test_the_file_gives_back_what_was_written(scores: Scores, tmp_path: Path) -> None:
    path = tmp_path / "budget.yml"
    write_budget(budget_of(scores, TODAY), path)
    assert read_budget(path) == budget_of(scores, TODAY)
    assert path.read_text(encoding="utf-8").startswith("# Written by")


def test_without_the_file_it_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="--accept"):
        read_budget(tmp_path / "budget.yml")
