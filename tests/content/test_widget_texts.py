"""The web chat's own texts: complete, and the same facts in each language."""

from __future__ import annotations

import pytest

from .conftest import Project

PATH = "data/widget/texts.yml"


def test_a_language_is_missing(project: Project) -> None:
    at = project.replace(PATH, ', en: "Send"}', "}")
    assert project.found() == [f"{PATH}:{at}: the text 'send' has no text in en"]


@pytest.mark.parametrize(
    ("old", "new", "wrong"),
    [
        ("ringe Kundesenteret", "ringe Kundesenteret", []),
        ("Steg {step} av {steps}", "Steg {step}", ["the part in braces '{steps}'"]),
        ("technical help) on 55 97 65 51", "technical help) on 55 97 65 50", ["the number"]),
    ],
)
def test_another_fact_in_one_language(
    project: Project, old: str, new: str, wrong: list[str]
) -> None:
    if old != new:
        project.replace(PATH, old, new)
    found = project.found()
    assert bool(found) is bool(wrong)
    assert all(PATH in one for one in found)


def test_a_number_that_is_not_listed(project: Project) -> None:
    for _ in range(3):
        project.replace(PATH, "55 97 65 51.", "55 97 65 52.")
    assert any("55 97 65 52" in one for one in project.found())
