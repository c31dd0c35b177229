"""One line of the directory."""

from __future__ import annotations

from datetime import date

import pytest

from videohjelp.directory.entries import DirectoryEntry


def entry(phone: str = "55 97 50 00", kind: str = "switchboard") -> DirectoryEntry:
    return DirectoryEntry(
        "a", "T", "H", "Sentralbord", kind, phone, "", "https://x.no", "stated", None
    )


@pytest.mark.parametrize(
    ("phone", "uri"),
    [
        ("55 97 50 00", "tel:+4755975000"),
        ("480 32 638", "tel:+4748032638"),
        ("113", "tel:113"),
        ("116 117", "tel:116117"),
    ],
)
def test_link_of_a_number(phone: str, uri: str) -> None:
    assert entry(phone).tel_uri == uri


def test_unverified_needs_a_check() -> None:
    assert entry().needs_check
    verified = DirectoryEntry(
        "a", "T", "H", "S", "ward", "113", "", "https://x.no", "stated", date(2026, 1, 1)
    )
    assert not verified.needs_check


@pytest.mark.parametrize(
    "kind",
    [
        "emergency",
        "urgent_care",
        "crisis_line",
        "poison_information",
        "tech_support",
        "helsenorge_support",
    ],
)
def test_national_services_are_no_departments(kind: str) -> None:
    assert not entry(kind=kind).is_department
    assert entry().is_department
