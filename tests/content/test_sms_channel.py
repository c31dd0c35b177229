"""Mistakes in the texts and the words of the SMS channel."""

from __future__ import annotations

import pytest

from .conftest import Project

TEXTS = "data/channels/sms_texts.yml"
WORDS = "data/channels/sms_keywords.yml"


@pytest.mark.parametrize("path", [TEXTS, WORDS])
def test_a_file_is_missing(project: Project, path: str) -> None:
    (project.root / path).unlink()
    assert f"{path}: the file is missing" in project.found()


def test_a_text_lacks_a_language(project: Project) -> None:
    at = project.line(TEXTS, "  nothing_more:")
    project.replace(
        TEXTS, '    nn: "Det er ikkje meir å lese. Skriv kva du treng hjelp til."\n', ""
    )
    assert project.found() == [f"{TEXTS}:{at}: the text 'nothing_more' has no text in nn"]


def test_a_text_is_missing(project: Project) -> None:
    project.replace(TEXTS, "  over_limit:", "  beyond_limit:")
    wrong = project.found()
    assert any(one.endswith(": 'texts' has no 'over_limit'") for one in wrong)
    assert any(one.endswith(": 'beyond_limit' is not known in 'texts'") for one in wrong)


def test_a_text_has_a_character_outside_the_alphabet(project: Project) -> None:
    at = project.replace(TEXTS, 'nb: "Svar MER for resten"', 'nb: "Svar MER for resten …"')
    assert project.found() == [
        f"{TEXTS}:{at}: the SMS text has the character '…', which is not in the SMS alphabet"
    ]


def test_a_text_of_four_messages(project: Project) -> None:
    at = project.replace(TEXTS, "Det er ikke mer å lese.", "Det er ikke mer å lese. " * 20)
    assert project.found() == [
        f"{TEXTS}:{at}: the bokmål text (SMS) of 'nothing_more' takes 4 messages"
    ]


def test_a_number_is_another_one_in_english(project: Project) -> None:
    at = project.replace(
        TEXTS, "danger to life, phone 113. If", "danger to life, phone 116 117. If"
    )
    wrong = project.found()
    about = (
        "is in one of the bokmål text (SMS) and the English text (SMS) of 'stopped', not in both"
    )
    assert wrong == [
        f"{TEXTS}:{at}: the number '113' {about}",
        f"{TEXTS}:{at}: the number '116117' {about}",
    ]


def test_a_number_that_may_not_be_stated(project: Project) -> None:
    at = project.line(TEXTS, "Virker ikke videoen")
    file = project.root / TEXTS
    written = file.read_text(encoding="utf-8")
    file.write_text(written.replace("55 97 65 51. Gj", "55 97 65 52. Gj"), encoding="utf-8")
    assert any(
        one.startswith(f"{TEXTS}:{at}: the number '55 97 65 52' is n") for one in project.found()
    )


def test_a_word_of_two_keywords(project: Project) -> None:
    at = project.replace(WORDS, '["SLETT", "DELETE"]', '["SLETT", "DELETE", "Stopp."]')
    assert project.found() == [f"{WORDS}:{at}: the word 'Stopp.' stands under 'stop' and 'delete'"]


def test_a_keyword_that_is_a_number(project: Project) -> None:
    project.replace(WORDS, '["START"]', '["START", "TO"]')
    [wrong] = project.found()
    assert wrong.endswith(": the word 'to' stands under 'start' and '2'")


def test_a_keyword_of_two_words(project: Project) -> None:
    at = project.replace(WORDS, '["START"]', '["START", "på nytt"]')
    assert project.found() == [f"{WORDS}:{at}: 'på nytt' is not one word"]


def test_a_keyword_without_words(project: Project) -> None:
    at = project.replace(WORDS, 'start: ["START"]', "start: []")
    assert project.found() == [f"{WORDS}:{at}: 'start' must be a list of words"]


def test_a_keyword_is_missing(project: Project) -> None:
    project.replace(WORDS, '  start: ["START"]\n', "")
    [wrong] = project.found()
    assert wrong.endswith(": 'keywords' has no 'start'")


def test_a_keyword_that_is_not_known(project: Project) -> None:
    at = project.replace(WORDS, '  start: ["START"]', '  start: ["START"]\n  undo: ["ANGRE"]') + 1
    assert project.found() == [f"{WORDS}:{at}: 'undo' is not known in 'keywords'"]


def test_an_english_word_that_is_no_keyword(project: Project) -> None:
    at = project.replace(WORDS, '["HELP", "DELETE", "MORE"]', '["HELP", "DELETE", "REST"]')
    assert project.found() == [f"{WORDS}:{at}: the word 'REST' under 'english' is no keyword"]


def test_english_words_that_are_no_list(project: Project) -> None:
    at = project.replace(WORDS, '["HELP", "DELETE", "MORE"]', "HELP")
    assert project.found() == [f"{WORDS}:{at}: 'english' must be a list of words"]


def test_a_number_that_is_none(project: Project) -> None:
    at = project.replace(WORDS, '"9": ["ni", "nine"]', '"ni": ["ni", "nine"]')
    assert project.found() == [f"{WORDS}:{at}: 'ni' is no number"]


def test_a_button_named_like_a_keyword(project: Project) -> None:
    path = "data/responses/conversation.yml"
    at = project.replace(path, 'title: "Telefonnummer"', 'title: "Hjelp"')
    assert project.found() == [
        f"{path}:{at}: the title 'Hjelp' is a keyword of the SMS channel, {WORDS}"
    ]
