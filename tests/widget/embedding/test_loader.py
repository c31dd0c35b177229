"""The launcher and the dialog: opening, closing, focus, badge, phones."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.chromium import wait_until

from .hospital import (
    PHONE,
    Site,
    chat_frame,
    dialog,
    has_focus,
    launcher,
    open_chat,
    start_conversation,
    visitor,
)

UNREAD = "count => parent.postMessage({ videohjelp: 'unread', count }, '*')"


def test_a_button_with_text_that_never_opens_by_itself(page: Page) -> None:
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.reload()
    button = page.get_by_role("complementary", name="Videohjelp").get_by_role("button")
    expect(button).to_have_accessible_name("Chat med oss")
    expect(button.get_by_text("Chat med oss")).to_be_visible()
    expect(button).to_have_attribute("aria-haspopup", "dialog")
    expect(button).to_have_attribute("aria-expanded", "false")
    box = button.bounding_box()
    assert box is not None
    assert min(box["width"], box["height"]) >= 48
    page.wait_for_timeout(1000)
    expect(dialog(page)).to_be_hidden()
    assert page.locator("videohjelp-chat iframe").count() == 0
    assert [url for url in requests if "/chat" in url] == []


def test_nothing_is_stored_before_the_patient_starts(page: Page, hospital: Site) -> None:
    page.goto(hospital.near)
    frame = open_chat(page)
    page.wait_for_timeout(500)
    stored = "sessionStorage.length + localStorage.length"
    assert page.evaluate(stored) == 0
    assert frame.evaluate(stored) == 0
    assert page.context.cookies() == []


def test_opening_moves_the_focus_to_the_heading_and_hides_the_launcher(page: Page) -> None:
    frame = open_chat(page)
    expect(frame.locator("#title")).to_be_focused()
    assert has_focus(page.locator("videohjelp-chat iframe"))
    expect(launcher(page)).to_be_hidden()
    expect(launcher(page)).to_have_attribute("aria-expanded", "true")
    expect(dialog(page)).to_have_accessible_name("Videohjelp")
    assert not dialog(page).evaluate("one => one.matches(':modal')")


def test_the_page_is_known_before_it_has_the_focus(page: Page) -> None:
    """Else Orca says no answer: the browser tells it by and by where the page belongs."""
    page.evaluate(
        """() => {
          addEventListener("message", ({ data }) => {
            if (data.videohjelp === "ready") window.readyAt = performance.now();
          });
          addEventListener("blur", () => { window.enteredAt = performance.now(); });
        }"""
    )
    frame = open_chat(page)
    expect(frame.locator("#title")).to_be_focused()
    assert page.evaluate("enteredAt - readyAt") >= 250


def test_escape_in_the_conversation_closes_and_brings_the_focus_back(page: Page) -> None:
    frame = open_chat(page)
    expect(frame.locator("#title")).to_be_focused()
    page.keyboard.press("Escape")
    expect(dialog(page)).to_be_hidden()
    expect(launcher(page)).to_be_visible()
    assert has_focus(launcher(page))
    expect(launcher(page)).to_have_attribute("aria-expanded", "false")


def test_escape_on_the_page_closes_and_leaves_the_focus_there(page: Page) -> None:
    open_chat(page)
    page.locator("#first").focus()
    page.keyboard.press("Escape")
    expect(dialog(page)).to_be_hidden()
    expect(page.locator("#first")).to_be_focused()


def test_escape_that_the_page_uses_itself_does_not_close(page: Page) -> None:
    open_chat(page)
    page.evaluate("document.body.addEventListener('keydown', event => event.preventDefault())")
    page.locator("#first").focus()
    page.keyboard.press("Escape")
    page.wait_for_timeout(400)
    expect(dialog(page)).to_be_visible()


def test_the_launcher_is_there_while_the_focus_moves(page: Page) -> None:
    """Hidden in the same task, a screen reader says nothing of opening or closing."""
    at_once = launcher(page).evaluate("one => { one.click(); return one.hidden; }")
    assert at_once is False
    chat_frame(page)
    expect(launcher(page)).to_be_hidden()
    page.evaluate("""() => {
      const { shadowRoot } = document.querySelector("videohjelp-chat");
      const button = shadowRoot.querySelector(".launcher");
      const dialog = shadowRoot.querySelector("dialog");
      button.addEventListener("focus", () => { window.openAtFocus = dialog.open; });
    }""")
    page.keyboard.press("Escape")
    expect(dialog(page)).to_be_hidden()
    assert page.evaluate("window.openAtFocus") is True


def test_closing_at_once_leaves_the_launcher(page: Page) -> None:
    """The timer of the opening must not hide the launcher that has the focus again."""
    launcher(page).click()
    page.keyboard.press("Escape")
    page.wait_for_timeout(800)
    expect(launcher(page)).to_be_visible()
    expect(dialog(page)).to_be_hidden()
    assert has_focus(launcher(page))


def test_minimising_keeps_the_conversation(page: Page) -> None:
    frame = start_conversation(page)
    said = frame.locator("#log").inner_text()
    frame.locator("#minimise").click()
    expect(dialog(page)).to_be_hidden()
    launcher(page).click()
    expect(frame.locator("#log")).to_be_visible()
    assert frame.locator("#log").inner_text() == said


def test_unread_answers_are_in_the_name_and_said_once(page: Page) -> None:
    frame = open_chat(page)
    page.keyboard.press("Escape")
    expect(dialog(page)).to_be_hidden()
    frame.evaluate(UNREAD, 2)
    expect(launcher(page)).to_have_accessible_name("Chat med oss 2 nye meldinger")
    expect(page.locator("videohjelp-chat .badge")).to_have_text("2")
    expect(page.locator("videohjelp-chat [role=status]")).to_have_text("2 nye meldinger")
    frame.evaluate(UNREAD, 1)
    expect(launcher(page)).to_have_accessible_name("Chat med oss 1 ny melding")
    launcher(page).click()
    page.keyboard.press("Escape")
    expect(launcher(page)).to_have_accessible_name("Chat med oss")
    expect(page.locator("videohjelp-chat .badge")).to_be_hidden()


def test_only_the_conversation_page_is_believed(page: Page) -> None:
    open_chat(page)
    page.evaluate("postMessage({ videohjelp: 'close' }, '*')")
    page.evaluate("""() => {
      const other = document.createElement("iframe");
      document.body.append(other);
      const script = other.contentDocument.createElement("script");
      script.textContent = "parent.postMessage({ videohjelp: 'close' }, '*')";
      other.contentDocument.body.append(script);
    }""")
    page.wait_for_timeout(500)
    expect(dialog(page)).to_be_visible()


def test_whole_screen_and_modal_on_a_phone(browser: Browser, hospital: Site) -> None:
    with visitor(browser, PHONE, has_touch=True) as page:
        page.goto(hospital.put("/"))
        frame = open_chat(page)
        assert dialog(page).evaluate("one => one.matches(':modal')")
        assert dialog(page).bounding_box() == {"x": 0, "y": 0, **PHONE}
        for _ in range(25):
            page.keyboard.press("Tab")
            assert page.evaluate("document.activeElement.localName") in ("videohjelp-chat", "body")
        frame.locator("#minimise").click()
        expect(dialog(page)).to_be_hidden()
        assert has_focus(launcher(page))


def test_the_keyboard_of_a_phone_leaves_room_for_the_field(
    browser: Browser, hospital: Site
) -> None:
    with visitor(browser, PHONE) as page:
        page.goto(hospital.put("/"))
        open_chat(page)
        view = """([height, offsetTop, scale]) => {
          for (const [name, value] of Object.entries({ height, offsetTop, scale })) {
            Object.defineProperty(visualViewport, name, { configurable: true, value });
          }
          visualViewport.dispatchEvent(new Event("resize"));
        }"""
        page.evaluate(view, [320, 40, 1])
        box = dialog(page).bounding_box()
        assert box is not None
        assert (box["y"], box["height"]) == (40, 320)
        # The patient's own zoom with two fingers must enlarge the dialog, not shrink it.
        page.evaluate(view, [200, 0, 2])
        assert dialog(page).bounding_box() == box


def test_turning_the_screen_changes_to_modal_and_back(page: Page) -> None:
    frame = start_conversation(page)
    said = frame.locator("#log").inner_text()
    page.set_viewport_size({"width": 375, "height": 667})
    expect(dialog(page)).to_be_visible()
    wait_until(
        page,
        "document.querySelector('videohjelp-chat').shadowRoot"
        ".querySelector('dialog').matches(':modal')",
    )
    assert has_focus(page.locator("videohjelp-chat iframe"))
    page.set_viewport_size({"width": 1280, "height": 900})
    wait_until(
        page,
        "!document.querySelector('videohjelp-chat').shadowRoot"
        ".querySelector('dialog').matches(':modal')",
    )
    expect(dialog(page)).to_be_visible()
    assert frame.locator("#log").inner_text() == said


@pytest.mark.parametrize(
    ("attributes", "page_language", "name"),
    [
        ('data-language="nb"', "en", "Chat med oss"),
        ('data-language="nn"', "nb", "Chat med oss"),
        ('data-language="en"', "nb", "Chat with us"),
        ("", "en-GB", "Chat with us"),
        ("", "nn-NO", "Chat med oss"),
        ("", "no", "Chat med oss"),
    ],
)
def test_language(
    browser: Browser, hospital: Site, attributes: str, page_language: str, name: str
) -> None:
    with visitor(browser) as page:
        page.goto(hospital.put("/", hospital.embed(attributes), language=page_language))
        expect(launcher(page)).to_have_accessible_name(name)
        wanted = attributes[-3:-1] or {"no": "nb"}.get(page_language, page_language[:2])
        assert page.locator("videohjelp-chat .root").get_attribute("lang") == wanted
        assert f"language={wanted}" in open_chat(page).url


def test_the_launcher_follows_the_language_of_the_conversation(page: Page) -> None:
    frame = open_chat(page)
    frame.locator("input[value=en]").first.check()
    page.keyboard.press("Escape")
    expect(launcher(page)).to_have_accessible_name("Chat with us")


def test_other_buttons_of_the_page_open_it(browser: Browser, hospital: Site) -> None:
    with visitor(browser) as page:
        page.goto(hospital.put("/", hospital.embed('data-open=".ask"')))
        link = page.locator(".ask")
        expect(link).to_have_attribute("aria-haspopup", "dialog")
        link.click()
        frame = chat_frame(page)
        expect(frame.locator("#title")).to_be_focused()
        page.keyboard.press("Escape")
        expect(link).to_be_focused()
        assert page.url == f"{hospital.origin}/"


def test_a_script_of_the_page_opens_it(page: Page) -> None:
    page.evaluate("dispatchEvent(new Event('videohjelp:open'))")
    expect(dialog(page)).to_be_visible()


def test_without_an_answer_the_patient_can_close_and_knows_whom_to_call(page: Page) -> None:
    page.route("**/chat?*", lambda route: route.abort())
    page.clock.install()
    launcher(page).click()
    expect(dialog(page)).to_be_visible()
    page.clock.fast_forward(11_000)
    expect(dialog(page).get_by_role("alert")).to_contain_text("Ring 55 97 65 51")
    dialog(page).get_by_role("button", name="Lukk").click()
    page.clock.fast_forward(1_000)
    expect(dialog(page)).to_be_hidden()
    assert has_focus(launcher(page))


def test_a_slow_page_does_not_take_the_focus_from_the_patient(page: Page) -> None:
    waiting: list[Route] = []

    def hold(route: Route) -> None:
        waiting.append(route)

    page.route("**/chat?*", hold)
    launcher(page).click()
    expect(dialog(page)).to_be_focused()
    page.locator("#first").focus()
    waiting[0].continue_()
    expect(page.locator("videohjelp-chat .waiting")).to_be_hidden()
    page.wait_for_timeout(600)
    expect(page.locator("#first")).to_be_focused()
