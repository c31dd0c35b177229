"""The commands behind the Makefile."""

from __future__ import annotations

import errno
import os
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from videohjelp.channels.sms.command import sms_app
from videohjelp.content.problem import Problem
from videohjelp.evaluation.command import nlu_app
from videohjelp.privacy.command import privacy
from videohjelp.production.command import config_app
from videohjelp.production.gate import refuse_unsafe
from videohjelp.retention.command import retention_app
from videohjelp.review.command import review_app
from videohjelp.rollout.command import model_app
from videohjelp.server.logs import be_quiet, configure_logs
from videohjelp.settings import ROOT, SettingsError, settings
from videohjelp.staff.command import staff_app
from videohjelp.storage.command import database_app
from videohjelp.stories.command import stories_app

be_quiet()

DIRECTORY = ROOT / "data" / "directory" / "departments.csv"

app = typer.Typer(
    help="Videohjelp: helps patients with their video consultation.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
directory_app = typer.Typer(help="The directory of phone numbers (data/directory).")
app.add_typer(config_app, name="config")
app.add_typer(database_app, name="database")
app.add_typer(directory_app, name="directory")
app.add_typer(model_app, name="model")
app.add_typer(nlu_app, name="nlu")
app.add_typer(retention_app, name="retention")
app.add_typer(review_app, name="review")
app.add_typer(sms_app, name="sms")
app.add_typer(staff_app, name="staff")
app.add_typer(stories_app, name="stories")
app.command("privacy")(privacy)


@app.command()
def serve() -> None:
    """Train if needed, then serve the chat page, the API and the actions."""
    started = time.monotonic()
    with _plain_errors():
        configure_logs(settings().log_level)
        refuse_unsafe(settings())
        _check_sms()
        _check_content()
        listening = _listen(settings().host, settings().port)
        model = _model_to_serve()
        print("Loading the assistant …", flush=True)
        from videohjelp.server.app import serve as serve_app  # noqa: PLC0415 - imports Rasa

        serve_app(model, listening, started)


@app.command()
def train(
    force: Annotated[bool, typer.Option(help="Train even if nothing has changed.")] = False,
) -> None:
    """Train the model, if what it is made of has changed."""
    with _plain_errors():
        configure_logs()
        _check_content()
        from videohjelp.server.training import ensure_model  # noqa: PLC0415

        print(f"The model is {os.path.relpath(ensure_model(force=force), ROOT)}")


@app.command()
def chat() -> None:
    """Talk with the assistant in the terminal."""
    with _plain_errors():
        configure_logs("ERROR")
        _check_content()
        from videohjelp.server.terminal import talk  # noqa: PLC0415

        talk(_model_to_serve())


@app.command()
def check() -> None:
    """Check everything in data/ that people edit."""
    with _plain_errors():
        from videohjelp.content.check import problems  # noqa: PLC0415
        from videohjelp.content.thorough import thorough_problems  # noqa: PLC0415

        _end_if_any(problems(ROOT) or thorough_problems(ROOT), "mistake(s) in data/.")
        print("data/ is in order")


@directory_app.command("check")
def directory_check(
    path: Annotated[Path, typer.Argument(help="a CSV or Excel file")] = DIRECTORY,
) -> None:
    """Check a directory file: each mistake with line, column and what to do."""
    from videohjelp.directory.command import check as check_directory  # noqa: PLC0415

    raise typer.Exit(check_directory(path))


@directory_app.command("import")
def directory_import(source: Path) -> None:
    """Put a CSV or Excel file in force as the directory, if it has no mistakes."""
    from videohjelp.directory.command import import_  # noqa: PLC0415

    raise typer.Exit(import_(source, DIRECTORY))


def _model_to_serve() -> Path:
    """The model in force, else that of the present content; says which when it was chosen."""
    from videohjelp.rollout.choice import model_to_serve  # noqa: PLC0415
    from videohjelp.rollout.models import Model  # noqa: PLC0415
    from videohjelp.rollout.pointer import Pointer  # noqa: PLC0415
    from videohjelp.rollout.report import of_other_content  # noqa: PLC0415
    from videohjelp.server.training import ensure_model, fingerprint, models  # noqa: PLC0415

    pointer = Pointer(models())
    path = model_to_serve(pointer, settings().model, ensure_model)
    if pointer.in_force() is not None:
        print(f"In force: {path.name} (python -m videohjelp model status)", flush=True)
        if note := of_other_content(Model(path), fingerprint()):
            print(f"NOTE: {note}", file=sys.stderr, flush=True)
    return path


def _check_sms() -> None:
    """Before a model is trained for minutes: what is missing, the provider's maker says."""
    from videohjelp.channels.sms.providers import make_provider  # noqa: PLC0415

    make_provider(settings())


def _check_content() -> None:
    from videohjelp.content.check import problems  # noqa: PLC0415

    _end_if_any(problems(ROOT), "mistake(s) in data/; nothing was started.")


def _end_if_any(found: list[Problem], said: str) -> None:
    if found:
        for problem in found:
            print(problem, file=sys.stderr)
        print(f"\n{len(found)} {said}", file=sys.stderr)
        raise typer.Exit(1)


def _listen(host: str, port: int) -> socket.socket:
    listening = socket.socket()
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as error:
        listening.close()
        reason = "is taken by another program" if error.errno == errno.EADDRINUSE else str(error)
        print(
            f"Port {port} on {host} {reason}.\n"
            f"Stop that program, or choose another port: VIDEOHJELP_PORT={port + 1} make run",
            file=sys.stderr,
        )
        raise typer.Exit(1) from error
    # Sanic listens when it can answer: until then whoever asks is refused at once, and goes to
    # another process instead of waiting for this one.
    return listening


@contextmanager
def _plain_errors() -> Iterator[None]:
    """Says what went wrong and what to do, instead of a trace."""
    from videohjelp.server.errors import explain  # noqa: PLC0415

    try:
        yield
    except (KeyboardInterrupt, EOFError):
        print("\nStopped.")
        raise typer.Exit(0) from None
    except typer.Exit:
        raise
    except SettingsError as error:
        print(error, file=sys.stderr)
        raise typer.Exit(1) from error
    except Exception as error:
        explanation = explain(error)
        if explanation is None:
            raise
        print(explanation, file=sys.stderr)
        raise typer.Exit(1) from error
