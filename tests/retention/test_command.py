"""`python -m videohjelp retention` and `privacy`, as an operator uses them."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path

from tests.retention.filled import fill
from videohjelp.clock import OSLO
from videohjelp.settings import ROOT
from videohjelp.storage.engine import create_engine


def ran(database: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The command, over a database."""
    return subprocess.run(
        [sys.executable, "-m", "videohjelp", *arguments],
        cwd=ROOT,
        env={**os.environ, "VIDEOHJELP_DATABASE_URL": database},
        capture_output=True,
        text=True,
        check=False,
    )


def test_what_is_over_its_time_is_shown_and_deleted(tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path / 'kept.db'}"
    now = datetime.now(timezone.utc)
    fill(create_engine(database), "rowone", now - timedelta(days=400))
    fill(create_engine(database), "rowtwo", now - timedelta(hours=1))
    shown = ran(database, "retention", "show")
    assert shown.returncode == 1, shown.stderr
    assert "Long over its time: cases, conversations" in shown.stderr
    [cases] = [line for line in shown.stdout.splitlines() if "handoff_cases" in line]
    oldest = f"{(now - timedelta(days=400)).astimezone(OSLO):%Y-%m-%d %H:%M}"
    expected = ["handoff_cases", "handoff_days = 30", "2", oldest, "1"]
    assert [one.strip() for one in cases.strip("│").split("│")][1:] == expected
    deleted = ran(database, "retention", "delete")
    assert deleted.returncode == 0, deleted.stderr
    assert "conversations          1\n" in deleted.stdout
    assert ran(database, "retention", "show").returncode == 0


def test_a_database_that_does_not_answer_is_told() -> None:
    shown = ran("sqlite:////proc/nothing/kept.db", "retention", "show")
    assert shown.returncode == 2
    assert "Check VIDEOHJELP_DATABASE_URL" in shown.stderr
    assert "Traceback" not in shown.stderr
