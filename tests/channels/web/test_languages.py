from __future__ import annotations

import pytest

from videohjelp.appointments.wording import Language
from videohjelp.channels.web.languages import wanted_language


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("nn", "nn"),
        ("nn-NO,nn;q=0.9,no;q=0.8", "nn"),
        ("no", "nb"),
        ("nb-NO", "nb"),
        ("da-DK,en;q=0.5", "nb"),
        ("sv", "nb"),
        ("en-GB,en;q=0.9", "en"),
        ("de-DE,de;q=0.9,en;q=0.8", "en"),
        ("pl, uk", "nn"),
        ("", "nn"),
        ("*", "nn"),
        (",;q=,", "nn"),
    ],
)
def test_the_first_language_of_ours(header: str, language: Language) -> None:
    assert wanted_language(header, "nn") == language
