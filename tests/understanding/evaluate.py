"""Prints how well the newest model understands the patients' messages of messages.yml.

python -m tests.understanding.evaluate [--errors FILE] [--model FILE]
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from tests.understanding import scores
from tests.understanding.asking import understand
from tests.understanding.scores import Understood, read_messages
from videohjelp.server.logs import be_quiet, configure_logs
from videohjelp.server.training import MODELS

#: Topics understood less often than this, in percent, are listed.
WEAK_BELOW = 80


def newest_model(folder: Path = MODELS) -> Path:
    """The model trained last. Raises SystemExit, saying what to do, when there is none."""
    models = sorted(folder.glob("*.tar.gz"), key=lambda path: path.stat().st_mtime)
    if not models:
        raise SystemExit(f"no model in {folder}; run `make train`")
    return models[-1]


def report(understood: Sequence[Understood]) -> str:
    """All numbers, as lines of text."""
    top_three = scores.share(understood, lambda one: one.is_in_top_three)
    right_danger = scores.accuracy(understood, lambda e: e.is_danger)
    lines = [
        f"understood           {scores.accuracy(understood)}",
        f"among the top three  {top_three}",
        *(f"  {name:<18} {got}" for name, got in scores.accuracy_by_variety(understood).items()),
        f"danger recall        {scores.danger_recall(understood)}",
        f"  of the right kind  {right_danger}",
        f"false alarms         {scores.false_alarms(understood)}",
        f"  look-alikes        {scores.lookalike_alarms(understood)}",
        f"out-of-scope recall  {scores.out_of_scope_recall(understood)}",
        f"  near               {scores.out_of_scope_recall(understood, 'near')}",
        f"  far                {scores.out_of_scope_recall(understood, 'far')}",
        f"ordinary refused     {scores.ordinary_refused(understood)}",
        "",
        f"Topics below {WEAK_BELOW} %:",
    ]
    by_topic = scores.accuracy_by_topic(understood)
    for topic, got in sorted(by_topic.items(), key=lambda item: item[1].percent):
        if got.percent < WEAK_BELOW:
            taken_for = Counter(
                one.intent for one in understood if one.expected.topic == topic and not one.is_right
            )
            wrong = ", ".join(f"{intent} {times}" for intent, times in taken_for.most_common())
            lines.append(f"  {topic:<32} {got}  taken for {wrong}")
    return "\n".join(lines)


def errors(understood: Sequence[Understood]) -> str:
    """Every message understood wrongly, one a line, tab-separated, with a heading."""
    lines = ["text\texpected\tgot\tconfidence\tvariety"]
    wrong = (one for one in understood if not one.is_right)
    for one in sorted(wrong, key=lambda one: (one.expected.topic, one.intent)):
        expected = "|".join((one.expected.topic, *one.expected.also))
        lines.append(
            f"{one.expected.text}\t{expected}\t{one.intent}\t{one.confidence:.2f}"
            f"\t{one.expected.variety}"
        )
    return "\n".join(lines) + "\n"


def main(arguments: Sequence[str] | None = None) -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--errors", type=Path, help="where to write the wrong ones")
    parser.add_argument("--model", type=Path, help="instead of the newest in models/")
    chosen = parser.parse_args(arguments)
    be_quiet()
    configure_logs("ERROR")
    model = chosen.model or newest_model()
    understood = understand(model, read_messages())
    print(f"{model.name}\n\n{report(understood)}")
    if chosen.errors:
        chosen.errors.write_text(errors(understood), encoding="utf-8")


if __name__ == "__main__":
    main()
