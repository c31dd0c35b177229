"""What a swap costs: `python -m tests.rollout.measure`. Prints the table of docs/rollout.md."""

from __future__ import annotations

import json
import statistics
import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path

from tests.rollout.patients import Answer, Crowd
from tests.rollout.test_swap import PATIENTS, UNLIMITED, Rollout
from tests.server_process import running_server
from videohjelp.server.logs import be_quiet
from videohjelp.server.training import ensure_model

be_quiet()

SWAPS = 4
_QUIET_SECONDS = 15.0


class Memory:
    """Samples a process's resident memory, in MB."""

    def __init__(self, pid: int) -> None:
        self._path = Path(f"/proc/{pid}/status")
        self.most = 0
        threading.Thread(target=self._sample, daemon=True).start()

    def now(self) -> int:
        """At this moment."""
        line = next(line for line in self._path.read_text().splitlines() if "VmRSS" in line)
        return int(line.split()[1]) // 1024

    def _sample(self) -> None:
        while self._path.exists():
            try:
                self.most = max(self.most, self.now())
            except (OSError, StopIteration):
                return
            time.sleep(0.05)


def main() -> None:
    """Swaps the model back and forth under load."""
    with tempfile.TemporaryDirectory(prefix="rollout-") as name:
        folder = Path(name)
        rollout = Rollout(folder, ensure_model())
        settings = {
            "MODELS_FOLDER": str(rollout.models),
            "WEB_MESSAGES_PER_MINUTE": UNLIMITED,
            "WEB_NETWORK_REQUESTS_PER_MINUTE": UNLIMITED,
        }
        with running_server(folder, **settings) as server:
            memory = Memory(server.process.pid)
            _swap(rollout)
            with Crowd(server.url, PATIENTS) as crowd:
                time.sleep(_QUIET_SECONDS)
                before, begun = memory.now(), time.monotonic()
                memory.most = 0
                _swap(rollout)
                after, most = memory.now(), memory.most
            log = (server.folder / "server.log").read_text(encoding="utf-8")
    taken = [json.loads(line) for line in log.splitlines() if '"model_taken_up"' in line]
    mistakes = [mistake for patient in crowd.patients for mistake in patient.mistakes_heard()]
    answers = [answer for patient in crowd.patients for answer in patient.answers]
    print(f"swaps: {len(taken)}, the first {SWAPS} without patients; mistakes: {len(mistakes)}")
    print(f"seconds to load, try and swap: {[one['seconds'] for one in taken]}")
    print(f"longest pause of the loop, s: {[one['longest_pause'] for one in taken]}")
    print(f"patients: {PATIENTS}")
    print(f"memory, MB: {before} before, {most} at most, {after} after")
    _print("answers without a swap", [one for one in answers if one.begun < begun])
    _print("answers during the swaps", [one for one in answers if one.begun >= begun])


def _swap(rollout: Rollout) -> None:
    for swap in range(SWAPS):
        arguments = ("second", "--without-check", "measuring")
        rollout.done(*(("rollback",) if swap % 2 else ("activate", *arguments)))


def _print(what: str, answers: Sequence[Answer]) -> None:
    milliseconds = sorted(1000 * one.seconds for one in answers)
    p99 = milliseconds[int(len(milliseconds) * 0.99)]
    print(
        f"{what}: {len(milliseconds)}, p50 {statistics.median(milliseconds):.0f} ms, "
        f"p99 {p99:.0f} ms, longest {milliseconds[-1]:.0f} ms"
    )


if __name__ == "__main__":
    main()
