"""`python -m videohjelp database`: the tables of the configured database."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from sqlalchemy.engine import Engine

database_app = typer.Typer(
    help="The tables of the database: which revision they are at, forward and back.",
    no_args_is_help=True,
)


@database_app.command()
def status() -> None:
    """Show the revision of the tables, and the one that this version needs."""
    from videohjelp.storage import schema  # noqa: PLC0415 - slow to import

    with _database() as engine:
        at = schema.revision(engine)
    print(f"database: {at or 'none'}\nneeded:   {schema.latest()}")
    raise typer.Exit(0 if at == schema.latest() else 3)


@database_app.command()
def upgrade(
    to: Annotated[str, typer.Argument(help="a revision; by default the newest")] = "head",
) -> None:
    """Bring the tables forward. Safe while other processes start: one does it, others wait."""
    from videohjelp.storage import schema  # noqa: PLC0415

    with _database() as engine:
        schema.upgrade(engine, to)
        print(f"The database is at revision {schema.revision(engine) or 'none'}.")


@database_app.command()
def downgrade(
    to: Annotated[str, typer.Argument(help='a revision; "base" removes all tables')],
    yes: Annotated[bool, typer.Option("--yes", help="do not ask")] = False,
) -> None:
    """Take the tables back, before an older version runs on them. Make a copy first."""
    from videohjelp.storage import schema  # noqa: PLC0415

    if not yes:
        typer.confirm(
            f"What older tables have no place for is deleted. Go back to {to}?", abort=True
        )
    with _database() as engine:
        schema.downgrade(engine, to)
        print(f"The database is at revision {schema.revision(engine) or 'none'}.")


@database_app.command("new")
def new_revision(message: Annotated[str, typer.Argument(help="what it changes")]) -> None:
    """For developers: write a revision from what tables.py files and the database differ in.

    The database must be at the newest revision. Read what was written: renamed columns, and what
    becomes of the data, are not guessed.
    """
    from alembic import command  # noqa: PLC0415

    from videohjelp.storage import schema  # noqa: PLC0415

    with _database() as engine, engine.begin() as connection:
        config = schema.alembic_config(connection)
        config.attributes["autogenerate"] = True
        number = f"{int(schema.latest()) + 1:04}"
        config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
        command.revision(config, message, autogenerate=True, rev_id=number)


@contextmanager
def _database() -> Iterator[Engine]:
    """The configured database; a mistake is told and ends the command."""
    from alembic.util import CommandError  # noqa: PLC0415
    from sqlalchemy.exc import SQLAlchemyError  # noqa: PLC0415

    from videohjelp.settings import SettingsError, settings  # noqa: PLC0415
    from videohjelp.storage.engine import create_engine  # noqa: PLC0415

    try:
        engine = create_engine(settings().database_url)
        yield engine
        engine.dispose()
    except (CommandError, SettingsError) as error:
        print(error, file=sys.stderr)
        raise typer.Exit(1) from error
    except SQLAlchemyError as error:
        said = getattr(error, "orig", None) or error
        print(
            f"The database does not do this: {str(said).strip()}\nCheck VIDEOHJELP_DATABASE_URL.",
            file=sys.stderr,
        )
        raise typer.Exit(1) from error
