"""When a service that did not answer is asked again."""

from __future__ import annotations

import pytest

from videohjelp.coordination import rest as rest_module
from videohjelp.coordination.rest import Rest


def test_after_a_rest_one_asks_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rest_module, "REST", 0.0)
    rest = Rest()
    assert rest.may_be_asked()
    assert rest.failed()
    assert not rest.failed(), "known already"
    assert rest.may_be_asked()
    monkeypatch.setattr(rest_module, "REST", 60.0)
    assert not rest.may_be_asked(), "one is asking"
    rest.answered()
    assert [rest.may_be_asked() for _ in range(3)] == [True, True, True]


def test_while_it_rests_nobody_asks() -> None:
    rest = Rest()
    rest.failed()
    assert not rest.may_be_asked()
