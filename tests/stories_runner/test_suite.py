"""The repository's own story tests: all pass, and nothing is left that none comes by."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

import pytest

from tests.assistant import Assistant
from tests.figures import record
from tests.stories_runner.samples import one_case
from videohjelp.clock import OSLO
from videohjelp.settings import ROOT
from videohjelp.stories.cases import TestCase
from videohjelp.stories.coverage import coverage, read_exceptions, superfluous
from videohjelp.stories.names import check_names, read_names
from videohjelp.stories.reader import read_folder
from videohjelp.stories.results import CaseResult
from videohjelp.stories.selection import selected
from videohjelp.stories.wording import conversation
from videohjelp.stories.workers import cores, run_cases

LEAST_CASES = 200


@pytest.fixture(scope="module")
def cases() -> list[TestCase]:
    return read_folder(ROOT / "tests" / "e2e")


@pytest.fixture(scope="module")
def results(cases: list[TestCase], assistant: Assistant) -> list[CaseResult]:
    return list(run_cases(cases, assistant.agent, cores()))


def test_there_are_enough_and_their_names_exist(cases: list[TestCase]) -> None:
    assert len(cases) >= LEAST_CASES
    assert [one.said("en") for one in check_names(cases, read_names(ROOT))] == []


def test_all_pass(results: list[CaseResult]) -> None:
    failed = ["\n".join(map(str, conversation(one, "nb"))) for one in results if not one.passed]
    seconds = sum(result.seconds for result in results)
    record("story tests", f"{len(results)} cases, {seconds / len(results):.3f} s each")
    assert not failed, "\n\n".join(failed)


def test_nothing_is_left_out(results: list[CaseResult]) -> None:
    exceptions, problems = read_exceptions(ROOT)
    found = coverage(ROOT, results, exceptions)
    assert problems == []
    assert [f"{one.path}:{one.line} {one.part} {one.name}" for one in found.missed()] == []
    assert list(superfluous(found, exceptions)) == []


def test_coverage_misses_what_no_case_comes_by(results: list[CaseResult]) -> None:
    """The gate shuts: without any case everything is missing, with one less the one's own."""
    parts = Counter(thing.part for thing in coverage(ROOT, []).missed())
    assert set(parts) == {"intent", "rule", "response", "action", "form_slot"}
    without = [one for one in results if "recording" not in str(one.turns)]
    missed = {thing.name for thing in coverage(ROOT, without).missed()}
    assert {"recording", "utter_recording"} <= missed


def test_the_clock_is_frozen_for_actions_and_for_days(assistant: Assistant) -> None:
    steps = "- user: /cancel_or_change_appointment\n- user: i morgen"
    head = "    clock: 2026-12-22T14:00\n"
    (result,) = run_cases([one_case(steps, head)], assistant.agent, 1)
    assert result.case.clock == datetime(2026, 12, 22, 14, tzinfo=OSLO)
    assert ("appointment_date", "2026-12-23") in result.turns[1].heard.set_slots


def test_an_unknown_name_is_told_with_the_one_that_was_meant() -> None:
    case = one_case("- user: hei\n  intent: gret\n- utter: utter_men\n- buttons: [Jaa]")
    said = [one.said("nb") for one in check_names([case], read_names(ROOT))]
    assert "mente du «greet»?" in said[0]
    assert "mente du «utter_menu»?" in said[1]
    assert "knappen «Jaa» finnes ikke" in said[2]


def test_cases_are_chosen_by_name_and_file() -> None:
    some = [
        TestCase("Kamera", (), path="tests/e2e/sms/a.yml"),
        TestCase("lyd", (), path="tests/e2e/web/b.yml"),
    ]
    assert [case.name for case in selected(some, "kam")] == ["Kamera"]
    assert [case.name for case in selected(some, "*/web/*")] == ["lyd"]
    assert selected(some, None) == some
    assert selected(some, "video") == []
