"""The patient's main path in a second engine, WebKit, and axe there too."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

import pytest
from axe_playwright_python.sync_playwright import Axe
from selenium.webdriver import WebKitGTK
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.wait import WebDriverWait

from .axe import OPTIONS, read
from .webkit import PACKAGES, mini_browser, webkit, x_display
from .widget import GUIDE_QUESTION, NAME_QUESTION

PATIENCE_SECONDS = 60
REPLIES = ".message .choices button:not([aria-disabled=true])"
Found = TypeVar("Found")


@pytest.fixture(scope="module")
def driver() -> Iterator[WebKitGTK]:
    if mini_browser() is None:
        pytest.skip(f"NOT TRIED in a second engine. Debian: sudo apt install {PACKAGES}")
    with x_display() as display, webkit(display) as started:
        yield started


class Patient:
    """A patient with WebKit on the demo page."""

    def __init__(self, driver: WebKitGTK) -> None:
        self.driver = driver

    def wait(self, what: Callable[[], Found]) -> Found:
        """Waits until it is true. Raises TimeoutException."""
        return WebDriverWait(self.driver, PATIENCE_SECONDS).until(lambda _: what())

    def shadow(self, selector: str) -> WebElement:
        """A part of the loader on the hospital's page."""
        host = self.wait(lambda: self.driver.find_element(By.CSS_SELECTOR, "videohjelp-chat"))
        part: WebElement = host.shadow_root.find_element(By.CSS_SELECTOR, selector)
        return part

    def enter_frame(self) -> None:
        """From now on the conversation page is meant."""
        self.driver.switch_to.default_content()
        self.driver.switch_to.frame(self.wait(lambda: self.shadow("iframe")))

    def see(self, selector: str) -> WebElement:
        """Waits until an element is shown."""
        return self.wait(lambda: next((one for one in self.all(selector)), None)) or pytest.fail()

    def all(self, selector: str) -> list[WebElement]:
        """The elements that are shown."""
        found = self.driver.find_elements(By.CSS_SELECTOR, selector)
        return [element for element in found if element.is_displayed()]

    def press(self, selector: str) -> None:
        """Waits for a button and presses it."""
        self.see(selector).click()

    def answers(self) -> list[str]:
        """The texts of the assistant's messages."""
        return [message.text for message in self.all(".message.from-robot")]

    def awaits_answer(self, act: Callable[[], None]) -> None:
        """Does something and waits for the answer to it."""
        before = len(self.answers())
        act()
        self.wait(lambda: len(self.answers()) > before)

    def ask(self, text: str) -> None:
        """Writes a message and waits for the answer."""
        self.see("#text").send_keys(text)
        self.awaits_answer(lambda: self.press("#composer button[type=submit]"))

    def run(self, script: str, *arguments: object) -> None:
        """Runs a script in the page that is meant."""
        self.driver.execute_script(script, *arguments)  # type: ignore[no-untyped-call]

    def violations(self) -> list[tuple[str, str, str]]:
        """What axe finds wrong in the conversation page."""
        self.run(f"if (!('axe' in window)) {{ {Axe().axe_script} }}")
        found = self.driver.execute_async_script(
            "const [options, done] = arguments; axe.run(document, options).then(done);", OPTIONS
        )
        return read(found)


def test_main_path(driver: WebKitGTK, page_url: str) -> None:
    driver.get(f"{page_url}/")
    patient = Patient(driver)
    patient.shadow(".launcher").click()
    patient.enter_frame()
    patient.see("#begin")
    assert patient.violations() == []
    patient.awaits_answer(lambda: patient.press("#begin"))

    patient.ask(NAME_QUESTION)
    assert any("join.nhn.no" in answer for answer in patient.answers())
    patient.ask(GUIDE_QUESTION)
    patient.awaits_answer(lambda: patient.press(REPLIES))
    assert any("Steg 1 av" in answer for answer in patient.answers())
    patient.awaits_answer(lambda: patient.press(REPLIES))
    assert any("Steg 2 av" in answer for answer in patient.answers())
    assert patient.violations() == []
    before = patient.answers()

    driver.refresh()
    patient.wait(lambda: patient.shadow("iframe").is_displayed())
    patient.enter_frame()
    patient.wait(lambda: patient.answers() == before)

    patient.press("#menu-open")
    patient.press("dialog#menu #delete")
    patient.press("#confirm-yes")
    assert patient.see("#notice").text == "Samtalen er slettet."
    assert patient.violations() == []


def test_a_fault_is_found_there_too(driver: WebKitGTK, page_url: str) -> None:
    driver.get(f"{page_url}/chat")
    patient = Patient(driver)
    begin = patient.see("#begin")
    patient.run("arguments[0].textContent = ''", begin)
    assert "button-name" in {found[0] for found in patient.violations()}
