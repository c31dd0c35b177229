"""The commands that measure the understanding: `python -m videohjelp nlu --help`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from videohjelp.evaluation.report_choices import MARKED, MARKED_VARIABLE, Others

nlu_app = typer.Typer(help="Measures how well messages are understood.", no_args_is_help=True)


@nlu_app.command("benchmark")
def benchmark(
    folder: Annotated[Path, typer.Argument(help="where the public data are")],
) -> None:
    """Compare the pipeline with Rasa's default and scikit-learn on public Norwegian data."""
    from videohjelp.evaluation.benchmark_command import run_benchmark  # noqa: PLC0415 - slow

    raise typer.Exit(run_benchmark(folder))


@nlu_app.command("budget")
def budget(
    accept: Annotated[bool, typer.Option(help="Set it to what is measured.")] = False,
) -> None:
    """Measure what the tests' error budget looks at (some minutes); ends with 1 where it fell."""
    from videohjelp.evaluation.budget_command import run_budget  # noqa: PLC0415 - slow

    raise typer.Exit(run_budget(accept))


@nlu_app.command("report")
def report(
    others: Annotated[
        Others,
        typer.Option(
            help="Beside which pipelines: one = also Rasa's default, on one fold; all = on every "
            "fold (hours); quick = without Rasa's default."
        ),
    ] = Others.ONE,
    marked: Annotated[
        Path, typer.Option(help="messages whose topic staff have marked", envvar=MARKED_VARIABLE)
    ] = MARKED,
    accept: Annotated[
        bool, typer.Option(help="Set the error budget of the tests to what is measured.")
    ] = False,
) -> None:
    """Measure the understanding and write a report: var/nlu-report/report.html."""
    from videohjelp.evaluation.report_command import run_report  # noqa: PLC0415 - slow

    raise typer.Exit(run_report(others, marked, accept))
