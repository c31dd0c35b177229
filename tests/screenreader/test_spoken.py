"""What a screen reader really says, compared with what it should say (spoken.txt)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Response, expect

from tests.accessibility.widget import MESSAGES, Widget

from .desktop import Desktop
from .heard import as_text, expected, with_turn, without_surroundings
from .orca import Orca

EXPECTED = Path(__file__).with_name("spoken.txt")
QUESTION = "jeg fikk ikke skrevet inn navnet mitt"
SECOND_QUESTION = "hvordan tester jeg kamera"
QUIET_SECONDS = 1.5
HURRY_SECONDS = 0.7
PATIENCE_SECONDS = 8
MOST_PRESSES = 25


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


class Listener:
    """Does something, then writes down what is spoken until it is silent again."""

    def __init__(self, desktop: Desktop, orca: Orca, page: Page) -> None:
        self._desktop = desktop
        self._orca = orca
        self._turns = Turns(page)
        self.steps: list[tuple[str, list[str]]] = []

    def step(self, name: str, key: str, *, text: str = "", until: Locator | None = None) -> None:
        """Types a text, presses a key and waits until something is seen."""
        self._orca.forget()
        if text:
            self._desktop.write(text)
        self._desktop.press(key)
        if until:
            expect(until).to_be_visible()
        self.steps.append((name, self._spoken()))

    def reach(self, name: str, key: str, target: Locator) -> None:
        """Presses a key until the focus is on the target; what is said on the way is not kept."""
        for _ in range(MOST_PRESSES):
            self._orca.forget()
            self._desktop.press(key)
            spoken = self._spoken(HURRY_SECONDS)
            if target.evaluate("element => element.matches(':focus')"):
                self.steps.append((name, spoken))
                return
        pytest.fail(f"{key} does not reach {name}")

    def _spoken(self, quiet: float = QUIET_SECONDS) -> list[str]:
        heard = self._orca.listen(quiet, PATIENCE_SECONDS)
        spoken = without_surroundings(heard, self._desktop.written)
        return with_turn(spoken, self._turns.take())


def test_each_turn_is_spoken_once_and_in_order(desktop: Desktop, orca: Orca, window: Page) -> None:
    widget = Widget(window)
    expect(widget.launcher).to_be_visible()
    orca.listen(QUIET_SECONDS, PATIENCE_SECONDS)
    hear = Listener(desktop, orca, window)
    hear.reach("Tab: the button on the hospital's page", "Tab", widget.launcher)
    hear.step("Enter: the dialog opens", "Return", until=widget.begin)
    # As long as the page is on its way Orca names the dialog, later it reads what stands in it.
    # Before either it may say what became of the button that was pressed.
    _, opened = hear.steps.pop()
    assert next(line for line in opened if line != "expanded").startswith("Videohjelp")
    hear.reach("Tab: the button that starts", "Tab", widget.begin)
    hear.step("Enter: the conversation starts", "Return", until=widget.next_answer())
    hear.step("a question", "Return", text=QUESTION, until=widget.next_answer())
    hear.reach("Shift+Tab: the last quick reply", "shift+Tab", widget.replies.last)
    hear.reach("Shift+Tab: the first quick reply", "shift+Tab", widget.replies.first)
    hear.step("Enter: the quick reply is sent", "Return", until=widget.next_answer())
    hear.reach("Tab: the field", "Tab", widget.field)
    hear.step("another question", "Return", text=SECOND_QUESTION, until=widget.next_answer())
    hear.step("Enter in the empty field: an error", "Return")
    window.route(MESSAGES, lambda route: route.abort())
    offline = widget.chat.locator("#connection")
    hear.step("no network: the message waits", "Return", text="hei", until=offline)
    hear.step("Escape: the dialog closes", "Escape", until=widget.launcher)

    heard = as_text(hear.steps)
    (desktop.folder / "heard.txt").write_text(heard, encoding="utf-8")
    assert heard == expected(EXPECTED)


@pytest.mark.parametrize("said", [[], ["Robot: Hei.", "Robot: Hei."], ["Robot:", "Hei."]])
def test_silence_repetition_and_pieces_are_seen(said: list[str]) -> None:
    right = as_text([("a question", with_turn(["Robot: Hei."], "Robot: Hei."))])
    assert as_text([("a question", with_turn(said, "Robot: Hei."))]) != right
