"""Figures that tests measure and the test runner prints at its end (tools/run_tests.py)."""

from __future__ import annotations

from pathlib import Path

PATH = Path(__file__).resolve().parent.parent / "var" / "test-figures.txt"


def record(name: str, figures: str) -> None:
    """Keeps a line of figures under a name; one of an earlier run under the name is replaced."""
    lines = PATH.read_text(encoding="utf-8").splitlines() if PATH.is_file() else []
    kept = [line for line in lines if not line.startswith(f"  {name}: ")]
    PATH.parent.mkdir(exist_ok=True)
    PATH.write_text("\n".join([*kept, f"  {name}: {figures}"]) + "\n", encoding="utf-8")
