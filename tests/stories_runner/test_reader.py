"""Every mistake in a file is told with its line and with what mends it, in both languages."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
import yaml

from tests.stories_runner.samples import one_case
from videohjelp.clock import OSLO
from videohjelp.settings import ROOT
from videohjelp.stories import reader, steps
from videohjelp.stories.cases import SlotCheck
from videohjelp.stories.mistakes import StoriesError
from videohjelp.stories.parts import value
from videohjelp.stories.reader import read_folder, read_text
from videohjelp.stories.texts import STAFF_LANGUAGES, texts
from videohjelp.stories.writer import to_yaml

SCHEMA = json.loads((ROOT / "videohjelp/stories/schema.json").read_text(encoding="utf-8"))
CASE = "test_cases:\n  - test_case: a\n    steps:\n      - user: hei\n"

WRONG = [
    ("test_case:\n  - a", 1, "mente du «test_cases»?", "did you mean 'test_cases'?"),
    ("a: b: c", 1, "dette er ikke YAML", "this is not YAML"),
    ("", 1, "filen mangler «test_cases»", "the file has no 'test_cases'"),
    (f"{CASE}        intnt: greet", 5, "mente du «intent»?", "did you mean 'intent'?"),
    (f"{CASE}      - contians: x", 5, "mente du «contains»?", "did you mean 'contains'?"),
    (f"{CASE}      - matches: '('", 5, "regulært uttrykk", "regular expression"),
    (f"{CASE}      - contains: []", 5, "«contains» er tom", "'contains' is empty"),
    (f"{CASE}      - contains:", 5, "har ingen tekst", "has no text"),
    (f"{CASE}        utter: utter_x", 5, "begynn en ny linje", "begin a new line"),
    (f"{CASE}    channel: fax", 5, "skriv web / sms", "write web / sms"),
    (f"{CASE}    clock: 24.12.2026", 5, "2026-12-22T14:00", "2026-12-22T14:00"),
    (f"{CASE}    clock: 2026-02-30T10:00", 5, "ikke et tidspunkt", "no moment"),
    (f"{CASE}    metadata: b", 5, "«b» finnes ikke", "'b' does not exist"),
    (f"{CASE}    steps: []", 5, "i linje 3; fjern den ene", "in line 3; remove one"),
    (
        f"{CASE}  - test_case: a\n    steps:\n      - user: hei",
        5,
        "finnes fra før, i fil.yml:2",
        "exists already, in fil.yml:2",
    ),
    (
        "test_cases:\n  - test_case: a\n    steps:\n      - utter: utter_greet",
        4,
        "sett et steg med «user:» først",
        "put a step with 'user:' first",
    ),
    (
        "test_cases:\n  - test_case: a\n    channel: sms\n    steps:\n      - user: /greet",
        5,
        "fjern skråstreken",
        "remove the slash",
    ),
]


@pytest.mark.parametrize(("written", "line", "norwegian", "english"), WRONG)
def test_a_mistake_is_told(written: str, line: int, norwegian: str, english: str) -> None:
    with pytest.raises(StoriesError) as caught:
        read_text(written, "fil.yml")
    said = {
        language: [mistake.said(language) for mistake in caught.value.mistakes]
        for language in STAFF_LANGUAGES
    }
    for language, part in zip(STAFF_LANGUAGES, (norwegian, english), strict=True):
        told = [one for one in said[language] if part in one]
        assert told, said[language]
        assert told[0].startswith(f"fil.yml:{line}: ")


def test_all_mistakes_of_a_folder_are_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text(f"{CASE}      - contians: x\n      - mathces: y")
    (tmp_path / "b.yml").write_bytes(b"test_cases: \xff")
    with pytest.raises(StoriesError) as caught:
        read_folder(tmp_path)
    assert [mistake.name for mistake in caught.value.mistakes] == [
        "unknown_key_near",
        "unknown_key_near",
        "not_utf8",
    ]


def test_a_name_may_stand_in_one_file_only(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text(CASE)
    (tmp_path / "b.yml").write_text(CASE)
    with pytest.raises(StoriesError, match=r"b\.yml:2: the case 'a' exists already, in .*a\.yml:2"):
        read_folder(tmp_path)


@pytest.mark.parametrize("name", ["missing", "empty"])
def test_a_folder_without_cases_is_told_of(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(StoriesError):
        read_folder(tmp_path / name)


def test_what_the_case_sets_wins_over_its_metadata() -> None:
    (case,) = read_text(
        "fixtures:\n  - ipad: [{device: iphone}, {misunderstood: 1}]\n"
        "metadata:\n  - evening: {channel: sms, clock: 2026-12-22T19:30, strict: true}\n"
        "test_cases:\n  - test_case: a\n    fixtures: [ipad]\n    metadata: evening\n"
        "    channel: web\n    steps: [{user: hei}]",
        "fil.yml",
    )
    assert (case.channel, case.strict, case.language) == ("web", True, "nb")
    assert case.clock is not None
    assert (case.clock.isoformat(), case.clock.tzinfo) == ("2026-12-22T19:30:00+01:00", OSLO)
    assert case.slots == {"device": "iphone", "misunderstood": 1}


def test_texts_are_what_is_written_and_slots_have_kinds() -> None:
    case = one_case(
        "- user: 12\n- contains: [113, nei, 10:30]\n"
        "- slot_was_set: [{a: 1}, {b: true}, {c: '1'}, d]\n- user: {press: No}"
    )
    contains, slots = case.turns[0].expected
    assert case.turns[0].text == "12"
    assert contains.values == ("113", "nei", "10:30")
    assert slots.values == (
        SlotCheck("a", 1),
        SlotCheck("b", True),
        SlotCheck("c", "1"),
        SlotCheck("d", any_value=True),
    )
    assert (case.turns[1].text, case.turns[1].is_press) == ("No", True)


def test_what_is_written_back_is_the_same_case() -> None:
    case = one_case(
        '- user: "nei: 12"\n  intent: deny\n- bot: "a\\n\\nb"\n- buttons: [Ja, Nei]\n'
        "- press: Nei\n- slot_was_set: [{device: iphone}, guide]\n- contains: ['\"', 'æ']",
        "    clock: 2026-12-22T14:00\n    channel: sms\n    language: nn\n    strict: true\n",
    )
    once = to_yaml(case)
    (again,) = read_text(once, "prøve.yml")
    assert to_yaml(again) == once
    assert (again.name, again.channel, again.language, again.clock, again.strict) == (
        case.name,
        case.channel,
        case.language,
        case.clock,
        case.strict,
    )
    kinds = [[(one.kind, one.values) for one in turn.expected] for turn in case.turns]
    assert [[(one.kind, one.values) for one in turn.expected] for turn in again.turns] == kinds


def test_every_sentence_stands_in_both_languages() -> None:
    for name, said in texts().items():
        assert set(said) == set(STAFF_LANGUAGES), name
        assert all(text.strip() for text in said.values()), name


def test_reader_and_schema_know_the_same_keys() -> None:
    definitions = SCHEMA["definitions"]
    assert set(SCHEMA["properties"]) == set(reader.FILE_KEYS)
    assert set(definitions["test_case"]["properties"]) == set(reader.CASE_KEYS)
    assert set(definitions["circumstances"]["properties"]) == set(reader.CIRCUMSTANCES)
    step_keys = {
        key
        for name in ("user_step", "press_step", "expectation_step")
        for key in definitions[name]["properties"]
    }
    assert step_keys == set(steps.STEP_KEYS)


@pytest.mark.parametrize(
    "file", sorted((ROOT / "tests/e2e").rglob("*.y*ml")), ids=lambda file: file.name
)
def test_every_file_of_the_repository_fits_the_schema(file: Path) -> None:
    document = yaml.compose(file.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    assert document is not None
    jsonschema.validate(value(document), SCHEMA)


def test_the_schema_refuses_a_misspelt_key() -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"test_cases": [{"test_case": "a", "step": []}]}, SCHEMA)
