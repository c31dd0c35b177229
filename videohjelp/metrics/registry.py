"""Puts the collectors together, and writes what they find."""

from __future__ import annotations

from collections.abc import Iterable

from prometheus_client import CollectorRegistry, GCCollector, ProcessCollector
from prometheus_client.exposition import choose_encoder
from prometheus_client.registry import Collector


def make_registry(collectors: Iterable[Collector]) -> CollectorRegistry:
    """The collectors, and beside them memory, CPU time, open files and garbage
    collections of this process."""
    registry = CollectorRegistry()
    ProcessCollector(registry=registry)
    GCCollector(registry)
    for collector in collectors:
        registry.register(collector)
    return registry


def written(registry: CollectorRegistry, accept: str) -> tuple[bytes, str]:
    """All figures as they are now, and their content type, in the format that `accept` asks for.

    accept: the request's Accept header, "" without one. Raises what the collectors raise.
    """
    encode, content_type = choose_encoder(accept)
    return encode(registry), content_type
