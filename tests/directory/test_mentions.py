"""What is kept of a message gives the same numbers as the message itself, never others."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from videohjelp.directory.answer import DirectoryAnswer
from videohjelp.directory.entries import NATIONAL_SERVICE_KINDS
from videohjelp.directory.mentions import (
    DEPARTMENT,
    HOSPITAL,
    POSSIBLE,
    ROLES,
    PlaceMention,
    answer_to,
    mentions_in,
)
from videohjelp.directory.reading import read_directory
from videohjelp.directory.search import Directory
from videohjelp.directory.text import folded, word_places

from .conftest import DATA

ENTRIES = read_directory(DATA / "departments.csv")
NAMES = sorted(
    {name for entry in ENTRIES for name in (entry.hospital, entry.department, *entry.aliases)}
    | {"Bergen", "Voss", "Førde", "Kronstad DPS", "Ullevål", "Odda", "Haugesund"}
)
AROUND = ["nummeret til", "på", "ved", "i", "og", "jeg har time", "avdelingen", "sentralbordet"]


def said(answer: DirectoryAnswer) -> tuple[Any, ...]:
    """What a patient is told: the switchboard only where there is nothing else."""
    ids = [entry.id for entry in answer.matches]
    switchboard = answer.switchboard.phone if answer.switchboard and not ids else None
    return ids, answer.certain, answer.hospital and answer.hospital.id, switchboard


@pytest.mark.parametrize(
    "text",
    [
        "Haukeland",
        "Voss DPS",
        "Bergen",
        "Kronstad DPS",
        "kvinneklinikken",
        "kvinneklinikken på Haukeland",
        "sentralbordet på Haukeland",
        "sentralbordet på Kronstad DPS",
        "avdelingen i Haugesund",
        "poliklinikken i Bergen",
        "hudavdelingen på Haukeland",
        "ortopedisk i Lærdal",
        "fra Haukeland til Voss sjukehus",
        "Bergen helsehus",
        "banan",
        "",
    ],
)
def test_nothing_is_lost(directory: Directory, text: str) -> None:
    assert said(answer_to(mentions_in(text, directory), directory)) == said(directory.find(text))


@given(st.lists(st.sampled_from([*NAMES, *AROUND]), max_size=6).map(" ".join))
def test_nothing_is_lost_in_any_text(directory: Directory, text: str) -> None:
    kept = mentions_in(text, directory)
    assert said(answer_to(kept, directory)) == said(directory.find(text))
    assert all(one.role in (None, *ROLES) for one in kept)
    assert all(0 <= one.start < one.end <= len(text) for one in kept)


def test_a_national_service_is_no_department(directory: Directory) -> None:
    for kind in NATIONAL_SERVICE_KINDS:
        for entry in directory.services(kind):
            assert answer_to([PlaceMention(DEPARTMENT, entry.id)], directory) == DirectoryAnswer()


def test_an_id_that_is_gone_names_nothing(directory: Directory) -> None:
    kept = [PlaceMention(HOSPITAL, "gone"), PlaceMention(DEPARTMENT, "gone-too")]
    assert answer_to(kept, directory) == DirectoryAnswer()


def test_of_two_departments_one_of_which_is_gone_the_other_is_still_a_choice(
    directory: Directory,
) -> None:
    kept = [
        PlaceMention(DEPARTMENT, "gone", POSSIBLE),
        PlaceMention(DEPARTMENT, "haukeland-sentralbord", POSSIBLE),
    ]
    answer = answer_to(kept, directory)
    assert [entry.id for entry in answer.matches] == ["haukeland-sentralbord"]
    assert not answer.certain


@given(st.text())
def test_each_word_has_its_place(text: str) -> None:
    places = word_places(text)
    assert len(places) == len(folded(text).split())
    assert all(0 <= start < end <= len(text) for start, end in places)
    assert list(places) == sorted(places)
