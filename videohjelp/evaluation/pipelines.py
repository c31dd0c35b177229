"""The pipelines that are compared: ours, plain scikit-learn, and Rasa's default.

for pipeline in pipelines():
    run = pipeline.run(train, test)
"""

from __future__ import annotations

from videohjelp.evaluation.comparable import Example, NotAvailable, Pipeline, Prediction, Run
from videohjelp.evaluation.plain_sklearn import PlainSklearn
from videohjelp.evaluation.rasa_pipelines import ours, ours_without_vectors, rasas_default

__all__ = ["Example", "NotAvailable", "Pipeline", "Prediction", "Run", "pipelines"]


def pipelines(fresh_vectors: bool = False) -> list[Pipeline]:
    """Ours as config.yml has it (first), ours without vectors, scikit-learn, Rasa's default.

    fresh_vectors: whether the sentence vectors of training examples are all computed anew. If not,
    those that training has met before come from a file, which is quick, but train_cpu_seconds
    lacks them. Rasa's default raises NotAvailable when it is run where TensorFlow is missing.
    """
    return [ours(fresh_vectors), ours_without_vectors(), PlainSklearn(), rasas_default()]
