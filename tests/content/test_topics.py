"""Mistakes in the titles of the topics."""

from __future__ import annotations

from .conftest import Project

PATH = "data/topics.yml"


def test_a_topic_without_a_title(project: Project) -> None:
    line = '  opening_hours: {nb: "Når kan jeg ringe sykehuset?"'
    file = project.root / PATH
    rows = file.read_text(encoding="utf-8").split("\n")
    kept = [row for row in rows if not row.startswith(line)]
    assert len(kept) == len(rows) - 1
    file.write_text("\n".join(kept), encoding="utf-8")
    [wrong] = project.found()
    assert wrong.startswith(f"{PATH}:")
    assert wrong.endswith(": the topic 'opening_hours' has no title")


def test_a_title_that_is_too_long(project: Project) -> None:
    title = "Jeg er forsinket og vet ikke hva jeg nå"
    at = project.replace(PATH, '"Jeg er forsinket"', f'"{title}"')
    assert project.found() == [f"{PATH}:{at}: the title '{title}' has 39 characters"]


def test_a_title_of_the_longest_length(project: Project) -> None:
    project.replace(PATH, '"Jeg er forsinket"', '"Jeg er forsinket og vet ikke hva jeg n"')
    assert project.found() == []


def test_a_title_that_is_not_for_sms(project: Project) -> None:
    at = project.replace(PATH, '"Jeg er forsinket"', '"Jeg er «forsinket»"')
    assert project.found() == [
        f"{PATH}:{at}: the title 'Jeg er «forsinket»' has '«', which is not in the SMS alphabet"
    ]


def test_two_topics_of_one_title(project: Project) -> None:
    project.replace(PATH, '"Jeg er forsinket"', '"Behandleren er forsinket"')
    at = project.line(PATH, "  clinician_delayed:")
    assert project.found() == [
        f"{PATH}:{at}: 'clinician_delayed' and 'patient_delayed' have the same title in nb: "
        "'Behandleren er forsinket'"
    ]


def test_a_title_that_lacks_a_language(project: Project) -> None:
    at = project.replace(PATH, ', en: "I am late"', "")
    assert project.found() == [f"{PATH}:{at}: 'patient_delayed' has no title in en"]


def test_no_way_past_the_suggestions(project: Project) -> None:
    project.replace(PATH, "none_of_these: {", "# none_of_these: {")
    [wrong] = project.found()
    assert wrong.endswith(": the file has no 'none_of_these'")


def test_the_way_past_the_suggestions_lacks_a_language(project: Project) -> None:
    at = project.replace(PATH, ', en: "None of these"', "")
    assert project.found() == [f"{PATH}:{at}: 'none_of_these' has no title in en"]


def test_a_topic_named_like_the_way_past_the_suggestions(project: Project) -> None:
    project.replace(PATH, '"Jeg er forsinket"', '"Noe annet"')
    [wrong] = project.found()
    assert "have the same title in nb: 'Noe annet'" in wrong


def test_a_move_of_the_conversation_is_no_topic(project: Project) -> None:
    at = project.append(PATH, '  greet: {nb: "Hei", nn: "Hei", en: "Hello"}\n')
    assert project.found() == [f"{PATH}:{at}: 'greet' is no topic a patient can choose"]
