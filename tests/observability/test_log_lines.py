"""The log of a server that patients wrote to."""

from __future__ import annotations

import re
from collections import Counter

from tests.observability.watched import OWN_ID, SECRETS, WEB, Watched

#: An id of ours: letters alone.
OURS = re.compile(r"[a-p]{32}")
IPV4 = re.compile(r"\b\d{1,3}(\.\d{1,3}){3}\b")


def test_every_line_is_json_and_says_when_who_and_what(watched: Watched) -> None:
    assert len(watched.lines) > 15
    for line in watched.lines:
        assert {"timestamp", "level", "logger", "event"} <= line.keys()


def test_no_line_holds_what_somebody_wrote(watched: Watched) -> None:
    for secret in (*SECRETS, *WEB):
        assert secret not in watched.log
    # Nor who it was, or where from.
    assert not [line for line in watched.lines if IPV4.search(str(line))]


def test_each_request_has_one_line(watched: Watched) -> None:
    requests = [line for line in watched.lines if line["event"] == "request"]
    assert all(line["logger"] == "videohjelp.access" for line in requests)
    assert all(isinstance(line["ms"], float) for line in requests)
    counted = Counter((line["method"], line["route"], line["status"]) for line in requests)
    # One message more was sent while the server stopped.
    assert counted["POST", "/api/chat/messages", 200] == len(WEB) + 1
    assert counted["POST", "/api/chat/messages", 422] == 1
    assert counted["GET", "/api/chat/events", 200] == 1
    assert counted["GET", "none", 404] == 1
    assert counted["POST", "/webhooks/sms/console", 202] == 2


def test_lines_say_their_channel_and_probes_are_quiet(watched: Watched) -> None:
    requests = [line for line in watched.lines if line["event"] == "request"]
    channels = {line["route"]: (line["channel"], line["level"]) for line in requests}
    assert channels["/api/chat/messages"] == ("web", "info")
    assert channels["/webhooks/sms/console"] == ("sms", "info")
    assert channels["/health/ready"] == (None, "debug")
    assert channels["/metrics"] == (None, "debug")


def test_a_proxys_id_is_taken_over_when_it_is_sane(watched: Watched) -> None:
    assert watched.answers["own id"].headers["X-Request-ID"] == OWN_ID
    assert [line["event"] for line in watched.lines if line.get("request_id") == OWN_ID] == [
        "request"
    ]
    made = watched.answers["unsafe id"].headers["X-Request-ID"]
    assert OURS.fullmatch(made)
    assert any(line.get("request_id") == made for line in watched.lines)


def test_answers_without_a_route_and_refusals_have_an_id_too(watched: Watched) -> None:
    for name in ("nowhere", "too long"):
        assert OURS.fullmatch(watched.answers[name].headers["X-Request-ID"])


def test_lines_of_one_conversation_can_be_put_together(watched: Watched) -> None:
    conversations = Counter(
        line["conversation"]
        for line in watched.lines
        if line["event"] == "request" and line["route"] == "/api/chat/messages"
    )
    # The first conversation's messages, those it read and the refused one; the second's one.
    assert sorted(conversations.values()) == [1, len(WEB) + 2]
    assert all(re.fullmatch(r"[a-p]{16}", conversation) for conversation in conversations)


def test_the_end_is_told(watched: Watched) -> None:
    assert any(line["event"] == "draining" for line in watched.lines)
