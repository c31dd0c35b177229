"""The simplest thing that could be taken: words counted by scikit-learn, logistic regression."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import sklearn
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline

from videohjelp.evaluation.comparable import Example, Prediction, Run
from videohjelp.evaluation.cost import mean_milliseconds, processor_seconds


class PlainSklearn:
    """TF-IDF of words and logistic regression, each with its defaults."""

    name = "scikit-learn: words, logistic regression"

    def run(self, train: Sequence[Example], test: Sequence[Example]) -> Run:
        """Trains anew and asks for every test message."""
        # 1,000 iterations: with the default 100 it stops before it is done, and warns.
        model = make_pipeline(TfidfVectorizer(), LogisticRegression(max_iter=1000))
        begin = processor_seconds()
        model.fit([one.text for one in train], [one.intent for one in train])
        trained = processor_seconds() - begin

        def ask(text: str) -> Prediction:
            probabilities = model.predict_proba([text])[0]
            order = np.argsort(-probabilities, kind="stable")
            ranking = tuple((str(model.classes_[i]), float(probabilities[i])) for i in order)
            return Prediction(ranking[0][0], ranking[0][1], ranking)

        texts = [one.text for one in test]
        return Run(
            predictions=tuple(ask(text) for text in texts),
            train_cpu_seconds=trained,
            parse_ms=mean_milliseconds(ask, texts),
            versions={"scikit-learn": str(sklearn.__version__)},
        )
