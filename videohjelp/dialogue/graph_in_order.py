"""Runs the graph of a trained model node after node.

Rasa gives the graph to dask, which plans it anew for each of some four runs a message: a tenth of
a message's cost. The order does not change, so it is planned once.
"""

from __future__ import annotations

from graphlib import TopologicalSorter
from typing import Any

from rasa.engine.exceptions import GraphRunError
from rasa.engine.graph import ExecutionContext, GraphNode, GraphNodeHook, GraphSchema
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.engine.runner.interface import GraphRunner
from rasa.engine.storage.storage import ModelStorage


class GraphInOrder(GraphRunner):
    """A graph runner (Rasa's interface) over the nodes of one that has loaded them."""

    def __init__(self, loaded: DaskGraphRunner) -> None:
        """loaded: Rasa's own runner; its nodes and their components are used as they are."""
        self._schema: GraphSchema = loaded._graph_schema
        self._nodes: dict[str, GraphNode] = loaded._instantiated_nodes
        self._plans: dict[tuple[str, ...], list[tuple[str, tuple[str, ...]]]] = {}

    @classmethod
    def create(
        cls,
        graph_schema: GraphSchema,
        model_storage: ModelStorage,
        execution_context: ExecutionContext,
        hooks: list[GraphNodeHook] | None = None,
    ) -> GraphInOrder:
        """Loads the nodes as Rasa does (see GraphRunner)."""
        return cls(DaskGraphRunner(graph_schema, model_storage, execution_context, hooks))

    @property
    def _instantiated_nodes(self) -> dict[str, GraphNode]:
        """The nodes, by the name that Rasa's own runner gives them."""
        return self._nodes

    def run(
        self, inputs: dict[str, Any] | None = None, targets: list[str] | None = None
    ) -> dict[str, Any]:
        """Runs what the targets need; gives the output of each target (see GraphRunner).

        Raises GraphRunError where a node fails with a RuntimeError, as Rasa's own does.
        """
        wanted = tuple(targets or self._schema.target_names)
        results = dict(inputs or {})
        try:
            for name, needs in self._plan(wanted):
                given = [(need, results[need]) for need in needs if need in results]
                results[name] = self._nodes[name](*given)[1]
        except RuntimeError as error:
            raise GraphRunError("Error running runner.") from error
        return {name: results[name] for name in wanted}

    def _plan(self, targets: tuple[str, ...]) -> list[tuple[str, tuple[str, ...]]]:
        """The nodes in an order in which each comes after those it needs."""
        if targets not in self._plans:
            nodes = self._schema.minimal_graph_schema(list(targets)).nodes
            needs = {name: tuple(node.needs.values()) for name, node in nodes.items()}
            order = TopologicalSorter(needs).static_order()
            self._plans[targets] = [(name, needs[name]) for name in order if name in needs]
        return self._plans[targets]
