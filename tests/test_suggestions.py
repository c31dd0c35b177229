"""Which topics are offered when a message was not understood."""

from __future__ import annotations

import pytest

from videohjelp.settings import ROOT
from videohjelp.suggestions import suggest
from videohjelp.topics import read_topic_titles

TITLES = read_topic_titles(ROOT / "data" / "topics.yml")
LONG = "det er vanskelig å si hva det er"


def test_the_likeliest_topics_in_order_without_what_has_no_title() -> None:
    ranking = [("greet", 0.3), ("payment", 0.2), ("out_of_scope", 0.2), ("recording", 0.1)]
    assert suggest(LONG, ranking, TITLES) == ["payment", "recording"]


def test_three_at_the_most() -> None:
    ranking = [(topic, 0.2) for topic in list(TITLES)[:5]]
    assert suggest(LONG, ranking, TITLES) == list(TITLES)[:3]


@pytest.mark.parametrize(
    ("third", "offered"), [(0.08, 3), (0.07, 2)], ids=["a quarter of the best", "less"]
)
def test_an_improbable_third_is_not_offered(third: float, offered: int) -> None:
    ranking = [("payment", 0.3), ("recording", 0.25), ("no_sound", third)]
    assert len(suggest(LONG, ranking, TITLES)) == offered


def test_nothing_is_offered_where_everything_is_improbable() -> None:
    assert suggest(LONG, [("payment", 0.04), ("recording", 0.04)], TITLES) == []
    assert suggest(LONG, [], TITLES) == []


@pytest.mark.parametrize(
    ("written", "topic"),
    [
        ("kmera", "camera_not_working"),
        ("Kammra??", "camera_not_working"),
        ("jornal", "journal"),
        ("nettlser", "which_browser"),
        ("micropho", "microphone_not_working"),
        ("opptk av", "recording"),
    ],
)
def test_a_short_misspelt_message_is_taken_by_its_word(written: str, topic: str) -> None:
    assert topic in suggest(written, [("payment", 0.2)], TITLES)


def test_the_ranking_orders_the_topics_of_a_misspelt_word() -> None:
    ranking = [("payment", 0.3), ("external_camera", 0.1), ("camera_not_working", 0.05)]
    assert suggest("kmera", ranking, TITLES)[:2] == ["external_camera", "camera_not_working"]


@pytest.mark.parametrize("written", ["ikke", "hvor", "den blå", "ja", "", "1 2 3"])
def test_words_of_many_titles_and_short_ones_name_no_topic(written: str) -> None:
    assert suggest(written, [("payment", 0.2)], TITLES) == ["payment"]


def test_a_long_message_is_left_to_the_classifier() -> None:
    assert suggest("det er noe med kmera", [("payment", 0.2)], TITLES) == ["payment"]
