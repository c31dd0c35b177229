"""Whether each topic has examples enough, of every variety: patients write in all of them.

The shares hold for each topic, not for all of them together: a topic without dialect is one that
patients who write dialect are not helped with.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from videohjelp.content.nlu import Example
from videohjelp.content.problem import Problem

FEWEST = 60


@dataclass(frozen=True)
class _Share:
    """The part of a topic's examples that some varieties have together, at least."""

    varieties: tuple[str, ...]
    least: Fraction

    def missing(self, varieties: list[str]) -> int:
        """How many examples are to be added to those of one topic, 0 when there are enough."""
        there = sum(1 for one in varieties if one in self.varieties)
        # Whoever adds examples adds to the whole as well.
        return max(0, ceil((self.least * len(varieties) - there) / (1 - self.least)))


SHARES = (
    _Share(("nynorsk", "dialect"), Fraction(1, 3)),
    _Share(("sms",), Fraction(1, 10)),
    _Share(("learner",), Fraction(1, 10)),
    _Share(("english",), Fraction(1, 10)),
)


def check_example_shares(examples: list[Example]) -> Iterator[Problem]:
    """Gives the topics with too few examples, and those with too few of a variety.

    Each problem stands at the topic's first example.
    """
    by_intent: dict[str, list[Example]] = {}
    for example in examples:
        by_intent.setdefault(example.intent, []).append(example)
    for intent, own in by_intent.items():
        path, at = own[0].path, own[0].line
        if len(own) < FEWEST:
            yield Problem(
                path,
                at,
                f"the topic '{intent}' has {len(own)} examples, at least {FEWEST} are needed",
                f"write {FEWEST - len(own)} more, as different people would say it",
            )
        varieties = [example.variety for example in own]
        for share in SHARES:
            if missing := share.missing(varieties):
                kind = " or ".join(share.varieties)
                there = sum(1 for one in varieties if one in share.varieties)
                yield Problem(
                    path,
                    at,
                    f"{there} of the {len(own)} examples of '{intent}' are {kind}, "
                    f"less than {share.least}",
                    f"write {missing} more with variety: {kind}",
                )
