"""Runs the tools of others: uv's, and npm."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
#: The folders with a package-lock.json.
NPM_FOLDERS = ("widget", "widget/report")


class ToolError(RuntimeError):
    """A tool is missing or failed. The text says which, and what it said."""


def uv() -> str:
    """The uv that set-up has installed, or the system's. Raises ToolError."""
    own = ROOT / ".tools" / "uv" / "bin" / "uv"
    found = str(own) if own.exists() else shutil.which("uv")
    if found is None:
        raise ToolError("there is no uv; run `make setup`")
    return found


def npm() -> str:
    """npm. Raises ToolError."""
    found = shutil.which("npm")
    if found is None:
        raise ToolError("there is no npm on this machine; install Node to look at widget/")
    return found


def run(command: list[str], folder: Path = ROOT, *, may_fail: bool = False) -> str:
    """What a command prints on standard output.

    may_fail: whether its exit status says what it found, not that it failed. Raises ToolError.
    """
    done = subprocess.run(command, cwd=folder, check=False, capture_output=True, text=True)
    if done.returncode != 0 and not may_fail:
        said = (done.stderr or done.stdout).strip().splitlines()
        raise ToolError(f"{' '.join(command[:4])} … failed: {' / '.join(said[-3:])}")
    return done.stdout


def locked_packages(*, development: bool = True) -> list[str]:
    """Every package of uv.lock as "name==version", without TensorFlow. Raises ToolError."""
    command = [uv(), "export", "--frozen", "--no-hashes", "--no-emit-project", "--no-emit-local"]
    if not development:
        command.append("--no-dev")
    lines = run([*command, "--no-annotate", "--no-header"]).splitlines()
    return [line.split(";")[0].strip() for line in lines if "==" in line]
