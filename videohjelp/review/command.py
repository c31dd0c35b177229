"""`python -m videohjelp review`: look at doubtful messages and mark what they were about."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from videohjelp.settings import ROOT

review_app = typer.Typer(
    help="Messages the assistant was unsure of, and what staff say they were about.",
    no_args_is_help=True,
)

#: Where `nlu report` looks for marked messages.
EXPORTED = ROOT / "var" / "evaluation" / "marked.yml"


@review_app.command("list")
def list_(
    days: Annotated[int, typer.Option(help="how far back")] = 7,
    most: Annotated[int, typer.Option(help="how many at most")] = 50,
) -> None:
    """Show the newest messages that were not understood, or understood with doubt."""
    from videohjelp.review.desk import show_doubtful  # noqa: PLC0415 - slow to import

    show_doubtful(days, most)


@review_app.command()
def mark(
    text: Annotated[str, typer.Argument(help="the message, as the list shows it")],
    topic: Annotated[str, typer.Argument(help="what it was about: an intent of domain.yml")],
    variety: Annotated[
        str, typer.Argument(help="bokmaal, nynorsk, dialect, sms, learner, english")
    ],
    kind: Annotated[str, typer.Option(help="lookalike, near or far")] = "",
) -> None:
    """Say what a message was about: from now on the assistant is measured on it."""
    from videohjelp.review.desk import mark_message  # noqa: PLC0415 - slow to import

    raise typer.Exit(mark_message(text, topic, variety, kind))


@review_app.command()
def unmark(text: Annotated[str, typer.Argument(help="the marked message")]) -> None:
    """Take a mark away."""
    from videohjelp.review.desk import unmark_message  # noqa: PLC0415 - slow to import

    raise typer.Exit(unmark_message(text))


@review_app.command()
def export(
    to: Annotated[Path, typer.Option(help="the file; `nlu report` reads the default")] = EXPORTED,
) -> None:
    """Write the marked messages as an evaluation set."""
    from videohjelp.review.desk import export_marked  # noqa: PLC0415 - slow to import

    print(f"{export_marked(to)} marked message(s) are in {to}")
