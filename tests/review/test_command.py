"""The review commands, run as staff run them, on a database of their own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from videohjelp.evaluation.messages import read_messages
from videohjelp.settings import ROOT


def review(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs `python -m videohjelp review …`."""
    return subprocess.run(
        [sys.executable, "-m", "videohjelp", "review", *arguments],
        cwd=ROOT,
        env={"VIDEOHJELP_DATABASE_URL": f"sqlite:///{folder}/marks.db", "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_marked_message_becomes_part_of_an_evaluation_set(tmp_path: Path) -> None:
    done = review(tmp_path, "mark", "eg høyre inkje", "no_sound", "dialect")
    assert done.returncode == 0, done.stderr
    wrong = review(tmp_path, "mark", "lyden er vekk", "no_sond", "bokmaal")
    assert wrong.returncode == 1
    assert "'no_sond' is not known" in wrong.stderr
    exported = tmp_path / "marked.yml"
    assert review(tmp_path, "export", "--to", str(exported)).returncode == 0
    (message,) = read_messages(exported)
    assert (message.text, message.topic, message.variety) == (
        "eg høyre inkje",
        "no_sound",
        "dialect",
    )
    assert "0 doubtful message(s) in 7 days, 1 marked before" in review(tmp_path, "list").stdout
