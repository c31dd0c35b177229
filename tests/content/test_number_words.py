"""Numbers written as words that are not the same in all texts of a response."""

from __future__ import annotations

import pytest

from .conftest import Project
from .test_same_facts import variation_line

PATH = "data/language/number_words.yml"
AFTER = "data/responses/after.yml"


@pytest.mark.parametrize(
    ("texts", "label", "old", "new"),
    [
        (("to virkedagar", "tre virkedagar"), "the nynorsk text (web)", "2", "3"),
        (("two working days", "four working days"), "the English text (web)", "2", "4"),
    ],
)
def test_another_number(
    project: Project, texts: tuple[str, str], label: str, old: str, new: str
) -> None:
    text_line = project.replace(AFTER, *texts)
    at = variation_line(project, AFTER, text_line)
    what = f"{label} of 'utter_voluntary'"
    assert project.found() == [
        f"{AFTER}:{at}: {what} has the number in words '{new}', the bokmål text (web) has not",
        f"{AFTER}:{at}: {what} lacks the number in words '{old}' of the bokmål text (web)",
    ]


def test_no_file(project: Project) -> None:
    (project.root / PATH).unlink()
    assert project.found() == [f"{PATH}: the file is missing"]


def test_a_word_without_its_number(project: Project) -> None:
    at = project.replace(PATH, "eleven: 11", "eleven: many")
    assert project.found() == [f"{PATH}:{at}: 'eleven' has no number"]
