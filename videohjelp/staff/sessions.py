"""Who is logged in: a random token in the browser, its hash in the database."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from videohjelp.staff.accounts import Account, AccountStore
from videohjelp.staff.tables import sessions

#: A session is written as seen at most this often.
_NOTED = timedelta(seconds=30)


@dataclass(frozen=True)
class StaffSession:
    """A member of staff who is logged in. csrf: what each of their forms must hold."""

    account: Account
    token: str = field(repr=False)
    csrf: str = field(repr=False)

    def allows(self, shown: str) -> bool:
        """Whether a form that shows this token is one of the console's own."""
        return hmac.compare_digest(self.csrf.encode(), shown.encode("utf-8", "replace"))


class StaffSessions:
    """The sessions of a database.

    idle: a longer pause ends a session. longest: no session is longer.
    """

    def __init__(
        self, engine: Engine, accounts: AccountStore, idle: timedelta, longest: timedelta
    ) -> None:
        self._engine = engine
        self._accounts = accounts
        self._idle = idle
        self._longest = longest

    def begin(self, account: Account, now: datetime) -> StaffSession:
        """A new session, with a new token. now: with a time zone."""
        session = StaffSession(account, secrets.token_urlsafe(32), secrets.token_urlsafe(24))
        values = {
            "token_hash": _hash(session.token),
            "account": account.name,
            "csrf": session.csrf,
            "begun_at": now,
            "seen_at": now,
        }
        with self._engine.begin() as connection:
            connection.execute(sa.insert(sessions).values(values))
        return session

    def find(self, token: str, now: datetime) -> StaffSession | None:
        """The session with this token, which is then seen; None when it is over or unknown."""
        mine = sessions.c.token_hash == _hash(token)
        with self._engine.connect() as connection:
            row = connection.execute(sa.select(sessions).where(mine)).first()
        if row is None:
            return None
        account = self._accounts.get(row.account)
        if account is None or self._is_over(row, now):
            self.end(token)
            return None
        if now - row.seen_at > _NOTED:
            with self._engine.begin() as connection:
                connection.execute(sa.update(sessions).where(mine).values(seen_at=now))
        return StaffSession(account, token, row.csrf)

    def end(self, token: str) -> None:
        """Ends a session; nothing when there is none."""
        with self._engine.begin() as connection:
            connection.execute(sa.delete(sessions).where(sessions.c.token_hash == _hash(token)))

    def _is_over(self, row: sa.engine.Row, now: datetime) -> bool:
        return bool(now - row.seen_at > self._idle or now - row.begun_at > self._longest)


def delete_sessions_before(engine: Engine, moment: datetime) -> int:
    """Deletes the sessions begun before a moment (with a time zone); gives how many they were."""
    with engine.begin() as connection:
        done = connection.execute(sa.delete(sessions).where(sessions.c.begun_at < moment))
    return int(done.rowcount)


def _hash(token: str) -> str:
    # A random token of 256 bits needs no slow hash.
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
