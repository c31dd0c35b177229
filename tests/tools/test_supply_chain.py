"""The audit: what it makes of the services' answers, their silence, and the list of reasons."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tools.supply_chain.audit import ADVISORIES
from tools.supply_chain.commands import locked_packages
from tools.supply_chain.exceptions import Known, ListError, judge, list_faults, read_known
from tools.supply_chain.findings import Finding, NoAnswerError, of_npm_audit, of_pip_audit

TODAY = date(2026, 11, 27)
HOLE = {"id": "PYSEC-2025-1", "aliases": ["CVE-2025-1"], "fix_versions": ["2.0"]}
CANARY = {"name": "pycrypto", "version": "2.6.1", "vulns": [{"id": "PYSEC-2017-94"}]}


def answer(*packages: dict[str, Any]) -> dict[str, Any]:
    """A report as pip-audit writes it."""
    return {"dependencies": list(packages), "fixes": []}


def package(**values: Any) -> dict[str, Any]:
    """A package of such a report."""
    return {"name": "pakke", "version": "1.0", "vulns": [], **values}


def known(**values: Any) -> Known:
    """A reason about the hole above."""
    own = {
        "ids": ["CVE-2025-1"],
        "package": "pakke",
        "version": "1.0",
        "verdict": "not_reachable",
        "reason": "Ingen kaller den.",
        "where": "config.yml",
        "review": TODAY,
    }
    return Known(**{**own, **values})


def test_an_advisory_without_a_reason_is_an_error() -> None:
    found = of_pip_audit(answer(package(vulns=[HOLE]), CANARY), "pycrypto")
    assert found == [Finding("pakke", "1.0", frozenset({"PYSEC-2025-1", "CVE-2025-1"}), ("2.0",))]
    [error] = judge(found, [], TODAY).errors
    assert error.startswith("pakke 1.0: CVE-2025-1, PYSEC-2025-1, fixed in 2.0\n")
    assert "security/advisories.yml" in error


def test_one_with_a_reason_is_none_by_whichever_name() -> None:
    found = of_pip_audit(answer(package(vulns=[HOLE]), CANARY), "pycrypto")
    for name in ("CVE-2025-1", "PYSEC-2025-1"):
        verdicts = judge(found, [known(ids=[name])], TODAY)
        assert (verdicts.errors, verdicts.warnings) == ([], [])
        assert len(verdicts.explained) == 1


@pytest.mark.parametrize("other", [{"version": "1.1"}, {"package": "annen"}, {"ids": ["CVE-2"]}])
def test_a_reason_about_something_else_is_none(other: dict[str, Any]) -> None:
    found = of_pip_audit(answer(package(vulns=[HOLE]), CANARY), "pycrypto")
    verdicts = judge(found, [known(**other)], TODAY)
    assert len(verdicts.errors) == 1
    assert "nobody reports it any more" in verdicts.warnings[0]


def test_a_reason_whose_day_is_over_is_an_error() -> None:
    yesterday, far = TODAY - timedelta(days=1), TODAY + timedelta(days=186)
    assert (
        "looked at again by 2026-11-26" in list_faults([known(review=yesterday)], TODAY).errors[0]
    )
    assert "further than 185 days" in list_faults([known(review=far)], TODAY).errors[0]
    assert list_faults([known()], TODAY).errors == []
    assert "CVE-2025-1 is in" in list_faults([known(), known(package="b")], TODAY).errors[0]


def test_silence_is_no_good_news() -> None:
    """pip-audit itself says "No known vulnerabilities found" to each of these, and ends with 0."""
    skipped = {"name": "pakke", "skip_reason": "Dependency not found on PyPI"}
    with pytest.raises(NoAnswerError, match=r"told nothing of 1 of 2 packages \(pakke"):
        of_pip_audit(answer(skipped, CANARY), "pycrypto")
    with pytest.raises(NoAnswerError, match="knows no advisory of pycrypto"):
        of_pip_audit(answer(package(), {**CANARY, "vulns": []}), "pycrypto")


def test_what_npm_says() -> None:
    via = {"url": "https://github.com/advisories/GHSA-aaaa-bbbb-cccc", "title": "hull"}
    report = {
        "vulnerabilities": {
            "vite": {"via": [via], "nodes": ["node_modules/vite"]},
            "vitest": {"via": ["vite"], "nodes": ["node_modules/vitest"]},
        }
    }
    lock = {"packages": {"node_modules/vite": {"version": "5.0.0"}}}
    assert of_npm_audit(report, lock) == [
        Finding("vite", "5.0.0", frozenset({"GHSA-aaaa-bbbb-cccc"}))
    ]
    with pytest.raises(NoAnswerError, match="405 Method Not Allowed"):
        of_npm_audit({"message": "405 Method Not Allowed", "error": {}}, lock)


def test_a_list_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    path = tmp_path / "advisories.yml"
    path.write_text("advisories: [{ids: [CVE-1], package: a}]", encoding="utf-8")
    with pytest.raises(ListError, match="version"):
        read_known(path)


def test_the_list_is_about_what_we_have() -> None:
    locked = locked_packages()
    reasons = read_known(ADVISORIES)
    assert {f"{each.package}=={each.version}" for each in reasons} <= set(locked)
    assert list_faults(reasons, min(each.review for each in reasons)).errors == []
