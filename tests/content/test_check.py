"""The content as it is, and the checks as a whole."""

from __future__ import annotations

import time

from videohjelp.content.check import problems
from videohjelp.content.problem import Problem

from .conftest import ROOT, Project


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
    problems(ROOT)
    begin = time.process_time()
    problems(ROOT)
    assert time.process_time() - begin < 1.5


def test_several_mistakes_are_all_given_in_the_order_of_the_files(project: Project) -> None:
    first = project.replace("data/nlu/after.yml", "variety: bokmaal", "variety: bokmål")
    second = project.replace("data/topics.yml", "patient_delayed:", "patient_late:")
    wrong = project.found()
    assert wrong[0].startswith(f"data/nlu/after.yml:{first}: ")
    assert f"data/topics.yml:{second}: 'patient_late' is no topic a patient can choose" in wrong
    assert len(wrong) == 3  # the topic patient_delayed lacks its title now
