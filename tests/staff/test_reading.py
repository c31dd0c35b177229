"""What a reader sees: review, cases, numbers, marks; and what is kept of their looking."""

from __future__ import annotations

import csv
import html
import io
import re
from datetime import datetime, timedelta, timezone
from urllib.parse import unquote

import pytest
import yaml

from tests.staff.client import READER, Staff
from tests.staff.conftest import NOT_UNDERSTOOD, Console
from videohjelp.content.nlu import VARIETIES
from videohjelp.staff.looks import AccessLog
from videohjelp.storage.engine import create_engine


@pytest.fixture(scope="module")
def reader(console: Console) -> Staff:
    """A reader who is logged in."""
    return Staff(console.url, READER)


def conversation_of(reader: Staff) -> str:
    """The path of the newest conversation to review."""
    found = re.search(r'href="/staff(/conversations/[^"]+)"', reader.get("/review").text)
    assert found is not None
    return html.unescape(found[1])


def test_the_review_shows_why(reader: Staff) -> None:
    shown = reader.get("/review").text
    assert "Samtaler: 1" in shown
    rows = shown.partition("<tbody>")[2]
    assert "Ikke besvart" in rows
    assert "Tommel ned" in rows
    assert "Sendt videre" not in rows


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("reason=handoff", 0),
        ("reason=thumbs_down", 1),
        ("words=GNURF", 1),
        ("words=gnurf+kameraet", 1),
        ("words=gnurf+nirvana", 0),
        ("days=1", 1),
        ("days=-1&reason=x", 1),
    ],
)
def test_the_review_is_narrowed(reader: Staff, asked: str, found: int) -> None:
    assert f"Samtaler: {found}" in reader.get(f"/review?{asked}").text


def test_a_patients_script_is_text(reader: Staff) -> None:
    for path in ("/review", conversation_of(reader)):
        shown = reader.get(path).text
        assert html.escape(NOT_UNDERSTOOD, quote=False).replace("'", "&#39;") in shown
        assert "<script>alert" not in shown


def test_each_look_is_logged(console: Console, reader: Staff) -> None:
    path = conversation_of(reader)
    reader.get(path)
    reader.get(f"/cases/{console.code}")
    engine = create_engine(f"sqlite:///{console.server.folder / 'server.db'}")
    since = datetime.now(timezone.utc) - timedelta(minutes=1)
    looks = [(one.account, one.subject, one.page) for one in AccessLog(engine).since(since)]
    conversation_id = unquote(path.removeprefix("/conversations/"))
    assert looks[-3:] == [
        (READER, conversation_id, "review"),
        (READER, conversation_id, "conversation"),
        (READER, console.code, "case"),
    ]


def test_a_message_is_marked_and_exported_as_training_data(reader: Staff) -> None:
    path = conversation_of(reader)
    position = re.search(r'name="position" value="(\d+)"', reader.get(path).text)
    assert position is not None
    wrong = {"topic": "no_such_topic", "variety": VARIETIES[0]}
    assert reader.post(path, position=position[1], **wrong).status_code == 403
    assert reader.post(path, position="9999", topic="no_sound", variety="sms").status_code == 404
    sent = reader.post(path, position=position[1], topic="no_sound", variety="dialect")
    assert sent.status_code == 303
    assert "Merket som no_sound" in reader.get(path).text
    exported = yaml.safe_load(reader.get("/marks.yml").text)
    assert exported == {
        "version": "3.1",
        "nlu": [
            {
                "intent": "no_sound",
                "metadata": {"variety": "dialect"},
                "examples": f"- {NOT_UNDERSTOOD}\n",
            }
        ],
    }
    assert "no_sound" in reader.get("/marks").text
    assert reader.post("/marks", text=NOT_UNDERSTOOD).status_code == 303
    assert "Ingen meldinger er merket" in reader.get("/marks").text


def test_a_case_is_found_by_its_code_however_it_is_written(console: Console, reader: Staff) -> None:
    written = console.code.lower().replace("-", "%20")
    assert (
        reader.get(f"/cases?code={written}").headers["location"] == f"/staff/cases/{console.code}"
    )
    shown = reader.get(f"/cases/{console.code}").text
    assert "<li>allow camera</li><li>close other apps</li>" in shown
    assert "Safari 17" in shown
    wrong = reader.get("/cases?code=<b>K7M")
    assert "Det er ingen sak med koden «&lt;b&gt;K7M»" in wrong.text


def test_a_case_is_marked_as_solved_and_opened_again(console: Console, reader: Staff) -> None:
    path = f"/cases/{console.code}"
    assert console.code in reader.get("/cases").text
    assert reader.post(path, solved="yes").status_code == 303
    assert f"Løst av {READER}" in reader.get(path).text
    assert console.code not in reader.get("/cases").text
    reader.post(path, solved="no")
    assert "Saken er åpen" in reader.get(path).text


def test_the_numbers_are_those_of_the_day(reader: Staff) -> None:
    rows = list(csv.DictReader(io.StringIO(reader.get("/numbers.csv?days=7").text)))
    assert len(rows) == 7
    today = rows[-1]
    assert today["conversations_web"] == "1"
    assert today["conversations_sms"] == "0"
    assert (today["written"], today["answered"], today["answered_percent"]) == ("2", "1", "50.0")
    assert today["handoffs"] == "1"
    assert (today["thumbs_up"], today["thumbs_down"]) == ("0", "1")
    assert today["topic_camera_not_working"] == "1"
    assert 0 < float(today["median_seconds"]) < 8
    assert {row["written"] for row in rows[:-1]} == {"0"}


def test_the_page_of_numbers_says_the_same_in_charts_and_tables(reader: Staff) -> None:
    shown = reader.get("/numbers?days=7").text
    assert shown.count("<svg") == 4
    assert shown.count("<rect") == 4 * 7
    assert "<td>50.0</td>" in shown


@pytest.mark.parametrize(("language", "title"), [("nn", "Saker"), ("en", "Cases"), ("nb", "Saker")])
def test_the_language_is_chosen(reader: Staff, language: str, title: str) -> None:
    reader.get("/cases")
    assert reader.post("/language", language=language).status_code == 303
    shown = reader.get("/cases").text
    assert f'<html lang="{language}">' in shown
    assert f"<h1>{title}</h1>" in shown
