"""What a page may report: the codes, and nothing else."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime, timezone

import pytest

from tests.device_check.reports import ALL_WORKS, report
from videohjelp.device_check.report import Report, read_report
from videohjelp.handoff.case import HandoffCase
from videohjelp.handoff.reference_code import make_code


def test_read_and_given_again() -> None:
    assert read_report(ALL_WORKS).to_entity() == ALL_WORKS


@pytest.mark.parametrize("value", [None, "works", 3, [], ["camera"], True])
def test_only_an_object_is_a_report(value: object) -> None:
    with pytest.raises(ValueError, match="object"):
        read_report(value)


@pytest.mark.parametrize("name", [field.name for field in fields(Report)])
@pytest.mark.parametrize("wrong", ["", "ola nordmann", "12345678901", 1, None, ["works"], {}, True])
def test_every_field_takes_its_own_codes_only(name: str, wrong: object) -> None:
    with pytest.raises(ValueError, match=name) as caught:
        read_report({**ALL_WORKS, name: wrong})
    # What was sent may identify somebody: it is never in the message.
    assert "12345678901" not in str(caught.value)


@pytest.mark.parametrize("name", [field.name for field in fields(Report)])
def test_no_field_may_be_missing(name: str) -> None:
    with pytest.raises(ValueError, match="fields"):
        read_report({key: value for key, value in ALL_WORKS.items() if key != name})


def test_no_field_may_be_added() -> None:
    with pytest.raises(ValueError, match="fields"):
        read_report({**ALL_WORKS, "name": "works"})


@pytest.mark.parametrize("name", ["system", "browser"])
@pytest.mark.parametrize("version", ["", " 9", " 17.4", " 126"])
def test_names_with_versions(name: str, version: str) -> None:
    assert read_report({**ALL_WORKS, name: f"other{version}"})


@pytest.mark.parametrize("version", [" 1234", " 17.4.1", "17", " 17\n", " 123456"])
def test_a_version_is_no_long_number(version: str) -> None:
    with pytest.raises(ValueError, match="browser"):
        read_report({**ALL_WORKS, "browser": f"Chrome{version}"})


def test_a_case_can_hold_every_report() -> None:
    checks = report(camera="blocked_by_system", speaker="skipped").to_case()
    case = HandoffCase(
        make_code(),
        datetime.now(timezone.utc),
        "no_sound",
        browser="Safari 17",
        device_check=checks,
    )
    assert case.device_check == checks
    assert checks["camera"] == "blocked_by_system"
    assert "speaker" not in checks
