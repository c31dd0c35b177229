"""nginx in front of two tiny servers, for all tests of a file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from tests.deploy.proxy import Proxy, running_proxy, upstream_of
from tests.deploy.upstreams import Upstream, running_upstream

#: In the file it is so long that the tests would only wait.
IMPATIENT = {
    "client_header_timeout 10s;": "client_header_timeout 1s;",
    "client_body_timeout 10s;": "client_body_timeout 1s;",
}


@pytest.fixture(scope="module")
def upstreams() -> Iterator[list[Upstream]]:
    """Two servers."""
    with ExitStack() as running:
        yield [running.enter_context(running_upstream()) for _ in range(2)]


@pytest.fixture(scope="module")
def proxy(upstreams: list[Upstream], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    """nginx in front of both."""
    folder = tmp_path_factory.mktemp("nginx")
    upstream = upstream_of([one.port for one in upstreams], forgiving=True)
    with running_proxy(folder, upstream, IMPATIENT) as one:
        yield one


@pytest.fixture
def fresh(upstreams: list[Upstream]) -> list[Upstream]:
    """Nothing has come yet, and nobody is dead."""
    for one in upstreams:
        one.calls.clear()
        one.dies = False
        one.said.clear()
    return upstreams
