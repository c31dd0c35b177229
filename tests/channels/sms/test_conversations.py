"""The problem-solving table over SMS: whole conversations through the real channel, both målform.

HTTP in, the stored inbox, the assistant, the stored outbox, the provider. Every answer is one
message of at most three segments in the SMS alphabet, counted here by another library as well.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import smsutil
import yaml

from tests.channels.sms.phone import Got, Phone
from tests.conversations.test_problem_table import ROWS
from tests.figures import record

Turn = dict[str, list[str]]
CONVERSATIONS: dict[str, dict[str, list[Turn]]] = yaml.safe_load(
    Path(__file__).with_name("conversations.yml").read_text(encoding="utf-8")
)
MOST_SEGMENTS = 3
BOTH = ("nb", "nn")

NewPhone = Callable[[], Phone]


@pytest.fixture(scope="module")
def answers() -> Iterator[list[Got]]:
    """All answers of the table's conversations; their average length is recorded at the end."""
    got: list[Got] = []
    yield got
    if got:
        segments = [one.segments for one in got]
        record(
            "SMS, the problem-solving table",
            f"{sum(segments) / len(segments):.2f} segments a reply "
            f"({len(segments)} replies, longest {max(segments)})",
        )


def test_each_row_of_the_table_has_a_conversation_in_both_languages() -> None:
    assert set(CONVERSATIONS) == set(ROWS)
    assert all(set(languages) == set(BOTH) for languages in CONVERSATIONS.values())


@pytest.mark.parametrize("language", BOTH)
@pytest.mark.parametrize("row", ROWS)
def test_the_row_over_sms(new_phone: NewPhone, answers: list[Got], row: str, language: str) -> None:
    phone = new_phone()
    for turn in CONVERSATIONS[row][language]:
        for message, facts in turn.items():
            answer = phone.say(message)
            missing = [fact for fact in facts if not re.search(fact, answer, re.IGNORECASE)]
            assert not missing, f"{message!r} is answered without {missing}:\n{answer}"
    answers.extend(phone.got)
    for one in phone.got:
        counted = smsutil.split(one.text)
        assert counted.encoding == "gsm0338", one.text
        assert len(counted.parts) == one.segments <= MOST_SEGMENTS, one.text


@pytest.mark.parametrize(
    "answer",
    ["2", "2.", "svar 2", "nr 2", "alternativ to", "Nei", "nei!", "2 Nei", "det hjalp ikke"],
)
def test_an_option_is_chosen_by_number_by_word_and_by_a_sentence(
    new_phone: NewPhone, answer: str
) -> None:
    phone = new_phone()
    asked = phone.say("Legen ser meg ikke, kameraet virker ikke")
    assert "2 Nei" in asked.splitlines()
    assert "strek over symbolet" in phone.say(answer)


def test_a_number_that_no_option_has_chooses_nothing(new_phone: NewPhone) -> None:
    phone = new_phone()
    phone.say("Legen ser meg ikke, kameraet virker ikke")
    assert "strek over symbolet" not in phone.say("7")


def test_options_are_open_when_their_page_has_been_sent(new_phone: NewPhone) -> None:
    """Before MER the patient has not seen them, and a number means nothing yet."""
    phone = new_phone()
    phone.say("jeg ble stående som gjest, fikk aldri skrive inn hele navnet")
    assert phone.say("hvor finner jeg innkallingsbrevet?").endswith("Svar MER for resten")
    assert "Hjalp det?" in phone.say("MER")
    assert "Lykke til" in phone.say("1")
    assert phone.say("MER").startswith("Det er ikke mer")


def test_the_sentence_goes_on_where_the_page_ended(new_phone: NewPhone) -> None:
    phone = new_phone()
    whole = phone.say("jeg ble stående som gjest, fikk aldri skrive inn hele navnet")
    first = phone.say("hvor finner jeg innkallingsbrevet?").removesuffix("Svar MER for resten")
    second = phone.say("mer")
    joined = " ".join(f"{first} {second}".split())
    assert " ".join(whole.split()) in joined


def test_camera_trouble_to_the_hand_off_then_the_keywords(new_phone: NewPhone) -> None:
    phone = new_phone()
    phone.say("De ser meg ikke på videoen")
    for _ in range(12):
        answer = phone.say("nei")
        if "kode" in answer:
            break
    assert "55 97 65 51" in answer
    assert re.search(r"kode [A-Z0-9]{3}-[A-Z0-9]{4}", answer)
    assert "113" in phone.say("STOPP")
    phone.write("Hallo, er du der?")
    # START is answered after it, in order: had there been an answer, it would come first.
    assert "svar igjen" in phone.say("START")
    assert "slettet" in phone.say("SLETT")
    assert "Det er ikke mer" in phone.say("MER")
    assert "55 97 65 51" in phone.say("HJELP")


def test_stop_in_a_sentence_is_a_question(new_phone: NewPhone) -> None:
    phone = new_phone()
    answer = phone.say("stopp 12345 virker ikke")
    assert "ikke flere meldinger" not in answer
    assert "Lykke til" not in answer
    assert phone.say("HJELP").startswith("Er det fare for liv, ring 113")
