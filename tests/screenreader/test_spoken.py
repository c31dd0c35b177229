"""What a screen reader really says, compared with what it should say (spoken.txt)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Response, expect

from .desktop import Desktop
from .heard import as_text, expected, with_turn, without_surroundings
from .orca import Orca

EXPECTED = Path(__file__).with_name("spoken.txt")
QUESTION = "jeg fikk ikke skrevet inn navnet mitt"
SECOND_QUESTION = "hvordan tester jeg kamera"
QUIET_SECONDS = 1.5
PATIENCE_SECONDS = 15
MESSAGES = "**/api/chat/messages"


class Turns:
    """The assistant's answers as the server sends them."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._responses: list[Response] = []
        page.on("response", self._keep)

    def _keep(self, response: Response) -> None:
        self._responses.append(response)

    def take(self) -> str:
        """What has come since the last call, as the one sentence it should be; "" for nothing."""
        self._page.wait_for_timeout(50)
        said: list[str] = []
        for response in self._responses:
            if "/api/chat/" in response.url and response.request.method == "POST" and response.ok:
                for message in response.json().get("messages", []):
                    said += _parts(message)
        self._responses.clear()
        return " ".join(" ".join(["Robot:", *said]).split()) if said else ""


def _parts(message: dict[str, Any]) -> list[str]:
    """What is said of a message: how far the steps have come, the text, the quick replies."""
    if message["from"] != "assistant":
        return []
    parts = [message["text"]]
    if progress := message.get("progress"):
        parts.insert(0, f"Steg {progress['step']} av {progress['steps']}.")
    if buttons := message.get("buttons"):
        parts.append(f"Svarvalg: {', '.join(button['title'] for button in buttons)}.")
    return parts


def test_each_turn_is_spoken_once_and_in_order(desktop: Desktop, orca: Orca, window: Page) -> None:
    turns = Turns(window)
    steps: list[tuple[str, list[str]]] = []

    def step(name: str, act: Callable[[], None]) -> None:
        orca.forget()
        act()
        spoken = without_surroundings(orca.listen(QUIET_SECONDS, PATIENCE_SECONDS), desktop.written)
        steps.append((name, with_turn(spoken, turns.take())))

    def write(text: str) -> None:
        desktop.write(text)
        desktop.press("Return")

    expect(window.get_by_role("button", name="Start samtalen")).to_be_visible()
    orca.listen(QUIET_SECONDS, PATIENCE_SECONDS)
    step("Tab, Tab, Tab: the start button", lambda: desktop.press("Tab", "Tab", "Tab"))
    step("Enter: the conversation starts", lambda: desktop.press("Return"))
    step("a question", lambda: write(QUESTION))
    step("Shift+Tab: the last quick reply", lambda: desktop.press("shift+Tab"))
    step("Shift+Tab: the first quick reply", lambda: desktop.press("shift+Tab"))
    step("Enter: the quick reply is sent", lambda: desktop.press("Return"))
    window.get_by_label("Skriv meldingen din").focus()
    orca.listen(QUIET_SECONDS, PATIENCE_SECONDS)
    step("another question", lambda: write(SECOND_QUESTION))
    step("Enter in the empty field: an error", lambda: desktop.press("Return"))
    window.route(MESSAGES, lambda route: route.abort())
    step("no network: the message is not sent", lambda: write("hei"))

    heard = as_text(steps)
    (desktop.folder / "heard.txt").write_text(heard, encoding="utf-8")
    assert heard == expected(EXPECTED)


@pytest.mark.parametrize("said", [[], ["Robot: Hei.", "Robot: Hei."], ["Robot:", "Hei."]])
def test_silence_repetition_and_pieces_are_seen(said: list[str]) -> None:
    right = as_text([("a question", with_turn(["Robot: Hei."], "Robot: Hei."))])
    assert as_text([("a question", with_turn(said, "Robot: Hei."))]) != right
