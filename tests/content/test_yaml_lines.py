"""Files that are not YAML."""

from __future__ import annotations

import pytest

from .conftest import Project

FILES = [
    "domain.yml",
    "config.yml",
    "endpoints.yml",
    "credentials.yml",
    "data/settings.yml",
    "data/nlu/after.yml",
    "data/guides/connecting.yml",
    "data/channels/web_errors.yml",
    "data/entities/devices.yml",
]


@pytest.mark.parametrize("path", FILES)
def test_a_missing_bracket(project: Project, path: str) -> None:
    at = project.append(path, "extra: [one, two\n")
    [wrong] = project.found()
    # YAML sees the mistake where the file ends.
    assert wrong.startswith(
        (f"{path}:{at}: this is not YAML (", f"{path}:{at + 1}: this is not YA")
    )


def test_wrong_indentation(project: Project) -> None:
    at = project.replace("data/settings.yml", "default_language:", " default_language:")
    [wrong] = project.found()
    assert wrong.startswith(f"data/settings.yml:{at}: this is not YAML (")


def test_a_missing_file(project: Project) -> None:
    (project.root / "credentials.yml").unlink()
    assert project.found() == ["credentials.yml: the file is missing"]


def test_an_empty_file(project: Project) -> None:
    (project.root / "data/nlu/new.yml").write_text("# later\n", encoding="utf-8")
    assert project.found() == ["data/nlu/new.yml:1: the file is empty"]


def test_another_encoding(project: Project) -> None:
    file = project.root / "data/nlu/new.yml"
    file.write_bytes('version: "3.1"\n# på norsk\n'.encode("latin-1"))
    assert project.found() == ["data/nlu/new.yml:2: this is not UTF-8"]


def test_an_invisible_character(project: Project) -> None:
    at = project.replace("data/topics.yml", "Jeg er forsinket", "Jeg er\x07 forsinket")
    assert project.found() == [f"data/topics.yml:{at}: the line has an invisible character"]


def test_a_name_that_stands_twice(project: Project) -> None:
    first = project.line("data/settings.yml", "hospital_name:")
    at = project.append("data/settings.yml", "hospital_name: Helse Bergen\n")
    assert project.found() == [
        f"data/settings.yml:{at}: 'hospital_name' stands here already, in line {first}"
    ]


def test_a_response_that_stands_twice_in_a_file(project: Project) -> None:
    path = "data/responses/during.yml"
    first = project.line(path, "  utter_recording:")
    at = project.append(path, "  utter_recording:\n  - text: Nei\n")
    assert project.found() == [
        f"{path}:{at}: 'utter_recording' stands here already, in line {first}"
    ]
