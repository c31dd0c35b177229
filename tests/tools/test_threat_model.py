"""The threat model is whole, its tests exist, and the document says what it says."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from tools.threat_model import (
    DOCUMENT,
    Threat,
    gaps,
    missing_tests,
    read_model,
    with_tables,
)

COMPONENTS = {
    "web", "loader", "device_check", "sms", "staff", "handoff", "metrics", "actions", "database",
    "model", "stories", "content", "supply_chain",
}  # fmt: skip


def test_every_component_and_every_letter_is_dealt_with() -> None:
    model = read_model()
    assert set(model.components) == COMPONENTS
    assert gaps(model) == []
    short = model.copy(update={"threats": model.threats[1:-1]})
    assert gaps(short) == ["supply_chain: nothing is said of elevation of privilege"]


def test_every_test_exists() -> None:
    model = read_model()
    assert missing_tests(model) == []
    gone = Threat(
        component="web", letter="S", threat="a", mitigation="b", tests=["tests/x.py::test_y"]
    )
    assert missing_tests(model.copy(update={"threats": [gone]})) == ["tests/x.py::test_y"]


def test_the_document_is_up_to_date() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    assert with_tables(text, read_model()) == text, "run python -m tools.threat_model"


@pytest.mark.parametrize(
    "half", [{}, {"threat": "a"}, {"threat": "a", "mitigation": "b"}, {"none": "a", "threat": "b"}]
)
def test_half_a_threat_is_refused(half: dict[str, str]) -> None:
    with pytest.raises(ValidationError, match="write threat, mitigation and tests"):
        Threat.parse_obj({"component": "web", "letter": "S", **half})
