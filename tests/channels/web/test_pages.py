"""The pages and files as a browser gets them, from a real server."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import httpx
import pytest
from markupsafe import Markup

from tests.server_process import running_server
from videohjelp.channels.web.pages import page_texts, script_json, theme_names


@pytest.fixture(scope="module")
def elsewhere(model: object, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server as at a hospital: no demonstration, and websites that may show the page."""
    folder = tmp_path_factory.mktemp("hospital")
    origins = json.dumps(["https://www.helse-bergen.no", "https://*.helse-vest.no"])
    with running_server(folder, DEMO="false", EMBED_ORIGINS=origins) as server:
        yield server.url


def policy(answer: httpx.Response) -> dict[str, str]:
    """The Content-Security-Policy by its directives."""
    parts = answer.headers["content-security-policy"].split("; ")
    return {name: value for name, _, value in (part.partition(" ") for part in parts)}


@pytest.mark.parametrize("path", ["/chat", "/device-check"])
@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_a_page_is_in_the_language_asked_for(server_url: str, path: str, language: str) -> None:
    answer = httpx.get(f"{server_url}{path}", params={"language": language})
    assert answer.status_code == httpx.codes.OK
    assert f'<html lang="{language}"' in answer.text
    assert "{{" not in answer.text


def test_without_one_in_the_browsers(server_url: str) -> None:
    answer = httpx.get(f"{server_url}/chat", headers={"Accept-Language": "nn-NO,nn;q=0.9"})
    assert '<html lang="nn"' in answer.text
    for wrong in ("xx", "<script>", "../en"):
        answer = httpx.get(f"{server_url}/chat", params={"language": wrong})
        assert '<html lang="nb"' in answer.text


def test_the_page_carries_its_texts_and_settings(server_url: str) -> None:
    page = httpx.get(f"{server_url}/chat").text
    found = re.search(r'id="texts">(.*?)</script>', page, re.DOTALL)
    assert found is not None
    assert json.loads(found[1]) == page_texts()
    found = re.search(r'id="config">(.*?)</script>', page, re.DOTALL)
    assert found is not None
    assert json.loads(found[1])["messageLimit"] == 500


def test_everything_the_pages_load_is_there_and_may_be_kept(server_url: str) -> None:
    pages = [httpx.get(f"{server_url}{path}").text for path in ("/", "/chat", "/device-check")]
    loaded = {path for page in pages for path in re.findall(r'(?:src|href)="(/[^"]+\.\w+)"', page)}
    assert "/widget.js" in loaded
    assert len(loaded) >= 4
    for path in loaded - {"/widget.js"}:
        answer = httpx.get(f"{server_url}{path}")
        assert answer.status_code == httpx.codes.OK, path
        assert "immutable" in answer.headers["cache-control"]
        assert re.search(r"-[\w-]{8,}\.\w+$", path), f"{path} carries no version"


def test_the_loader_reaches_everybody_soon_and_any_website(server_url: str) -> None:
    answer = httpx.get(f"{server_url}/widget.js")
    assert answer.headers["cache-control"] == "public, max-age=300"
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["cross-origin-resource-policy"] == "cross-origin"


def test_no_page_lets_anything_else_in(server_url: str) -> None:
    for path in ("/", "/chat", "/device-check"):
        answer = httpx.get(f"{server_url}{path}")
        rules = policy(answer)
        assert rules["default-src"] == "'none'"
        assert rules["script-src"] == rules["style-src"] == rules["connect-src"] == "'self'"
        assert rules["require-trusted-types-for"] == "'script'"
        assert rules["frame-ancestors"] == "'self'"
        assert "set-cookie" not in answer.headers
        assert not re.search(r"<script(?![^>]*(src=|application/json))", answer.text)
        assert not re.search(r"\sstyle=|\son\w+=", answer.text)


def test_approved_websites_may_show_the_page_and_no_others(elsewhere: str) -> None:
    rules = policy(httpx.get(f"{elsewhere}/chat"))
    assert rules["frame-ancestors"] == "'self' https://www.helse-bergen.no https://*.helse-vest.no"


def test_a_hospital_serves_no_demonstration(elsewhere: str) -> None:
    answer = httpx.get(f"{elsewhere}/")
    assert (answer.status_code, answer.headers["location"]) == (302, "/chat")


def test_themes(server_url: str) -> None:
    assert "standard" in theme_names()
    for theme in theme_names():
        page = httpx.get(f"{server_url}/chat", params={"theme": theme}).text
        assert f'data-theme="{theme}"' in page
    for wrong in ("none", '"><script>', "../x"):
        page = httpx.get(f"{server_url}/chat", params={"theme": wrong}).text
        assert 'data-theme="standard"' in page


@pytest.mark.parametrize(
    "path",
    ["/assets/nothing.js", "/assets/..%2f..%2fchannel.py", "/assets/%2e%2e/chat.html", "/static/x"],
)
def test_nothing_else_is_served(server_url: str, path: str) -> None:
    answer = httpx.get(f"{server_url}{path}")
    assert answer.status_code == httpx.codes.NOT_FOUND
    assert answer.json()["error"] == "not_found"


def test_json_in_a_page_cannot_end_its_element() -> None:
    value = {"a": "</script><script>alert(1)</script><!-- & \u2028"}
    written = script_json(value)
    assert isinstance(written, Markup)
    assert not set("<>&\u2028") & set(written)
    assert json.loads(written) == value
