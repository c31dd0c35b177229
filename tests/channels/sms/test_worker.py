"""What each kind of message gets, with the real assistant behind."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from rasa.core.channels.channel import UserMessage

from tests.assistant import Assistant
from tests.channels.sms.in_process import NUMBER, SERVICE, InProcess
from videohjelp.channels.sms import worker
from videohjelp.settings import ROOT
from videohjelp.sms.texts import sms_text
from videohjelp.topics import read_topic_titles

DANGER = "Jeg har vondt i brystet og får ikke puste"
OTHER = "+4799887755"


@pytest.fixture
def channel(assistant: Assistant, tmp_path: Path) -> Iterator[InProcess]:
    made = InProcess(assistant, tmp_path, message_limit=100)
    yield made
    for number in (NUMBER, OTHER):
        assistant.run(made.conversations.delete(made.ids.sender_id(number)))


def limited(assistant: Assistant, folder: Path, messages: int) -> InProcess:
    return InProcess(assistant, folder, sms_rate_messages=messages)


def test_an_answer_and_its_options_by_number_word_and_sentence(channel: InProcess) -> None:
    for choice in ("2", "Nei", "alternativ 2"):
        [asked] = channel.say("Jeg ser ikke meg selv på skjermen")
        assert "\n2 Nei\nSvar 1 eller 2" in asked
        [answered] = channel.say(choice)
        assert answered != asked
        channel.say("SLETT")
    channel.say("Jeg ser ikke meg selv på skjermen")
    [own_sentence] = channel.say("Kan jeg ta med meg datteren min?")
    assert "Ja" in own_sentence


@pytest.mark.parametrize(
    "choice", ["{number}", "svar {number}", "{title}", "{number} {title}", "legen ser meg ikke"]
)
def test_a_suggestion_is_chosen_by_number_word_and_sentence(
    channel: InProcess, choice: str
) -> None:
    title = read_topic_titles(ROOT / "data" / "topics.yml")["camera_not_working"]["nb"]
    [asked] = channel.say("kmera")
    numbers = [line.split()[0] for line in asked.splitlines() if line.endswith(f" {title}")]
    assert len(numbers) == 1, asked
    [answered] = channel.say(choice.format(number=numbers[0], title=title))
    assert "bruke kameraet" in answered


def test_none_of_the_suggestions(channel: InProcess) -> None:
    [asked] = channel.say("kmera")
    *_, last, how = asked.splitlines()
    assert how.startswith("Svar 1")
    [answered] = channel.say(last.split()[0])
    assert "menneske" in answered


def test_an_option_sends_its_payload_not_its_title(channel: InProcess) -> None:
    channel.say("Jeg ser ikke meg selv på skjermen")
    channel.say("2")
    [conversation] = channel.conversation_ids()
    assert channel.written(conversation)[1].startswith("/")


def test_a_slash_is_text(channel: InProcess) -> None:
    channel.say("/restart")
    [conversation] = channel.conversation_ids()
    assert channel.written(conversation) == ["restart"]


def test_a_number_without_options_is_a_message(channel: InProcess) -> None:
    channel.say("2")
    [conversation] = channel.conversation_ids()
    assert channel.written(conversation) == ["2"]


def test_the_rest_on_demand_and_its_options_only_then(
    channel: InProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard = []

    async def says_much(message: UserMessage) -> None:
        heard.append(message.text)
        text = "Dette er en lang setning som står her mange ganger. " * 16
        buttons = [{"title": title, "payload": f"/{title}"} for title in ("ja", "nei")]
        await message.output_channel.send_response("", {"text": text, "buttons": buttons})

    monkeypatch.setattr(channel.conversations, "_on_new_message", says_much)
    [first] = channel.say("hei")
    assert first.endswith("Svar MER for resten")
    channel.say("1")
    assert heard == ["hei", "1"], "nobody has seen the options yet"
    [last] = channel.say("mer")
    assert last.endswith("1 ja\n2 nei\nSvar 1 eller 2")
    assert channel.say("MER") == [sms_text("nothing_more", "nb")]
    channel.say("1")
    assert heard == ["hei", "1", "/ja"]


def test_more_when_there_is_none(channel: InProcess) -> None:
    assert channel.say("MER") == [sms_text("nothing_more", "nb")]


@pytest.mark.parametrize("text", ["", "😀👍", "...", "\u200b", "/", "/ /"])
def test_what_has_no_words(channel: InProcess, text: str) -> None:
    assert channel.say(text) == [sms_text("not_text", "nb")]


def test_too_long(channel: InProcess) -> None:
    assert channel.say("hei " * 26) == [sms_text("too_long", "nb")]


def test_help_in_the_language_it_is_asked_in(channel: InProcess) -> None:
    assert channel.say("hjelp!") == [sms_text("help", "nb")]
    assert channel.say("HELP") == [sms_text("help", "en")]
    channel.say("Eg får ikkje kontakt med legen, kva gjer eg no?")
    assert channel.say("help") == [sms_text("help", "nn")], "the language of the conversation"


def test_after_stop_nothing_until_start(channel: InProcess) -> None:
    channel.say("Jeg ser ikke meg selv på skjermen")
    assert channel.say("Stopp.") == [sms_text("stopped", "nb")]
    for text in ("STOPP", "1", "MER", "😀", "hva nå?", "SLETT", "hei " * 26):
        assert channel.say(text) == [], text
    assert channel.stores.consent.count() == 1
    assert channel.say("start") == [sms_text("started", "nb")]
    assert len(channel.say("hei")) == 1


def test_stop_is_only_for_the_number_that_was_written_to(channel: InProcess) -> None:
    channel.say("STOPP")
    sender_id = channel.ids.sender_id(NUMBER)
    assert channel.stores.consent.opted_out(SERVICE, sender_id)
    assert not channel.stores.consent.opted_out("+4759440001", sender_id)
    assert len(channel.say("hei", OTHER)) == 1


def test_a_sentence_with_stop_is_a_question(channel: InProcess) -> None:
    [answered] = channel.say("stopp 12345 virker ikke")
    assert answered != sms_text("stopped", "nb")
    assert channel.stores.consent.count() == 0


def test_danger_is_answered_after_stop_with_nothing_to_choose(channel: InProcess) -> None:
    channel.say("STOPP")
    [answered] = channel.say(DANGER)
    assert "113" in answered
    assert "Svar 1" not in answered
    assert channel.say("takk") == [], "they are still opted out"


def test_over_the_limit_once_the_notice_then_nothing_but_danger(
    assistant: Assistant, tmp_path: Path
) -> None:
    channel = limited(assistant, tmp_path, 2)
    for _ in range(2):
        assert len(channel.say("hei")) == 1
    assert channel.say("hei") == [sms_text("over_limit", "nb")]
    assert channel.say("hei") == []
    [answered] = channel.say(DANGER)
    assert "Ring 113" in answered
    counts = channel.stores.limits.counts(datetime.now(timezone.utc))
    assert (counts["told"], counts["silent"]) == (1, 1)
    assert len(channel.say("hei", OTHER)) == 1


def test_opting_out_and_deleting_over_the_limit(assistant: Assistant, tmp_path: Path) -> None:
    channel = limited(assistant, tmp_path, 1)
    channel.say("hei")
    assert channel.say("STOPP") == [sms_text("stopped", "nb")], "instead of the notice"
    assert channel.stores.consent.count() == 1
    assert channel.say("START") == []
    assert channel.stores.consent.count() == 0
    assert channel.say("SLETT") == []
    assert channel.conversation_ids() == []


def test_delete_deletes_the_conversations_too(channel: InProcess) -> None:
    channel.say("Jeg ser ikke meg selv på skjermen")
    channel.say("hei", OTHER)
    assert channel.conversation_ids()
    assert channel.say("slett") == [sms_text("deleted", "nb")]
    assert channel.conversation_ids() == []
    assert channel.conversation_ids(OTHER)
    assert channel.say("1") != [], "the options are gone, so it is a message"


def test_a_pause_begins_a_new_conversation_in_the_same_language(channel: InProcess) -> None:
    now = datetime.now(timezone.utc)
    channel.say("Eg ser ikkje meg sjølv på skjermen, kva gjer eg no?", at=now - timedelta(days=2))
    [asked] = channel.say("1")
    assert len(channel.conversation_ids()) == 2, "the old options are closed"
    assert any(word in asked for word in ("ikkje", "Eg ", "kva")), asked


def test_a_message_that_fails_is_tried_again(
    channel: InProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Unforeseen:
        def __call__(self, *_: object) -> None:
            raise ZeroDivisionError

    with monkeypatch.context() as patch:
        patch.setattr(worker, "keyword", Unforeseen())
        assert channel.say("HJELP") == []
    assert channel.stores.inbox.counts() == {"waiting": 1}
    assert channel.handle(channel.claim(timedelta(seconds=3))) == [sms_text("help", "nb")]


def test_a_message_that_failed_too_often_gets_the_apology(channel: InProcess) -> None:
    channel.receive("hei")
    for attempt in range(6):
        message = channel.claim(after=timedelta(minutes=attempt))
    [apology] = channel.handle(message)
    assert "55 97 65 51" in apology
    assert channel.stores.inbox.counts() == {"dead": 1}
