"""What a PromQL expression asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import promql_parser

#: Grafana's own variables, as an interval that Prometheus reads.
_VARIABLES = {"$__rate_interval": "5m", "$__interval": "1m", "$__range": "1h"}
#: What Prometheus adds to each series of a target, and to buckets.
ADDED = frozenset({"instance", "job"})
_LEGEND = re.compile(r"{{\s*(?:\$labels\.)?([a-z_]+)\s*}}")


@dataclass(frozen=True)
class Selector:
    """A series that is asked for: its name, and label -> (operator, value)."""

    name: str
    labels: dict[str, tuple[str, str]]


@dataclass(frozen=True)
class Asked:
    """All that an expression asks for. kept: the labels it groups by."""

    selectors: tuple[Selector, ...]
    kept: frozenset[str]


def read(expression: str) -> Asked:
    """Reads an expression, of an alert or of a panel. Raises ValueError when it is no PromQL."""
    for variable, interval in _VARIABLES.items():
        expression = expression.replace(variable, interval)
    nodes = list(_nodes(promql_parser.parse(expression)))
    selectors = tuple(_selector(node) for node in nodes if hasattr(node, "matchers"))
    kept = {label for node in nodes for label in _grouped(node)}
    return Asked(selectors, frozenset(kept))


def labels_shown(text: str) -> set[str]:
    """The labels in a legend or an annotation."""
    return set(_LEGEND.findall(text))


def _nodes(node: Any) -> Iterator[Any]:
    yield node
    for name in ("lhs", "rhs", "expr", "param", "vector_selector", "args"):
        below = getattr(node, name, None)
        for one in below if isinstance(below, list) else [below]:
            if one is not None:
                yield from _nodes(one)


def _grouped(node: Any) -> list[str]:
    if not isinstance(node, promql_parser.AggregateExpr) or node.modifier is None:
        return []
    return list(node.modifier.labels)


def _selector(node: Any) -> Selector:
    matchers = node.matchers.matchers
    return Selector(node.name, {one.name: (str(one.op), one.value) for one in matchers})
