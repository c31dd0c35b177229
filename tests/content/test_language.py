"""Words that both dictionaries have, in texts of the other written form."""

from __future__ import annotations

import pytest

from .conftest import Project

RESPONSES = "data/responses/conversation.yml"
LIST = "data/language/bokmaal_nynorsk.yml"


@pytest.mark.parametrize(
    ("path", "texts", "word", "form"),
    [
        (RESPONSES, ("      Berre hyggeleg.", "      Bare hyggeleg."), "Bare", "nynorsk"),
        (RESPONSES, ("      Bare hyggelig.", "      Berre hyggelig."), "Berre", "bokmål"),
        (RESPONSES, ('"Ja, det verkar"', '"Ja, det virker"'), "virker", "nynorsk"),
        ("data/topics.yml", ('"Biletet frys', '"Bildet frys'), "Bildet", "nynorsk"),
        (
            "data/channels/web_errors.yml",
            ("Sida finst ikkje", "Siden finst ikkje"),
            "Siden",
            "nynorsk",
        ),
    ],
)
def test_a_word_of_the_other_form(
    project: Project, path: str, texts: tuple[str, str], word: str, form: str
) -> None:
    at = project.replace(path, *texts)
    assert project.found() == [f"{path}:{at}: the word '{word}' is not {form}"]


def test_names_on_the_screen_are_left_alone(project: Project) -> None:
    text = "      Berre hyggeleg."
    project.replace(RESPONSES, text, f"{text} Det står (bare mye) på PC-en.")
    assert project.found() == []


def test_no_list(project: Project) -> None:
    (project.root / LIST).unlink()
    assert project.found() == [f"{LIST}: the file is missing"]


def test_a_word_that_yaml_reads_as_something_else(project: Project) -> None:
    at = project.replace(LIST, " elles,", " no, elles,")
    assert project.found() == [f"{LIST}:{at}: 'no' is not read as text by YAML"]
