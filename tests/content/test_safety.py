"""Mistakes in the phrases that mean danger: one that is lost is not seen by anybody."""

from __future__ import annotations

from .conftest import Project

PATH = "data/safety/phrases.yml"


def test_a_list_that_is_gone(project: Project) -> None:
    at = project.replace(PATH, "mental_health_crisis:\n", "mental_health:\n")
    wrong = project.found()
    assert f"{PATH}:{at}: 'mental_health' is not known in the file" in wrong
    assert any(one.endswith("the file has no 'mental_health_crisis'") for one in wrong)
    assert len(wrong) == 2


def test_a_phrase_that_is_danger_and_not(project: Project) -> None:
    at = project.line(PATH, "  - får ikke puste\n")
    project.append(PATH, "  - får ikke puste\n")
    assert project.found() == [
        f"{PATH}:{at}: 'får ikke puste' stands both as a danger and under not_danger"
    ]


def test_a_phrase_that_is_no_text(project: Project) -> None:
    at = project.replace(PATH, "  - får ikke puste\n", "  - 113\n")
    assert project.found() == [f"{PATH}:{at}: '113' is not read as text by YAML"]
