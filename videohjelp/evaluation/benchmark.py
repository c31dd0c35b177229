"""Runs the pipelines on the tasks of the public benchmark, side by side."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import fmean, median

from videohjelp.evaluation.benchmark_tasks import Column, Task
from videohjelp.evaluation.comparable import NotAvailable, Pipeline, Prediction, Run
from videohjelp.evaluation.estimates import Estimate, accuracy, difference
from videohjelp.evaluation.metrics import intent_scores, macro_f1


@dataclass(frozen=True)
class Cell:
    """How well a pipeline understands the messages of a column.

    accuracy and macro_f1 in percent; to_first: percentage points above the first pipeline (ours),
    None for that itself.
    """

    column: str
    messages: int
    accuracy: Estimate
    macro_f1: float
    to_first: Estimate | None


@dataclass(frozen=True)
class Measured:
    """A pipeline on a task.

    sure_when_wrong: the median confidence of its mistakes, 0 to 1; None when it made none.
    train_cpu_seconds: mean of its trainings. parse_ms: processor time of a message asked alone.
    """

    pipeline: str
    cells: tuple[Cell, ...]
    sure_when_wrong: float | None
    train_cpu_seconds: float
    parse_ms: float
    versions: dict[str, str]


@dataclass(frozen=True)
class Comparison:
    """All pipelines on one task. not_run: pipeline -> what to do so that it can run."""

    title: str
    measured: tuple[Measured, ...]
    not_run: dict[str, str]


def compare(task: Task, compared: Sequence[Pipeline], say: Callable[[str], None]) -> Comparison:
    """Runs each pipeline on the task.

    compared: the first is the one the others are measured against, and must be able to run. say:
    is told what is being done.
    """
    right = [example.intent for example in task.asked]
    ours: list[str] | None = None
    measured, not_run = [], {}
    for pipeline in compared:
        say(f"{task.title}: {pipeline.name} …")
        try:
            runs = [pipeline.run(train, test) for train, test in task.splits]
        except NotAvailable as error:
            not_run[pipeline.name] = str(error)
            continue
        predictions = [one for run in runs for one in run.predictions]
        got = [one.intent for one in predictions]
        cells = tuple(_cell(column, right, got, ours) for column in task.columns)
        measured.append(_measured(pipeline.name, cells, runs, _sure_when_wrong(right, predictions)))
        ours = got if ours is None else ours
        say(f"  {measured[-1].cells[0].accuracy.value:.1f} % of {cells[0].column}")
    return Comparison(task.title, tuple(measured), not_run)


def _cell(column: Column, right: list[str], got: list[str], ours: list[str] | None) -> Cell:
    wanted, given = ([answers[place] for place in column.places] for answers in (right, got))
    hits = _hits(wanted, given)
    to_first = None
    if ours is not None:
        our_hits = _hits(wanted, [ours[place] for place in column.places])
        to_first = difference(hits, our_hits, column.sentences)
    return Cell(
        column=column.name,
        messages=len(wanted),
        accuracy=accuracy(hits, column.sentences),
        macro_f1=macro_f1(intent_scores(wanted, given)),
        to_first=to_first,
    )


def _hits(wanted: list[str], given: list[str]) -> list[bool]:
    return [one == other for one, other in zip(wanted, given, strict=True)]


def _sure_when_wrong(right: list[str], predictions: list[Prediction]) -> float | None:
    wrong = [
        one.confidence
        for wanted, one in zip(right, predictions, strict=True)
        if one.intent != wanted
    ]
    return median(wrong) if wrong else None


def _measured(
    name: str, cells: tuple[Cell, ...], runs: list[Run], sure_when_wrong: float | None
) -> Measured:
    return Measured(
        pipeline=name,
        cells=cells,
        sure_when_wrong=sure_when_wrong,
        train_cpu_seconds=fmean(run.train_cpu_seconds for run in runs),
        parse_ms=fmean(run.parse_ms for run in runs),
        versions=runs[0].versions,
    )
