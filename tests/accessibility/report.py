"""Writes docs/tilgjengelighet.md from the criteria of WCAG and what their tests gave."""

from __future__ import annotations

import subprocess
import sys
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent.parent
CRITERIA = ROOT / "data" / "accessibility" / "wcag.yml"
REPORT = ROOT / "docs" / "tilgjengelighet.md"
RESULTS = ROOT / "var" / "accessibility" / "results.xml"
TEST_FOLDERS = ("tests/accessibility", "tests/screenreader")

INTRODUCTION = """\
# Tilgjengelighet: nettchatten prøvd mot WCAG 2.2

Denne rapporten viser, krav for krav, hvordan nettchatten er prøvd, og hva prøvene viste. Et sykehus
kan bruke den når det skriver sin tilgjengelighetserklæring. Den gjelder chatten, ikke resten av
sykehusets nettsted.

Rapporten er laget av `make accessibility-report` {day}. Kravene og det som står om dem, ligger i
`data/accessibility/wcag.yml`; resultatene er testenes.

- **Bestått**: alle testene av kravet gikk bra.
- **Ikke bestått**: minst én test av kravet gikk ikke bra.
- **Ikke prøvd**: minst én test ble ikke kjørt på denne maskinen.
- **Gjelder ikke**: chatten har ikke det kravet handler om.
- **Må sees av et menneske**: ingen test kan avgjøre det.

Det er prøvd med Chromium, WebKitGTK (det nærmeste Safari på Linux) og skjermleseren Orca. Ingen
har ennå prøvd chatten med VoiceOver på iPhone, TalkBack på Android eller NVDA på Windows, og den er
ikke prøvd av brukere med nedsatt funksjonsevne. Det må gjøres før den tas i bruk.
"""
PASSED, FAILED, NOT_RUN = "Bestått", "**Ikke bestått**", "Ikke prøvd"
NOT_APPLICABLE, PERSON = "Gjelder ikke", "Må sees av et menneske"


@dataclass(frozen=True)
class Criterion:
    """A success criterion. tests: "file::function". person: what only a person can look for."""

    number: str
    level: str
    name: str
    how: str
    tests: tuple[str, ...]
    note: str
    person: str


def read_criteria(path: Path) -> list[Criterion]:
    """The criteria of a file like data/accessibility/wcag.yml."""
    entries = yaml.safe_load(path.read_text(encoding="utf-8"))["criteria"]
    return [
        Criterion(
            number=entry["number"],
            level=entry["level"],
            name=entry["name"],
            how=entry.get("how", ""),
            tests=tuple(entry.get("tests", ())),
            note=entry.get("note", ""),
            person=entry.get("person", ""),
        )
        for entry in entries
    ]


def read_results(path: Path) -> dict[str, str]:
    """What each test gave, by "file::function", from pytest's JUnit file.

    A function with several cases has the worst result of them: failed, then not run, then passed.
    """
    order = [PASSED, NOT_RUN, FAILED]
    results: dict[str, str] = {}
    for case in ET.parse(path).iter("testcase"):  # noqa: S314 - our own file
        file = case.get("classname", "").replace(".", "/") + ".py"
        test = f"{file}::{case.get('name', '').partition('[')[0]}"
        kinds = {child.tag for child in case}
        failed = kinds & {"failure", "error"}
        result = FAILED if failed else NOT_RUN if "skipped" in kinds else PASSED
        results[test] = max(results.get(test, PASSED), result, key=order.index)
    return results


def result_of(criterion: Criterion, results: dict[str, str]) -> str:
    """What is to be said of a criterion."""
    if not criterion.tests:
        return PERSON if criterion.person else NOT_APPLICABLE
    given = {results.get(test, NOT_RUN) for test in criterion.tests}
    return FAILED if FAILED in given else NOT_RUN if NOT_RUN in given else PASSED


def report(criteria: list[Criterion], results: dict[str, str], day: date) -> str:
    """The whole report in Markdown."""
    rows = [
        f"| {one.number} | {one.level} | {one.name} | {result_of(one, results)} | {_how(one)} |"
        for one in criteria
    ]
    table = ["| Krav | Nivå | Navn | Resultat | Hvordan |", "|---|---|---|---|---|", *rows]
    lines = [INTRODUCTION.format(day=day.strftime("%d.%m.%Y")), *table, "", "## Testene", ""]
    for test in sorted({test for one in criteria for test in one.tests}):
        numbers = ", ".join(one.number for one in criteria if test in one.tests)
        lines.append(f"- `{test}`: {results.get(test, NOT_RUN)} ({numbers})")
    lines += ["", "## Det et menneske må se etter", ""]
    lines += [f"- {one.number} {one.name}: {one.person}" for one in criteria if one.person]
    return "\n".join(lines) + "\n"


def _how(criterion: Criterion) -> str:
    person = f"Et menneske må se etter: {criterion.person}" if criterion.person else ""
    return " ".join(part for part in (criterion.how, criterion.note, person) if part)


def main() -> int:
    """Runs the tests and writes the report. Gives the tests' exit status."""
    RESULTS.parent.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "pytest", "-q", f"--junitxml={RESULTS}", *TEST_FOLDERS]
    status = subprocess.call(command, cwd=ROOT)
    day = date.today()
    written = report(read_criteria(CRITERIA), read_results(RESULTS), day)
    REPORT.write_text(written, encoding="utf-8")
    print(f"written: {REPORT.relative_to(ROOT)}")
    return status


if __name__ == "__main__":
    sys.exit(main())
