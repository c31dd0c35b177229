"""The content as it is, and the checks as a whole."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

import yaml

from videohjelp.content.check import problems
from videohjelp.content.problem import Problem

from .conftest import ROOT, Project

#: The fast one where the library has it; both make plain values only.
SAFE_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def test_the_content_is_in_order() -> None:
    assert [str(one) for one in problems(ROOT)] == []


def test_a_problem_is_said_with_its_place() -> None:
    assert str(Problem("data/x.yml", 41, "it is wrong", "put it right")) == (
        "data/x.yml:41: it is wrong; put it right"
    )
    assert str(Problem("data/x.yml", 0, "it is wrong", "put it right")) == (
        "data/x.yml: it is wrong; put it right"
    )


def test_fast_enough_for_every_start() -> None:
    """Checking costs at most a few times what reading the same files as YAML does."""
    problems(ROOT)
    checking, reading = [], []
    gc.collect()
    gc.freeze()  # what other tests of this process have left is not looked through meanwhile
    try:
        for _ in range(3):
            checking.append(_seconds(lambda: problems(ROOT)))
            reading.append(_seconds(_read_all))
    finally:
        gc.unfreeze()
    assert min(checking) < 12 * min(reading)


def _read_all() -> None:
    for path in (ROOT / "data").rglob("*.yml"):
        yaml.load(path.read_text(encoding="utf-8"), Loader=SAFE_LOADER)  # noqa: S506


def _seconds(work: Callable[[], object]) -> float:
    begin = time.process_time()
    work()
    return time.process_time() - begin


def test_several_mistakes_are_all_given_in_the_order_of_the_files(project: Project) -> None:
    first = project.replace("data/nlu/after.yml", "variety: bokmaal", "variety: bokmål")
    second = project.replace("data/topics.yml", "patient_delayed:", "patient_late:")
    wrong = project.found()
    assert wrong[0].startswith(f"data/nlu/after.yml:{first}: ")
    assert f"data/topics.yml:{second}: 'patient_late' is no topic a patient can choose" in wrong
    assert len(wrong) == 3  # the topic patient_delayed lacks its title now
