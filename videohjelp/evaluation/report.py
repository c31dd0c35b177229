"""Writes the report: a page for people, Markdown for docs/, JSON for programs."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from videohjelp.content.nlu import VARIETIES
from videohjelp.evaluation.benchmark_text import as_markdown
from videohjelp.evaluation.charts import Axes, curves
from videohjelp.evaluation.figures import Figures
from videohjelp.evaluation.metrics import LENGTHS
from videohjelp.language.danger_recognizer import DANGERS

TEMPLATES = Path(__file__).with_name("templates")
#: In which language an example is to be read out.
LANGUAGES = {"bokmaal": "nb", "nynorsk": "nn", "english": "en"}
#: A pair of topics that was confused less often has no table of its own.
OFTEN = 2


def write_report(found: Figures, folder: Path) -> Path:
    """Writes report.html, report.md and figures.json; gives the page's path."""
    folder.mkdir(parents=True, exist_ok=True)
    content = json.dumps(asdict(found), ensure_ascii=False, indent=1, default=_plain)
    (folder / "figures.json").write_text(content, encoding="utf-8")
    (folder / "report.md").write_text(as_text(found), encoding="utf-8")
    page = folder / "report.html"
    page.write_text(as_page(found), encoding="utf-8")
    return page


def as_page(found: Figures) -> str:
    """The page: one file that needs no other and no network."""
    return _render("report.html.j2", found, charts=_charts(found))


def as_text(found: Figures) -> str:
    """The tables as Markdown, without the examples."""
    comparison = as_markdown([found.comparison]) if found.comparison else ""
    return _render("report.md.j2", found, comparison_tables=comparison)


def _render(template: str, found: Figures, **more: Any) -> str:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=select_autoescape(("html.j2",)),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(template).render(
        found=found,
        varieties=VARIETIES,
        lengths=tuple(LENGTHS),
        languages=LANGUAGES,
        dangers=DANGERS,
        often=OFTEN,
        **more,
    )


def _charts(found: Figures) -> dict[str, Markup]:
    settings = found.circumstances.settings
    return {
        "calibration": curves(
            "How often the cascade is right, by how sure it is",
            Axes("confidence", "share that is right", (0, 1), (0, 1)),
            {"cascade": [(one.confidence, one.right) for one in found.calibration.bins]},
            diagonal=True,
        ),
        "refusals": curves(
            "What each threshold refuses",
            Axes("threshold", "percent", (0, 0.9), (0, 100)),
            {
                "out of scope, let through": [
                    (one.threshold, one.let_through.percent) for one in found.refusals
                ],
                "ordinary, refused": [
                    (one.threshold, one.refused.percent) for one in found.refusals
                ],
                "ordinary and wrong, caught": [
                    (one.threshold, one.wrong_caught.percent) for one in found.refusals
                ],
            },
            marked=settings["threshold"],
        ),
        "trade": curves(
            "Out of scope let through, by how many ordinary messages are refused",
            Axes("ordinary messages refused, percent", "out of scope let through, percent"),
            {
                "each threshold": [
                    (one.refused.percent, one.let_through.percent) for one in found.refusals
                ]
            },
        ),
        "danger": curves(
            "How much danger is found at each suspicion",
            Axes("suspicion", "danger found, percent", (0, 0.9)),
            {
                "both": [(one.suspicion, one.found.percent) for one in found.alarms],
                "classifier": [
                    (one.suspicion, one.found_by_classifier.percent) for one in found.alarms
                ],
                "rules": [(one.suspicion, one.found_by_rules.percent) for one in found.alarms],
            },
            marked=settings["suspicion"],
        ),
        "false": curves(
            "False alarms at each suspicion",
            Axes("suspicion", "false alarms per 1,000", (0, 0.9)),
            {
                "both": [(one.suspicion, 10 * one.false.percent) for one in found.alarms],
                "classifier": [
                    (one.suspicion, 10 * one.false_by_classifier.percent) for one in found.alarms
                ],
                "rules": [(one.suspicion, 10 * one.false_by_rules.percent) for one in found.alarms],
            },
            marked=settings["suspicion"],
        ),
    }


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} cannot be written as JSON")
