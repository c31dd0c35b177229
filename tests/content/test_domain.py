"""Mistakes in domain.yml itself."""

from __future__ import annotations

from .conftest import Project


def test_an_intent_that_stands_twice(project: Project) -> None:
    first = project.line("domain.yml", "  - recording\n")
    at = project.replace("domain.yml", "  - recording\n", "  - recording\n  - recording\n") + 1
    assert project.found() == [
        f"domain.yml:{at}: 'recording' stands in intents already, in line {first}"
    ]


def test_a_section_that_is_no_list(project: Project) -> None:
    root = project.root / "domain.yml"
    written = root.read_text(encoding="utf-8")
    start, end = written.index("\nactions:"), written.index("\nsession_config:")
    root.write_text(written[:start] + "\nactions: none\n" + written[end:], encoding="utf-8")
    at = written.count("\n", 0, start) + 2
    assert f"domain.yml:{at}: 'actions' must be a list" in project.found()
