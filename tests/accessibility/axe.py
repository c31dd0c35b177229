"""axe-core on a page and in all its frames."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

# Every rule that stands for a success criterion of WCAG 2.0 to 2.2, AAA included, and axe's own
# best practices. test_axe_tags.py holds the list against axe's.
TAGS = (
    "wcag2a",
    "wcag2aa",
    "wcag2aaa",
    "wcag21a",
    "wcag21aa",
    "wcag22aa",
    "best-practice",
)

# Rules with the tag "experimental" are off unless asked for.
OPTIONS = {"runOnly": {"type": "tag", "values": list(TAGS)}, "resultTypes": ["violations"]}

Violation = tuple[str, str, str]


def violations(page: Page) -> list[Violation]:
    """What axe finds wrong: the rule, the element, and why."""
    # A heading may stand before its stylesheet has come.
    page.wait_for_load_state("load")
    prepare(page)
    found = page.evaluate("options => axe.run(document, options)", OPTIONS)
    return read(found)


def prepare(page: Page) -> None:
    """Puts axe into the page and its frames; it sees into those only where it is itself."""
    for frame in page.frames:
        if not frame.evaluate("() => 'axe' in window"):
            frame.evaluate(Axe().axe_script)


def read(found: dict[str, Any]) -> list[Violation]:
    """The violations in axe's answer."""
    return [
        (rule["id"], node["html"][:200], node["failureSummary"])
        for rule in found["violations"]
        for node in rule["nodes"]
    ]
