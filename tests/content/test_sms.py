"""SMS texts that cannot be sent, or take too many messages."""

from __future__ import annotations

from datetime import date, time, timedelta

from videohjelp.appointments.oslo import at_oslo
from videohjelp.appointments.wording import Language, say_moment
from videohjelp.content import sms
from videohjelp.directory.reading import read_directory
from videohjelp.handoff.reference_code import make_code, spoken

from .conftest import ROOT, Project

PATH = "data/responses/service.yml"
LANGUAGES: tuple[Language, ...] = ("nb", "nn", "en")


def test_what_is_filled_in_is_counted_with_its_longest_value() -> None:
    assert len(sms.filled("{phone}")) == len("55 97 65 51")
    assert sms.filled("{{x}}") == "{x}"
    entries = read_directory(ROOT / "data" / "directory" / "departments.csv")
    assert max(len(entry.department) for entry in entries) <= sms.LONGEST["department"]
    assert max(len(entry.hospital) for entry in entries) <= sms.LONGEST["hospital"]
    assert max(len(f" ({entry.hours})") for entry in entries) <= sms.LONGEST["hours"]
    codes = [make_code() for _ in range(300)]
    assert {len(code) for code in codes} == {sms.LONGEST["code"]}
    for language in LANGUAGES:
        assert max(len(spoken(code, language)) for code in codes) <= sms.LONGEST["spoken_code"]


def test_the_longest_moment() -> None:
    days = [at_oslo(date(2027, 1, 1) + timedelta(days=day), time(10, 30)) for day in range(365)]
    longest = max(len(say_moment(day, language)) for day in days for language in LANGUAGES)
    assert longest <= sms.LONGEST["deadline"] == sms.LONGEST["appointment"] == sms.LONGEST["opens"]


def test_a_character_outside_the_alphabet(project: Project) -> None:
    at = project.replace(PATH, "kl. 08.00-15.30", "kl. 08.00–15.30")
    assert project.found() == [
        f"{PATH}:{at}: the SMS text has the character '–', which is not in the SMS alphabet"
    ]


def test_a_title_outside_the_alphabet(project: Project) -> None:
    at = project.replace(PATH, 'title: "Finn nummeret"', 'title: "Finn «nummeret»"')
    assert project.found() == [
        f"{PATH}:{at}: the title 'Finn «nummeret»' has '«', which is not in the SMS alphabet"
    ]


def test_a_text_of_four_messages(project: Project) -> None:
    path = "data/responses/conversation.yml"
    old = "  - channel: sms\n    text: |-\n      Bare hyggelig.\n"
    new = old.replace("Bare hyggelig.", "Det er bra nå. " * 31)
    at = project.replace(path, old, new)
    assert project.found() == [
        f"{path}:{at}: the bokmål text (SMS) of 'utter_thank' takes 4 messages"
    ]


def test_a_place_that_nothing_fills(project: Project) -> None:
    file = project.root / PATH
    written = file.read_text(encoding="utf-8")
    file.write_text(written.replace("{closes}", "{closing}"), encoding="utf-8")
    wrong = project.found()
    assert len(wrong) == written.count("{closes}")
    assert all(one.endswith("nothing is filled in for {closing}") for one in wrong)


def test_options_make_it_four_messages(project: Project) -> None:
    path = "data/responses/conversation.yml"
    old = "  - channel: sms\n    text: |-\n      Hjalp det?\n"
    new = old.replace("Hjalp det?", "Det er bra nå. " * 30)  # 450 characters without the options
    at = project.replace(path, old, new)
    assert project.found() == [
        f"{path}:{at}: the bokmål text (SMS) of 'utter_ask_helped' takes 4 messages, "
        "its options included"
    ]


def test_what_makes_addresses_tappable_counts(project: Project) -> None:
    path = "data/responses/conversation.yml"
    old = "  - channel: sms\n    text: |-\n      Bare hyggelig.\n"
    bare = "Det er bra nå. " * 29 + "Se a.no, b.no. "
    [*_, text] = [old.replace("Bare hyggelig.", f"{bare}{'x' * n}") for n in range(12)]
    at = project.replace(path, old, text)
    assert (
        f"{path}:{at}: the bokmål text (SMS) of 'utter_thank' takes 4 messages" in project.found()
    )
