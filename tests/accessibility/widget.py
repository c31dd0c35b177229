"""The widget on the demo page as a patient uses it: the button, the dialog, the conversation."""

from __future__ import annotations

from playwright.sync_api import FrameLocator, Locator, Page, expect

NAME_QUESTION = "jeg fikk ikke skrevet inn navnet mitt"
GUIDE_QUESTION = "hvordan kobler jeg meg til?"
MESSAGES = "**/api/chat/messages"
TOO_LONG = "a" * 501


class Widget:
    """The widget on a page that embeds it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.chat: FrameLocator = page.frame_locator("videohjelp-chat iframe")

    @property
    def launcher(self) -> Locator:
        """The button on the hospital's page."""
        return self.page.locator("videohjelp-chat .launcher")

    @property
    def dialog(self) -> Locator:
        """The dialog with the conversation page's frame."""
        return self.page.locator("videohjelp-chat dialog")

    @property
    def begin(self) -> Locator:
        """The button that starts the conversation."""
        return self.chat.get_by_role("button", name="Start samtalen")

    @property
    def robot(self) -> Locator:
        """The assistant's messages."""
        return self.chat.locator(".message.from-robot")

    @property
    def field(self) -> Locator:
        """Where the patient writes."""
        return self.chat.locator("#text")

    def open(self) -> None:
        """Opens the dialog and waits for its page."""
        self.launcher.click()
        expect(self.begin).to_be_visible()

    def start(self) -> None:
        """Starts the conversation and waits for the welcome."""
        self.begin.click()
        expect(self.robot).not_to_have_count(0)

    def write(self, text: str) -> None:
        """Writes and sends."""
        self.field.fill(text)
        self.field.press("Enter")

    def next_answer(self) -> Locator:
        """The message that the assistant has not yet sent."""
        return self.robot.nth(self.robot.count())

    def ask(self, text: str) -> None:
        """Writes and waits for the answer."""
        answer = self.next_answer()
        self.write(text)
        expect(answer).to_be_visible()

    def reply(self, index: int = 0) -> None:
        """Presses one of the quick replies offered last and waits for the answer."""
        answer = self.next_answer()
        self.replies.nth(index).click()
        expect(answer).to_be_visible()

    @property
    def replies(self) -> Locator:
        """The quick replies that can be used."""
        return self.chat.locator(".message .choices button:not([aria-disabled=true])")

    def menu(self) -> None:
        """Opens the menu."""
        self.chat.get_by_role("button", name="Meny").click()
        expect(self.chat.locator("dialog#menu")).to_be_visible()

    def close_menu(self) -> None:
        """Closes the menu."""
        self.chat.locator("dialog#menu [data-close]").click()
        expect(self.chat.locator("dialog#menu")).to_be_hidden()
