"""What the tests of the web chat's API share."""

from __future__ import annotations

import pytest

from tests.channels.web.api import Api


@pytest.fixture
def api(server_url: str) -> Api:
    """A page in a conversation of its own."""
    page = Api(server_url)
    page.start()
    return page
