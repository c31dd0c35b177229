"""Models on the command line: `python -m videohjelp model --help`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from videohjelp.settings import ROOT, SettingsError, settings

STORIES = ROOT / "tests" / "e2e"
#: A model is loaded within seconds; a busy machine takes longer.
_WAIT = 90.0

model_app = typer.Typer(
    help="Which model is in force: check it, put it in force, go back (docs/rollout.md).",
    no_args_is_help=True,
)

Wanted = Annotated[str, typer.Argument(help="its name in the models' folder, or fingerprint")]
Stories = Annotated[Path, typer.Option(help="the story tests that it must pass")]
Jobs = Annotated[int, typer.Option(min=0, help="processes; 0 = one for each core")]
Why = Annotated[str, typer.Option("--why", help="kept in the history")]
Wait = Annotated[float, typer.Option(help="seconds to wait for the running servers; 0 = do not")]


@model_app.command("list")
def list_(stories: Stories = STORIES) -> None:
    """Show the models: when they were trained, whether they passed, which one is in force."""
    with _plain_errors():
        from videohjelp.rollout.report import listed  # noqa: PLC0415 - slow to import
        from videohjelp.server.training import fingerprint, models  # noqa: PLC0415

        lines = list(listed(models(), stories, fingerprint()))
        print("\n".join(lines) if lines else f"There is no model in {models()}: make train")


@model_app.command()
def status() -> None:
    """Show which model is in force and why, what the servers have loaded, and the history."""
    with _plain_errors():
        from videohjelp.rollout.report import status as told  # noqa: PLC0415
        from videohjelp.server.training import fingerprint, models  # noqa: PLC0415

        print("\n".join(told(models(), settings().model, fingerprint())))


@model_app.command()
def check(model: Wanted, stories: Stories = STORIES, jobs: Jobs = 0) -> None:
    """Run the story tests and the check of the content against a model; keep what came of it.

    Exit status 0: passed; 1: not.
    """
    with _plain_errors():
        from videohjelp.rollout.checking import check as check_model  # noqa: PLC0415
        from videohjelp.rollout.models import find_model  # noqa: PLC0415
        from videohjelp.server.training import models  # noqa: PLC0415

        verdict = check_model(find_model(models(), model), stories, jobs, _tell)
        print(f"{'Passed' if verdict.passed else 'NOT passed'}: {verdict.said()}")
        raise typer.Exit(0 if verdict.passed else 1)


@model_app.command()
def activate(  # noqa: PLR0917 - the options of the command
    model: Wanted,
    why: Why = "",
    already_checked: Annotated[
        bool, typer.Option("--already-checked", help="refuse, instead of checking it now")
    ] = False,
    without_check: Annotated[
        str | None, typer.Option(help="put it in force unchecked, for this reason")
    ] = None,
    stories: Stories = STORIES,
    jobs: Jobs = 0,
    wait: Wait = _WAIT,
) -> None:
    """Put a model in force, if it passes. The running servers take it up without a restart."""
    with _plain_errors():
        from videohjelp.rollout.activation import Terms  # noqa: PLC0415
        from videohjelp.rollout.activation import activate as put_in_force  # noqa: PLC0415
        from videohjelp.rollout.following import wait_for_servers  # noqa: PLC0415
        from videohjelp.rollout.models import find_model  # noqa: PLC0415
        from videohjelp.rollout.pointer import Pointer  # noqa: PLC0415
        from videohjelp.rollout.report import of_other_content, told  # noqa: PLC0415
        from videohjelp.server.training import fingerprint, models  # noqa: PLC0415

        found = find_model(models(), model)
        if note := of_other_content(found, fingerprint()):
            _tell(f"NOTE: {note}")
        terms = Terms(stories, jobs, already_checked, without_check, why)
        entry = put_in_force(Pointer(models()), found, terms, _tell)
        print(told(entry), flush=True)
        taken_up = not wait or wait_for_servers(models(), entry, wait, _tell)
        raise typer.Exit(0 if taken_up else 1)


@model_app.command()
def rollback(why: Why = "", wait: Wait = _WAIT) -> None:
    """Put the model before in force again, at once."""
    with _plain_errors():
        from videohjelp.rollout.decisions import moment, operator  # noqa: PLC0415
        from videohjelp.rollout.following import wait_for_servers  # noqa: PLC0415
        from videohjelp.rollout.pointer import Pointer  # noqa: PLC0415
        from videohjelp.rollout.report import told  # noqa: PLC0415
        from videohjelp.server.training import models  # noqa: PLC0415

        entry = Pointer(models()).roll_back(at=moment(), by=operator(), why=why)
        print(told(entry), flush=True)
        taken_up = not wait or wait_for_servers(models(), entry, wait, _tell)
        raise typer.Exit(0 if taken_up else 1)


def _tell(line: str) -> None:
    print(line, flush=True)


@contextmanager
def _plain_errors() -> Iterator[None]:
    from videohjelp.rollout.errors import RolloutError  # noqa: PLC0415

    try:
        yield
    except (RolloutError, SettingsError, OSError) as error:
        print(error, file=sys.stderr)
        raise typer.Exit(1) from error
