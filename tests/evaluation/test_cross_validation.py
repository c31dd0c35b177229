"""The configured components are trained and asked, fold by fold."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from videohjelp.evaluation.chain import CLASSIFIER, DANGER, Chain, ask, configured, setting
from videohjelp.evaluation.comparable import Example, Prediction
from videohjelp.evaluation.cross_validation import (
    CASCADE,
    IN_USE,
    NGRAMS,
    SUSPICIONS,
    VECTORS,
    HeldOut,
    ask_all,
    held_out,
    in_order,
)
from videohjelp.evaluation.examples import read_examples

TOPICS = ("no_sound", "payment", "greet", "medical_emergency", "mental_health_crisis")
OF_EACH = 24
UNSEEN = (
    Example("hva må jeg betale for timen", "payment", "bokmaal"),
    Example("det kommer ikke noe lyd fra legen", "no_sound", "bokmaal"),
    Example("min mann puster ikke, hva gjør jeg", "medical_emergency", "bokmaal"),
)


@pytest.fixture(scope="module")
def examples() -> list[Example]:
    """The first few of some topics."""
    found: list[Example] = []
    everything = read_examples()
    for topic in TOPICS:
        found += [one for one in everything if one.intent == topic][:OF_EACH]
    return found


@pytest.fixture(scope="module")
def trained(examples: list[Example], tmp_path_factory: pytest.TempPathFactory) -> Chain:
    """config.yml's components, trained on them."""
    chain = Chain(tuple(configured()), tmp_path_factory.mktemp("chain"))
    chain.train(examples)
    return chain


@pytest.fixture(scope="module")
def results(trained: Chain) -> list[HeldOut]:
    """What the trained components take unseen messages for."""
    return ask_all(trained, UNSEEN)


def test_every_step_answers(results: list[HeldOut]) -> None:
    for result in results:
        assert set(result.by_stage) == {NGRAMS, VECTORS, CASCADE, IN_USE}
        assert result.by_stage[IN_USE].intent == result.example.intent


def test_the_cascade_is_one_of_its_steps(results: list[HeldOut]) -> None:
    for result in results:
        step = VECTORS if result.needs_vectors else NGRAMS
        assert result.by_stage[CASCADE] == result.by_stage[step]


def test_the_cascade_keeps_to_the_configured_border(results: list[HeldOut]) -> None:
    border = setting(configured(), CLASSIFIER, "sure_above")
    for result in results:
        assert result.needs_vectors == (result.by_stage[NGRAMS].confidence < border)


def test_rules_alarm_whatever_the_suspicion(results: list[HeldOut]) -> None:
    danger = results[-1].danger
    assert danger.by_rule
    assert all(danger.together)
    assert not results[0].danger.by_rule
    assert len(danger.together) == len(SUSPICIONS)


def test_the_danger_layer_sees_what_the_classifier_took_it_for(trained: Chain) -> None:
    suspected = Prediction("payment", 0.6, (("payment", 0.6), ("mental_health_crisis", 0.4)))
    layer = trained.only(DANGER, {"suspicion": 0.3})
    assert ask(layer, "jeg vet ikke helt", suspected).intent == "mental_health_crisis"
    layer = trained.only(DANGER, {"suspicion": 0.5})
    assert ask(layer, "jeg vet ikke helt", suspected).intent == "payment"


def test_a_component_that_is_not_there(trained: Chain) -> None:
    with pytest.raises(KeyError, match="DIETClassifier is not in the pipeline"):
        trained.only("DIETClassifier")
    with pytest.raises(KeyError, match="DIETClassifier"):
        setting(configured(), "DIETClassifier", "epochs")


def test_examples_are_judged_by_models_that_have_not_seen_them(examples: list[Example]) -> None:
    # Were they seen, these words, which stand nowhere else, would betray their wrong label.
    strange = [Example(f"hva koster zyxqwv {n}", "greet", "bokmaal") for n in range(6)]
    everything = [*examples, *strange]
    place = np.arange(len(everything))
    odd = (place % 2 == 1) & (place < len(examples))
    folds = [
        (place[: len(examples)][~odd[: len(examples)]], place[odd | (place >= len(examples))]),
        (place[odd], place[~odd & (place < len(examples))]),
    ]
    components = [{**one, "vectors": False} for one in configured()]

    done = in_order(held_out(everything, folds, components))

    assert [one.example for one in done] == everything
    assert {one.by_stage[CASCADE].intent for one in done[len(examples) :]} == {"payment"}
    assert {one.fold for one in done} == {0, 1}


def test_models_stay_in_their_folder(tmp_path: Path, examples: list[Example]) -> None:
    components = tuple({**one, "vectors": False} for one in configured())
    Chain(components, tmp_path).train(examples)
    assert any(tmp_path.iterdir())
