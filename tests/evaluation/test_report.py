"""The report: what a person reads, and what programs do."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest

from videohjelp.content.nlu import VARIETIES
from videohjelp.evaluation.benchmark import Cell, Comparison, Measured
from videohjelp.evaluation.comparable import Example, Prediction
from videohjelp.evaluation.cross_validation import (
    CASCADE,
    IN_USE,
    NGRAMS,
    SUSPICIONS,
    VECTORS,
    Danger,
    HeldOut,
)
from videohjelp.evaluation.estimates import Estimate
from videohjelp.evaluation.figures import Circumstances, Figures, figures
from videohjelp.evaluation.messages import Expected
from videohjelp.evaluation.metrics import score
from videohjelp.evaluation.report import as_page, as_text, write_report
from videohjelp.evaluation.understood import Understood

NASTY = "<script>alert('æ')</script> & \"lyden\""
TOPICS = ("no_sound", "payment", "out_of_scope", "medical_emergency")


class Page(HTMLParser):
    """Which ids, links and loaded things a page has, and whether its elements are closed."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.loads: list[str] = []
        self.open: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.ids += [values["id"]] if "id" in values else []
        self.links += [values["href"]] if tag == "a" else []
        if tag in {"script", "link", "img", "iframe"}:
            self.loads.append(tag)
        if tag not in {"meta", "br"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)


def held(text: str, intent: str, got: str, variety: str) -> HeldOut:
    prediction = Prediction(got, 0.6, ((got, 0.6), ("thank", 0.3)))
    stages = dict.fromkeys((NGRAMS, VECTORS, CASCADE, IN_USE), prediction)
    alarm = tuple(got == "medical_emergency" for _ in SUSPICIONS)
    return HeldOut(Example(text, intent, variety), 0, stages, Danger(False, 0.0, alarm))


@pytest.fixture(scope="module")
def found() -> Figures:
    """Every topic in every variety, some confused."""
    results = [
        held(f"melding {topic} {variety} {n}", topic, topic, variety)
        for topic in TOPICS
        for variety in VARIETIES
        for n in range(3)
    ]
    results += [held(NASTY, "no_sound", "payment", "sms") for _ in range(2)]
    results += [held("pusten stopper", "medical_emergency", "payment", "bokmaal")]
    asked = [Understood(Expected("hei", "payment", "sms"), "payment", 0.9, ("payment",), 3.0, 1)]
    cell = Cell("all", 10, Estimate(80, 70, 90), 79.0, None)
    ours = Measured("Videohjelp", (cell,), 0.4, 12.0, 5.0, {"rasa": "3.6.21"})
    return figures(
        circumstances=Circumstances(
            day=date(2026, 11, 23),
            command="make nlu-report",
            cores=2,
            versions={"Python": "3.10"},
            model="videohjelp-abc",
            examples=len(results),
            intents=len(TOPICS),
            groups=70,
            alike=4,
            settings={"threshold": 0.35, "suspicion": 0.25},
        ),
        results=results,
        asked={"first": asked},
        marked=[],
        comparison=Comparison(
            "Own examples", (ours,), {"Rasa's default": "Run `make tensorflow`."}
        ),
        quick=score([one.example for one in results], [one.by_stage[IN_USE] for one in results]),
    )


@pytest.fixture(scope="module")
def page(found: Figures) -> str:
    """The page with them."""
    return as_page(found)


def test_examples_are_escaped(page: str) -> None:
    assert "<script" not in page
    assert "&lt;script&gt;alert(&#39;æ&#39;)&lt;/script&gt; &amp; &#34;lyden&#34;" in page


def test_the_page_is_whole_and_needs_nothing_else(page: str) -> None:
    read = Page(page)
    assert read.open == []
    assert read.loads == []
    assert all(link.startswith("#") for link in read.links)
    assert {link[1:] for link in read.links} <= set(read.ids)
    assert len(read.ids) == len(set(read.ids))


def test_every_topic_has_its_place(page: str) -> None:
    ids = Page(page).ids
    assert {f"intent-{topic}" for topic in TOPICS} <= set(ids)
    assert "pair-no_sound--payment" in ids


def test_charts_have_words_for_those_who_cannot_see_them(page: str) -> None:
    assert page.count("<svg") == page.count('<svg role="img" aria-label="') == 5


def test_what_could_not_be_run_is_said(found: Figures, page: str) -> None:
    for written in (page, as_text(found)):
        assert "Run `make tensorflow`." in written
    assert "Not made in this run" in as_page(replace(found, comparison=None))
    assert "Not made in this run" in as_text(replace(found, comparison=None))


def test_missed_danger_has_a_place_of_its_own(page: str) -> None:
    danger = page.split("Dangers that were missed", 1)[1].split("False alarms", 1)[0]
    assert "pusten stopper" in danger


def test_the_markdown_has_whole_tables(found: Figures) -> None:
    columns = 0
    for line in as_text(found).splitlines():
        if line.startswith("|"):
            assert columns in (0, line.count("|")), line
            columns = line.count("|")
        else:
            columns = 0
    assert "**0.35**" in as_text(found)


def test_the_figures_are_there_for_programs(found: Figures, tmp_path: Path) -> None:
    page = write_report(found, tmp_path / "new")
    figures_ = json.loads((page.parent / "figures.json").read_text(encoding="utf-8"))
    assert figures_["circumstances"]["day"] == "2026-11-23"
    assert figures_["messages"][0]["understood"] == {"part": 1, "whole": 1}
    assert figures_["confusions"][0]["mistakes"][0]["text"] == NASTY
    assert (page.parent / "report.md").is_file()
