"""Trials: what they show, and that nothing of them is among what patients did."""

from __future__ import annotations

import re

import httpx
import pytest

from tests.staff.client import TESTER, Staff
from tests.staff.conftest import Console


@pytest.fixture(scope="module")
def tester(console: Console) -> Staff:
    """A tester who is logged in."""
    return Staff(console.url, TESTER)


def begin(tester: Staff, **fields: str) -> str:
    """Begins a trial; gives its path."""
    tester.get("/try")
    answer = tester.post("/try", **{"channel": "web", "language": "nb", "clock": "", **fields})
    assert answer.status_code == httpx.codes.SEE_OTHER, answer.text
    path: str = answer.headers["location"].removeprefix("/staff")
    tester.get(path)
    return path


def test_the_clock_is_the_one_that_was_set(tester: Staff) -> None:
    path = begin(tester, clock="2026-12-22T19:30")
    tester.post(path, text="hva er fristen for å avbestille timen 24. desember kl 10")
    shown = tester.get(path).text
    assert "22.12.2026 19:30" in shown
    assert "date = 2026-12-24" in shown
    tomorrow = begin(tester, clock="2027-03-01T10:00")
    tester.post(tomorrow, text="jeg må avbestille timen i morgen klokka 10")
    assert "date = 2027-03-02" in tester.get(tomorrow).text


def test_a_wrong_clock_is_told(tester: Staff) -> None:
    answer = tester.post("/try", channel="web", language="nb", clock="i morgen")
    assert answer.status_code == 422
    assert "ikke en dag og et klokkeslett" in answer.text


def test_by_sms_a_number_chooses(tester: Staff) -> None:
    path = begin(tester, channel="sms")
    tester.post(path, text="kameraet virker ikke")
    assert re.search(r"Svar 1.* eller \d", tester.get(path).text)
    tester.post(path, text="1")
    shown = tester.get(path).text
    assert shown.count('class="inside"') == 2
    assert "action_start_guide" in shown


def test_silence_is_no_text(tester: Staff) -> None:
    path = begin(tester, language="nn")
    tester.post(path, text="   ")
    shown = tester.get(path).text
    assert "<strong>silence</strong>" in shown


def test_a_button_that_is_not_offered_does_nothing(tester: Staff) -> None:
    path = begin(tester)
    before = tester.get(path).text.count('class="inside"')
    assert tester.post(path, press="99").status_code == 303
    assert tester.get(path).text.count('class="inside"') == before


def test_what_is_written_is_redacted_and_escaped(tester: Staff) -> None:
    path = begin(tester)
    tester.post(path, text="<img src=x> fødselsnummeret mitt er 13097248022")
    shown = tester.get(path).text
    assert "13097248022" not in shown
    assert "&lt;img src=x&gt;" in shown


def test_a_trial_leaves_no_trace_among_patients(tester: Staff) -> None:
    cases, numbers = tester.get("/cases").text, tester.get("/numbers.csv").text
    path = begin(tester)
    for text in ("kameraet virker ikke", "koble meg til kundesenteret", "gnurf blæ plopp"):
        tester.post(path, text=text)
    shown = tester.get(path).text
    assert re.search(r"case_code = \w{3}-\w{4}", shown), "the patient was handed over"
    assert re.sub("csrf.*", "", tester.get("/cases").text) == re.sub("csrf.*", "", cases)
    assert tester.get("/numbers.csv").text == numbers
    assert "Samtaler: 1<" in tester.get("/review").text


def test_a_trial_is_its_testers_own(tester: Staff, console: Console) -> None:
    path = begin(tester)
    assert Staff(console.url, TESTER).get(path).status_code == 200
    assert tester.get(f"{path}x").status_code == 404


@pytest.mark.parametrize("folder", ["../../data", "/etc", "..", "a/b", "", "A", "a\x00b"])
def test_nothing_is_saved_outside_the_stories(tester: Staff, folder: str) -> None:
    tester.get("/try")
    fields = {"text_0": "hei", "intent_0": "greet", "name": "en ny", "do": "save"}
    answer = tester.post("/record", folder=folder, **fields)
    assert answer.status_code == 422
    assert "Mappen kan ikke hete dette" in answer.text


def test_a_patients_conversation_becomes_a_test(tester: Staff, console: Console) -> None:
    found = re.search(r"/staff/conversations/([^\"]+)", tester.get("/review").text)
    assert found is not None
    form = tester.get(f"/record?conversation={found[1]}")
    assert "kameraet virker ikke" in form.text
    fields = {"text_0": "kameraet virker ikke", "intent_0": "camera_not_working"}
    got = tester.post("/record", name="ny test", folder="x", do="download", **fields)
    assert got.headers["content-disposition"] == 'attachment; filename="ny_test.yml"'
    assert "intent: camera_not_working" in got.text
    assert "Gi testen et navn" in tester.post("/record", **fields).text
