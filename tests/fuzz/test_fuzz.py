"""A short run through the dialogue, and that a fault would be seen (the long one: `make fuzz`)."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pytest

from tests.fuzz.acts import text
from tests.fuzz.checks import problem
from tests.fuzz.run import plan
from tests.fuzz.states import all_states
from tests.fuzz.talk import Answer
from tests.server_process import ROOT
from videohjelp.guides.reading import read_guides

#: In both channels and all languages: a walkthrough's step, a form, a question, danger.
MESSAGES = 240
LIMIT = 500


def fuzz(out: Path, *choices: str) -> subprocess.CompletedProcess[str]:
    """Runs the command."""
    command = [sys.executable, "-W", "ignore", "-m", "tests.fuzz", "--out", str(out), *choices]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, env=dict(os.environ))


def test_a_short_run_finds_nothing(model: Path, tmp_path: Path) -> None:
    done = fuzz(tmp_path, "--messages", str(MESSAGES), "--seed", "7")
    results = json.loads((tmp_path / "results.json").read_text(encoding="utf-8"))
    assert results["faults"] == 0, done.stdout
    assert results["sent"] >= MESSAGES * 0.9, results["states_not_reached"]
    assert results["processor_ms"]["p99"] < 1000


def test_every_step_of_every_guide_is_among_the_states() -> None:
    names: dict[tuple[str, str], set[str]] = defaultdict(set)
    for state in all_states():
        names[state.channel, state.language].add(state.name)
    for found in names.values():
        for guide in read_guides(ROOT / "data" / "guides").values():
            for step in guide.steps:
                begin = f"guide {guide.id}, {step.id}"
                assert any(f"{name},".startswith(f"{begin},") for name in found), begin


def test_a_run_is_planned_evenly_and_the_same_again() -> None:
    messages = 10 * len(all_states())
    tasks = plan(all_states(), messages, seed=3)
    assert sum(task.count for task in tasks) == messages
    assert {str(task.state) for task in tasks} == {str(state) for state in all_states()}
    assert tasks == plan(all_states(), messages, seed=3)
    assert tasks != plan(all_states(), messages, seed=4)


@pytest.mark.parametrize(
    ("written", "answer", "errors", "cpu", "kind"),
    [
        ("hei", Answer(("Hei!",)), [], 0.1, None),
        ("hei", Answer(("Hei!",)), ["x\nKeyError: 'a'"], 0.1, "logged: KeyError"),
        ("hei", Answer(), [], 0.1, "no answer"),
        ("hei", Answer(("  ",)), [], 0.1, "no answer"),
        ("hei", Answer(silence="opted out"), [], 0.1, None),
        ("hei", Answer(("Innen {deadline}.",)), [], 0.1, "unfilled"),
        ("hei", Answer(("Hei!",)), [], 2.5, "too slow"),
        ("hei", Answer(refusal="empty"), [], 0.1, "refused: empty"),
        ("\0 ", Answer(refusal="empty"), [], 0.1, None),
        ("hei", Answer(refusal="too_long"), [], 0.1, "refused: too_long"),
        ("a" * 501, Answer(refusal="too_long"), [], 0.1, None),
        ("hei", Answer(refusal="bad_request"), [], 0.1, "refused: bad_request"),
    ],
)
def test_what_counts_as_a_fault(
    written: str, answer: Answer, errors: list[str], cpu: float, kind: str | None
) -> None:
    found = problem(text(written), answer, errors, LIMIT, cpu)
    assert (None if found is None else found.kind) == kind
