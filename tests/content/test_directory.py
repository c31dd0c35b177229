"""Mistakes in the directory are told of with the rest."""

from __future__ import annotations

from .conftest import Project

PATH = "data/directory/departments.csv"
HOSPITALS = "data/directory/hospitals.csv"


def test_a_number_with_a_digit_too_few(project: Project) -> None:
    at = project.replace(PATH, "55 97 38 75", "55 97 38 7")
    [wrong] = project.found()
    assert wrong.startswith(f'{PATH}:{at}: column phone: "55 97 38 7": ')


def test_an_id_that_stands_twice(project: Project) -> None:
    at = project.replace(HOSPITALS, "\nharaldsplass,", "\nhaukeland,") + 1
    [wrong] = project.found()
    assert wrong.startswith(f'{HOSPITALS}:{at}: column id: Id-en "haukeland" er brukt også i linje')
