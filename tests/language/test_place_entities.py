"""Hospitals and departments in messages, by the directory the product comes with."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.language.rasa_double import context, message, resource, storage
from videohjelp.directory.mentions import POSSIBLE, UNCLEAR, WITH_UNKNOWN
from videohjelp.directory.store import DirectoryFile
from videohjelp.language.appointment_entities import AppointmentTimeExtractor
from videohjelp.language.place_entities import PlaceExtractor
from videohjelp.settings import ROOT

NUMBERS = ROOT / "data" / "directory" / "departments.csv"
FILE = DirectoryFile(NUMBERS)
EXTRACTOR = PlaceExtractor(lambda: FILE.directory)
KK_HAUKELAND = {"haukeland-kvinneklinikken-resepsjon", "haukeland-kvinneklinikken-innlegging"}


def found(text: str) -> list[tuple[str, str, str | None, str]]:
    """Entity, value, role and the words themselves."""
    return [
        (one["entity"], one["value"], one.get("role"), text[one["start"] : one["end"]])
        for one in EXTRACTOR.find(text)
    ]


def hospital(text: str) -> tuple[str, str | None] | None:
    """The hospital's id and its role."""
    ids = [(value, role) for entity, value, role, _ in found(text) if entity == "hospital"]
    assert len(ids) <= 1
    return ids[0] if ids else None


def departments(text: str) -> set[str]:
    return {value for entity, value, _, _ in found(text) if entity == "department"}


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        # bokmål
        ("Haukeland universitetssykehus", "haukeland"),
        ("Jeg har time på Haukeland i morgen klokka ti", "haukeland"),
        ("Kan du gi meg nummeret til Stavanger universitetssjukehus?", "sus"),
        ("Revmatismesykehuset i Haugesund", "hsr"),
        ("Solli DPS på Nesttun", "solli-dps"),
        # nynorsk
        ("Kva er nummeret til Førde sentralsjukehus?", "forde-sentralsjukehus"),
        ("Lærdal sjukehus", "laerdal-sjukehus"),
        ("Haugesund sjukehus, telefon?", "haugesund"),
        # dialekt
        ("ka nummer har dokker te Haukeland", "haukeland"),
        ("det e SUS", "sus"),
        ("Voss sjukehus da æ der", "voss-sjukehus"),
        ("eg går på Solli eg", "solli-dps"),
        # SMS, skrivefeil
        ("HUS", "haukeland"),
        ("tlf haukeland?", "haukeland"),
        ("hauklan", "haukeland"),
        ("haralsplass", "haraldsplass"),
        ("betanjen", "betanien"),
        ("hageviken kysthospital", "kysthospitalet-hagevik"),
        ("FORDE SENTRALSYKEHUS", "forde-sentralsjukehus"),
        # learners, English
        ("Jeg går til sykehus Stavanger", "sus"),
        ("what's the phone number for Haukeland", "haukeland"),
        ("Stord hospital, please. Stord sjukehus", "stord-sjukehus"),
    ],
)
def test_the_hospital_that_is_meant(text: str, id_: str) -> None:
    assert hospital(text) == (id_, None)


@pytest.mark.parametrize(
    ("text", "id_", "role"),
    [
        # A town with several hospitals.
        ("Bergen", "haukeland", POSSIBLE),
        ("sykehuset i Haugesund", "haugesund", POSSIBLE),
        # A department that the directory lacks.
        ("hudavdelingen på Haukeland", "haukeland", WITH_UNKNOWN),
        ("besøkstid sus?", "sus", WITH_UNKNOWN),
        ("neurology at Haukeland", "haukeland", WITH_UNKNOWN),
        # Neither hospital nor department is clear.
        ("ortopedisk i Bergen", "haukeland", UNCLEAR),
        ("Kommer det til å regne i Bergen i helgen?", "haukeland", UNCLEAR),
    ],
)
def test_how_sure_the_hospital_is(text: str, id_: str, role: str) -> None:
    assert hospital(text) == (id_, role)


@pytest.mark.parametrize(
    "text",
    [
        "nummeret til kvinneklinikken på Haukeland",
        "ka e nummeret te kvinneklinikken på Haukeland",
        "KVINNEKLINIKKA PÅ HAUKELAND",
        "kvinne klinikken haukeland",
        "kvinneklinken haukeland",
        "nr til kk på hus",
        "the women's clinic at Haukeland",
    ],
)
def test_departments_to_choose_from(text: str) -> None:
    assert hospital(text) == ("haukeland", None)
    assert departments(text) == KK_HAUKELAND
    assert {role for entity, _, role, _ in found(text) if entity == "department"} == {POSSIBLE}


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ("resepsjonen på kvinneklinikken på Haukeland", "haukeland-kvinneklinikken-resepsjon"),
        ("sentralbordet på Haukeland", "haukeland-sentralbord"),
        ("arbeidsmedisinsk poliklinikk haukeland", "haukeland-arbeidsmedisinsk-poliklinikk"),
        ("fødeavdelinga på Haukeland", "haukeland-kvinneklinikken-innlegging"),
    ],
)
def test_the_one_department_that_is_meant(text: str, id_: str) -> None:
    ids = [(value, role) for entity, value, role, _ in found(text) if entity == "department"]
    assert ids == [(id_, None)]


def test_a_department_without_a_hospital_is_a_choice_between_hospitals() -> None:
    assert hospital("kvinneklinikken") is None
    assert departments("kvinneklinikken") >= KK_HAUKELAND
    assert any(id_.startswith("sus-") for id_ in departments("kvinneklinikken"))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "Hei,  kva er nummeret til Kvinneklinikken\npå  Haukeland?",
            {"Kvinneklinikken", "Haukeland"},
        ),
        ("Valen sjukehus i Kvinnherad, takk", {"Valen sjukehus i Kvinnherad"}),
        ("½ time på Fo\u0308rde sentralsjukehus", {"Fo\u0308rde sentralsjukehus"}),
        ("det e SUS!", {"SUS"}),
    ],
)
def test_where_the_words_stand(text: str, words: set[str]) -> None:
    assert {word for *_, word in found(text)} == words


@pytest.mark.parametrize(
    "text",
    [
        "kameraet virker ikke",
        "jeg ser nesten ikke legen, bildet er bittelite",
        "hus mitt er liten og mange barn, ikke stille",
        "det e fullt hus i helgå",
        "Det du fortalde gjekk meg hus forbi",
        "lyden er borte på iPaden",
        "har jeg feil romnummer?",
        "hvem har lov til å høre på? sender dere opptak?",
        "datane mine forsvann",
        "i dag var det dårlig lyd",
        "how do I cancel",
        "ambulanse, ring 113",
        "legevakta",
        "Ullevål",
        "hudavdelingen",
        "",
        "???",
    ],
)
def test_ordinary_messages_name_no_place(text: str) -> None:
    assert found(text) == []


def test_a_message_with_a_place_a_day_and_an_hour_gives_them_all() -> None:
    text = "hva er nummeret til kvinneklinikken på Haukeland, har time torsdag 24.12 kl ti"
    one = message(text)
    for extractor in (AppointmentTimeExtractor(), EXTRACTOR):
        (one,) = extractor.process([one])
    said = {(found["entity"], text[found["start"] : found["end"]]) for found in one.get("entities")}
    assert said == {
        ("hospital", "Haukeland"),
        ("department", "kvinneklinikken"),
        ("date", "torsdag 24.12"),
        ("time", "kl ti"),
    }


@given(st.text(max_size=300))
def test_a_value_is_always_an_id_of_the_directory(text: str) -> None:
    """So nothing that the patient wrote is ever kept as one."""
    for one in EXTRACTOR.find(text):
        known = FILE.directory.hospital if one["entity"] == "hospital" else FILE.directory.entry
        assert known(one["value"]) is not None
        assert 0 <= one["start"] <= one["end"] <= len(text)


def test_a_changed_directory_is_taken_up(tmp_path: Path) -> None:
    path = tmp_path / "departments.csv"
    lines = NUMBERS.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(lines), encoding="utf-8")
    extractor = create(path, tmp_path)
    assert extractor.find("Fantesteinen sjukehus") == []
    added = lines[1].replace("haukeland-sentralbord", "fantesteinen-sentralbord")
    added = added.replace("Haukeland universitetssjukehus", "Fantesteinen sjukehus")
    added = added.rsplit(",", 1)[0] + ",\n"
    path.write_text("".join([*lines, added]), encoding="utf-8")
    assert [one["value"] for one in extractor.find("Fantesteinen sjukehus")] == [
        "fantesteinen-sykehus"
    ]


def create(path: Path, folder: Path) -> PlaceExtractor:
    make: Callable[..., PlaceExtractor] = PlaceExtractor.create
    return make({"directory": str(path)}, storage(folder / "model"), resource(), context())


def test_the_configured_file_is_there() -> None:
    assert (ROOT / PlaceExtractor.get_default_config()["directory"]).is_file()
