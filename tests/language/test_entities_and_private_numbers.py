"""A number that identifies somebody never becomes a day or an hour."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from videohjelp.language.appointment_entities import AppointmentTimeExtractor


@pytest.mark.parametrize(
    "text",
    [
        "fødselsnummeret mitt er 24.12.70 12345",
        "24 12 70 12345",
        "24127012345",
        "151086 95088",
        "15.10.1986-95088",
        "romnummer 101 112",
        "pin 1030",
        "koden er 0930 og rommet 12 11 26",
        "ring meg på 24 12 20 26",
        "tlf 40 11 10 30",
    ],
)
def test_a_number_that_is_taken_out_is_neither_day_nor_hour(text: str) -> None:
    assert AppointmentTimeExtractor().find(text) == []


def test_what_stands_beside_such_a_number_is_found_in_its_place() -> None:
    text = "fødselsnummer 24.12.70 12345, time 24.12.2026 kl 10.30"
    found = {
        one["value"]: text[one["start"] : one["end"]]
        for one in AppointmentTimeExtractor().find(text)
    }
    assert found == {"2026-12-24": "24.12.2026", "10:30": "kl 10.30"}


@settings(deadline=None)
@given(
    st.dates(date(1930, 1, 1), date(2026, 1, 1)),
    st.integers(0, 99999),
    st.sampled_from(["%d%m%y", "%d.%m.%y", "%d.%m.%Y", "%d %m %y", "%d/%m-%y"]),
    st.sampled_from(["", " ", "-", ". "]),
    st.sampled_from(["{}", "fnr {}", "jeg heter Kari, {}", "fødselsnummer: {}", "{} er nummeret"]),
)
def test_no_identity_number_becomes_a_date(
    born: date, individual: int, written: str, gap: str, sentence: str
) -> None:
    number = f"{born.strftime(written)}{gap}{individual:05}"
    assert AppointmentTimeExtractor().find(sentence.format(number)) == []
