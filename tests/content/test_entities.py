"""Mistakes in the lists of words."""

from __future__ import annotations

import pytest

from .conftest import Project

DEVICES = "data/entities/devices.yml"
BROWSERS = "data/entities/browsers.yml"
WORDS = "data/language/function_words.yml"


def test_an_unknown_entity(project: Project) -> None:
    at = project.replace(BROWSERS, "entity: browser", "entity: browsers")
    assert project.found() == [f"{BROWSERS}:{at}: the entity 'browsers' is not in domain.yml"]


def test_an_unknown_device(project: Project) -> None:
    at = project.append(DEVICES, "  fridge: [fridge]\n")
    assert project.found() == [f"{DEVICES}:{at}: the guides know no device 'fridge'"]


def test_a_word_that_yaml_reads_as_something_else(project: Project) -> None:
    at = project.replace(DEVICES, "    - notebook", "    - on")
    assert project.found() == [f"{DEVICES}:{at}: 'on' is not read as text by YAML"]


def test_a_word_under_two_meanings(project: Project) -> None:
    at = project.replace(DEVICES, "    - notebook", "    - Samsung")
    assert project.found() == [
        f"{DEVICES}:{at}: 'samsung' stands under 'computer' and under 'android'"
    ]


def test_no_words(project: Project) -> None:
    at = project.replace(BROWSERS, "safari: [safari]", "safari:")
    assert project.found() == [f"{BROWSERS}:{at}: 'safari' must be a list of words"]


def test_a_list_without_its_values(project: Project) -> None:
    (project.root / BROWSERS).write_text("entity: browser\n", encoding="utf-8")
    assert project.found() == [f"{BROWSERS}:1: the list of words has no 'values'"]


def test_a_function_word_that_yaml_reads_as_something_else(project: Project) -> None:
    at = project.replace(WORDS, "nå: ['no',", "nå: [no,")
    assert project.found() == [f"{WORDS}:{at}: 'no' is not read as text by YAML"]


@pytest.mark.parametrize("name", ["greetings", "contrasts"])
def test_a_phrase_that_is_no_text(project: Project, name: str) -> None:
    at = project.append(f"data/language/{name}.yml", "  - 7\n")
    assert project.found() == [f"data/language/{name}.yml:{at}: '7' is not read as text by YAML"]
