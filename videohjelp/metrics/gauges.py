"""The kind of figure that all collectors here give."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from prometheus_client.core import GaugeMetricFamily

PREFIX = "videohjelp"


def gauge(name: str, meaning: str, value: float) -> GaugeMetricFamily:
    """One figure. name: without the prefix. meaning: one sentence, shown with it."""
    return GaugeMetricFamily(f"{PREFIX}_{name}", meaning, value=value)


def gauge_by(
    name: str, meaning: str, label: str, values: Mapping[str, float], always: Iterable[str]
) -> GaugeMetricFamily:
    """A figure for each value of a label.

    always: the label's values that are given as 0 when there are none, so that an alarm on them
    can be written before they happen.
    """
    family = GaugeMetricFamily(f"{PREFIX}_{name}", meaning, labels=[label])
    for state, value in {**dict.fromkeys(always, 0), **values}.items():
        family.add_metric([state], value)
    return family
