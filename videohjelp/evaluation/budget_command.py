"""The command `python -m videohjelp nlu budget`: the tests' error budget, measured or set."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from videohjelp.evaluation.budget import PATH, budget_of, overdrawn, read_budget, write_budget
from videohjelp.evaluation.examples import read_examples
from videohjelp.evaluation.metrics import Scores, score
from videohjelp.evaluation.quick import quick_predictions
from videohjelp.settings import ROOT


def run_budget(accept: bool) -> int:
    """Cross-validates the examples and holds the result against the budget. Gives the exit status.

    accept: whether the budget is set to what is measured.
    """
    examples = read_examples()
    print(f"Cross-validating {len(examples):,} examples (some minutes) …", flush=True)
    return 0 if settle_budget(score(examples, quick_predictions(examples)), accept, print) else 1


def settle_budget(scores: Scores, accept: bool, say: Callable[[str], None]) -> bool:
    """Says what the scores are to the budget, and whether they keep it.

    accept: sets the budget to the scores instead. Raises FileNotFoundError where there is none.
    """
    if accept:
        write_budget(budget_of(scores, date.today()))
        say(f"The error budget is what was measured now: {PATH.relative_to(ROOT)}")
        return True
    wrong = overdrawn(read_budget(), scores)
    say(wrong or "The error budget of the tests is kept.")
    return not wrong
