"""Checks a model: the content, and the story tests in a process of their own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from videohjelp.content.check import problems
from videohjelp.rollout.decisions import moment, operator
from videohjelp.rollout.models import Model
from videohjelp.rollout.suite import suite_digest
from videohjelp.rollout.verdicts import Verdict, write_verdict
from videohjelp.settings import ROOT

#: How many failures are kept by name.
_MOST_FAILURES = 20

Tell = Callable[[str], None]


@dataclass
class _Ran:
    passed: int = 0
    failed: int = 0
    failures: list[str] = field(default_factory=list)


def check(model: Model, stories: Path, jobs: int, tell: Tell) -> Verdict:
    """Checks a model against a folder of stories, and keeps the verdict beside it.

    The model runs in another process, on a database of its own; one that cannot be loaded has not
    passed. jobs: processes of the story tests, 0 for one a core. tell: is told each failure.
    Raises RolloutError when the file is not a whole model, OSError.
    """
    model.trained_at()
    begun = time.monotonic()
    digest, suite = model.sha256(), suite_digest(stories)
    mistakes = problems(ROOT)
    for mistake in mistakes:
        tell(str(mistake))
    ran = _run_stories(model, stories, jobs, tell)
    verdict = Verdict(
        sha256=digest,
        suite=suite,
        stories=_named(stories),
        passed=not mistakes and not ran.failures and ran.passed > 0,
        stories_passed=ran.passed,
        stories_failed=ran.failed,
        content_mistakes=len(mistakes),
        at=moment(),
        by=operator(),
        seconds=round(time.monotonic() - begun, 1),
        failures=tuple(ran.failures[:_MOST_FAILURES]),
    )
    write_verdict(model, verdict)
    return verdict


def _run_stories(model: Model, stories: Path, jobs: int, tell: Tell) -> _Ran:
    command = [sys.executable, "-m", "videohjelp", "stories", "run", str(stories.resolve())]
    command += ["--events", f"--jobs={jobs}", f"--model={model.path.resolve()}"]
    ran, ended = _Ran(), False
    with (
        tempfile.TemporaryFile("w+", encoding="utf-8") as errors,
        subprocess.Popen(  # noqa: S603 - our own command
            command,
            cwd=ROOT,
            env=dict(os.environ),
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        ) as process,
    ):
        for line in process.stdout or ():
            event: dict[str, Any] = json.loads(line)
            if event["event"] == "case" and not event["passed"]:
                _note(ran, f"{event['file']}:{event['line']} {event['name']}", tell)
            elif event["event"] == "end":
                ended, ran.passed, ran.failed = True, event["passed"], event["failed"]
        process.wait()
        errors.seek(0)
        said = errors.read().strip().splitlines()
    if not ended:
        _note(ran, f"the stories were not run: {said[-1] if said else process.returncode}", tell)
    return ran


def _note(ran: _Ran, failure: str, tell: Tell) -> None:
    ran.failures.append(failure)
    tell(failure)


def _named(stories: Path) -> str:
    path = stories.resolve()
    return str(path.relative_to(ROOT) if path.is_relative_to(ROOT) else path)
