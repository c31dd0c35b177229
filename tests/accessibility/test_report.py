"""The accessibility report: complete, true to the results, naming only tests that exist."""

from __future__ import annotations

import ast
import re
from datetime import date
from pathlib import Path

import pytest

from .report import (
    CRITERIA,
    FAILED,
    NOT_RUN,
    PASSED,
    PERSON,
    REPORT,
    ROOT,
    read_criteria,
    read_results,
    report,
    result_of,
)

# All success criteria of WCAG 2.2 on level A and AA (W3C Recommendation; 4.1.1 is gone).
NUMBERS = {
    "1.1": [1],
    "1.2": [1, 2, 3, 4, 5],
    "1.3": [1, 2, 3, 4, 5],
    "1.4": [1, 2, 3, 4, 5, 10, 11, 12, 13],
    "2.1": [1, 2, 4],
    "2.2": [1, 2],
    "2.3": [1],
    "2.4": [1, 2, 3, 4, 5, 6, 7, 11],
    "2.5": [1, 2, 3, 4, 7, 8],
    "3.1": [1, 2],
    "3.2": [1, 2, 3, 4, 6],
    "3.3": [1, 2, 3, 4, 7, 8],
    "4.1": [2, 3],
}
RESULTS = """<testsuites><testsuite>
  <testcase classname="tests.a" name="test_good[one]"/>
  <testcase classname="tests.a" name="test_good"/>
  <testcase classname="tests.a" name="test_bad[one]"><failure/></testcase>
  <testcase classname="tests.a" name="test_bad[two]"/>
  <testcase classname="tests.a" name="test_left"><skipped/></testcase>
</testsuite></testsuites>"""


def test_every_criterion_is_there_once() -> None:
    wanted = [f"{guideline}.{n}" for guideline, last in NUMBERS.items() for n in last]
    listed = [one.number for one in read_criteria(CRITERIA) if one.level != "AAA"]
    assert sorted(listed) == sorted(wanted)
    assert len(wanted) == 55
    rows = re.findall(r"^\| (\d\.\d\.\d+) \| A{1,2} \|", REPORT.read_text(encoding="utf-8"), re.M)
    assert sorted(rows) == sorted(wanted)


def test_every_test_named_exists() -> None:
    named = {test for one in read_criteria(CRITERIA) for test in one.tests}
    written = REPORT.read_text(encoding="utf-8")
    named |= set(re.findall(r"tests/[\w/]+\.py::\w+", written))
    for test in sorted(named):
        file, _, function = test.partition("::")
        tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
        defined = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
        assert function in defined, test


def test_every_criterion_says_how_it_was_looked_at() -> None:
    for one in read_criteria(CRITERIA):
        assert one.how or one.note or one.person, one.number
        assert bool(one.how) == bool(one.tests), one.number


@pytest.mark.parametrize(
    ("tests", "result"),
    [
        ("[tests/a.py::test_good]", PASSED),
        ("[tests/a.py::test_good, tests/a.py::test_bad]", FAILED),
        ("[tests/a.py::test_good, tests/a.py::test_left]", NOT_RUN),
        ("[tests/a.py::test_gone]", NOT_RUN),
        ("[]", PERSON),
    ],
)
def test_a_result_is_that_of_the_tests(tmp_path: Path, tests: str, result: str) -> None:
    criteria, results = tmp_path / "wcag.yml", tmp_path / "results.xml"
    criteria.write_text(
        f"criteria: [{{number: 1.1.1, level: A, name: N, how: H, tests: {tests}, person: P}}]",
        encoding="utf-8",
    )
    results.write_text(RESULTS, encoding="utf-8")
    (criterion,) = read_criteria(criteria)
    assert result_of(criterion, read_results(results)) == result
    written = report([criterion], read_results(results), date(2026, 11, 27))
    assert f"| 1.1.1 | A | N | {result} |" in written
    assert "27.11.2026" in written
