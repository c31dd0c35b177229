"""What can be chosen for the report; apart from the rest, which is slow to import."""

from __future__ import annotations

from enum import Enum

from videohjelp.settings import ROOT

#: Messages whose topic staff have marked in the review page; the file need not be there.
MARKED = ROOT / "var" / "evaluation" / "marked.yml"
MARKED_VARIABLE = "VIDEOHJELP_MARKED_MESSAGES"


class Others(str, Enum):
    """Which other pipelines ours is compared with."""

    NONE = "none"
    QUICK = "quick"
    ONE = "one"
    ALL = "all"
