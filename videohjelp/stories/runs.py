"""The commands `run`, `check`, `coverage`. Exit status 0: passed, 1: failed, 2: nothing was run."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path

from videohjelp.settings import ROOT
from videohjelp.stories.cases import TestCase
from videohjelp.stories.coverage import (
    EXCEPTIONS,
    PARTS,
    Coverage,
    coverage,
    read_exceptions,
    superfluous,
)
from videohjelp.stories.html import write_html
from videohjelp.stories.json_events import JsonEvents
from videohjelp.stories.junit import write_junit
from videohjelp.stories.mistakes import StoriesError
from videohjelp.stories.names import check_names, read_names
from videohjelp.stories.reader import read_folder
from videohjelp.stories.redacting import without_identifiers
from videohjelp.stories.results import CaseResult
from videohjelp.stories.selection import selected
from videohjelp.stories.terminal import TerminalReport
from videohjelp.stories.texts import StaffLanguage, say

FOLDER = ROOT / "tests" / "e2e"
PASSED, FAILED, NOT_RUN = 0, 1, 2


@dataclass(frozen=True)
class Wishes:
    """What was asked for on the command line. junit, html: files to write."""

    folder: Path = FOLDER
    language: StaffLanguage = "nb"
    wanted: str | None = None
    jobs: int = 1
    junit: Path | None = None
    html: Path | None = None
    events: bool = False
    model: Path | None = None


class NotRunError(Exception):
    """Nothing can be run; the text says why."""


def checked(folder: Path, language: StaffLanguage) -> list[TestCase]:
    """The test cases of a folder, with all their names known.

    Raises NotRunError with every mistake.
    """
    try:
        cases = read_folder(folder)
        if mistakes := check_names(cases, read_names(ROOT)):
            raise StoriesError(mistakes)
    except StoriesError as error:
        said = [mistake.said(language) for mistake in error.mistakes]
        count = say("mistakes", language, count=len(said))
        raise NotRunError("\n".join([*said, "", count])) from error
    return cases


def check(folder: Path, language: StaffLanguage) -> int:
    """Reads the files and tells of every mistake in them."""
    try:
        cases = checked(folder, language)
    except NotRunError as error:
        print(error, file=sys.stderr)
        return NOT_RUN
    print(say("in_order", language, cases=len(cases)))
    return PASSED


def run(wishes: Wishes) -> int:
    """Runs test cases and reports."""
    try:
        results, seconds, model = _run(wishes)
    except NotRunError as error:
        print(error, file=sys.stderr)
        if wishes.events:
            JsonEvents(sys.stdout, wishes.language).failed(str(error))
        return NOT_RUN
    if wishes.junit:
        write_junit(wishes.junit, results, seconds, wishes.language)
    if wishes.html:
        write_html(wishes.html, results, seconds, wishes.language, model=model)
    return PASSED if all(result.passed for result in results) else FAILED


def cover(wishes: Wishes) -> int:
    """Runs all test cases; tells what none of them comes by. A case that fails is told of too."""
    try:
        results, seconds, model = _run(wishes)
    except NotRunError as error:
        print(error, file=sys.stderr)
        return NOT_RUN
    exceptions, problems = read_exceptions(ROOT)
    found = coverage(ROOT, results, exceptions)
    told = [*map(str, problems), *_untold(found, exceptions, wishes.language)]
    for line in told:
        print(line)
    for part in PARTS:
        hit, every = found.count(part)
        name = say(f"part_{part}", wishes.language)
        print(say("covered", wishes.language, part=name, hit=hit, all=every))
    if wishes.html:
        write_html(wishes.html, results, seconds, wishes.language, model=model, found=found)
    return FAILED if told or not all(result.passed for result in results) else PASSED


def _untold(
    found: Coverage, exceptions: Sequence[tuple[str, str]], language: StaffLanguage
) -> list[str]:
    missed = [
        say(
            "not_hit",
            language,
            path=thing.path,
            line=thing.line,
            part=say(f"part_{thing.part}", language),
            name=thing.name,
        )
        for thing in found.missed()
    ]
    needless = [
        say(
            "hit_after_all",
            language,
            path=EXCEPTIONS,
            part=say(f"part_{part}", language),
            name=name,
        )
        for part, name in superfluous(found, exceptions)
    ]
    return [*missed, *needless]


def _run(wishes: Wishes) -> tuple[list[CaseResult], float, str]:
    cases = selected(checked(wishes.folder, wishes.language), wishes.wanted)
    if not cases:
        raise NotRunError(say("none_selected", wishes.language, wanted=wishes.wanted))
    begin = time.monotonic()
    model = wishes.model or _model(quiet=wishes.events)
    from videohjelp.stories.workers import load, run_cases  # noqa: PLC0415 - imports Rasa

    agent = load(model)
    report = TerminalReport(wishes.language)
    events = JsonEvents(sys.stdout, wishes.language)
    if wishes.events:
        events.start(model.name.removesuffix(".tar.gz"), len(cases))
    shown: Callable[[CaseResult], None] = events.case if wishes.events else report.progress
    results: list[CaseResult] = []
    try:
        for result in map(without_identifiers, run_cases(cases, agent, wishes.jobs)):
            results.append(result)
            shown(result)
    except BrokenProcessPool as error:
        raise NotRunError(say("pool_broken", wishes.language)) from error
    results.sort(key=lambda result: (result.case.path, result.case.line))
    seconds = time.monotonic() - begin
    if wishes.events:
        events.end(results, seconds)
    else:
        report.summary(results, seconds)
    return results, seconds, model.name


def _model(*, quiet: bool) -> Path:
    """The model of the present data. quiet: what the training says goes to standard error."""
    from contextlib import redirect_stdout  # noqa: PLC0415

    from videohjelp.server.training import ensure_model  # noqa: PLC0415

    with redirect_stdout(sys.stderr if quiet else sys.stdout):
        return ensure_model()
