"""The intent classifier, a graph component: n-grams first, sentence vectors when unsure.

N-grams cope with spelling, dialect and endings and cost about a millisecond; sentence vectors
cope with words never seen in training and cost about five times that. So the vectors are asked only
when the n-grams are not sure. The measurements are in docs/understanding.md.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import yaml
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import ENTITIES, INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.sparse import csr_matrix, hstack

from videohjelp.language.cascade import Cascade, Reader, Thorough, weighted
from videohjelp.language.contrasts import Contrasts, topic_turned_to
from videohjelp.language.danger import DANGERS
from videohjelp.language.danger_in_sentences import Ranking, with_danger_of_sentences
from videohjelp.language.e5.engine import E5
from videohjelp.language.known_examples import KnownExamples
from videohjelp.language.linear_model import fit
from videohjelp.language.ngram_features import NgramFeatures
from videohjelp.language.normaliser import read_function_words
from videohjelp.language.sentence_vectors import VectorCache
from videohjelp.language.several_topics import (
    COURTESIES,
    Greetings,
    question_behind_courtesy,
    two_topics,
)
from videohjelp.language.trained_parts import TrainedParts
from videohjelp.topics import read_topic_titles

#: Where a message that raises two topics keeps the second one's intent.
SECOND_INTENT = "second_intent"
#: What is answered elsewhere, and the entity that says where (data/entities/other_services.yml).
OUT_OF_SCOPE, OTHER_SERVICE = "out_of_scope", "other_service"
NOT_TRAINED = "the classifier is not trained; run `make train`"
#: How many intents the ranking holds; more would only swell the tracker.
RANKING_LENGTH = 10


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER], is_trainable=True)
class NgramIntentClassifier(GraphComponent, IntentClassifier):
    """Gives each message an intent, a calibrated confidence and a ranking."""

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        self._config = config
        self._storage = storage
        self._resource = resource
        titles = read_topic_titles(Path(config["topics"]))
        self._topics = frozenset(titles)
        pairs = [(title, topic) for topic, said in titles.items() for title in said.values()]
        self._titles = KnownExamples.of(*zip(*pairs, strict=True))
        listed = yaml.safe_load(Path(config["greetings"]).read_text(encoding="utf-8"))
        self._greetings = Greetings(listed["greetings"], listed["introductions"])
        turns = yaml.safe_load(Path(config["contrasts"]).read_text(encoding="utf-8"))
        self._contrasts = Contrasts(turns["conjunctions"], turns["negations"])
        self._cascade: Cascade | None = None
        self._known = KnownExamples({})

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The settings that config.yml may override.

        function_words: file of small words' forms, from the project's folder.
        topics: file whose topics may be raised together in one message. greetings: file of what
            messages begin with before they say what they are about. contrasts: file of what
            stands before, and in, the clause that a message turns to at its end.
        regularization: C of the support vector machine.
        word_weight: the length of word n-grams beside the characters' 1.
        vectors: whether sentence vectors are used. vector_weight: their length beside the
            characters' 1. sure_above: from this confidence on, the n-grams answer alone, unless
            they give danger, of either kind, at least the probability danger_doubt;
            danger_doubt_of_a_sentence: the same for one of several sentences by itself.
        danger_in_a_sentence: the probability from which the danger of one sentence counts as
            that of the whole message.
        danger_least_known: the share of a message's words, 0 to 1, that must stand in training
            examples for danger to be believed; phrases of danger are looked for all the same.
        cache: where the vectors of training examples are kept.
        """
        return {
            "function_words": "data/language/function_words.yml",
            "topics": "data/topics.yml",
            "greetings": "data/language/greetings.yml",
            "contrasts": "data/language/contrasts.yml",
            "regularization": 0.5,
            "vectors": True,
            "word_weight": 0.8,
            "vector_weight": 1.0,
            "sure_above": 0.8,
            "danger_doubt": 0.02,
            "danger_doubt_of_a_sentence": 0.1,
            "danger_in_a_sentence": 0.93,
            "danger_least_known": 0.5,
            "cache": "~/.cache/videohjelp/sentence_vectors.db",
        }

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> NgramIntentClassifier:
        """A classifier that is not trained yet."""
        return cls(config, model_storage, resource)

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Makes Rasa train again when the list of small words or the code has changed."""
        # Rasa also asks with the configuration of a cached result, which has no such file.
        words = config.get("function_words")
        files = [*sorted(Path(__file__).parent.rglob("*.py")), *([Path(words)] if words else [])]
        return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()

    def train(self, training_data: TrainingData) -> Resource:
        """Fits both models on the training examples and stores them."""
        examples = training_data.intent_examples
        texts = [example.get(TEXT) for example in examples]
        labels = np.array([example.get(INTENT) for example in examples])
        words = read_function_words(Path(self._config["function_words"]))
        ngrams = NgramFeatures(float(self._config["word_weight"]))
        features = ngrams.fit_transform([words.apply(text) for text in texts])
        quick = fit(features, labels, float(self._config["regularization"]))
        thorough = self._fit_thorough(texts, labels, features) if self._config["vectors"] else None
        parts = TrainedParts(words, ngrams, quick, thorough, KnownExamples.of(texts, labels))
        self._use(parts)
        with self._storage.write_to(self._resource) as folder:
            parts.write(folder)
        return self._resource

    def _fit_thorough(
        self, texts: list[str], labels: npt.NDArray[Any], features: csr_matrix
    ) -> Thorough:
        vectors = E5.made()
        cache = VectorCache(vectors, Path(self._config["cache"]).expanduser())
        matrix = cache.matrix(texts, _show_progress)
        mean, weight = matrix.mean(axis=0), float(self._config["vector_weight"])
        both = hstack([features, csr_matrix(weighted(matrix, mean, weight))]).tocsr()
        return Thorough(
            fit(both, labels, float(self._config["regularization"])), vectors, mean, weight
        )

    def _use(self, parts: TrainedParts) -> None:
        self._known = parts.known
        self._cascade = Cascade(
            parts.words,
            parts.ngrams,
            parts.quick,
            parts.thorough,
            sure_above=float(self._config["sure_above"]),
            danger_doubt=float(self._config["danger_doubt"]),
            sentence_doubt=float(self._config["danger_doubt_of_a_sentence"]),
            least_known=float(self._config["danger_least_known"]),
        )

    def process(self, messages: list[Message]) -> list[Message]:
        """Sets intent and ranking on each message; a message without a text has no intent."""
        for message in messages:
            text = message.get(TEXT)
            if not text:
                message.set(INTENT, {"name": None, "confidence": 0.0}, add_to_output=True)
            elif (known := self._known.intent(text) or self._titles.intent(text)) is not None:
                ranking = self._rank_of_known(text, known)
                message.set(INTENT, ranking[0], add_to_output=True)
                message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
            else:
                reader = self._reader()
                ranking = with_danger_of_sentences(
                    text,
                    _described(reader.rank(text)),
                    reader.danger,
                    self._config["danger_in_a_sentence"],
                )
                ranking, second = self._by_parts(text, ranking, reader, self._topics_of(message))
                if second is not None:
                    message.set(SECOND_INTENT, second, add_to_output=True)
                message.set(INTENT, ranking[0], add_to_output=True)
                message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
        return messages

    def rank(self, text: str) -> list[dict[str, Any]]:
        """The likeliest intents of a text, best first, as {"name", "confidence"}."""
        return _described(self._reader().rank(text))

    def _reader(self) -> Reader:
        if self._cascade is None:
            raise RuntimeError(NOT_TRAINED)
        return self._cascade.reader()

    def _rank_of_known(self, text: str, known: str) -> Ranking:
        """An example's own intent, and what else it is like; danger only if it is that."""
        others = [one for one in self.rank(text) if one["name"] not in (known, *DANGERS)]
        return [{"name": known, "confidence": 1.0}, *others]

    def _by_parts(
        self, text: str, ranking: Ranking, reader: Reader, topics: frozenset[str]
    ) -> tuple[Ranking, str | None]:
        """The ranking when the message's parts are looked at one by one, and the second topic
        when there are two."""
        whole, second = ranking[0]["name"], None
        found = question_behind_courtesy(text, whole, reader.likeliest, topics, self._greetings)
        if found is None and (
            two := two_topics(text, whole, reader.guess, reader.likeliest, topics)
        ):
            found, second = two
        turned_to = topic_turned_to(text, whole, reader.likeliest, topics, self._contrasts)
        if turned_to is not None and found is not None and turned_to[0] == second:
            found, second = turned_to, found[0]  # what it turns to is answered first
        found = found or turned_to
        if found is None:
            return ranking, None
        first, confidence = found
        # The whole's courtesy is surer than the question behind it, and would look like a doubt.
        passed_over = {first, second, *({whole} & COURTESIES)}
        others = [one for one in ranking if one["name"] not in passed_over]
        return [{"name": first, "confidence": confidence}, *others], second

    def _topics_of(self, message: Message) -> frozenset[str]:
        """What the message may ask beside something else."""
        entities: list[dict[str, Any]] = message.get(ENTITIES) or []
        elsewhere = any(found["entity"] == OTHER_SERVICE for found in entities)
        # Small talk is no question of its own; what has a place to turn to is one.
        return self._topics | {OUT_OF_SCOPE} if elsewhere else self._topics

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **_: Any,
    ) -> NgramIntentClassifier:
        """The classifier as it was trained.

        Raises ValueError when the model holds no classifier (Rasa's own would go on untrained).
        """
        classifier = cls(config, model_storage, resource)
        weights = {
            "word_weight": float(config["word_weight"]),
            "vector_weight": float(config["vector_weight"]),
        }
        with model_storage.read_from(resource) as folder:
            classifier._use(TrainedParts.read(folder, **weights))
        return classifier


def _described(ranked: list[tuple[str, float]]) -> Ranking:
    return [{"name": name, "confidence": sure} for name, sure in ranked[:RANKING_LENGTH]]


def _show_progress(done: int, of: int) -> None:
    if sys.stderr.isatty() or done == of or done % 1000 == 0:
        print(f"\r  sentence vectors: {done} of {of}", end="", file=sys.stderr, flush=True)
    if done == of:
        print(file=sys.stderr)
