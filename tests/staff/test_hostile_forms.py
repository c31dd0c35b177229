"""Whatever staff's forms hold, the console answers with a page, and never breaks."""

from __future__ import annotations

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fuzz.strategies import texts
from tests.staff.client import READER, TESTER, Staff
from tests.staff.conftest import Console

FORMS = {
    "/language": ("language",),
    "/marks": ("text",),
    "/try": ("language", "channel", "clock"),
    "/record": ("do", "name", "folder", "clock", "text_0", "pressed_0", "contains_0", "buttons_0"),
    "/conversations/x": ("position", "topic", "variety"),
    "/cases/x": ("solved",),
}
PAGES = ("/review", "/cases", "/numbers", "/numbers.csv", "/marks", "/conversations/x", "/try")
EXAMPLES = settings(max_examples=10)


@pytest.fixture(scope="module")
def tester(console: Console) -> Staff:
    """Somebody who may do everything."""
    return Staff(console.url, TESTER)


@EXAMPLES
@given(data=st.data())
def test_any_form_is_answered_or_refused(tester: Staff, data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(sorted(FORMS)))
    fields = {
        name: data.draw(texts()).encode("utf-8", "replace").decode()[:2000] for name in FORMS[path]
    }
    assert tester.post(path, **fields).status_code < 500


@EXAMPLES
@given(data=st.data())
def test_any_question_of_a_page_is_answered_or_refused(tester: Staff, data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(PAGES))
    names = ("days", "code", "page", "language", "trial")
    query = {
        name: data.draw(texts()).encode("utf-8", "replace").decode()[:300]
        for name in data.draw(st.sets(st.sampled_from(names), max_size=3))
    }
    assert tester.http.get(path, params=query).status_code < 500


@EXAMPLES
@given(written=texts(), press=texts())
def test_any_text_is_answered_in_a_trial(tester: Staff, written: str, press: str) -> None:
    trial = tester.post("/try", language="nb", channel="web").headers["location"]
    path = trial.removeprefix("/staff")
    for name, value in (("text", written), ("press", press)):
        field = {name: value.encode("utf-8", "replace").decode()[:2000]}
        assert tester.post(path, **field).status_code < 500
    assert tester.get(path).status_code == 200


@settings(max_examples=10)
@given(name=texts(), password=texts())
def test_any_login_is_refused(console: Console, name: str, password: str) -> None:
    staff = Staff(console.url, headers={"X-Forwarded-For": "203.0.113.7"})
    short = [one.encode("utf-8", "replace").decode()[:2000] for one in (name, password)]
    answer = staff.log_in(*short)
    assert answer.status_code in (400, 401, 429), answer.text
    assert httpx.get(f"{console.url}/health").status_code == 200


def test_the_console_still_works(console: Console, tester: Staff) -> None:
    assert tester.get("/review").status_code in (200, 303)
    assert Staff(console.url, READER).get("/review").status_code == 200
