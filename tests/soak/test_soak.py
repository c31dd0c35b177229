"""The soak's machinery on a real server for a few seconds; its judgement on made series."""

from __future__ import annotations

import csv
import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.soak.judgement import judge, rise
from tests.soak.load import Load
from tests.soak.log import MESSAGE, TEXT_MESSAGE
from tests.soak.report import report, write_csv, write_graph
from tests.soak.run import soak
from tests.soak.samples import Sample
from tests.soak.systems import one_process

MEGABYTE = 1024**2


def series(change: Callable[[Sample, float], Sample]) -> list[Sample]:
    """Half an hour's samples with the noise of a busy machine. change: gets each, and 0 to 1."""
    chance = random.Random(5)  # noqa: S311 - the same noise each time
    flat = [
        Sample(
            at=10.0 * number,
            messages=50,
            begun=8,
            deleted=1,
            p50=50,
            p95=100,
            p99=200,
            cpu=chance.gauss(60, 6),
            errors=0,
            memory=int(chance.gauss(350, 2) * MEGABYTE),
            mapped=450 * MEGABYTE,
            files=chance.randint(40, 52),
            threads=chance.choice((10, 10, 10, 11)),
            size=number * MEGABYTE,
        )
        for number in range(1, 181)
    ]
    return [change(one, number / len(flat)) for number, one in enumerate(flat)]


def growing(samples: list[Sample]) -> set[str]:
    return {one.what for one in judge(samples) if not one.is_flat}


def test_a_flat_series_is_flat_whatever_happens_at_its_start() -> None:
    assert growing(series(lambda one, _: one)) == set()
    assert growing(series(lambda one, when: one if when > 0.3 else replace(one, memory=1))) == set()


def test_a_planted_leak_is_seen() -> None:
    def leak(one: Sample, when: float) -> Sample:
        return replace(one, memory=one.memory + int(when * 30 * MEGABYTE))

    assert growing(series(leak)) == {"memory"}


def test_a_single_peak_is_no_leak() -> None:
    def peak(one: Sample, when: float) -> Sample:
        return replace(one, memory=one.memory * 2) if when > 0.97 else one

    assert growing(series(peak)) == set()


def test_files_and_threads_that_are_never_given_back_are_seen() -> None:
    def kept(one: Sample, when: float) -> Sample:
        return replace(one, files=one.files + int(20 * when), threads=one.threads + int(5 * when))

    assert growing(series(kept)) == {"open files", "threads"}


def test_messages_that_grow_dearer_are_seen() -> None:
    def dearer(one: Sample, when: float) -> Sample:
        return replace(one, cpu=(one.cpu or 0) * (1 + 3 * when))

    what = "processor time of a message"
    assert growing(series(dearer)) == {f"{what}, p95", what}


def test_a_rise_is_a_ratio() -> None:
    assert rise([0, 1, 2, 3], [10, 11, 12, 13]) == pytest.approx(1.3)
    with pytest.raises(ValueError, match="no ratio"):
        rise([0, 1, 2], [0, 0, 0])
    with pytest.raises(ValueError, match="nine at least"):
        judge(series(lambda one, _: one)[:8])


async def test_a_short_soak_of_a_real_server(model: Path, tmp_path: Path) -> None:
    heard: list[Sample] = []
    with one_process(tmp_path) as system:
        # With this seed the first patient writes a text message, and all languages are spoken.
        soaked = await soak(system, Load(patients=6, rate=8, seed=14), 15, 3, heard.append)
    assert soaked.log.errors == []
    assert heard == soaked.samples
    done = soaked.log.done
    assert {MESSAGE, TEXT_MESSAGE, "start", "/metrics", "/health/ready"} <= set(done)
    assert any(kind.startswith("staff /") for kind in done)
    assert soaked.messages <= done[MESSAGE] + done[TEXT_MESSAGE]
    assert 0 < soaked.kept <= soaked.begun
    one = soaked.samples[-1]
    assert one.cpu is None or one.cpu > 0
    assert MEGABYTE < one.memory < one.mapped
    assert one.files > 5
    assert one.threads > 1
    assert soaked.after.rows["conversation_events"] > soaked.before.rows["conversation_events"]
    assert one.size <= soaked.after.size
    text = report(soaked, [], "make soak")
    assert "bytes a conversation" in text
    assert "conversation_events" in text
    write_csv(soaked.samples, tmp_path / "samples.csv")
    with (tmp_path / "samples.csv").open(encoding="utf-8") as file:
        assert len(list(csv.DictReader(file))) == len(heard)
    write_graph(soaked.samples, tmp_path / "graph.svg")
    assert "</svg>" in (tmp_path / "graph.svg").read_text(encoding="utf-8")
