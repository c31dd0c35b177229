"""Runs the story tests again when somebody saves a file: `stories run --watch`."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

from watchfiles import run_process

from videohjelp.settings import ROOT


def run_again_and_again(folder: Path) -> None:
    """Runs this very command without `--watch`, and again at each change, until Ctrl-C.

    folder: the stories; data/ is looked at too. Each run is a process of its own, so that it reads
    everything anew; one that a new change finds running is ended.
    """
    arguments = [argument for argument in sys.argv[1:] if argument != "--watch"]
    command = shlex.join([sys.executable, "-m", "videohjelp", *arguments])
    run_process(folder, ROOT / "data", target=command, target_type="command")
