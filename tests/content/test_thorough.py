"""The checks that are too slow for each start."""

from __future__ import annotations

import re

from videohjelp.content.thorough import thorough_problems

from .conftest import ROOT, Project


def test_the_content_is_in_order() -> None:
    assert [str(one) for one in thorough_problems(ROOT)] == []


def test_each_of_them_is_made(project: Project) -> None:
    before = set(thorough_problems(project.root))
    head = "- intent: recording\n  metadata:\n    variety: "
    project.replace("data/nlu/during.yml", f"{head}learner\n", f"{head}bokmaal\n")
    project.append(
        "data/nlu/after.yml",
        "- intent: payment\n  metadata:\n    variety: bokmaal\n  examples: |\n"
        "    - kan jeg ta opp samtalen med legen på mobilen min i dag?\n"
        "- intent: recording\n  metadata:\n    variety: bokmaal\n  examples: |\n"
        "    - kan jeg ta opp samtalen med legen på mobilen min i dagg?\n",
    )
    project.replace("data/topics.yml", '"Jeg er forsinket"', '"Jeg er forsinkett"')
    directory = "data/directory/departments.csv"
    written = (project.root / directory).read_text(encoding="utf-8")
    [verified, *_] = re.findall(r",2\d{3}-\d\d-\d\d,", written)
    project.replace(directory, verified, ",2199-01-01,")
    new = set(thorough_problems(project.root)) - before
    for said in (
        "are learner",
        "of 'recording' is nearly",
        "'forsinkett' is in no word list",
        "2199-01-01",
    ):
        assert sum(said in one.wrong for one in new) == 1
    assert len(new) == 4
