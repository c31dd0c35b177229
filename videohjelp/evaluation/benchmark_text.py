"""Writes what the public benchmark has measured as Markdown."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from videohjelp.evaluation.benchmark import Cell, Comparison, Measured
from videohjelp.evaluation.estimates import Estimate

NOTE = """\
Accuracy in percent with its 95 % interval. The intervals count the versions of a sentence as one
message, so that they are rather too wide than too narrow; differences are paired (the same
messages), with a bootstrap interval. Processor times; a message is asked alone, through Rasa where
the pipeline is one of Rasa's. "Sure when wrong": the median confidence of the mistakes."""


def as_markdown(comparisons: Sequence[Comparison]) -> str:
    """All tables, with headings of the second level."""
    parts = [part for comparison in comparisons for part in _comparison(comparison)]
    return "\n\n".join([NOTE, *parts]) + "\n"


def _comparison(comparison: Comparison) -> list[str]:
    columns = [cell.column for cell in comparison.measured[0].cells]
    rest = comparison.measured[1:]
    parts = [
        f"## {comparison.title}",
        _table(["accuracy", *columns], comparison.measured, _accuracies),
        _table([f"to {comparison.measured[0].pipeline}", *columns], rest, _differences),
        _table(["macro-F1", *columns], comparison.measured, _macro_f1),
        _table(
            ["cost", "sure when wrong", "training, CPU s", "a message, CPU ms", "versions"],
            comparison.measured,
            _costs,
        ),
    ]
    parts += [f"Not run: {name}. {what}" for name, what in comparison.not_run.items()]
    return parts


def _table(
    heading: list[str], rows: Sequence[Measured], fields: Callable[[Measured], list[str]]
) -> str:
    lines = [heading, ["---"] * len(heading), *([row.pipeline, *fields(row)] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _accuracies(row: Measured) -> list[str]:
    return [
        f"{one.value:.1f} ({one.low:.1f} to {one.high:.1f})"
        for one in (cell.accuracy for cell in row.cells)
    ]


def _differences(row: Measured) -> list[str]:
    return [_signed(cell) for cell in row.cells]


def _signed(cell: Cell) -> str:
    found: Estimate | None = cell.to_first
    return f"{found.value:+.1f} ({found.low:+.1f} to {found.high:+.1f})" if found else ""


def _macro_f1(row: Measured) -> list[str]:
    return [f"{cell.macro_f1:.1f}" for cell in row.cells]


def _costs(row: Measured) -> list[str]:
    versions = ", ".join(f"{package} {version}" for package, version in row.versions.items())
    sure = "" if row.sure_when_wrong is None else f"{row.sure_when_wrong:.3f}"
    return [sure, f"{row.train_cpu_seconds:,.1f}", f"{row.parse_ms:.1f}", versions]
