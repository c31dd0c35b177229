"""Error texts in all three languages."""

from __future__ import annotations

from .conftest import Project

PATH = "data/channels/web_errors.yml"


def test_a_language_is_missing(project: Project) -> None:
    at = project.line(PATH, "  not_found:")
    project.replace(PATH, '    nn: "Sida finst ikkje."\n', "")
    assert project.found() == [f"{PATH}:{at}: the error text 'not_found' has no text in nn"]
