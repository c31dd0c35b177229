"""The browser of the chat page's tests, simulated phones, and senders to a local provider."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest

from tests.channels.sms.phone import Phone
from tests.channels.sms.provider_server import ProviderServer, provider_server
from tests.channels.sms.sending import Sending, linkmobility, sending, twilio
from tests.widget.conftest import browser, page_url
from videohjelp.channels.sms.providers import api

__all__ = ["browser", "new_phone", "page_url"]


@pytest.fixture
def new_phone(page_url: str) -> Callable[[], Phone]:
    """Makes phones with numbers of their own, on the running server."""
    return lambda: Phone(page_url)


@pytest.fixture
def provider(monkeypatch: pytest.MonkeyPatch) -> Iterator[ProviderServer]:
    """A provider's server; who calls it from this process waits half a second at most."""
    monkeypatch.setattr(api, "TIMEOUT_SECONDS", 0.5)
    with provider_server() as server:
        yield server


@pytest.fixture
async def twilio_sending(tmp_path: Path, provider: ProviderServer) -> AsyncIterator[Sending]:
    """A sender through Twilio."""
    async with sending(tmp_path, twilio(provider.url)) as made:
        yield made


@pytest.fixture
async def link_sending(tmp_path: Path, provider: ProviderServer) -> AsyncIterator[Sending]:
    """A sender through LINK Mobility."""
    async with sending(tmp_path, linkmobility(provider.url)) as made:
        yield made
