"""No text states a number that is not listed."""

from __future__ import annotations

import pytest

from videohjelp.content.numbers import Numbers

from .conftest import Project

NUMBERS = Numbers(frozenset({"113", "116117", "116123", "55976551", "48032638", "998112"}))
UNLISTED = "is neither in data/directory/departments.csv nor in data/numbers.yml"


@pytest.mark.parametrize(
    "written",
    [
        "Ring 113.",
        "Ring 116 117 eller 116 123.",
        "116 117 116 123",
        "Ring 55 97 65 51, mandag til fredag kl. 08.00–15.30.",
        "+47 55 97 65 51",
        "480 32 638",
        "55\u00a097\u00a065\u00a051",
        "Romnummer 998112",
        "24. november 2026 kl. 10",
        "10:30-11:45",
        "Er du 100 år eller 16 år?",
        "Steg 2 av 10",
        "{phone} og {code}",
        "5–10 minutter, 16–18 år",
        "",
    ],
)
def test_numbers_that_may_be_stated(written: str) -> None:
    assert list(NUMBERS.unknown_in(written)) == []


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("Ring 112.", "112"),
        ("Ring 55 97 65 52.", "55 97 65 52"),
        ("Ring 55976552", "55976552"),
        ("Ring 5597 65 52 no", "5597 65 52"),
        ("55.97.65.52", "55.97.65.52"),
        ("22.59.13.01", "22.59.13.01"),
        ("55-97-65-52", "55-97-65-52"),
        ("116 118", "116 118"),
        ("116 117 5", "116 117 5"),
        ("+46 55 97 65 51", "+46 55 97 65 51"),
        ("375 kroner", "375"),
        ("2026 97 65", "2026 97 65"),
    ],
)
def test_numbers_that_may_not(written: str, number: str) -> None:
    [(place, found)] = NUMBERS.unknown_in(written)
    assert found == number
    assert written[place:].startswith(number)


def test_a_wrong_digit_in_a_response(project: Project) -> None:
    path = "data/responses/safety.yml"
    at = project.replace(path, "116 123", "116 124")
    assert f"{path}:{at}: the number '116 124' {UNLISTED}" in project.found()


def test_a_wrong_digit_in_an_error_text(project: Project) -> None:
    path = "data/channels/web_errors.yml"
    at = project.replace(path, "55 97 65 51", "55 97 65 15")
    assert project.found() == [f"{path}:{at}: the number '55 97 65 15' {UNLISTED}"]


def test_a_number_in_a_guide(project: Project) -> None:
    path = "data/guides/connecting.yml"
    at = project.replace(path, "opening: utter_how_to_connect_opening", 'opening: "ring 12345678"')
    assert f"{path}:{at}: the number '12345678' {UNLISTED}" in project.found()


def test_a_number_in_a_title(project: Project) -> None:
    path = "data/topics.yml"
    at = project.replace(path, '"Jeg er forsinket"', '"Ring 02800"')
    assert project.found() == [f"{path}:{at}: the number '02800' {UNLISTED}"]


def test_a_number_that_is_taken_out_of_the_list(project: Project) -> None:
    path = "data/numbers.yml"
    project.replace(path, '"998112"', '"998113"')
    wrong = project.found()
    assert wrong
    assert all(one.endswith(f"the number '998112' {UNLISTED}") for one in wrong)


def test_a_listed_number_without_its_source(project: Project) -> None:
    path = "data/numbers.yml"
    at = project.append(path, '  - number: "12345"\n    what: Noe.\n')
    assert project.found() == [f"{path}:{at}: the number has no 'source'"]


def test_a_listed_number_without_quotation_marks(project: Project) -> None:
    path = "data/numbers.yml"
    at = project.append(path, "  - number: 0123\n    what: Noe.\n    source: x\n")
    assert project.found() == [f"{path}:{at}: '0123' is not written as a number in quotation marks"]


def test_no_list_of_numbers(project: Project) -> None:
    (project.root / "data/numbers.yml").unlink()
    assert "data/numbers.yml: the file is missing" in project.found()
