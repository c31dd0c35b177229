"""What the public benchmark trains on and what it asks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from videohjelp.evaluation.comparable import Example
from videohjelp.evaluation.groups import FOLDS, grouped_folds, groups
from videohjelp.evaluation.public_data import BOKMAAL, PublicData
from videohjelp.language.normaliser import FunctionWords

#: What the columns are called, by NoMusic's mark.
VARIETIES = {BOKMAAL: "bokmål", "V": "west", "T": "Trøndelag", "N": "north"}
NOMUSIC, MASSIVE = "NoMusic", "MASSIVE"


@dataclass(frozen=True)
class Column:
    """Messages that are counted together.

    places: where they stand among all that the task asks. sentences: how many different sentences
    they are versions of.
    """

    name: str
    places: tuple[int, ...]
    sentences: int


@dataclass(frozen=True)
class Task:
    """One or more trainings, each with messages to ask; the columns are over all of them."""

    title: str
    splits: tuple[tuple[tuple[Example, ...], tuple[Example, ...]], ...]
    columns: tuple[Column, ...]

    @property
    def asked(self) -> list[Example]:
        """The messages of all splits, in the order in which they are asked."""
        return [example for _, test in self.splits for example in test]


def tasks(data: PublicData) -> list[Task]:
    """The three tasks: all versions, bokmål alone, and folds of MASSIVE."""
    bokmaal = tuple(one for one in data.valid if one.variety == BOKMAAL)
    return [
        _onto_other_sentences("Trained on NoMusic, all versions", data.valid, data),
        _onto_other_sentences("Trained on NoMusic, bokmål alone", bokmaal, data),
        _folds(data.massive),
    ]


def _onto_other_sentences(title: str, train: tuple[Example, ...], data: PublicData) -> Task:
    known = {one.intent for one in train}
    nomusic = [one for one in data.test if one.intent in known]
    massive = [one for one in data.massive if one.intent in known]
    places = range(len(nomusic))
    by_variety = {
        name: [place for place in places if nomusic[place].variety == mark]
        for mark, name in VARIETIES.items()
    }
    # Every sentence of NoMusic stands there in bokmål once.
    sentences = len(by_variety[VARIETIES[BOKMAAL]])
    columns = [_column(f"{NOMUSIC}, all", list(places), sentences)]
    columns += [_column(name, found, sentences) for name, found in by_variety.items()]
    of_massive = range(len(nomusic), len(nomusic) + len(massive))
    columns.append(_column(MASSIVE, list(of_massive), len(massive)))
    return Task(
        f"{title} ({len(train):,} messages)",
        ((train, tuple(nomusic + massive)),),
        tuple(column for column in columns if column.places),
    )


def _column(name: str, places: Sequence[int], sentences: int) -> Column:
    return Column(name, tuple(places), min(len(places), sentences))


def _folds(massive: tuple[Example, ...]) -> Task:
    # Near-duplicates stay in one fold; the spelling of small words is left as it is.
    together = groups([one.text for one in massive], FunctionWords({}))
    splits = tuple(
        (tuple(massive[place] for place in train), tuple(massive[place] for place in test))
        for train, test in grouped_folds(massive, together)
    )
    everything = _column(MASSIVE, range(len(massive)), len(massive))
    return Task(f"MASSIVE in {FOLDS} folds ({len(massive):,} messages)", splits, (everything,))
