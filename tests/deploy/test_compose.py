"""The Compose file: of the present specification, and a server that production lets start."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.deploy.secrets_made import check_as_production, make_secrets, with_files
from tests.deploy.tools import DEPLOY, npm_package, run
from videohjelp.settings import OWN_MACHINE

FOLDER = DEPLOY / "compose"
COMPOSE = FOLDER / "compose.yml"
#: It carries the Compose specification's own schema, and rules beyond it.
DCLINT = ("dclint", "3.1.0")
_INTERPOLATED = re.compile(r"\$\{([A-Z_]+)(?::[-?]([^}]*))?\}")


def read_compose() -> dict[str, Any]:
    """The file as Compose reads it with example.env as .env."""
    lines = (FOLDER / "example.env").read_text(encoding="utf-8").splitlines()
    given = dict(line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))
    read: dict[str, Any] = _filled_in(yaml.safe_load(COMPOSE.read_text(encoding="utf-8")), given)
    return read


def _filled_in(value: Any, given: dict[str, str]) -> Any:
    """Compose reads the YAML first, and then fills in the variables."""
    if isinstance(value, dict):
        return {key: _filled_in(one, given) for key, one in value.items()}
    if isinstance(value, list):
        return [_filled_in(one, given) for one in value]
    if isinstance(value, str):
        return _INTERPOLATED.sub(lambda found: given.get(found[1], found[2]), value)
    return value


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    """The file, read once."""
    return read_compose()


def test_it_is_of_the_specification() -> None:
    program = npm_package(*DCLINT) / ".bin" / "dclint"
    own = Path(__file__).parent / "dclint.json"
    run(program, "--config", own, "--max-warnings", "0", COMPOSE)


def test_production_finds_no_fault_in_the_servers_environment(
    compose: dict[str, Any], tmp_path: Path
) -> None:
    environment = compose["services"]["server"]["environment"]
    said = check_as_production(with_files(environment, make_secrets(tmp_path)))
    assert "Nothing stands in the way of production." in said
    assert "is no setting" not in said


def test_making_the_secrets_again_changes_none(tmp_path: Path) -> None:
    before = {path.name: path.read_text("utf-8") for path in make_secrets(tmp_path).iterdir()}
    run(FOLDER / "make-secrets.sh", tmp_path)
    after = {path.name: path.read_text("utf-8") for path in tmp_path.iterdir()}
    assert after == before
    assert len(set(before.values())) == len(before)


def test_what_is_mounted_is_there_and_each_secret_is_one_that_is_made(
    compose: dict[str, Any], tmp_path: Path
) -> None:
    made = {path.name for path in make_secrets(tmp_path).iterdir()}
    for name, secret in compose["secrets"].items():
        assert secret == {"file": f"./secrets/{name}"}
        assert name in made
    for service in compose["services"].values():
        for mount in service.get("volumes", []):
            source, target = mount.split(":")[:2]
            if source == "./tls":
                continue  # the operator's
            if source.startswith("."):
                assert (FOLDER / source).exists(), source
                assert mount.endswith(":ro"), mount
            else:
                assert source in compose["volumes"], source
            assert target.startswith("/")
        for secret in service.get("secrets", []):
            assert (secret if isinstance(secret, str) else secret["source"]) in compose["secrets"]


def test_the_secrets_that_a_service_reads_are_given_to_it(compose: dict[str, Any]) -> None:
    for service in compose["services"].values():
        names = {one for one in service.get("secrets", []) if isinstance(one, str)}
        said = [*service.get("environment", {}).values(), *(service.get("command") or [])]
        read = {str(one).removeprefix("/run/secrets/") for one in said if "/run/secrets/" in one}
        assert read == names


def test_every_service_is_hardened_and_bounded(compose: dict[str, Any]) -> None:
    for name, service in compose["services"].items():
        assert service["read_only"], name
        assert service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert set(service["deploy"]["resources"]["limits"]) == {"cpus", "memory"}, name
        assert "privileged" not in service
        assert "healthcheck" in service or name == "server", "the server has its image's"
        if name not in ("proxy", "grafana"):
            assert "ports" not in service, name
    assert all(port.startswith("127.0.0.1:") for port in compose["services"]["grafana"]["ports"])


def test_the_tables_are_changed_before_a_server_starts(compose: dict[str, Any]) -> None:
    server, migrate = compose["services"]["server"], compose["services"]["migrate"]
    assert server["environment"]["VIDEOHJELP_DATABASE_MIGRATE"] == "false"
    assert server["depends_on"]["migrate"] == {"condition": "service_completed_successfully"}
    assert migrate["command"] == ["database", "upgrade"]
    assert migrate["image"] == server["image"]


def test_the_database_is_reached_from_inside_alone(compose: dict[str, Any]) -> None:
    networks = compose["networks"]
    for name in ("database", "redis", "migrate"):
        assert compose["services"][name]["networks"] == ["data"]
    assert networks["data"]["internal"]
    assert networks["front"]["internal"]
    assert "data" not in compose["services"]["proxy"]["networks"]


def test_ports_and_names_agree(compose: dict[str, Any]) -> None:
    server = compose["services"]["server"]["environment"]
    port = server["VIDEOHJELP_PORT"]
    assert server["VIDEOHJELP_HOST"] not in OWN_MACHINE
    upstream = (FOLDER / "nginx" / "upstream.conf").read_text(encoding="utf-8")
    assert f"server server:{port} resolve" in upstream
    prometheus = yaml.safe_load((FOLDER / "prometheus.yml").read_text(encoding="utf-8"))
    (job,) = prometheus["scrape_configs"]
    own = yaml.safe_load((DEPLOY / "prometheus" / "prometheus.yml").read_text(encoding="utf-8"))
    assert job["job_name"] == own["scrape_configs"][0]["job_name"], "what alerts.yml asks for"
    assert job["authorization"] == own["scrape_configs"][0]["authorization"]
    assert job["dns_sd_configs"] == [
        {"names": ["server"], "type": "A", "port": int(port), "refresh_interval": "15s"}
    ]
    assert prometheus["rule_files"] == own["rule_files"]
    (secret,) = compose["services"]["prometheus"]["secrets"]
    assert secret["target"] == job["authorization"]["credentials_file"]


def test_connections_suffice_for_six_servers(compose: dict[str, Any]) -> None:
    (given,) = re.findall(
        r"max_connections=(\d+)", " ".join(compose["services"]["database"]["command"])
    )
    assert int(given) >= 6 * (3 * 2 * 5 + 16), "docs/scaling.md"


def test_grafana_is_given_its_data_and_the_dashboard(compose: dict[str, Any]) -> None:
    folder = DEPLOY / "grafana" / "provisioning"
    (source,) = yaml.safe_load((folder / "datasources" / "prometheus.yml").read_text("utf-8"))[
        "datasources"
    ]
    assert source["url"] == "http://prometheus:9090"
    (provider,) = yaml.safe_load((folder / "dashboards" / "videohjelp.yml").read_text("utf-8"))[
        "providers"
    ]
    mounted = [mount.split(":")[1] for mount in compose["services"]["grafana"]["volumes"]]
    assert f"{provider['options']['path']}/videohjelp.json" in mounted
