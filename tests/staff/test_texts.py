"""The console's texts are all used, and all that is used is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from videohjelp.content.nlu import VARIETIES
from videohjelp.figures.table import CHANNELS, COLUMNS
from videohjelp.review.conversations import REASONS
from videohjelp.staff.pages import FOLDER
from videohjelp.staff.texts import staff_texts

CODES = r'"((?:record|run|try)_(?:no_|wrong|taken|busy|clock)[a-z_]*)"'
TEMPLATES = sorted((FOLDER / "templates").glob("*.html"))
#: The texts whose names the templates put together, by the beginning.
FAMILIES = {
    "menu_": ("review", "cases", "numbers", "marks", "try", "run"),
    "failure_": ("not_allowed", "not_there", "too_many", "failed"),
    "reason_": REASONS,
    "channel_": CHANNELS,
    "language_": ("nb", "nn", "en"),
    "variety_": VARIETIES,
    "column_": COLUMNS,
    "chart_": ("conversations", "handoffs", "answered", "seconds"),
    "rating_": ("up", "down"),
    "run_": ("running", "ended", "failed", "abandoned"),
}


def named() -> set[str]:
    """The names of texts that templates and routes hold."""
    found: set[str] = set()
    for path in TEMPLATES:
        found |= set(re.findall(r"\bt\.([a-z_]+)", path.read_text(encoding="utf-8")))
    for path in FOLDER.glob("*.py"):
        written = path.read_text(encoding="utf-8")
        found |= set(re.findall(CODES, written))
    for beginning, ends in FAMILIES.items():
        found |= {f"{beginning}{end}" for end in ends}
    found |= {f"failure_{end}_more" for end in FAMILIES["failure_"]}
    return found


def test_each_text_is_used_and_each_that_is_used_is_there() -> None:
    assert named() == set(staff_texts())


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.name))
def test_no_template_turns_escaping_off_or_holds_a_script(path: Path) -> None:
    written = path.read_text(encoding="utf-8")
    assert "|safe" not in re.sub(r"\s", "", written)
    assert "autoescape" not in written
    assert not re.search(r"<script(?! src=\"/staff/static/)", written)
    assert not re.search(r"\son[a-z]+=|hx-on|hx-vals=.js|style=", written)
