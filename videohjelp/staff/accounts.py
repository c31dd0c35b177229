"""Who may use the console: names, roles, and hashes of passwords (Argon2id)."""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, cast, get_args

import sqlalchemy as sa
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy.engine import Engine
from sqlalchemy.exc import IntegrityError

from videohjelp.staff.tables import accounts, sessions

Role = Literal["reader", "tester"]
ROLES: tuple[Role, ...] = get_args(Role)
SHORTEST_PASSWORD = 12
#: Hashing a text of any length would let whoever has no account keep the server busy.
LONGEST_PASSWORD = 256

_LONG_NUMBER = re.compile(r"\d(?:[._-]?\d){5}")
_NAME = re.compile(r"[a-z0-9][a-z0-9._@-]{0,63}")
#: Each check takes 64 MiB and a core for a moment.
_HASHING = threading.BoundedSemaphore(2)


class AccountError(ValueError):
    """An account cannot be made or changed. The text says why and what to do."""


@dataclass(frozen=True)
class Account:
    """A member of staff. created_at: UTC."""

    name: str
    role: Role
    created_at: datetime

    @property
    def is_tester(self) -> bool:
        """Whether they may try, record and run."""
        return self.role == "tester"


class AccountStore:
    """The accounts of a database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._hasher = PasswordHasher()
        # Checked for names that do not exist, so that the time taken does not tell them apart.
        self._nobody = self._hash("a password of nobody's")

    def add(self, name: str, password: str, role: str, now: datetime) -> Account:
        """Makes an account. now: with a time zone. Raises AccountError."""
        name = name.strip().lower()
        if not _NAME.fullmatch(name):
            raise AccountError("a name has small letters, digits and . _ @ - only, at most 64")
        if _LONG_NUMBER.search(name):
            raise AccountError("a name is no identity or phone number: it stands in logs")
        account = Account(name, _role(role), now)
        values = {
            "name": name,
            "password_hash": self._hash(_password(password)),
            "role": account.role,
            "created_at": now,
        }
        try:
            with self._engine.begin() as connection:
                connection.execute(sa.insert(accounts).values(values))
        except IntegrityError as error:
            raise AccountError(f"there is an account '{name}' already") from error
        return account

    def set_password(self, name: str, password: str) -> None:
        """Gives an account a new password and ends its sessions. Raises AccountError."""
        self._change(name, password_hash=self._hash(_password(password)))

    def set_role(self, name: str, role: str) -> None:
        """Gives an account another role and ends its sessions. Raises AccountError."""
        self._change(name, role=_role(role))

    def remove(self, name: str) -> None:
        """Removes an account and ends its sessions. Raises AccountError when there is none."""
        with self._engine.begin() as connection:
            done = connection.execute(sa.delete(accounts).where(accounts.c.name == name))
            connection.execute(sa.delete(sessions).where(sessions.c.account == name))
        if not done.rowcount:
            raise AccountError(f"there is no account '{name}'")

    def all(self) -> tuple[Account, ...]:
        """Every account, by name."""
        with self._engine.connect() as connection:
            rows = connection.execute(sa.select(accounts).order_by(accounts.c.name)).all()
        return tuple(_account(row) for row in rows)

    def get(self, name: str) -> Account | None:
        """The account with this name."""
        query = sa.select(accounts).where(accounts.c.name == name)
        with self._engine.connect() as connection:
            row = connection.execute(query).first()
        return None if row is None else _account(row)

    def check(self, name: str, password: str) -> Account | None:
        """The account, if the password is its own. It takes as long when there is none."""
        query = sa.select(accounts).where(accounts.c.name == name.strip().lower())
        with self._engine.connect() as connection:
            row = connection.execute(query).first()
        expected = self._nobody if row is None else row.password_hash
        try:
            with _HASHING:
                self._hasher.verify(expected, password[:LONGEST_PASSWORD])
        except (VerificationError, InvalidHashError):
            return None
        return None if row is None else _account(row)

    def _change(self, name: str, **values: str) -> None:
        with self._engine.begin() as connection:
            done = connection.execute(
                sa.update(accounts).where(accounts.c.name == name).values(**values)
            )
            connection.execute(sa.delete(sessions).where(sessions.c.account == name))
        if not done.rowcount:
            raise AccountError(f"there is no account '{name}'")

    def _hash(self, password: str) -> str:
        with _HASHING:
            return self._hasher.hash(password)


def _account(row: sa.engine.Row) -> Account:
    return Account(row.name, cast(Role, row.role), row.created_at)


def _role(role: str) -> Role:
    if role not in ROLES:
        raise AccountError(f"the role is one of: {', '.join(ROLES)}")
    return role


def _password(password: str) -> str:
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise AccountError(
            f"the password must have {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters"
        )
    return password
