"""What an overlay of deploy/kubernetes/ makes, as a cluster would get it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from tests.deploy.tools import DEPLOY, kubectl, run

OVERLAYS = ("hospital", "region")
FOLDER = DEPLOY / "kubernetes"

Manifest = dict[str, Any]


@dataclass(frozen=True)
class Cluster:
    """An overlay, built. text: as Kustomize writes it."""

    name: str
    text: str
    manifests: tuple[Manifest, ...]

    def all_of(self, kind: str) -> list[Manifest]:
        """Everything of a kind."""
        return [one for one in self.manifests if one["kind"] == kind]

    def one(self, kind: str, name: str = "videohjelp") -> Manifest:
        """What has this kind and name."""
        (found,) = [one for one in self.all_of(kind) if one["metadata"]["name"] == name]
        return found

    def pods(self) -> dict[str, Manifest]:
        """The pods' specifications, by component."""
        templates = [
            one["spec"]["template"] for kind in ("Deployment", "Job") for one in self.all_of(kind)
        ]
        label = "app.kubernetes.io/component"
        return {one["metadata"]["labels"][label]: one["spec"] for one in templates}

    def server(self) -> Manifest:
        """The server's container."""
        container: Manifest = self.pods()["server"]["containers"][0]
        return container

    def settings(self) -> dict[str, str]:
        """The variables that a server gets."""
        (kept,) = self.all_of("ConfigMap")
        (source,) = self.server()["envFrom"]
        assert source == {"configMapRef": {"name": kept["metadata"]["name"]}}
        settings: dict[str, str] = kept["data"]
        return settings

    def policies(self, kind: str) -> dict[str, Manifest]:
        """The network policies that allow or forbid in this direction ("Ingress"), by name."""
        policies = self.all_of("NetworkPolicy")
        return {
            one["metadata"]["name"]: one["spec"]
            for one in policies
            if kind in one["spec"]["policyTypes"]
        }


@cache
def build(overlay: str) -> Cluster:
    """Builds an overlay by `kubectl kustomize`, once in a run."""
    text = run(kubectl(), "kustomize", FOLDER / "overlays" / overlay)
    return Cluster(overlay, text, tuple(yaml.safe_load_all(text)))


def written(cluster: Cluster, folder: Path) -> Path:
    """The overlay as a file."""
    path = folder / f"{cluster.name}.yaml"
    path.write_text(cluster.text, encoding="utf-8")
    return path
