"""The telephones of the page have every part, in every language, and a number with a source."""

from __future__ import annotations

from .conftest import Project

PATH = "data/channels/phone_lines.yml"


def test_a_wrong_number(project: Project) -> None:
    at = project.replace(PATH, '"55 97 65 51"', '"55 97 65 52"')
    assert any(f"{PATH}:{at}:" in one and "55 97 65 52" in one for one in project.found())


def test_a_language_is_missing(project: Project) -> None:
    project.replace(PATH, "      nn: Fare for liv\n", "")
    assert any("'purpose' has no text in nn" in one for one in project.found())


def test_hours_that_do_not_exist(project: Project) -> None:
    project.replace(PATH, "hours: always", "hours: sometimes")
    assert any("the hours are wrong" in one for one in project.found())


def test_a_text_without_its_place(project: Project) -> None:
    at = project.replace(PATH, "Åpent til {time}", "Åpent")
    assert f"{PATH}:{at}: the text of 'open' in nb has other {{places}}" in project.found()
    project.replace(PATH, "Ope til {time}", "Ope til {")
    assert any("'open' in nn has other" in one for one in project.found())


def test_a_part_is_missing(project: Project) -> None:
    project.replace(PATH, '    number: "113"\n', "")
    assert any("a line has no 'number'" in one for one in project.found())


def test_the_file_is_missing(project: Project) -> None:
    (project.root / PATH).unlink()
    assert f"{PATH}: the file is missing" in project.found()
