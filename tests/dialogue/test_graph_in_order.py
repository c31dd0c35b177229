"""The graph is run as Rasa's own runner runs it."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from rasa.core.channels.channel import UserMessage
from rasa.engine.exceptions import GraphRunError
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.shared.core.trackers import DialogueStateTracker

from tests.assistant import Assistant
from videohjelp.dialogue.graph_in_order import GraphInOrder


@pytest.fixture(scope="module")
def in_order(assistant: Assistant) -> GraphInOrder:
    runner = assistant.agent.processor.graph_runner
    assert isinstance(runner, GraphInOrder)
    return runner


@pytest.fixture(scope="module")
def stock(in_order: GraphInOrder) -> DaskGraphRunner:
    """Rasa's own runner over the same nodes."""
    runner = DaskGraphRunner.__new__(DaskGraphRunner)
    runner._graph_schema = in_order._schema
    runner._instantiated_nodes = in_order._instantiated_nodes
    runner._execution_context = None
    return runner


@pytest.mark.parametrize("text", ["kameraet virker ikke", "eg må avlysa torsdag kl ti", ""])
def test_the_outcome_is_the_same(
    assistant: Assistant, in_order: GraphInOrder, stock: DaskGraphRunner, text: str
) -> None:
    target = assistant.agent.processor.model_metadata.nlu_target
    tracker = DialogueStateTracker("nobody", assistant.agent.domain.slots)

    def understood(runner: Any) -> Any:
        inputs = {"__message__": [UserMessage(text)], "__tracker__": tracker}
        (message,) = runner.run(inputs=copy.deepcopy(inputs), targets=[target])[target]
        return {
            part: message.get(part) for part in ("text", "intent", "intent_ranking", "entities")
        }

    expected = understood(stock)
    assert understood(in_order) == expected
    assert expected["intent"]["name"]


def test_a_node_that_fails_says_so_as_rasas_does(
    in_order: GraphInOrder, monkeypatch: pytest.MonkeyPatch, assistant: Assistant
) -> None:
    target = assistant.agent.processor.model_metadata.nlu_target

    def fail(*_: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setitem(in_order._instantiated_nodes, target, fail)
    with pytest.raises(GraphRunError):
        in_order.run(
            inputs={"__message__": [UserMessage("hei")], "__tracker__": None},
            targets=[target],
        )
