"""`make bench`: this assistant, stock Rasa and an empty server, side by side in one run."""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

from tests.bench import stock
from tests.bench.measure import PATIENTS_CORE, Sizes, measure
from tests.bench.report import Training, report, targets
from tests.bench.systems import empty_server, ours, stock_rasa
from tests.server_process import ROOT
from videohjelp.evaluation.cost import processor_seconds

FOLDER = ROOT / "var" / "bench"


def main() -> int:
    """Measures and writes var/bench/report.md. Gives 1 when a ratio is not what was aimed at."""
    options = _options()
    if (os.cpu_count() or 1) <= PATIENTS_CORE:
        print("This needs two cores: one for the server, one for the patients.")
        return 2
    if not options.without_stock and not stock.is_there():
        print(f"{stock.how_to_get_it()} Or leave stock Rasa out: ARGS=--without-stock")
        return 2
    sizes = Sizes(seconds=options.seconds, long=options.long, stored=options.stored)
    begin = time.monotonic()

    def say(text: str) -> None:
        print(f"  [{time.monotonic() - begin:5.0f} s] {text}", flush=True)

    training = None if options.without_stock else _train(options.epochs)
    os.sched_setaffinity(0, {PATIENTS_CORE})
    floor = measure(empty_server, _fresh("floor"), Sizes(sizes.seconds, sizes.long, 0), say)
    mine = measure(ours, _fresh("ours"), sizes, say)
    others = None if options.without_stock else measure(stock_rasa, FOLDER / "stock", sizes, say)
    command = " ".join(
        ["make bench", *([f'ARGS="{" ".join(sys.argv[1:])}"'] if sys.argv[1:] else [])]
    )
    text = report(mine, others, floor, training, command)
    path = FOLDER / "report.md"
    path.write_text(text, encoding="utf-8")
    print(f"\n{text}\nWritten to {path.relative_to(ROOT)}", flush=True)
    return 0 if all(one.reached for one in targets(mine, others, floor)) else 1


def _train(epochs: int) -> Training:
    folder = FOLDER / "stock"
    trained = stock.trained_before(folder, epochs)
    if trained is None:
        print(f"Training stock Rasa on the same data, {epochs} epoch(s) …", flush=True)
        stock.make_project(folder, epochs)
        trained = stock.train(folder, epochs)
    for conversations in folder.glob("stock.db*"):
        conversations.unlink()
    print(f"Stock Rasa was trained on {trained.day}, in {trained.wall:.0f} s", flush=True)
    print("Training this assistant anew …", flush=True)
    before = processor_seconds()
    subprocess.run([sys.executable, "-m", "videohjelp", "train", "--force"], cwd=ROOT, check=True)
    return Training(
        ours=processor_seconds() - before,
        stock=trained.cpu_seconds,
        note=f"{epochs} of its {stock.WHOLE} epochs, on {trained.day}; ours with the examples' "
        "sentence vectors kept",
    )


def _fresh(name: str) -> Path:
    folder = FOLDER / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--without-stock", action="store_true", help="leave stock Rasa out")
    parser.add_argument("--epochs", type=int, default=1, help="epochs of stock's DIET and TED")
    parser.add_argument("--seconds", type=float, default=30.0, help="length of each load")
    parser.add_argument("--long", type=int, default=8, help="conversations of 200 messages")
    parser.add_argument("--stored", type=int, default=100_000, help="stored conversations")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
