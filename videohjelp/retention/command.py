"""`python -m videohjelp retention`: what is kept, what is over its time, and its deletion."""

from __future__ import annotations

import os
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from sqlalchemy.engine import Engine

retention_app = typer.Typer(
    help="What is stored, how long, and what is over its time.", no_args_is_help=True
)

#: The job runs daily: what was over its time for longer shows that it does not.
LATE = timedelta(days=2)
_BROKEN = 2


@retention_app.command()
def show() -> None:
    """Show each table: how long it is kept, its oldest row, what would be deleted now.

    Exit status 0: nothing is long over its time; 1: something is, the daily job does not run; 2:
    the database does not answer.
    """
    from rich.console import Console  # noqa: PLC0415 - slow to import
    from rich.table import Table  # noqa: PLC0415

    from videohjelp.clock import OSLO  # noqa: PLC0415
    from videohjelp.retention.rules import count, rules  # noqa: PLC0415
    from videohjelp.settings import settings  # noqa: PLC0415

    now = datetime.now(timezone.utc)
    table = Table("what", "table", "kept by", "rows", "oldest", "over its time")
    for name in ("rows", "over its time"):
        next(one for one in table.columns if one.header == name).justify = "right"
    late: set[str] = set()
    with _database() as engine:
        for rule in rules(engine, settings(), now):
            for one in count(engine, rule):
                kept_by = f"{rule.setting} = {getattr(settings(), rule.setting)}"
                oldest = f"{one.oldest.astimezone(OSLO):%Y-%m-%d %H:%M}" if one.oldest else ""
                overdue = f"[bold red]{one.overdue}[/]" if one.overdue else "0"
                table.add_row(one.rule, one.table, kept_by, str(one.rows), oldest, overdue)
                if one.overdue and one.oldest and one.oldest < rule.before - LATE:
                    late.add(one.rule)
    Console(width=None if sys.stdout.isatty() else 120).print(table)
    print("Opt-outs of text messages and accounts of staff are kept until somebody removes them.")
    if late:
        print(
            f"Long over its time: {', '.join(sorted(late))}. The daily job does not run: look for "
            "'job_failed' in the log, or delete with 'retention delete'.",
            file=sys.stderr,
        )
        raise typer.Exit(1)


@retention_app.command()
def delete() -> None:
    """Delete what is over its time now, as the daily job does. Prints how much it was.

    It takes its time, so that patients' messages are stored meanwhile.
    """
    from rich.progress import Progress, SpinnerColumn, TextColumn  # noqa: PLC0415 - slow to import

    from videohjelp.retention.rules import REST, delete_overdue  # noqa: PLC0415
    from videohjelp.settings import settings  # noqa: PLC0415

    deleted: Counter[str] = Counter()
    columns = (SpinnerColumn(), TextColumn("{task.description} {task.completed:.0f} deleted"))
    with _database() as engine, Progress(*columns, transient=True) as progress:
        task = progress.add_task("", total=None)
        begun = time.monotonic()
        for rule, number in delete_overdue(engine, settings(), datetime.now(timezone.utc)):
            deleted[rule] += number
            progress.update(task, description=rule, completed=deleted[rule])
            time.sleep(REST * (time.monotonic() - begun))
            begun = time.monotonic()
    for name, number in deleted.items():
        print(f"{name:16}{number:8}")
    print(f"{sum(deleted.values())} deleted")


@contextmanager
def _database() -> Iterator[Engine]:
    """The configured database; when it does not answer, that is told and ends the command."""
    from sqlalchemy.exc import SQLAlchemyError  # noqa: PLC0415 - slow to import

    from videohjelp.settings import settings  # noqa: PLC0415
    from videohjelp.storage.engine import create_engine  # noqa: PLC0415

    url = os.environ.get("VIDEOHJELP_DATABASE_URL") or settings().database_url
    try:
        yield create_engine(url)
    except (SQLAlchemyError, OSError) as error:
        reason = str(error.__cause__ or error)
        print(
            f"The database does not answer: {reason}\nCheck VIDEOHJELP_DATABASE_URL.",
            file=sys.stderr,
        )
        raise typer.Exit(_BROKEN) from error
