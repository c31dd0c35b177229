"""The report as one HTML file that needs nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from videohjelp.stories.coverage import Coverage
from videohjelp.stories.results import CaseResult
from videohjelp.stories.texts import StaffLanguage, say
from videohjelp.stories.wording import conversation


def write_html(
    path: Path,
    results: Sequence[CaseResult],
    seconds: float,
    language: StaffLanguage,
    *,
    model: str,
    found: Coverage | None = None,
) -> None:
    """Writes the report, failures first; makes its folder. found: the coverage, if known."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    failed = sum(not result.passed for result in results)
    page = environment.get_template("report.html.j2").render(
        language=language,
        say=lambda name, **values: say(name, language, **values),
        model=model,
        results=sorted(results, key=lambda one: (one.passed, one.case.path, one.case.line)),
        lines=lambda result: conversation(result, language),
        sum=say(
            "sum", language, passed=len(results) - failed, failed=failed, seconds=f"{seconds:.1f}"
        ),
        failed=failed,
        missed=found.missed() if found else [],
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(page, encoding="utf-8")
