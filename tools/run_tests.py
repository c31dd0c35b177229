"""Runs every check in turn and says at the end what each took: `make test`, `make lint`."""

from __future__ import annotations

import resource
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHON_FOLDERS = ("videohjelp", "actions", "tests", "tools")


@dataclass(frozen=True)
class Check:
    """A command and what it is called."""

    name: str
    command: tuple[str, ...]


#: The conversation tests look at all that was said in them; a newcomer's machine does nothing else,
#: and a screen reader that waits for a processor falls silent.
ALONE = ("tests/conversations", "tests/screenreader", "tests/test_two_commands.py")
BIN = ROOT / ".venv" / "bin"
PYTEST = (f"{BIN}/python", "-m", "pytest", "--durations=8", "-q")
NPM = ("npm", "--prefix", "widget", "--silent")
LINT = (
    Check("style (ruff check)", (f"{BIN}/ruff", "check", "--quiet", *PYTHON_FOLDERS)),
    Check("layout (ruff format)", (f"{BIN}/ruff", "format", "--check", "--quiet", *PYTHON_FOLDERS)),
    Check("types (mypy, strict)", (f"{BIN}/mypy",)),
    Check("content of data/", (f"{BIN}/python", "-m", "videohjelp", "check")),
)
#: The widget's sources. Whoever has no Node has the built widget, which lies in git.
WIDGET = (
    Check("widget: packages (npm ci)", (*NPM, "ci", "--no-audit", "--no-fund")),
    Check("widget: types (tsc, strict)", (*NPM, "run", "check")),
    Check("widget: units (vitest)", (*NPM, "test")),
)


def main(arguments: list[str]) -> int:
    """Runs the checks, all of them even when one fails. Gives the exit status.

    arguments: `--lint-only`, or what pytest is to be given.
    """
    checks = list(LINT)
    if shutil.which("npm") is None:
        print("There is no npm on this machine: the widget's sources are not checked.", flush=True)
    else:
        checks += WIDGET
    if "--lint-only" not in arguments:
        checks.append(Check("training", (f"{BIN}/python", "-m", "videohjelp", "train")))
        checks += [Check(name, (*PYTEST, *chosen)) for name, chosen in _pytest_runs(arguments)]
    results = [(check, *_run(check)) for check in checks]
    _summary(results)
    return 1 if any(status for _, status, _ in results) else 0


def _pytest_runs(arguments: list[str]) -> list[tuple[str, tuple[str, ...]]]:
    """The runs of pytest, by name. arguments: what pytest is to be given; none for all tests."""
    if arguments:
        return [("tests (pytest)", tuple(arguments))]
    others = tuple(f"--ignore={path}" for path in ALONE)
    return [
        ("tests on both cores (pytest)", ("-n", "2", "--dist", "loadfile", *others)),
        ("tests in one process (pytest)", ALONE),
    ]


def _run(check: Check) -> tuple[int, float]:
    print(f"\n=== {check.name}", flush=True)
    begin = time.monotonic()
    status = subprocess.call(check.command, cwd=ROOT)
    return status, time.monotonic() - begin


def _summary(results: list[tuple[Check, int, float]]) -> None:
    print("\n=== summary", flush=True)
    for check, status, seconds in results:
        print(f"  {'ok    ' if status == 0 else 'FAILED'} {seconds:7.1f} s  {check.name}")
    figures = ROOT / "var" / "test-figures.txt"
    if figures.is_file():
        print(figures.read_text(encoding="utf-8").rstrip())
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"  largest process of this run: {memory:.0f} MB", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
