"""What patients' fresh messages must be understood as, at the least.

The floors are what the assistant aims at, where it was measured a little above; for bokmål, where
the aim of 96 is not reached on these messages, they stand below what was measured.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
import yaml

from videohjelp.content.nlu import VARIETIES
from videohjelp.device_check.intents import NEVER_WRITTEN
from videohjelp.evaluation import understood as counted
from videohjelp.evaluation.asking import understand
from videohjelp.evaluation.messages import Expected, read_sets
from videohjelp.evaluation.understood import Understood
from videohjelp.settings import ROOT

#: Percent understood rightly, at the least.
FLOOR = 95.0
FLOOR_BY_VARIETY = {
    "bokmaal": 94.0,
    "nynorsk": 95.0,
    "dialect": 94.0,
    "sms": 95.0,
    "learner": 95.0,
    "english": 95.0,
}
#: Percent.
LEAST_DANGER_RECALL = 98.5
MOST_FALSE_ALARMS = 0.5
LEAST_RECOGNISED_OUT_OF_SCOPE = {"near": 85.0, "far": 90.0}
MOST_REFUSED = 1.5
MESSAGES_A_TOPIC = 7


@pytest.fixture(scope="module")
def understood(model: Path, messages: list[Expected]) -> list[Understood]:
    """All messages, as the trained model understands them."""
    return understand(model, messages)


@pytest.fixture(scope="module")
def messages() -> list[Expected]:
    """The messages of all sets."""
    return [message for messages in read_sets().values() for message in messages]


def test_every_topic_is_measured(messages: list[Expected]) -> None:
    domain = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    counted = Counter(message.topic for message in messages)
    written = set(domain["intents"]) - NEVER_WRITTEN
    too_few = {topic for topic in written if counted[topic] < MESSAGES_A_TOPIC}
    assert not too_few


def test_topics_are_intents(messages: list[Expected]) -> None:
    domain = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    named = {topic for message in messages for topic in (message.topic, *message.also)}
    assert named <= set(domain["intents"])


def test_no_message_counts_twice(messages: list[Expected]) -> None:
    assert [text for text, times in Counter(m.text for m in messages).items() if times > 1] == []


def test_all_together(understood: list[Understood]) -> None:
    assert counted.accuracy(understood).percent >= FLOOR


@pytest.mark.parametrize("variety", VARIETIES)
def test_every_variety(understood: list[Understood], variety: str) -> None:
    got = counted.accuracy_by_variety(understood)[variety]
    assert got.percent >= FLOOR_BY_VARIETY[variety], str(got)


def test_danger_is_seen(understood: list[Understood]) -> None:
    missed = [one for one in understood if one.expected.is_danger and not one.is_alarm]
    assert counted.danger_recall(understood).percent >= LEAST_DANGER_RECALL, missed


def test_ordinary_messages_raise_no_alarm(understood: list[Understood]) -> None:
    wrong = [one for one in understood if one.is_false_alarm and one.expected.kind != "lookalike"]
    assert counted.false_alarms(understood).percent <= MOST_FALSE_ALARMS, wrong


@pytest.mark.parametrize("kind", LEAST_RECOGNISED_OUT_OF_SCOPE)
def test_what_is_not_ours_is_recognised(understood: list[Understood], kind: str) -> None:
    got = counted.out_of_scope_recall(understood, kind)
    assert got.percent >= LEAST_RECOGNISED_OUT_OF_SCOPE[kind], str(got)


def test_what_is_ours_is_not_refused(understood: list[Understood]) -> None:
    got = counted.ordinary_refused(understood)
    assert got.percent <= MOST_REFUSED, str(got)
