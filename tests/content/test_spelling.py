"""Misspelt words and words of another language, found by the dictionaries."""

from __future__ import annotations

import pytest

from videohjelp.content.known_words import PATH
from videohjelp.content.spelling import check_spelling
from videohjelp.content.texts import read_responses
from videohjelp.content.word_lists import WordLists
from videohjelp.content.yaml_lines import read_content

from .conftest import Project

RESPONSES = "data/responses/conversation.yml"
TOPICS = "data/topics.yml"
SMS = "data/channels/sms_texts.yml"
ERRORS = "data/channels/web_errors.yml"
NB, NN, EN = "      Bare hyggelig.", "      Berre hyggeleg.", "      You are welcome."


def found(project: Project) -> list[str]:
    content, _ = read_content(project.root)
    wrong = check_spelling(content, read_responses(content), WordLists(content))
    return [str(one).removesuffix(f"; {one.todo}") for one in sorted(set(wrong))]


def test_every_text_is_in_order(project: Project) -> None:
    assert found(project) == []


@pytest.mark.parametrize(
    ("path", "old", "new", "said"),
    [
        (RESPONSES, NN, f"{NN} Ikke ring.", "'Ikke' is bokmål, not nynorsk"),
        (RESPONSES, NB, f"{NB} Ikkje ring.", "'Ikkje' is nynorsk, not bokmål"),
        (RESPONSES, EN, f"{EN} Ikke ring.", "'Ikke' is bokmål, not English"),
        (RESPONSES, NB, "      Bare hyggelgi.", "'hyggelgi' is in no word list"),
        (RESPONSES, NN, "      Berre hyggelge.", "'hyggelge' is in no word list"),
        (RESPONSES, EN, "      You are wellcome.", "'wellcome' is in no word list"),
        (RESPONSES, '"Ja, det verkar"', '"Ja, det verkarr"', "'verkarr' is in no word list"),
        (TOPICS, '"Eg er forseinka"', '"Jeg er forseinka"', "'Jeg' is bokmål, not nynorsk"),
        (ERRORS, "Sida finst ikkje", "Sida finst ikke", "'ikke' is bokmål, not nynorsk"),
        (SMS, "fleire meldingar", "flere meldingar", "'flere' is bokmål, not nynorsk"),
        (RESPONSES, NN, f"{NN} Sjå «Innkalingsbrev».", "'Innkalingsbrev' is in no word list"),
    ],
)
def test_a_word_that_is_wrong(project: Project, path: str, old: str, new: str, said: str) -> None:
    at = project.replace(path, old, new)
    assert found(project) == [f"{path}:{at}: the word {said}"]


def test_the_line_is_the_words_own(project: Project) -> None:
    at = project.replace(RESPONSES, NN, f"{NN}\n      Ha ein fin dag.\n      Takk frra oss.")
    assert found(project) == [f"{RESPONSES}:{at + 2}: the word 'frra' is in no word list"]


def test_the_text_message_is_looked_at_too(project: Project) -> None:
    file = project.root / RESPONSES
    written = file.read_text(encoding="utf-8")
    at = written.rindex(NB)
    assert at > written.index(NB)
    file.write_text(f"{written[:at]}      Bare hyggelgi.{written[at + len(NB) :]}", "utf-8")
    line = written.count("\n", 0, at) + 1
    assert found(project) == [f"{RESPONSES}:{line}: the word 'hyggelgi' is in no word list"]


def test_what_is_quoted_may_be_of_any_of_the_languages(project: Project) -> None:
    project.replace(RESPONSES, NN, f"{NN} Trykk på «Skriv ikke» (do not press).")
    project.replace(RESPONSES, EN, f"{EN} The hospital (sykehuset).")
    assert found(project) == []


def test_addresses_and_what_is_filled_in_are_no_words(project: Project) -> None:
    project.replace(RESPONSES, NN, f"{NN} Gå til https://xyzzy.helsenorge.no/qwrt {{qwrty}}.")
    assert found(project) == []


def test_a_confirmation_is_in_the_language_it_confirms(project: Project) -> None:
    at = project.line(RESPONSES, "  utter_language_nn:\n")
    rows = (project.root / RESPONSES).read_text(encoding="utf-8").split("\n")
    first = next(n for n in range(at, len(rows)) if rows[n].startswith("      "))
    project.replace(RESPONSES, rows[first], f"{rows[first]} Ikke noe mer.")
    assert f"{RESPONSES}:{first + 1}: the word 'Ikke' is bokmål, not nynorsk" in found(project)


def test_names_keep_their_capital_letter(project: Project) -> None:
    at = project.replace(RESPONSES, NB, f"{NB} Har du Samsung eller samsung?")
    assert found(project) == [f"{RESPONSES}:{at}: the word 'samsung' is in no word list"]


def test_words_that_are_right_together_only(project: Project) -> None:
    at = project.replace(RESPONSES, EN, f"{EN} Helse Vest IKT is not Helse.")
    said = "the word 'Helse' is bokmål and nynorsk, not English"
    assert found(project) == [f"{RESPONSES}:{at}: {said}"]


def test_the_list_of_known_words_is_used(project: Project) -> None:
    project.replace(PATH, "  - romnummeret\n", "")
    wrong = found(project)
    assert len(wrong) > 10
    assert all("the word 'romnummeret' is" in one.casefold() for one in wrong)


def test_a_word_that_is_added_to_the_list(project: Project) -> None:
    project.replace(RESPONSES, NN, "      Berre hyggelge.")
    project.replace(PATH, "\nnynorsk:\n", "\nnynorsk:\n  - hyggelge\n")
    assert found(project) == []


def test_letters_that_no_dictionary_has(project: Project) -> None:
    at = project.replace(RESPONSES, NB, f"{NB} Łódź.")
    assert found(project) == [f"{RESPONSES}:{at}: the word 'Łódź' is in no word list"]


def test_no_list(project: Project) -> None:
    (project.root / PATH).unlink()
    assert project.found() == [f"{PATH}: the file is missing"]


def test_an_unknown_list(project: Project) -> None:
    at = project.replace(PATH, "\nengelsk:\n", "\nenglish:\n") + 1
    wrong = project.found()
    assert f"{PATH}:{at}: 'english' is not known in the file" in wrong
    assert any("the file has no 'engelsk'" in one for one in wrong)
