"""What identifies somebody goes."""

from __future__ import annotations

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.privacy.numbers import (
    any_of,
    identity_numbers,
    phone_numbers,
    spelled,
    with_check_digits,
)
from videohjelp.privacy.kept_numbers import only_digits
from videohjelp.privacy.names import name_spans
from videohjelp.privacy.redaction import redact, redact_event, without_marks

BEFORE = any_of(
    "", "jeg er innlogget, ", "hei! ", "24.12.2026 kl. 10.30 ", "Det er ", "(", "mitt: "
)
AFTER = any_of("", ".", " og jeg kommer ikke inn", ", hjelp!", ")", "?", "\nhilsen Ola")


def digits_of(text: str) -> str:
    return re.sub(r"\D", "", text)


@given(
    identity_numbers() | identity_numbers(d_number=True),
    any_of("(11)", "6 5", "6-5", "6.5", "222 5", "2.2.2 5", "222 32", "6 23", "6 32"),
    BEFORE,
    AFTER,
)
def test_identity_numbers_go(number: str, spelling: str, before: str, after: str) -> None:
    written = {
        "(11)": number,
        "6 5": spelled("65", " ", number),
        "6-5": spelled("65", "-", number),
        "6.5": spelled("65", ".", number),
        "222 5": spelled("2225", " ", number),
        "2.2.2 5": f"{spelled('222', '.', number[:6])} {number[6:]}",
        "222 32": spelled("22232", " ", number),
        "6 23": spelled("623", " ", number),
        "6 32": spelled("632", " ", number),
    }[spelling]
    assert redact(before + written + after) == f"{before}[fødselsnummer]{after}"


@given(
    identity_numbers() | identity_numbers(d_number=True),
    st.sampled_from([0, 40, 65, 80]),
    st.data(),
    any_of("", "mitt: ", "Det er ", "(", "Fnr:\n"),
    AFTER,
)
def test_identity_numbers_of_every_kind_go_however_their_digits_are_grouped(
    number: str, added_to_month: int, data: st.DataObject, before: str, after: str
) -> None:
    """H-numbers (40), and the synthetic ones of Skatteetaten (80) and Norsk helsenett (65)."""
    kind = with_check_digits(f"{number[:2]}{int(number[2:4]) + added_to_month:02}{number[4:9]}")
    assume(kind is not None)
    gaps = st.sampled_from(
        ["", "", " ", "-", "\n", "\r\n", "\u2009", "\u2013", ".", "\u200b", "  "]
    )
    written = "".join(digit + data.draw(gaps) for digit in kind or "").strip(" .-\r\n\u2009")
    script = data.draw(any_of("0123456789", "０１２３４５６７８９", "٠١٢٣٤٥٦٧٨٩", "०१२३४५६७८९"))
    shown = written.translate(str.maketrans("0123456789", script))
    assert only_digits(redact(before + shown + after)) == ""


@given(identity_numbers(), st.integers(1, 9))
def test_an_identity_number_with_a_typing_error_goes_too(number: str, wrong: int) -> None:
    mistyped = number[:-1] + str((int(number[-1]) + wrong) % 10)
    assert mistyped not in redact(f"nummeret er {mistyped}")
    assert digits_of(redact(f"nummeret er {mistyped[:6]} {mistyped[6:]}")) == ""


@given(identity_numbers())
def test_a_birth_date_with_the_whole_year_does_not_hide_the_number(number: str) -> None:
    text = f"{number[:2]}.{number[2:4]}.19{number[4:6]} {number[6:]}"
    assert redact(text) == "[fødselsnummer]"


@pytest.mark.parametrize(
    "text",
    ["personnummeret mitt er 12345", "Personnr: 12345", "fødselsnr. 12345", "personnummer 12345"],
)
def test_the_five_last_digits_go_when_they_are_named(text: str) -> None:
    assert "12345" not in redact(text)


@given(phone_numbers(), any_of("", "ring meg på ", "tlf ", "tlf.", "mobil: ", "tlf"), AFTER)
def test_phone_numbers_go(number: str, before: str, after: str) -> None:
    assert digits_of(redact(before + number + after).replace("(+47)", "")) == ""


@pytest.mark.parametrize("number", ["+46 70 123 45 67", "+44 20 7946 0958", "+48 22 123 45 67"])
def test_foreign_phone_numbers_go(number: str) -> None:
    assert redact(f"ring {number} da") == "ring [telefonnummer] da"


@given(phone_numbers(), st.integers(0, 12), any_of("\n", "\r\n", "\u2009", "\u2013", "\u2011"))
def test_phone_numbers_go_over_a_line_break_and_other_gaps(
    number: str, place: int, gap: str
) -> None:
    parts = re.findall(r"\d{2}(?=(?:\d{2})*$)", re.sub(r"\D", "", number)[-8:])
    split = 1 + place % 3
    written = " ".join(parts[:split]) + gap + " ".join(parts[split:])
    assert only_digits(redact(f"ring meg på {written} i kveld")) == ""


@pytest.mark.parametrize("number", ["52 11 61 23", "52116123", "0047 99 81 12 40", "20 01 00 00"])
def test_phone_numbers_with_something_public_or_a_date_in_them_go(number: str) -> None:
    assert redact(f"ring {number} da") == "ring [telefonnummer] da"
    assert redact(number) == "[telefonnummer]"


def test_the_hospitals_number_goes_where_it_is_not_known_as_such() -> None:
    assert redact("ring 55 97 65 51") == "ring [telefonnummer]"


@given(st.emails(), AFTER)
def test_email_addresses_go(address: str, after: str) -> None:
    assert redact(f"skriv til {address}{after}") == f"skriv til [e-post]{after}"


@pytest.mark.parametrize(
    "text",
    [
        "ola.nordmann@gmail.com",
        "OLA+video@helse-bergen.no",
        "kåre@blåbær.no",
        "ola @gmail.com",
        "ola @ gmail.com",
        "123456@join.nhn.no",
        "kari@a.no/ola@b.no",
    ],
)
def test_email_addresses_of_many_kinds(text: str) -> None:
    assert redact(f"e-posten er {text}, ok?") == "e-posten er [e-post], ok?"


SIX_DIGITS = (
    st.integers(100_000, 999_999)
    .map(str)
    .filter(lambda digits: digits not in ("998112", "116117", "116123", "116111"))
)


@given(
    SIX_DIGITS,
    any_of("6", "33", "222", "111111"),
    any_of(" ", "-"),
    any_of("romnummeret er ", "rom ", "romnr.", "møterom: ", "room number ", "rom nr. "),
    AFTER,
)
def test_room_numbers_go(digits: str, groups: str, gap: str, before: str, after: str) -> None:
    redacted = redact(before + spelled(groups, gap, digits) + after)
    assert redacted == f"{before}[romnummer]{after}"


@given(SIX_DIGITS, any_of("", "jeg skriver ", "join.nhn.no/", "koden:"))
def test_six_digits_go_without_any_word_around_them(digits: str, before: str) -> None:
    assert digits not in redact(before + digits)


@given(
    st.integers(0, 9999).map("{:04}".format),
    any_of("4", "1111"),
    any_of(
        "pin {}",
        "PIN-koden er {}",
        "pin:{}",
        "Pin.{}",
        "pinkoden min er visst {} står det i brevet",
        "koden {} virker ikke",
        "{} er koden jeg fikk",
        "møtekode={}",
        "my passcode is {}",
        "de sa pin, og så sa de {}",
    ),
)
def test_pins_go(digits: str, groups: str, sentence: str) -> None:
    assert digits_of(redact(sentence.format(spelled(groups, " ", digits)))) == ""


@given(
    SIX_DIGITS, st.integers(0, 9999).map("{:04}".format), any_of(" ", ",", ", ", " / ", "/", "#")
)
def test_a_pin_beside_a_bare_room_number_goes(room: str, pin: str, between: str) -> None:
    # "472000 0000" may be a phone number as well; either way nothing is left.
    assert digits_of(redact(f"{room}{between}{pin}")) == ""


@pytest.mark.parametrize(
    "text",
    ["rom 4711", "romnummeret mitt er 12345", "romnr. 4711", "møterom: 4711", "my room is 4711",
     "room number 47110", "rommet heter 4711", "pin 12345", "pinkodå e 4711", "koda er 4711",
     "sifrene er 4711", "dei fire siffera er 4711", "the digits are 4711", "passordet: 4 7 1 1"],
)  # fmt: skip
def test_shorter_rooms_and_longer_pins_go_when_they_are_called_so(text: str) -> None:
    assert digits_of(redact(text)) == ""


@pytest.mark.parametrize(
    "text", ["møterommet er klart 10.30", "rommet åpner kl 1030", "rommet 2. etasje", "romnr?"]
)
def test_what_is_said_of_a_room_stays(text: str) -> None:
    assert redact(text) == text


@given(st.integers(0, 9999).map("{:04}".format))
def test_four_digits_alone_are_a_pin_unless_they_are_a_time(digits: str) -> None:
    hours, minutes = int(digits[:2]), int(digits[2:])
    stays = hours < 24 and minutes < 60 and minutes % 5 == 0
    assert redact(digits) == (digits if stays else "[pin-kode]")


def test_a_pin_after_the_word_at_goes_and_a_time_stays() -> None:
    assert redact("de sa at 1234 var pin-koden") == "de sa at [pin-kode] var pin-koden"
    assert (
        redact("my appointment is at 1030, which pin?") == "my appointment is at 1030, which pin?"
    )


def test_an_event_of_the_patient_is_redacted_everywhere() -> None:
    text = "pin 1234, rom 123456"
    event = {
        "event": "user",
        "timestamp": 1798000000.123456,
        "text": text,
        "input_channel": "web",
        "message_id": "abcdefgh",
        "metadata": {"shown": text, "list": [text, 7, None]},
        "parse_data": {
            "text": text,
            "intent": {"name": "pin_code", "confidence": 0.123456},
            "entities": [{"entity": "x", "value": "123456", "start": 14, "end": 20}],
        },
    }
    redacted = redact_event(event)
    assert "1234" not in re.sub(r"0\.123456|\.123456", "", str(redacted))
    assert redacted["parse_data"]["intent"] == {"name": "pin_code", "confidence": 0.123456}
    assert redacted["timestamp"] == 1798000000.123456
    assert event["text"] == text, "the event itself must stay as it was"


def test_slots_are_redacted_and_dates_in_them_stay() -> None:
    def slot(value: object) -> object:
        return redact_event({"event": "slot", "name": "x", "value": value})["value"]

    assert slot("rom 123456") == "rom [romnummer]"
    assert slot(["pin 1234", {"fnr": "15108695088"}]) == [
        "pin [pin-kode]",
        {"fnr": "[fødselsnummer]"},
    ]
    for value in (
        "2026-12-24",
        "10:30",
        "2026-12-24T10:30:00+01:00",
        123456,
        None,
        True,
        "K7M-4RT9",
    ):
        assert slot(value) == value


def test_what_the_assistant_says_is_left_alone() -> None:
    event = {"event": "bot", "text": "Ring 55 97 65 51, eller skriv rom 998112."}
    assert redact_event(event) == event


@given(
    st.from_regex(r"[A-Za-z_./\-]*", fullmatch=True)
    | st.sampled_from(["navn", "navn.Ola", "jeg-heter-Ola", "my/name/is/Ola"])
)
def test_a_word_alone_introduces_nobody(word: str) -> None:
    assert name_spans(word) == []
    assert redact(word) == word


@pytest.mark.parametrize("key", ["model_id", "assistant_id", "shown"])
def test_metadata_are_redacted_whatever_they_are_called(key: str) -> None:
    own = frozenset({"55976551"})
    for numbers, left in (
        (own, "55 97 65 51"),
        (frozenset(), "[telefonnummer]"),
        (own, "55 97 65 51"),
    ):
        event = {"event": "user", "metadata": {key: "rom 123456, 55 97 65 51", "n": 7}}
        assert redact_event(event, numbers)["metadata"] == {
            key: f"rom [romnummer], {left}",
            "n": 7,
        }


def test_only_the_message_id_that_is_stored_anyway_stays_in_what_was_understood() -> None:
    def stored(message_id: str) -> object:
        event = {
            "event": "user",
            "message_id": "a-123456",
            "parse_data": {"message_id": message_id},
        }
        return redact_event(event)["parse_data"]

    assert stored("a-123456") == {"message_id": "a-123456"}
    assert stored("b-123456") == {"message_id": "b-[romnummer]"}


def test_own_numbers_stay_in_events() -> None:
    event = {"event": "user", "text": "jeg ringte 55 97 65 51", "timestamp": 1.0}
    own = frozenset({"55976551"})
    assert redact_event(event, own)["text"] == "jeg ringte 55 97 65 51"


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("pin [pin-kode] virker ikke", "pin virker ikke"),
        ("[romnummer] [pin-kode] hva nå?", "hva nå?"),
        ("[e-post][telefonnummer] hei", "hei"),
        ("[romnummer]", "[romnummer]"),
        ("[romnummer], [pin-kode]!", "[romnummer], [pin-kode]!"),
        ("uten  merker [x]", "uten  merker [x]"),
        ("", ""),
    ],
)
def test_marks_are_taken_out_when_something_else_is_said(text: str, rest: str) -> None:
    assert without_marks(text) == rest


def test_every_mark_is_known() -> None:
    secrets = "a@b.no 15108695088 40012345 123456 pin 4711, jeg heter Kari"
    assert without_marks(redact(f"hei {secrets}")) == "hei pin , jeg heter"
