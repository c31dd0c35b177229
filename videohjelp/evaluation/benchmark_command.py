"""The command `python -m videohjelp nlu benchmark <folder>`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from videohjelp.evaluation.benchmark import Comparison, compare
from videohjelp.evaluation.benchmark_tasks import tasks
from videohjelp.evaluation.benchmark_text import as_markdown
from videohjelp.evaluation.comparable import Pipeline
from videohjelp.evaluation.pipelines import pipelines
from videohjelp.evaluation.public_data import (
    PublicDataError,
    PublicDataMissing,
    read_public_data,
)
from videohjelp.settings import ROOT

RESULTS = ROOT / "var" / "nlu-benchmark"


def run_benchmark(
    folder: Path, results: Path = RESULTS, compared: Sequence[Pipeline] | None = None
) -> int:
    """Compares the pipelines on the folder's data and writes benchmark.md and benchmark.json.

    Prints what it does. Gives the exit status: 0, also when the folder lacks the data (it says
    where they can be had), 1 when a file is broken. compared: instead of `pipelines()`.
    """
    try:
        data = read_public_data(folder)
    except PublicDataMissing as missing:
        print(missing)
        return 0
    except PublicDataError as error:
        print(error)
        return 1
    done: list[Comparison] = []
    compared = compared or pipelines(fresh_vectors=True)
    for task in tasks(data):
        done.append(compare(task, compared, lambda text: print(text, flush=True)))
        # After each: a long run that is stopped has not been for nothing.
        _write(done, results)
    print(f"\n{results / 'benchmark.md'}")
    return 0


def _write(done: list[Comparison], results: Path) -> None:
    results.mkdir(parents=True, exist_ok=True)
    (results / "benchmark.md").write_text(as_markdown(done), encoding="utf-8")
    described = json.dumps([asdict(one) for one in done], ensure_ascii=False, indent=1)
    (results / "benchmark.json").write_text(described, encoding="utf-8")
