"""`python -m tests.fuzz`: hostile messages through the dialogue. `--help` lists the choices."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

# Before Rasa is imported, and for the numbers' hash of the simulated phones.
os.environ.setdefault("VIDEOHJELP_SMS_SECRET_KEYS", "only-for-tests-only-for-tests-only")
from videohjelp.server.logs import be_quiet

be_quiet()

from tests.fuzz.episodes import Fuzzer  # noqa: E402
from tests.fuzz.figures import Figures  # noqa: E402
from tests.fuzz.kept_vectors import KeptVectors  # noqa: E402
from tests.fuzz.reproduction import read  # noqa: E402
from tests.fuzz.run import plan, run  # noqa: E402
from tests.fuzz.states import all_states  # noqa: E402
from videohjelp.server.training import ensure_model  # noqa: E402
from videohjelp.settings import ROOT  # noqa: E402
from videohjelp.stories.workers import load  # noqa: E402

_FOLDER = ROOT / "var" / "fuzz"
_TELL_EVERY = 5.0


def main() -> int:
    """Runs what the command line asks for; gives the exit status, 1 when anything was wrong."""
    choices = _parser().parse_args()
    agent = load(ensure_model())
    if choices.reproduce is not None:
        with tempfile.TemporaryDirectory(prefix="fuzz-") as temporary:
            database = f"sqlite:///{temporary}/fuzz.db"
            vectors = KeptVectors(Path(temporary) / "vectors.db")
            fuzzer = Fuzzer(agent, database, choices.message_limit, vectors)
            return _reproduce(choices.reproduce, fuzzer)
    states = tuple(state for state in all_states() if choices.only in state.key)
    folder: Path = choices.out
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("fault-*.json"):
        old.unlink()
    command = f"python -m tests.fuzz {' '.join(sys.argv[1:])}"
    figures = Figures(folder, command, choices.messages, len(states))
    told = time.monotonic()
    tasks = plan(states, choices.messages, choices.seed)
    for unit in run(tasks, agent, choices.jobs, choices.message_limit):
        before = figures.failures
        figures.add(unit)
        for number, failure in enumerate(unit.failures, start=before + 1):
            print(f"fault {number}: {failure.problem.kind} in {failure.state.key}", flush=True)
        if time.monotonic() - told > _TELL_EVERY:
            told = time.monotonic()
            print(figures.line(), flush=True)
            figures.write()
    figures.write()
    _summary(figures)
    return 0 if figures.is_right else 1


def _reproduce(path: Path, fuzzer: Fuzzer) -> int:
    failure = read(path)
    found = fuzzer.see_again(failure, failure.acts)
    print(f"{failure.state.key}: {'nothing is wrong any more' if found is None else found.kind}")
    if found is not None:
        print(found.detail)
    return 0 if found is None else 1


def _summary(figures: Figures) -> None:
    print(f"\n{figures.line()}\nfigures and faults: {figures.folder}")
    for key, why in figures.not_reached.items():
        print(f"not reached: {key}: {why}")
    for kind, times in figures.problems.most_common():
        print(f"{times} times: {kind}")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--messages", type=int, default=3000, help="how many are generated")
    parser.add_argument("--seed", type=int, default=1, help="the same gives the same messages")
    parser.add_argument("--jobs", type=int, default=2, help="how many processes")
    parser.add_argument("--only", default="", help="states whose name has this in it")
    parser.add_argument("--message-limit", type=int, default=500, help="the setting, 50 to 5000")
    parser.add_argument("--out", type=Path, default=_FOLDER, help="folder for figures and faults")
    parser.add_argument("--reproduce", type=Path, help="sees a fault's file again")
    return parser


if __name__ == "__main__":
    sys.exit(main())
