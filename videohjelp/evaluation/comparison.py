"""Our own examples as a task on which pipelines are compared."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from videohjelp.content.nlu import VARIETIES
from videohjelp.evaluation.benchmark_tasks import Column, Task
from videohjelp.evaluation.comparable import Example
from videohjelp.evaluation.groups import Integers
from videohjelp.evaluation.metrics import LENGTHS, length_of


def comparison_task(
    examples: Sequence[Example], numbers: Integers, folds: Sequence[tuple[Integers, Integers]]
) -> Task:
    """The folds as trainings, with a column for all, each variety and each length.

    numbers: each example's group. Groups count as one sentence each in the intervals.
    """
    places = [int(place) for _, test in folds for place in test]

    def column(name: str, among: Callable[[Example], bool]) -> Column:
        chosen = [at for at, place in enumerate(places) if among(examples[place])]
        return Column(name, tuple(chosen), len({int(numbers[places[at]]) for at in chosen}))

    columns = (
        column("all", lambda _: True),
        *(column(name, lambda one, v=name: one.variety == v) for name in VARIETIES),  # type: ignore[misc]
        *(column(name, lambda one, n=name: length_of(one.text) == n) for name in LENGTHS),  # type: ignore[misc]
    )
    count = len(folds)
    title = "Own examples, " + ("all folds" if count > 1 else "one of five folds")
    splits = tuple(
        (tuple(examples[i] for i in train), tuple(examples[i] for i in test))
        for train, test in folds
    )
    return Task(title, splits, tuple(one for one in columns if one.places))
