"""Near-duplicates and versions of one sentence stay together."""

from __future__ import annotations

import time

import numpy as np

from videohjelp.evaluation.comparable import Example
from videohjelp.evaluation.examples import read_examples
from videohjelp.evaluation.groups import grouped_folds, groups
from videohjelp.language.normaliser import FunctionWords

WORDS = FunctionWords({"kven": "hvem", "eg": "jeg", "ikkje": "ikke"})
#: Alone on a machine with two cores it takes 10.
MOST_SECONDS = 120


def together(first: str, second: str) -> bool:
    numbers = groups([first, second, "noe helt annet som ikke ligner"], WORDS)
    return bool(numbers[0] == numbers[1]) and numbers[2] != numbers[0]


def test_other_capitals_and_punctuation() -> None:
    assert together("Hvem får opplysningene mine?", "hvem får opplysningene mine")


def test_a_letter_more() -> None:
    assert together(
        "legen kan ikke høre meg i det hele tatt", "legen kan ikke høøre meg i det hele tatt"
    )


def test_other_order_of_the_words() -> None:
    assert together("stemmen min når ikke fram til legen", "til legen når ikke stemmen min fram")


def test_small_words_in_bokmaal_and_nynorsk() -> None:
    assert together("kven er eg og kven er du", "hvem er jeg og hvem er du")


def test_different_sentences_are_apart() -> None:
    assert not together("kan jeg bruke ipad til dette", "hva koster en slik time egentlig")


def test_whoever_is_like_one_belongs_to_all() -> None:
    chain = [
        "jeg hører ikke noe av det",
        "jeg hører ikke noe av det der",
        "hører ikke noe av det der ute",
    ]
    first, _, last = chain
    assert not together(first, last)
    numbers = groups(chain, WORDS)
    assert numbers[0] == numbers[1] == numbers[2]


def test_the_same_meaning_in_other_words() -> None:
    texts = ["dårlig lyd", "poor sound", "hva koster det", "where do I click"]
    vectors = np.array([[1, 0.1, 0], [1, 0.12, 0], [-1, 1, 0.5], [-1, -1, -0.5]])
    assert groups(texts, WORDS)[0] != groups(texts, WORDS)[1]
    numbers = groups(texts, WORDS, vectors)
    assert numbers[0] == numbers[1]
    assert len(set(numbers)) == 3


def test_folds_never_part_a_group_and_hold_every_example_once() -> None:
    examples = [
        Example(f"melding {n}", intent, "bokmaal") for n in range(100) for intent in ("a", "b")
    ]
    numbers = np.repeat(np.arange(50), 4)
    folds = grouped_folds(examples, numbers)

    assert len(folds) == 5
    assert sorted(place for _, test in folds for place in test) == list(range(200))
    for train, test in folds:
        assert not set(numbers[train]) & set(numbers[test])
        assert [examples[i].intent for i in test].count("a") == 20


def test_all_training_examples_are_grouped_in_time() -> None:
    texts = [one.text for one in read_examples()]
    begin = time.monotonic()
    numbers = groups(texts, WORDS)
    assert time.monotonic() - begin < MOST_SECONDS
    # Chains of short questions must not grow until a topic is one group.
    assert np.bincount(numbers).max() < 60
