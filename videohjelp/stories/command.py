"""The story tests on the command line: `python -m videohjelp stories --help`."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import Annotated

import typer

from videohjelp.stories.texts import StaffLanguage

stories_app = typer.Typer(
    help="Story tests: whole conversations and what must come of them (tests/e2e).",
    no_args_is_help=True,
)


class Language(str, Enum):
    """In which language mistakes and reports are."""

    nb = "nb"
    en = "en"

    @property
    def staff(self) -> StaffLanguage:
        """The same, as the rest of the program calls it."""
        return "nb" if self is Language.nb else "en"


Folder = Annotated[Path | None, typer.Argument(help="a file or folder; tests/e2e unless given")]
Spoken = Annotated[Language, typer.Option(help="the language of mistakes and reports")]
Jobs = Annotated[int, typer.Option(min=0, help="processes; 0 = one for each core")]
Filter = Annotated[
    str | None,
    typer.Option("--filter", help="only cases whose name or file has this (or fits it: '*sms*')"),
]
Junit = Annotated[Path | None, typer.Option(help="write JUnit XML to this file")]
Html = Annotated[Path | None, typer.Option(help="write an HTML page to this file")]
Events = Annotated[bool, typer.Option(help="write JSON, one object a line, instead of a report")]

Watch = Annotated[
    bool, typer.Option("--watch", help="run again whenever a story or a file in data/ is saved")
]
Model = Annotated[Path | None, typer.Option(help="a trained model's file; the present one")]


@stories_app.command("run")
def run(  # noqa: PLR0917 - the options of the command
    folder: Folder = None,
    language: Spoken = Language.nb,
    wanted: Filter = None,
    jobs: Jobs = 0,
    junit: Junit = None,
    html: Html = None,
    events: Events = False,
    model: Model = None,
    watching: Watch = False,
) -> None:
    """Run the cases. Exit status 0: all passed; 1: some failed; 2: nothing was run."""
    from videohjelp.stories import runs  # noqa: PLC0415 - slow
    from videohjelp.stories.workers import cores  # noqa: PLC0415

    if watching:
        from videohjelp.stories.watching import run_again_and_again  # noqa: PLC0415

        run_again_and_again(folder or runs.FOLDER)
        return
    wishes = runs.Wishes(
        folder=folder or runs.FOLDER,
        language=language.staff,
        wanted=wanted,
        jobs=jobs or cores(),
        junit=junit,
        html=html,
        events=events,
        model=model,
    )
    raise typer.Exit(runs.run(wishes))


@stories_app.command("check")
def check(folder: Folder = None, language: Spoken = Language.nb) -> None:
    """Check the files: each mistake with file, line and what to do. Runs nothing."""
    from videohjelp.stories import runs  # noqa: PLC0415 - slow

    raise typer.Exit(runs.check(folder or runs.FOLDER, language.staff))


@stories_app.command("coverage")
def coverage(
    folder: Folder = None,
    language: Spoken = Language.nb,
    jobs: Jobs = 0,
    html: Html = None,
    model: Model = None,
) -> None:
    """Run all cases; tell which intents, rules, responses, actions and form slots none comes by."""
    from videohjelp.stories import runs  # noqa: PLC0415 - slow
    from videohjelp.stories.workers import cores  # noqa: PLC0415

    wishes = runs.Wishes(
        folder=folder or runs.FOLDER,
        language=language.staff,
        jobs=jobs or cores(),
        html=html,
        model=model,
    )
    raise typer.Exit(runs.cover(wishes))
