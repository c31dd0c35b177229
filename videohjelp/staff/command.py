"""`python -m videohjelp staff`: who may use the console."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from videohjelp.staff.accounts import AccountStore

staff_app = typer.Typer(help="Accounts of the console for staff.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(help="the name they log in with")]
RoleName = Annotated[str, typer.Option("--role", help="reader or tester")]
Password = Annotated[
    str,
    typer.Option(
        prompt=True, hide_input=True, confirmation_prompt=True, help="asked for unless given"
    ),
]


@staff_app.command()
def add(name: Name, password: Password, role: RoleName = "reader") -> None:
    """Make an account: reader (review, cases, numbers) or tester (also try, record, run)."""
    with _accounts() as accounts:
        made = accounts.add(name, password, role, datetime.now(timezone.utc))
        print(f"{made.name} may log in as {made.role}")


@staff_app.command()
def password(name: Name, password: Password) -> None:
    """Give an account a new password; it is logged out everywhere."""
    with _accounts() as accounts:
        accounts.set_password(name, password)
        print(f"{name} has a new password")


@staff_app.command()
def role(name: Name, role: Annotated[str, typer.Argument(help="reader or tester")]) -> None:
    """Give an account another role."""
    with _accounts() as accounts:
        accounts.set_role(name, role)
        print(f"{name} is {role}")


@staff_app.command()
def remove(name: Name) -> None:
    """Remove an account; it is logged out everywhere."""
    with _accounts() as accounts:
        accounts.remove(name)
        print(f"{name} is removed")


@staff_app.command("list")
def list_() -> None:
    """Show every account."""
    with _accounts() as accounts:
        for one in accounts.all():
            print(f"{one.name}\t{one.role}\tsince {one.created_at:%Y-%m-%d}")


@staff_app.command()
def looks(days: Annotated[int, typer.Option(help="how far back")] = 7) -> None:
    """Show the access log: who looked at which conversation or case (times in UTC)."""
    from videohjelp.settings import settings  # noqa: PLC0415
    from videohjelp.staff.looks import AccessLog  # noqa: PLC0415
    from videohjelp.storage.schema import open_database  # noqa: PLC0415

    log = AccessLog(open_database(settings().database_url))
    for one in log.since(datetime.now(timezone.utc) - timedelta(days=days)):
        print(f"{one.at:%Y-%m-%d %H:%M:%S}\t{one.account}\t{one.page}\t{one.subject}")


@contextmanager
def _accounts() -> Iterator[AccountStore]:
    """The accounts of the configured database; a mistake is told and ends the command."""
    from videohjelp.settings import settings  # noqa: PLC0415 - slow to import
    from videohjelp.staff.accounts import AccountError, AccountStore  # noqa: PLC0415
    from videohjelp.storage.schema import open_database  # noqa: PLC0415

    try:
        yield AccountStore(open_database(settings().database_url))
    except AccountError as error:
        print(error, file=sys.stderr)
        raise typer.Exit(1) from error
