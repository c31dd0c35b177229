"""What the conversation tests share: quiet logs, and every reply kept for test_numbers.py."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import structlog

from actions import services
from tests.assistant import Conversation, Reply

#: Every reply of the conversation tests run so far.
SAID: list[Reply] = []


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Puts the tests that look at all replies last."""
    items.sort(key=lambda item: item.path.name == "test_numbers.py")


@pytest.fixture(scope="session", autouse=True)
def _own_cases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Hand-off cases of tests go to a database of their own."""
    database = tmp_path_factory.mktemp("cases") / "cases.db"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VIDEOHJELP_DATABASE_URL", f"sqlite:///{database}")
        services.cases.cache_clear()
        yield
    services.cases.cache_clear()


@pytest.fixture(scope="session", autouse=True)
def _keep_replies() -> Iterator[None]:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(40))
    say = Conversation.say

    def keeping(self: Conversation, text: str) -> Reply:
        reply = say(self, text)
        SAID.append(reply)
        return reply

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Conversation, "say", keeping)
        yield


@pytest.fixture(autouse=True)
def _nothing_failed() -> Iterator[None]:
    """No reply of any conversation test is empty or an apology for an error."""
    before = len(SAID)
    yield
    for reply in SAID[before:]:
        assert reply.text.strip(), f"nothing was answered to {reply.intent}"
        assert "utter_action_failed" not in reply.responses
        assert "{" not in reply.text, f"a variable was not filled in: {reply.text}"


@pytest.fixture
def replies() -> list[Reply]:
    """Every reply so far."""
    return SAID
