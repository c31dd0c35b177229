"""What a screen reader would hear of a page, and what axe finds wrong with it."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

# What a screen reader would be told: every node put into the hidden live region.
LISTEN = """() => {
  window.heard = [];
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes) {
      for (const node of addedNodes) window.heard.push([node.textContent, node.childNodes.length]);
    }
  }).observe(document.getElementById("announcer"), { childList: true, subtree: true });
}"""


def violations(page: Page) -> list[tuple[str, str]]:
    """What axe finds wrong: the rule and the element."""
    # A heading may stand before its stylesheet has come.
    page.wait_for_load_state("load")
    tags = ["wcag2a", "wcag2aa", "wcag2aaa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    options = {"runOnly": {"type": "tag", "values": tags}}
    found = Axe().run(page, options=options).response["violations"]
    return [(rule["id"], node["html"]) for rule in found for node in rule["nodes"]]
