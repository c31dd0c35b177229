"""Days and hours in messages, as patients write them. The clock stands still on a Monday."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from tests.language.rasa_double import context, message, resource, storage
from videohjelp.appointments.mentions import ANSWER, IMPOSSIBLE
from videohjelp.clock import OSLO
from videohjelp.language.appointment_entities import AppointmentTimeExtractor

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=OSLO)
EXTRACTOR = AppointmentTimeExtractor()


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as stopped:
        yield stopped


def found(text: str) -> list[tuple[str, str, str]]:
    """Entity, value and the words themselves; what is only an answer is left out."""
    return [
        (entity["entity"], entity["value"], text[entity["start"] : entity["end"]])
        for entity in EXTRACTOR.find(text)
        if "role" not in entity
    ]


def dates(text: str) -> list[str]:
    return [value for entity, value, _ in found(text) if entity == "date"]


def times(text: str) -> list[str]:
    return [value for entity, value, _ in found(text) if entity == "time"]


# --- day and hour -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "day", "hour"),
    [
        # bokmål
        ("Jeg har time i morgen klokka ti", "2026-11-24", "10:00"),
        ("Timen min er torsdag klokken halv elleve.", "2026-11-26", "10:30"),
        ("24.12 halv elleve", "2026-12-24", "10:30"),
        ("fredag 27. november kl. 09.05", "2026-11-27", "09:05"),
        ("kvart over to på onsdag", "2026-11-25", "14:15"),
        ("hei! videokonsultasjon 3/12 kl 13, må den flyttes?", "2026-12-03", "13:00"),
        ("timen er om fem minutter", "2026-11-23", "09:05"),
        ("om et kvarter", "2026-11-23", "09:15"),
        # nynorsk
        ("Eg har time tysdag i neste veke klokka kvart på ni", "2026-12-01", "08:45"),
        ("Ho mor har time laurdag 5. desember klokka tolv", "2026-12-05", "12:00"),
        ("Det er i overmorgon klokka halv tre", "2026-11-25", "14:30"),
        # dialekt
        ("i mårgå kl ti", "2026-11-24", "10:00"),
        ("eg he time i mårå klokkå halv ni", "2026-11-24", "08:30"),
        ("på fredag kvart øve tri", "2026-11-27", "15:15"),
        ("da e onsda klokko elleve", "2026-11-25", "11:00"),
        ("i øvermorgen klokken åtte", "2026-11-25", "08:00"),
        # SMS
        ("imrg 10", "2026-11-24", "10:00"),
        ("tors kl 1015", "2026-11-26", "10:15"),
        ("24/11 0900", "2026-11-24", "09:00"),
        # learners
        ("12 desember klokka ti og tretti", "2026-12-12", "10:30"),
        ("min time er dato 30 november, klokka 2 ettermiddag", "2026-11-30", "14:00"),
        # English
        ("tomorrow at half past ten", "2026-11-24", "10:30"),
        ("it's on Friday the 27th at quarter to twelve", "2026-11-27", "11:45"),
        ("December 3rd, 2 pm", "2026-12-03", "14:00"),
    ],
)
def test_day_and_hour(text: str, day: str, hour: str) -> None:
    assert (dates(text), times(text)) == ([day], [hour])


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("om tri dagar", "2026-11-26"),
        ("om ein fjorten dagar", "2026-12-07"),
        ("torsdag i neste veke", "2026-12-03"),
        ("I brevet står det uke 49, tirsdag", "2026-12-01"),
        ("den tolvte desember", "2026-12-12"),
        ("julaften", "2026-12-24"),
        ("lauredag føremiddag", "2026-11-28"),
        ("in three days", "2026-11-26"),
        ("The letter says 24 November 2026", "2026-11-24"),
        # What has passed is a day too; the form says so.
        ("jeg hadde time i går", "2026-11-22"),
        ("det har vært sånn siden lørdag", "2026-11-21"),
        ("det passer ikke siden torsdag er fridag", "2026-11-26"),
        # The day that is moved, not the week it is moved to.
        ("Jeg har time fredag. Er det mulig å flytte til neste uke?", "2026-11-27"),
    ],
)
def test_a_day_alone(text: str, day: str) -> None:
    assert (dates(text), times(text)) == ([day], [])


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("rekker ikke timen min klokka ti", "10:00"),
        ("de ringte meg klokka ti", "10:00"),
        ("halv elleve", "10:30"),
        ("ti over halv tre", "14:40"),
        ("klokkå fem øve halv ett", "12:35"),
        ("timen sku begynt 0830 hvor er dere", "08:30"),
        ("my appointment is at 2 pm, when do I click the link", "14:00"),
    ],
)
def test_an_hour_alone(text: str, hour: str) -> None:
    assert (dates(text), times(text)) == ([], [hour])


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("neste torsdag", ["2026-11-26", "2026-12-03"]),
        ("på mandag", ["2026-11-23", "2026-11-30"]),  # said on a Monday
        ("tirsdag eller onsdag", ["2026-11-24", "2026-11-25"]),
    ],
)
def test_each_day_that_may_be_meant(text: str, days: list[str]) -> None:
    assert dates(text) == days


def test_a_day_that_does_not_exist() -> None:
    assert found("timen er 31. november") == [("date", IMPOSSIBLE, "31. november")]


# --- an hour where one was asked for -------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "hour"), [("9", "09:00"), ("ti", "10:00"), ("09.05", "09:05"), ("det er to", "14:00")]
)
def test_a_number_alone_is_an_hour_only_as_an_answer(text: str, hour: str) -> None:
    answers = [one["value"] for one in EXTRACTOR.find(text) if one.get("role") == ANSWER]
    assert answers == [hour]
    assert times(text) == []


# --- the words ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Hei,  jeg har time  i  morgen  kl. 10!", ["i  morgen", "kl. 10"]),
        ("eg fekk brev i går om time på torsdag i neste veke", ["torsdag i neste veke"]),
        ("Timen\ner 3. desember,\nklokka 08.45", ["3. desember", "klokka 08.45"]),
        ("søndag fekk eg feber. Timen er tysdag halv ti", ["søndag", "tysdag", "halv ti"]),
        ("timen er om fem minutter", ["om fem minutter", "om fem minutter"]),
        ("i ma\u030argå kl ti", ["i ma\u030argå", "kl ti"]),
        ("½ av det var uklart: time 24.12 kl 10", ["24.12", "kl 10"]),
    ],
)
def test_where_the_words_stand(text: str, words: list[str]) -> None:
    assert sorted(word for _, _, word in found(text)) == sorted(words)


def test_the_format_is_that_of_rasa() -> None:
    (done,) = EXTRACTOR.process([message("time torsdag")])
    assert done.get("entities") == [
        {
            "entity": "date",
            "value": "2026-11-26",
            "start": 5,
            "end": 12,
            "confidence_entity": 1.0,
            "extractor": "AppointmentTimeExtractor",
        }
    ]


def test_seen_from_now_in_oslo(clock: time_machine.Traveller) -> None:
    """A minute after midnight in Oslo it is still yesterday in London."""
    clock.move_to(datetime(2027, 1, 1, 0, 1, tzinfo=OSLO))
    assert dates("i morgen") == ["2027-01-02"]


# --- no day, no hour ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "jeg har ventet i ti minutter",
        "eg har sete her i tre kvarter",
        "iPhone 11",
        "Samsung Galaxy S10",
        "windows 10 og chrome 119",
        "kode 1234",
        "1000 takk",
        "jeg er 84 år og ser dårlig",
        "klokka er ti over og jeg sitter fortsatt alene",
        "hva er klokken",
        "Må eg betale for slike timar?",
        "eg har tre timar att på batteriet",
        "to personer kan være med",
        "god morgen",
        "god dag, hvor er lenken",
        "hver torsdag går jeg til lege",
        "må jeg ringe når det er mindre enn to virkedager igjen",
        "dagen før julaften",
        "kan me vere to på skjermen",
        "ring 55 97 65 51",
        "i have two phones",
        "",
        "???",
    ],
)
def test_ordinary_messages_have_neither(text: str) -> None:
    assert found(text) == []


# --- as a component ------------------------------------------------------------------------------


@pytest.mark.parametrize("text", [None, ""])
def test_a_message_without_text_gets_nothing(text: str | None) -> None:
    (done,) = EXTRACTOR.process([message(text)])
    assert done.get("entities") is None


@given(st.text(max_size=600))
def test_any_text_is_read(text: str) -> None:
    for entity in EXTRACTOR.find(text):
        assert 0 <= entity["start"] <= entity["end"] <= len(text)


def test_a_fault_in_reading_does_not_keep_the_message_from_the_rest(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Danger is recognised after it."""

    def fail(_: str) -> list[dict[str, Any]]:
        raise ValueError("no such month")

    extractor = AppointmentTimeExtractor()
    monkeypatch.setattr(extractor, "find", fail)
    one = message("i morgen")
    one.set("entities", [{"entity": "device", "value": "iphone", "start": 0, "end": 1}])
    (done,) = extractor.process([one])
    assert [entity["entity"] for entity in done.get("entities")] == ["device"]


def test_it_is_made_without_settings(tmp_path: Path) -> None:
    extractor = AppointmentTimeExtractor.create({}, storage(tmp_path), resource(), context())
    assert [one["value"] for one in extractor.find("i dag")] == ["2026-11-23"]
