"""The checks that take seconds or a library for developers: for `make lint`, not for each start."""

from __future__ import annotations

from pathlib import Path

from videohjelp.clock import now
from videohjelp.content.directory import check_verified_days
from videohjelp.content.example_shares import check_example_shares
from videohjelp.content.near_duplicates import check_near_duplicates
from videohjelp.content.nlu import read_examples
from videohjelp.content.problem import Problem
from videohjelp.content.spelling import check_spelling
from videohjelp.content.texts import read_responses
from videohjelp.content.word_lists import WordLists
from videohjelp.content.yaml_lines import read_content


def thorough_problems(root: Path) -> list[Problem]:
    """What `check.problems` leaves out, by file and line: examples, spelling, days to come.

    The files below the project's folder are those in which `check.problems` finds nothing.
    """
    content, _ = read_content(root.resolve())
    examples = read_examples(content)
    return sorted(
        {
            *check_verified_days(content, now().date()),
            *check_example_shares(examples),
            *check_near_duplicates(examples),
            *check_spelling(content, read_responses(content), WordLists(content)),
        }
    )
