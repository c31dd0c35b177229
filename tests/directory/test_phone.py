"""How numbers are written, and what is no number."""

from __future__ import annotations

import pytest

from videohjelp.directory.phone import PhoneError, formatted


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("55975000", "55 97 50 00"),
        ("+47 55 97 50 00", "55 97 50 00"),
        ("48032638", "480 32 638"),
        ("116117", "116 117"),
        ("116123", "116 123"),
        ("113", "113"),
        ("80033033", "800 33 033"),
    ],
)
def test_formatted(written: str, expected: str) -> None:
    assert formatted(written) == expected
    assert formatted(expected) == expected


@pytest.mark.parametrize(
    "text",
    ["", "55 97 50", "55 97 50 00 1", "12345678", "999", "117", "ring oss", "+46 8 123 456 78",
     "+47 113", "55 97 50 0O", "55-97-50-00", "٥٥٩٧٥٠٠٠"],
)  # fmt: skip
def test_no_norwegian_number(text: str) -> None:
    with pytest.raises(PhoneError):
        formatted(text)
