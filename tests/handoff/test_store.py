"""Cases in a database."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from videohjelp.handoff.reference_code import make_code
from videohjelp.handoff.store import LEASE, CaseStore, CaseStoreError

from .conftest import NOW, new_case


def test_comes_back_as_it_was(store: CaseStore) -> None:
    case = new_case()
    assert store.save(case) == case
    assert store.get(case.code) == case
    assert store.get(case.code.lower().replace("-", " ")) == case
    bare = replace(new_case(), device=None, browser=None, tried=(), device_check=None)
    store.save(bare)
    assert store.get(bare.code) == bare


def test_unknown_codes(store: CaseStore) -> None:
    assert store.get(make_code()) is None
    assert store.get("'; drop table handoff_cases; --") is None
    assert store.delivery("K7M-4RTJ") is None


def test_another_store_on_the_same_database_finds_the_case(engine: Engine) -> None:
    case = CaseStore(engine).save(new_case())
    assert CaseStore(engine).get(case.code) == case


def test_a_taken_code_is_replaced(engine: Engine) -> None:
    first, free = make_code(), make_code()
    codes = iter([first, free])
    store = CaseStore(engine, new_code=lambda: next(codes))
    kept = store.save(new_case(first))
    second = store.save(replace(new_case(first), topic="no_sound"))
    assert second.code == free
    assert store.get(first) == kept
    assert store.get(free) == second
    assert store.delivery(free) is not None


def test_gives_up_when_all_codes_are_taken(engine: Engine) -> None:
    code = make_code()
    store = CaseStore(engine, new_code=lambda: code)
    store.save(new_case(code))
    with pytest.raises(CaseStoreError):
        store.save(new_case(code))


def test_due_when_saved_in_order(store: CaseStore) -> None:
    late = store.save(replace(new_case(), created_at=NOW + timedelta(minutes=1)))
    early = store.save(new_case())
    quiet = store.save(new_case(), deliver=False)
    assert store.due_deliveries(NOW - timedelta(seconds=1)) == ()
    due = store.due_deliveries(NOW + timedelta(minutes=1))
    assert [one.case_code for one in due] == [early.code, late.code]
    assert store.due_deliveries(NOW + timedelta(minutes=1), limit=1) == due[:1]
    assert store.delivery(quiet.code) is None


def test_marks(store: CaseStore) -> None:
    codes = [store.save(new_case()).code for _ in range(3)]
    store.mark_delivered(codes[0], NOW)
    store.mark_retry(codes[1], NOW + timedelta(minutes=5), "HTTP 500")
    store.mark_failed(codes[2], "x" * 500)
    delivered, retried, failed = (store.delivery(code) for code in codes)
    assert delivered is not None
    assert (delivered.attempts, delivered.delivered_at, delivered.next_try_at) == (1, NOW, None)
    assert retried is not None
    assert (retried.attempts, retried.last_error) == (1, "HTTP 500")
    assert failed is not None
    assert failed.last_error == "x" * 200
    assert store.due_deliveries(NOW) == ()
    assert [one.case_code for one in store.due_deliveries(NOW + timedelta(minutes=5))] == [codes[1]]
    assert store.failed_deliveries() == (failed,)


def test_only_one_can_claim(engine: Engine) -> None:
    one, other = CaseStore(engine), CaseStore(engine)
    one.save(new_case())
    (delivery,) = one.due_deliveries(NOW)
    assert other.due_deliveries(NOW) == (delivery,)
    assert one.claim(delivery, NOW)
    assert not other.claim(delivery, NOW)
    assert other.due_deliveries(NOW) == ()
    # The first died while it was sending: due again when its time is up.
    (again,) = other.due_deliveries(NOW + LEASE)
    assert other.claim(again, NOW + LEASE)


def test_delete_before(store: CaseStore) -> None:
    old = store.save(replace(new_case(), created_at=NOW - timedelta(days=31)))
    new = store.save(new_case())
    assert store.delete_before(NOW - timedelta(days=30)) == 1
    assert store.get(old.code) is None
    assert store.delivery(old.code) is None
    assert store.get(new.code) == new


def test_times_without_a_zone_are_refused(store: CaseStore) -> None:
    case = store.save(new_case())
    with pytest.raises(sa.exc.StatementError):
        store.mark_delivered(case.code, datetime(2026, 11, 23))
