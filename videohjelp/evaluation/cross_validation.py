"""How every training example is understood by a model that has not seen its group."""

from __future__ import annotations

import contextlib
import io
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from videohjelp.evaluation.chain import CLASSIFIER, DANGER, Chain, Settings, ask
from videohjelp.evaluation.comparable import Example, Prediction
from videohjelp.evaluation.groups import Integers
from videohjelp.language.danger_recognizer import DANGERS

#: The classifier's steps, and how sure the n-grams must be that the vectors are not asked for.
NGRAMS = "n-grams alone"
VECTORS = "always with vectors"
CASCADE = "cascade"
IN_USE = "in use: cascade and danger layer"
#: Probabilities are never above 1: then the rules alone alarm, or the vectors are always asked.
_NEVER = 2.0
#: From which suspicion on the classifier alone alarms, as tried.
SUSPICIONS = (0.02, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)


@dataclass(frozen=True)
class Danger:
    """What one message is taken for by those who look for danger.

    by_rule: whether the phrases alone alarm. suspicion: the classifier's probability of danger, of
    either kind. together: whether there is an alarm at each of SUSPICIONS.
    """

    by_rule: bool
    suspicion: float
    together: tuple[bool, ...]


@dataclass(frozen=True)
class HeldOut:
    """What a message is taken for by models that have not seen its group.

    by_stage: NGRAMS, VECTORS, CASCADE and IN_USE -> prediction. fold: from 0.
    """

    example: Example
    fold: int
    by_stage: dict[str, Prediction]
    danger: Danger

    @property
    def needs_vectors(self) -> bool:
        """Whether the cascade asked for vectors: it then says what the vectors say."""
        return self.by_stage[CASCADE].ranking != self.by_stage[NGRAMS].ranking


def held_out(
    examples: Sequence[Example],
    folds: Sequence[tuple[Integers, Integers]],
    components: Sequence[Settings],
    processes: int = 2,
) -> Iterator[list[tuple[int, HeldOut]]]:
    """For each fold, as it is done: the places of its test examples, and what became of each.

    Everything that is learned, n-grams, vectors' mean, weights and temperature, is learned from
    the fold's training examples.
    """
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        running = [
            pool.submit(
                _fold,
                number,
                tuple(examples[i] for i in train),
                tuple(examples[i] for i in test),
                tuple(components),
            )
            for number, (train, test) in enumerate(folds)
        ]
        for done in as_completed(running):
            number, results = done.result()
            yield list(zip(map(int, folds[number][1]), results, strict=True))


def in_order(folds: Iterable[list[tuple[int, HeldOut]]]) -> list[HeldOut]:
    """The results of all folds in the order of the examples."""
    return [result for _, result in sorted((pair for fold in folds for pair in fold), key=_place)]


def _place(pair: tuple[int, HeldOut]) -> int:
    return pair[0]


def _fold(
    number: int,
    train: Sequence[Example],
    test: Sequence[Example],
    components: tuple[Settings, ...],
) -> tuple[int, list[HeldOut]]:
    with tempfile.TemporaryDirectory(prefix="videohjelp-") as folder:
        chain = Chain(components, Path(folder))
        # What the components say of their progress would break this command's own.
        with contextlib.redirect_stderr(io.StringIO()):
            chain.train(train)
        return number, ask_all(chain, test, number)


def ask_all(chain: Chain, test: Sequence[Example], fold: int = 0) -> list[HeldOut]:
    """What a trained chain takes the test examples for, in its steps."""
    stages = {
        NGRAMS: chain.only(CLASSIFIER, {"sure_above": 0.0}),
        VECTORS: chain.only(CLASSIFIER, {"sure_above": _NEVER}),
        CASCADE: chain.only(CLASSIFIER),
    }
    configured = chain.only(DANGER)
    rules = chain.only(DANGER, {"suspicion": _NEVER})
    layers = [chain.only(DANGER, {"suspicion": least}) for least in SUSPICIONS]
    results = []
    for one in test:
        by_stage = {name: ask(component, one.text) for name, component in stages.items()}
        cascade = by_stage[CASCADE]
        by_stage[IN_USE] = ask(configured, one.text, cascade)
        suspicion = sum(sure for name, sure in cascade.ranking if name in DANGERS)
        # Without the rankings' dangers only the phrases can alarm.
        plain = _without_dangers(cascade)
        by_rule = ask(rules, one.text, plain).intent in DANGERS
        together = tuple(
            by_rule or (suspicion >= least and ask(layer, one.text, cascade).intent in DANGERS)
            for least, layer in zip(SUSPICIONS, layers, strict=True)
        )
        danger = Danger(by_rule, suspicion, together)
        results.append(HeldOut(one, fold, by_stage, danger))
    return results


def _without_dangers(prediction: Prediction) -> Prediction:
    ranking = tuple(entry for entry in prediction.ranking if entry[0] not in DANGERS)
    return Prediction(*ranking[0], ranking=ranking)
