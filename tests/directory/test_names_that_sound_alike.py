"""A department that was not named is never given as the answer, however alike it sounds."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from videohjelp.directory.entries import DirectoryEntry
from videohjelp.directory.hospitals import Hospital
from videohjelp.directory.search import Directory

HAUKELAND = "Haukeland universitetssjukehus"
HOSPITALS = [Hospital("haukeland", HAUKELAND, "Helse Bergen", ("Haukeland", "HUS"))]
# Made up, with names that lie close to each other and to ordinary words.
DEPARTMENTS = [
    "Hudavdelinga", "Nevrologisk avdeling", "Ortopedisk poliklinikk", "Augeavdelinga",
    "Øyre-nase-hals-avdelinga", "Lungeavdelinga", "Hjarteavdelinga", "Barneavdelinga",
    "Barselavdelinga", "Fødeavdelinga", "Kvinneklinikken", "Kirurgisk poliklinikk",
    "Medisinsk poliklinikk", "Gastrokirurgisk poliklinikk", "Plastikkirurgisk avdeling",
    "Karkirurgisk avdeling", "Nevrokirurgisk avdeling", "Urologisk poliklinikk", "Nyreavdelinga",
    "Dialyseavdelinga", "Revmatologisk avdeling", "Endokrinologisk poliklinikk",
    "Hematologisk avdeling", "Kreftavdelinga", "Stråleterapi", "Infeksjonsavdelinga",
    "Geriatrisk avdeling", "Smerteklinikken", "Søvnsenteret", "Dagkirurgi", "Dagpoliklinikken",
    "Kveldspoliklinikken", "Røntgenavdelinga", "Laboratoriet", "Blodbanken",
    "Fysikalsk medisin og rehabilitering", "Habiliteringsavdelinga", "Psykiatrisk poliklinikk",
    "Rusavdelinga", "Sjukehusapoteket",
]  # fmt: skip


def directory_of(*departments: str) -> Directory:
    """A switchboard and these departments at Haukeland; the numbers are made up."""
    kinds = [("Sentralbord", "switchboard"), *((name, "outpatient_clinic") for name in departments)]
    entries = [
        DirectoryEntry(
            f"line-{number}", "Helse Bergen", HAUKELAND, name, kind, f"55 00 00 {number:02}", "",
            "https://example.org", "stated", None,
        )
        for number, (name, kind) in enumerate(kinds)
    ]  # fmt: skip
    return Directory(entries, HOSPITALS)


ALL = directory_of(*DEPARTMENTS)
ALONE = {name: directory_of(name) for name in DEPARTMENTS}

BEGINNINGS = st.sampled_from(
    [
        "hvilket nummer har", "kva nummer har", "har jeg time på", "kan eg nå i dag", "ring", "hei",
        "eg må nå i kveld", "hvor er", "kva er nummeret til", "legen på", "skal eg på", "mor har",
        "når opnar", "where is", "my", "den", "denne", "brevet er frå", "nummer for",
        "har du hudkrem på",
    ]
)  # fmt: skip
UNNAMED = st.sampled_from(
    [
        "avdelinga", "avdelingen", "avdelingå", "avdelingi", "avdelnga", "poliklinikken", "legen",
        "poliklinikka", "polikliniken", "poliklinken", "klinikken", "kontoret", "sengeposten",
        "seksjonen", "resepsjonen", "eininga",
    ]
)  # fmt: skip
PLACES = st.sampled_from(
    ["på Haukeland", "Haukeland", "ved Haukeland sjukehus", "på HUS", "- Haukeland"]
)


@given(BEGINNINGS, UNNAMED, PLACES, st.sampled_from(DEPARTMENTS))
@settings(max_examples=400, deadline=None)
def test_without_a_name_no_department_is_certain(
    beginning: str, unnamed: str, place: str, only: str
) -> None:
    text = f"{beginning} {unnamed} {place}"
    for directory in (ALL, ALONE[only]):
        assert not directory.find(text).certain


@given(
    st.lists(
        st.one_of(
            BEGINNINGS, UNNAMED, st.sampled_from(["Haukeland", "på HUS", "torsdag", "videotime"])
        ),
        min_size=1,
        max_size=7,
    ).map(" ".join)
)
@settings(max_examples=300, deadline=None)
def test_ordinary_words_in_any_order_name_no_department(text: str) -> None:
    assert not ALL.find(text).certain


@pytest.mark.parametrize("name", DEPARTMENTS)
def test_every_department_is_certain_by_its_name(name: str) -> None:
    answer = ALL.find(f"nummeret til {name} på Haukeland")
    assert [entry.department for entry in answer.matches] == [name]
    assert answer.certain


MISSING = [
    *DEPARTMENTS, "Handkirurgisk avdeling", "Håndavdelinga", "Tannavdelinga", "Brannskadeavdelinga",
    "Nefrologisk avdeling", "Hepatologisk avdeling", "Kardiologisk avdeling", "Onkologisk avdeling",
    "Gerontologisk avdeling", "Neonatalavdelinga", "Lunge medisinsk", "Kjeve kirurgisk",
]  # fmt: skip


@pytest.mark.parametrize("name", MISSING)
@pytest.mark.parametrize(
    "text",
    [
        "{} på Haukeland",
        "hvilket nummer har {} på Haukeland",
        "hei, mannen min Olav skal til undersøking og prøver neste månad hos {} på Haukeland",
    ],
)
def test_a_department_that_is_missing_is_not_its_neighbour(name: str, text: str) -> None:
    others = directory_of(*(each for each in DEPARTMENTS if each != name))
    assert not others.find(text.format(name)).certain


@pytest.mark.parametrize(
    ("text", "department"),
    [
        ("hud avdelinga på Haukeland", "Hudavdelinga"),
        ("lunge avdelinga Haukeland", "Lungeavdelinga"),
        ("smerte klinikken på HUS", "Smerteklinikken"),
        ("gastro kirurgisk Haukeland", "Gastrokirurgisk poliklinikk"),
        ("øyre nase hals Haukeland", "Øyre-nase-hals-avdelinga"),
        ("sjukehus apoteket på Haukeland", "Sjukehusapoteket"),
        ("nevrolgisk avdeling Haukeland", "Nevrologisk avdeling"),
        ("lungeavdelnga Haukeland", "Lungeavdelinga"),
    ],
)
def test_names_written_apart_and_typing_errors_are_still_understood(
    text: str, department: str
) -> None:
    answer = ALL.find(text)
    assert [entry.department for entry in answer.matches] == [department]
    assert answer.certain


@pytest.mark.parametrize(
    "text",
    [
        "hud har avdelinga på Haukeland",
        "nummeret i dag poliklinikken på Haukeland",
        "hyd avdelinga på Haukeland",
        "eg tar medisin, driv rehabilitering og fysikalsk trening heime, kva nummer har Haukeland",
    ],
)
def test_words_that_only_together_would_be_a_name(text: str) -> None:
    assert not ALL.find(text).certain
