"""The manifests for Kubernetes: of its schemas, safe, and about this server."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.deploy.cluster import OVERLAYS, Cluster, Manifest, build, written
from tests.deploy.secrets_made import check_as_production, make_secrets, with_files
from tests.deploy.tools import in_code, npm_package, run, run_python_tool
from tests.security.test_routes import ALLOWED
from videohjelp.settings import ROOT

#: It carries Kubernetes' own schemas.
VALIDATE = ("kubernetes-validate==1.37.0", "kubernetes-validate")
#: The oldest version that is still looked after somewhere, and the newest that the tool knows.
VERSIONS = ("1.30.0", "1.37.0")
OPERATOR = ("@kubernetes-models/prometheus-operator", "6.0.0")
#: Reached by programs, never by the public.
NOT_PUBLIC = ("/metrics", "/health", "/staff")
#: Kubernetes' "restricted" standard, besides what every container says itself.
RESTRICTED_POD = {"runAsNonRoot": True, "seccompProfile": {"type": "RuntimeDefault"}}
RESTRICTED = {
    "allowPrivilegeEscalation": False,
    "readOnlyRootFilesystem": True,
    "capabilities": {"drop": ["ALL"]},
}


@pytest.fixture(scope="module", params=OVERLAYS)
def cluster(request: pytest.FixtureRequest) -> Cluster:
    """Each overlay in turn, built once."""
    return build(request.param)


@pytest.mark.parametrize("version", VERSIONS)
def test_they_are_of_kubernetes_schemas(version: str, tmp_path: Path) -> None:
    clusters = [build(name) for name in OVERLAYS]
    files = [written(one, tmp_path) for one in clusters]
    said = run_python_tool(*VALIDATE, "--strict", "-k", version, *files)
    monitors = sum(len(one.all_of("ServiceMonitor")) for one in clusters)
    passed = re.findall(r"^INFO .* passed ", said, re.MULTILINE)
    assert len(passed) == sum(len(one.manifests) for one in clusters) - monitors, said
    assert said.count("Couldn't find schema") == monitors


def test_the_service_monitor_is_of_its_schema(tmp_path: Path) -> None:
    region = build("region")
    monitor = region.one("ServiceMonitor")
    program = Path(__file__).parent / "service_monitor.cjs"
    run("node", program, npm_package(*OPERATOR), json.dumps(monitor))
    (endpoint,) = monitor["spec"]["endpoints"]
    service = region.one("Service")
    assert endpoint["port"] == service["spec"]["ports"][0]["name"]
    assert f"GET {endpoint['path']}" in ALLOWED
    assert (
        monitor["spec"]["selector"]["matchLabels"].items() <= service["metadata"]["labels"].items()
    )
    key = endpoint["authorization"]["credentials"]["key"]
    assert region.settings()["VIDEOHJELP_METRICS_TOKEN_FILE"].endswith(f"/{key}")


def test_production_finds_no_fault_in_the_environment(cluster: Cluster, tmp_path: Path) -> None:
    environment = cluster.settings()
    mounted = {one["name"]: one["mountPath"] for one in cluster.server()["volumeMounts"]}
    for name, value in environment.items():
        if name.endswith("_FILE"):
            assert str(Path(value).parent) == mounted["secrets"]
    said = check_as_production(with_files(environment, make_secrets(tmp_path)))
    assert "Nothing stands in the way of production." in said
    assert "is no setting" not in said


def test_no_secret_is_among_the_manifests(cluster: Cluster) -> None:
    assert cluster.all_of("Secret") == []
    for pod in cluster.pods().values():
        (secrets,) = [one["secret"] for one in pod["volumes"] if "secret" in one]
        assert secrets["secretName"] == "videohjelp"
        assert secrets["defaultMode"] == 0o440


def test_every_pod_is_restricted_and_bounded(cluster: Cluster) -> None:
    (namespace,) = cluster.all_of("Namespace")
    assert namespace["metadata"]["labels"]["pod-security.kubernetes.io/enforce"] == "restricted"
    for pod in cluster.pods().values():
        assert RESTRICTED_POD.items() <= pod["securityContext"].items()
        assert pod["securityContext"]["runAsUser"] == 10001, "the image's"
        assert pod["automountServiceAccountToken"] is False
        # Else VIDEOHJELP_PORT is "tcp://…": the service has the settings' prefix as its name.
        assert pod["enableServiceLinks"] is False
        writable = [one["name"] for one in pod["volumes"] if "secret" not in one]
        assert writable == ["var"]
        for container in (*pod["containers"], *pod.get("initContainers", [])):
            assert container["securityContext"] == RESTRICTED
            assert set(container["resources"]["requests"]) == {"cpu", "memory"}
            assert "memory" in container["resources"]["limits"]
            assert container["image"] == "registry.example.no/videohjelp:1.0.0"


def test_probes_ask_for_what_there_is(cluster: Cluster) -> None:
    server = cluster.server()
    (port,) = server["ports"]
    assert str(port["containerPort"]) == cluster.settings()["VIDEOHJELP_PORT"]
    paths = {}
    for kind in ("startupProbe", "livenessProbe", "readinessProbe"):
        asked = server[kind]["httpGet"]
        assert f"GET {asked['path']}" in ALLOWED
        assert asked["port"] == port["name"]
        paths[kind] = asked["path"]
    assert paths["livenessProbe"] == paths["startupProbe"] == "/health/live"
    assert paths["readinessProbe"] == "/health/ready"


def test_the_end_is_given_the_time_that_it_takes(cluster: Cluster) -> None:
    drain = float(cluster.settings()["VIDEOHJELP_DRAIN_SECONDS"])
    ready = cluster.server()["readinessProbe"]
    assert ready["timeoutSeconds"] > float(in_code("health.py", r"^PATIENCE = ([0-9.]+)"))
    assert drain > ready["periodSeconds"] * ready["failureThreshold"], "docs/operations.md, Health"
    graceful = int(in_code("app.py", r"GRACEFUL_SHUTDOWN_TIMEOUT = ([0-9]+)"))
    assert cluster.pods()["server"]["terminationGracePeriodSeconds"] >= drain + graceful + 10


def test_memory_is_what_was_measured(cluster: Cluster) -> None:
    rollout = (ROOT / "docs" / "rollout.md").read_text(encoding="utf-8")
    (most,) = re.findall(r"([0-9]+) MB at most", rollout)
    resources = cluster.server()["resources"]
    assert _mebibytes(resources["requests"]["memory"]) * 1.05 > float(most)
    assert _mebibytes(resources["limits"]["memory"]) > 1.4 * float(most)


def test_service_budget_and_spread_are_about_the_servers(cluster: Cluster) -> None:
    deployment = cluster.one("Deployment")
    labels = deployment["spec"]["template"]["metadata"]["labels"]
    selector = cluster.one("Service")["spec"]["selector"]
    job = cluster.one("Job", "videohjelp-migration")["spec"]["template"]["metadata"]["labels"]
    assert selector.items() <= labels.items()
    assert not selector.items() <= job.items(), "patients are not sent to the migration"
    assert cluster.one("PodDisruptionBudget")["spec"]["selector"]["matchLabels"] == selector
    spread = cluster.pods()["server"]["topologySpreadConstraints"]
    assert [one["topologyKey"] for one in spread] == [
        "kubernetes.io/hostname",
        "topology.kubernetes.io/zone",
    ]
    assert all(one["labelSelector"]["matchLabels"] == selector for one in spread)
    scaling = cluster.one("HorizontalPodAutoscaler")["spec"]
    assert scaling["scaleTargetRef"]["name"] == deployment["metadata"]["name"]
    assert scaling["minReplicas"] >= 2, "one may go"
    assert "replicas" not in deployment["spec"], "the autoscaler says how many"


def test_the_tables_are_changed_before_a_server_starts(cluster: Cluster) -> None:
    assert cluster.settings()["VIDEOHJELP_DATABASE_MIGRATE"] == "false"
    (migration,) = cluster.pods()["migration"]["containers"]
    assert migration["args"] == ["database", "upgrade"]
    assert "command" not in migration, "the image's"
    (waits,) = cluster.pods()["server"]["initContainers"]
    assert "python -m videohjelp database status" in waits["args"][0]
    assert waits["envFrom"] == cluster.server()["envFrom"]


def test_nothing_goes_anywhere_unless_it_is_said(cluster: Cluster) -> None:
    arriving, leaving = cluster.policies("Ingress"), cluster.policies("Egress")
    for policies in (arriving, leaving):
        assert policies["default-deny"]["podSelector"] == {}
        assert not {"ingress", "egress"} & set(policies["default-deny"])
    assert set(arriving) == {"default-deny", "allow-to-servers"}
    (rule,) = arriving["allow-to-servers"]["ingress"]
    spaces = [
        one["namespaceSelector"]["matchLabels"]["kubernetes.io/metadata.name"]
        for one in rule["from"]
    ]
    assert spaces == ["ingress-nginx", "monitoring"]
    assert [str(one["port"]) for one in rule["ports"]] == [cluster.settings()["VIDEOHJELP_PORT"]]
    allowed = {name: _ports(one) for name, one in leaving.items() if name != "default-deny"}
    expected = {"allow-dns": [53, 53], "allow-database": [5432], "allow-redis": [6379]}
    if cluster.name == "region":
        expected |= {"allow-handoff": [443], "allow-sms-provider": [443]}
    assert allowed == expected
    database = leaving["allow-database"]["podSelector"]["matchLabels"]
    for workload in ("Deployment", "Job"):
        (one,) = cluster.all_of(workload)
        assert database.items() <= one["spec"]["template"]["metadata"]["labels"].items()


def test_the_public_reaches_every_address_of_patients_and_no_other(cluster: Cluster) -> None:
    public = cluster.one("Ingress")["spec"]["rules"][0]["http"]["paths"]
    addresses = {route.split()[1] for route in ALLOWED}
    for address in addresses:
        wanted = not address.startswith(NOT_PUBLIC)
        assert any(_leads(rule, address) for rule in public) == wanted, address
    if cluster.name == "region":
        staff = cluster.one("Ingress", "videohjelp-staff")
        (rule,) = staff["spec"]["rules"][0]["http"]["paths"]
        assert all(_leads(rule, one) for one in addresses if one.startswith("/staff"))
        assert (
            "nginx.ingress.kubernetes.io/whitelist-source-range" in staff["metadata"]["annotations"]
        )
        assert cluster.settings()["VIDEOHJELP_STAFF_CONSOLE"] == "true"
    for ingress in cluster.all_of("Ingress"):
        (host,) = [rule["host"] for rule in ingress["spec"]["rules"]]
        assert ingress["spec"]["tls"] == [{"hosts": [host], "secretName": "videohjelp-tls"}]


def test_postgresqls_connections_stay_bounded() -> None:
    region = build("region")
    most = region.one("HorizontalPodAutoscaler")["spec"]["maxReplicas"]
    pool = int(region.settings()["VIDEOHJELP_DATABASE_POOL_SIZE"])
    text = (ROOT / "deploy/kubernetes/overlays/region/kustomization.yaml").read_text("utf-8")
    assert f"{most * 3 * 2 * pool} of PostgreSQL's" in text


def _leads(rule: Manifest, address: str) -> bool:
    """Whether an Ingress rule takes an address (Kubernetes, Ingress, path types)."""
    path = rule["path"]
    if rule["pathType"] == "Exact":
        return bool(address == path)
    return address == path or address.startswith(f"{path}/")


def _ports(policy: Manifest) -> list[int]:
    (rule,) = policy["egress"]
    assert rule["to"], "somewhere, not anywhere"
    return [one["port"] for one in rule["ports"]]


def _mebibytes(quantity: str) -> float:
    return {"Mi": 1, "Gi": 1024}[quantity[-2:]] * float(quantity[:-2])
