"""Services that are answered elsewhere: words and answers belong together."""

from __future__ import annotations

from .conftest import Project

WORDS = "data/entities/other_services.yml"
ANSWERS = "data/responses/other_services.yml"


def test_a_service_without_an_answer(project: Project) -> None:
    at = project.append(WORDS, "  cinema: [kino, kinoen]\n")
    assert project.found() == [f"{WORDS}:{at}: the service 'cinema' has no answer"]


def test_an_answer_that_no_words_lead_to(project: Project) -> None:
    project.replace(WORDS, "  dentist: [", "  dentists: [")
    at = project.line(ANSWERS, "  utter_other_service_dentist:")
    found = project.found()
    assert f"{ANSWERS}:{at}: no words lead to the response 'utter_other_service_dentist'" in found
    assert any(wrong.endswith("the service 'dentists' has no answer") for wrong in found)


def test_the_words_are_missing(project: Project) -> None:
    (project.root / WORDS).unlink()
    assert f"{WORDS}: the file is missing" in project.found()
