from __future__ import annotations

from pathlib import Path

import pytest

from videohjelp.settings import ROOT
from videohjelp.topics import read_none_of_these, read_topic_titles


def read(folder: Path, text: str) -> dict[str, dict[str, str]]:
    (folder / "topics.yml").write_text(text, encoding="utf-8")
    return read_topic_titles(folder / "topics.yml")


def test_titles_by_topic_and_language(tmp_path: Path) -> None:
    text = "topics:\n  no_sound: {nb: Ingen lyd, nn: Ingen lyd, en: No sound}\n"
    assert read(tmp_path, text) == {
        "no_sound": {"nb": "Ingen lyd", "nn": "Ingen lyd", "en": "No sound"}
    }


def test_a_missing_language_names_topic_and_language(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="'no_sound' has no title in en, nn"):
        read(tmp_path, "topics:\n  no_sound: {nb: Ingen lyd}\n")


@pytest.mark.parametrize("text", ["", "topics:\n", "other: 1\n"])
def test_no_topics(tmp_path: Path, text: str) -> None:
    assert read(tmp_path, text) == {}


def test_the_way_past_the_suggestions(tmp_path: Path) -> None:
    file = tmp_path / "topics.yml"
    file.write_text("none_of_these: {nb: Noe annet, nn: Noko anna, en: Other}\n", encoding="utf-8")
    assert read_none_of_these(file) == {"nb": "Noe annet", "nn": "Noko anna", "en": "Other"}
    file.write_text("none_of_these: {nb: Noe annet}\n", encoding="utf-8")
    with pytest.raises(ValueError, match="'none_of_these' has no title in en, nn"):
        read_none_of_these(file)


def test_the_titles_of_the_assistant_tell_topics_apart() -> None:
    titles = read_topic_titles(ROOT / "data" / "topics.yml")
    for language in ("nb", "nn", "en"):
        in_language = [by_language[language] for by_language in titles.values()]
        assert len(set(in_language)) == len(in_language)
        assert all(title.strip() == title != "" for title in in_language)
