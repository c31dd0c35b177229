"""The dashboard and the alert rules ask for what a running server gives."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
import yaml

from tests.observability.promql import ADDED, Asked, labels_shown, read
from tests.observability.watched import Watched
from videohjelp.settings import ROOT

PROMETHEUS = ROOT / "deploy" / "prometheus"
ALERTS = PROMETHEUS / "alerts.yml"
DASHBOARD = ROOT / "deploy" / "grafana" / "dashboard.json"
#: What Prometheus itself writes of a target.
OF_PROMETHEUS = frozenset({"up"})
#: Labels whose values a running server must have given; others grow with the traffic.
FIXED = ("outcome", "stage", "channel", "state", "by", "deletion", "queue", "generation")
DURATION = re.compile(r"[0-9]+(s|m|h|d)")


def alerts() -> list[dict[str, Any]]:
    """All alert rules."""
    groups = yaml.safe_load(ALERTS.read_text(encoding="utf-8"))["groups"]
    return [rule for group in groups for rule in group["rules"]]


def panels() -> list[dict[str, Any]]:
    """All panels of the dashboard, rows too."""
    found: list[dict[str, Any]] = json.loads(DASHBOARD.read_text(encoding="utf-8"))["panels"]
    return found


def queries() -> Iterator[tuple[str, str, str]]:
    """Name, expression, and legend or annotations, of every alert and panel."""
    for rule in alerts():
        yield rule["alert"], rule["expr"], " ".join(rule["annotations"].values())
    for panel in panels():
        for target in panel.get("targets", []):
            yield panel["title"], target["expr"], target["legendFormat"]


QUERIES = list(queries())
RULES = alerts()
NAMES = [rule["alert"] for rule in RULES]


@pytest.mark.parametrize(("name", "expression", "shown"), QUERIES)
def test_what_is_asked_for_exists(watched: Watched, name: str, expression: str, shown: str) -> None:
    asked = read(expression)
    assert asked.selectors
    samples = watched.samples()
    given: set[str] = set(ADDED)
    for selector in asked.selectors:
        if selector.name in OF_PROMETHEUS:
            continue
        assert selector.name in samples, f"there is no {selector.name}"
        labels = {label for one in samples[selector.name] for label in one}
        given |= labels
        assert set(selector.labels) <= labels | ADDED, f"{selector.name}{selector.labels}"
        if "topic" not in labels:  # which of them there are grows with the traffic
            _values_exist(selector.labels, samples[selector.name])
    assert asked.kept <= given
    assert labels_shown(shown) <= (asked.kept or given), "a label that the query does not keep"


def _values_exist(labels: dict[str, tuple[str, str]], samples: list[dict[str, str]]) -> None:
    for label in labels.keys() & set(FIXED):
        operator, wanted = labels[label]
        values = {one[label] for one in samples if label in one}
        named = wanted.split("|") if "Re" in operator else [wanted]
        assert set(named) <= values, f"{label}: {named} of {values}"


@pytest.mark.parametrize(
    "expression", ["sum by (x) (rate(a_total{b=~'c'}[5m]))", "a_total / on (x) b_total > 1"]
)
def test_the_reader_finds_every_selector_and_group(expression: str) -> None:
    asked: Asked = read(expression)
    assert "a_total" in {one.name for one in asked.selectors}
    if "sum" in expression:
        assert asked.kept == {"x"}
        assert asked.selectors[0].labels["b"][1] == "c"


def test_what_is_no_promql_is_refused() -> None:
    with pytest.raises(ValueError, match="parenthes"):
        read("sum(rate(a[5m])")


@pytest.mark.parametrize("rule", RULES, ids=NAMES)
def test_an_alert_says_what_it_means_and_what_to_do(rule: dict[str, Any]) -> None:
    assert set(rule) <= {"alert", "expr", "for", "labels", "annotations"}
    assert re.fullmatch(r"Videohjelp[A-Z][A-Za-z]+", rule["alert"])
    assert rule["labels"]["severity"] in ("page", "ticket")
    assert DURATION.fullmatch(rule.get("for", "0s"))
    said = rule["annotations"]
    assert set(said) == {"summary", "description", "runbook_url"}
    assert len(said["description"]) > 50
    anchor = f"docs/operations.md#{rule['alert'].lower()}"
    assert said["runbook_url"] == anchor


def test_the_runbook_has_a_section_for_each_alert_and_no_other() -> None:
    text = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    runbook = text.partition("## Runbook")[2]
    sections = re.findall(r"^### (\S+)$", runbook, re.MULTILINE)
    assert sections == NAMES
    assert len(set(NAMES)) == len(NAMES)


def test_the_example_reads_the_rules_and_names_the_job_that_they_ask_for() -> None:
    example = yaml.safe_load((PROMETHEUS / "prometheus.yml").read_text(encoding="utf-8"))
    assert example["rule_files"] == [ALERTS.name]
    (job,) = example["scrape_configs"]
    asked = {
        selector.labels["job"][1]
        for _, expression, _ in QUERIES
        for selector in read(expression).selectors
        if "job" in selector.labels
    }
    assert asked == {job["job_name"]}


def test_the_dashboard_can_be_imported() -> None:
    dashboard = json.loads(DASHBOARD.read_text(encoding="utf-8"))
    ids = [panel["id"] for panel in dashboard["panels"]]
    assert len(set(ids)) == len(ids)
    assert [panel["title"] for panel in dashboard["panels"] if panel["type"] == "row"] == [
        "Traffic and outcome",
        "Understanding",
        "Safety",
        "Latency",
        "SMS",
        "Hand-off",
        "Resources",
    ]
    variables = {one["name"] for one in dashboard["templating"]["list"]}
    used = set(re.findall(r"\$\{?([a-z]+)", json.dumps(dashboard)))
    assert used <= variables | {"labels"}
    for panel in dashboard["panels"]:
        place = panel["gridPos"]
        assert place["x"] + place["w"] <= 24
        assert panel["type"] == "row" or panel["description"]
