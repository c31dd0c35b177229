"""Accounts, sessions, the access log and the limit of failed logins, on a real database."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
import sqlalchemy as sa
from rasa.shared.core.domain import Domain
from sqlalchemy.engine import Engine
from typer.testing import CliRunner

from videohjelp import settings as settings_module
from videohjelp.channels.web.limits import TooManyError
from videohjelp.cli import app
from videohjelp.coordination.rates import Rates
from videohjelp.retention.rules import delete_overdue
from videohjelp.staff.accounts import AccountError, AccountStore
from videohjelp.staff.attempts import OF_ACCOUNT, OF_ADDRESS, Attempts
from videohjelp.staff.looks import AccessLog
from videohjelp.staff.sessions import StaffSessions
from videohjelp.staff.tables import accounts as accounts_table
from videohjelp.staff.tables import sessions as sessions_table
from videohjelp.staff.trial_store import Trial, TrialStore
from videohjelp.storage.schema import open_database

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=timezone.utc)
PASSWORD = "riktig hest batteri"


@pytest.fixture
def engine(database_url: str) -> Engine:
    """A database of the test's own."""
    return open_database(database_url)


@pytest.fixture
def store(engine: Engine) -> AccountStore:
    """Accounts, with one reader."""
    made = AccountStore(engine)
    made.add("kari", PASSWORD, "reader", NOW)
    return made


def sessions_of(engine: Engine, store: AccountStore) -> StaffSessions:
    return StaffSessions(engine, store, idle=timedelta(minutes=30), longest=timedelta(hours=10))


def test_a_password_lets_in_its_own_account_alone(store: AccountStore) -> None:
    store.add("ola", "noko heilt anna her", "tester", NOW)
    found = store.check("KARI ", PASSWORD)
    assert found is not None
    assert (found.name, found.role, found.is_tester) == ("kari", "reader", False)
    assert store.check("ola", PASSWORD) is None
    assert store.check("kari", PASSWORD + "x") is None
    assert store.check("nobody", PASSWORD) is None
    assert store.check("nobody", "a password of nobody's") is None


def test_the_password_is_kept_as_an_argon2id_hash(engine: Engine, store: AccountStore) -> None:
    with engine.connect() as connection:
        [kept] = connection.execute(sa.select(accounts_table.c.password_hash)).scalars()
    assert kept.startswith("$argon2id$")
    assert PASSWORD not in kept


@pytest.mark.parametrize(
    ("name", "password", "role", "said"),
    [
        ("kari", PASSWORD, "reader", "already"),
        ("ola nordmann", PASSWORD, "reader", "name"),
        ("ola", "kort", "reader", "password"),
        ("ola", PASSWORD, "boss", "role"),
    ],
)
def test_what_is_no_account(
    store: AccountStore, name: str, password: str, role: str, said: str
) -> None:
    with pytest.raises(AccountError, match=said):
        store.add(name, password, role, NOW)
    assert [one.name for one in store.all()] == ["kari"]


def test_a_session_is_found_by_its_token_and_kept_as_a_hash(
    engine: Engine, store: AccountStore
) -> None:
    sessions = sessions_of(engine, store)
    begun = sessions.begin(store.all()[0], NOW)
    found = sessions.find(begun.token, NOW)
    assert found == begun
    assert sessions.find("x" + begun.token[1:], NOW) is None
    with engine.connect() as connection:
        [kept] = connection.execute(sa.select(sessions_table.c.token_hash)).scalars()
    assert begun.token not in kept
    assert begun.allows(begun.csrf)
    assert not begun.allows("")


def test_a_session_ends_after_a_pause(engine: Engine, store: AccountStore) -> None:
    sessions = sessions_of(engine, store)
    token = sessions.begin(store.all()[0], NOW).token
    assert sessions.find(token, NOW + timedelta(minutes=29)) is not None
    assert sessions.find(token, NOW + timedelta(minutes=58)) is not None
    assert sessions.find(token, NOW + timedelta(minutes=89)) is None
    assert sessions.find(token, NOW + timedelta(minutes=58)) is None, "it has ended for good"


def test_a_session_ends_after_a_day_of_work_whatever_happens(
    engine: Engine, store: AccountStore
) -> None:
    sessions = sessions_of(engine, store)
    token = sessions.begin(store.all()[0], NOW).token
    for minutes in range(20, 601, 20):
        assert sessions.find(token, NOW + timedelta(minutes=minutes)) is not None
    assert sessions.find(token, NOW + timedelta(minutes=601)) is None


@pytest.mark.parametrize("name", ["15108695088", "412.34-567-8", "kari412345678"])
def test_a_name_with_a_long_number_is_refused(store: AccountStore, name: str) -> None:
    with pytest.raises(AccountError, match="no identity or phone number"):
        store.add(name, PASSWORD, "reader", NOW)


def test_what_is_old_is_deleted(engine: Engine, store: AccountStore) -> None:
    sessions = sessions_of(engine, store)
    sessions.begin(store.all()[0], NOW - timedelta(hours=11))
    kept = sessions.begin(store.all()[0], NOW)
    log = AccessLog(engine)
    log.note("kari", ["web-old"], "review", NOW - timedelta(days=366))
    log.note("kari", ["web-new"], "review", NOW - timedelta(days=364))
    trial = Trial("trial-1", "kari", "web", "nb", None, NOW - timedelta(days=31))
    trials = TrialStore(engine, Domain.empty())
    trials.begin(trial)
    trials.begin(replace(trial, id="trial-2", begun_at=NOW))
    dict(delete_overdue(engine, settings_module.settings(), NOW))
    with engine.connect() as connection:
        assert (
            connection.execute(sa.select(sa.func.count()).select_from(sessions_table)).scalar() == 1
        )
    assert sessions.find(kept.token, NOW) is not None
    assert [one.subject for one in log.since(NOW - timedelta(days=400))] == ["web-new"]
    assert [one.id for one in trials.of_account("kari", 9)] == ["trial-2"]


@pytest.mark.parametrize("change", ["password", "role", "remove"])
def test_a_changed_account_is_logged_out(engine: Engine, store: AccountStore, change: str) -> None:
    sessions = sessions_of(engine, store)
    token = sessions.begin(store.all()[0], NOW).token
    if change == "password":
        store.set_password("kari", "eit nytt langt passord")
    elif change == "role":
        store.set_role("kari", "tester")
    else:
        store.remove("kari")
    assert sessions.find(token, NOW) is None


def test_an_account_that_is_not_there_cannot_be_changed(store: AccountStore) -> None:
    with pytest.raises(AccountError, match="no account"):
        store.set_role("ola", "tester")
    with pytest.raises(AccountError, match="no account"):
        store.remove("ola")


def test_looks_are_kept_until_they_are_old(engine: Engine) -> None:
    log = AccessLog(engine)
    log.note("kari", ["web-1", "web-2"], "review", NOW)
    log.note("kari", ["K7M-4RT9"], "case", NOW + timedelta(days=1))
    assert [(one.subject, one.page) for one in log.since(NOW)] == [
        ("web-1", "review"),
        ("web-2", "review"),
        ("K7M-4RT9", "case"),
    ]
    assert log.delete_before(NOW + timedelta(hours=1)) == 2
    assert [one.subject for one in log.since(NOW)] == ["K7M-4RT9"]


async def test_failed_logins_are_limited_by_account_and_by_address() -> None:
    attempts = Attempts(Rates())
    for _ in range(OF_ACCOUNT.amount):
        async with attempts.one("kari", "203.0.113.7"):
            await attempts.failed("kari", "203.0.113.7")
    with pytest.raises(TooManyError):
        async with attempts.one("Kari", "203.0.113.8"):
            pytest.fail("the account is stopped")
    async with attempts.one("ola", "203.0.113.7"):
        pass
    for number in range(OF_ADDRESS.amount - OF_ACCOUNT.amount):
        await attempts.failed(f"nobody{number}", "203.0.113.7")
    with pytest.raises(TooManyError):
        async with attempts.one("ola", "203.0.113.7"):
            pytest.fail("the address is stopped")
    async with attempts.one("ola", "127.0.0.1"):
        pass


def test_the_commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIDEOHJELP_DATABASE_URL", f"sqlite:///{tmp_path / 'commands.db'}")
    settings_module.settings.cache_clear()
    runner = CliRunner()

    def staff(*arguments: str) -> tuple[int, str]:
        done = runner.invoke(app, ["staff", *arguments])
        return done.exit_code, done.stdout

    try:
        given = ("--password", PASSWORD)
        assert staff("add", "kari", *given) == (0, "kari may log in as reader\n")
        assert staff("add", "kari", *given)[0] == 1
        assert staff("role", "kari", "tester") == (0, "kari is tester\n")
        assert staff("password", "kari", "--password", "kort")[0] == 1
        assert "kari\ttester\tsince" in staff("list")[1]
        assert staff("looks") == (0, "")
        assert staff("remove", "kari") == (0, "kari is removed\n")
        assert staff("list") == (0, "")
    finally:
        settings_module.settings.cache_clear()
