"""Reads a model's file for answering: as Rasa does, but its domain only once.

Rasa reads the domain twice: from the model's metadata (JSON), and as the graph's first component
from YAML, which takes 22 of 25 CPU seconds. Both are written from the same domain when the model
is trained; here the graph gets the first. It uses Rasa's graph interface and replaces nothing.
"""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelMetadata, ModelStorage
from rasa.graph_components.providers.domain_provider import DomainProvider

from videohjelp.server.measuring import MeasuredProcessor
from videohjelp.server.quiet_processor import QuietProcessor


class DomainOfMetadata(DomainProvider):
    """Provides the domain that stands in its configuration."""

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **_: Any,
    ) -> DomainOfMetadata:
        """Rasa's call when the graph is made."""
        return cls(model_storage, resource, config["domain"])


class QuickProcessor(MeasuredProcessor, QuietProcessor):
    """Rasa's processor of messages; what differs is how the model's file is read."""

    @staticmethod
    def _load_model(model_path: str | Path) -> tuple[str, ModelMetadata, DaskGraphRunner]:
        path = Path(model_path)
        with tempfile.TemporaryDirectory(prefix="model-") as folder:
            storage, metadata = LocalModelStorage.from_model_archive(Path(folder), path)
            schema = _with_domain(metadata)
            context = ExecutionContext(graph_schema=schema, model_id=metadata.model_id)
            runner = DaskGraphRunner.create(schema, storage, context)
        return path.name, metadata, runner


def _with_domain(metadata: ModelMetadata) -> GraphSchema:
    nodes = {
        name: replace(node, uses=DomainOfMetadata, config={"domain": metadata.domain})
        if node.uses is DomainProvider
        else node
        for name, node in metadata.predict_schema.nodes.items()
    }
    return GraphSchema(nodes)
