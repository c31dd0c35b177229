from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from sqlalchemy.engine import Engine

from videohjelp.sms.consent import drop_unwanted_before
from videohjelp.sms.inbox import InboxMessage
from videohjelp.sms.limits import Limits, Verdict, day_start
from videohjelp.sms.outbox import Reply

from .messages import NOW, NUMBER, OTHER, SECOND, SERVICE, Channel

WINDOW = timedelta(minutes=10)
ALLOW, TELL, SILENT = Verdict.ALLOW, Verdict.TELL_ONCE, Verdict.SILENT


class Limited:
    """A channel whose worker keeps the limits: three messages in ten minutes, ten segments."""

    def __init__(self, channel: Channel) -> None:
        self.channel = channel
        self.limits = Limits(channel.engine, messages=3, window=WINDOW, daily_segments=10)

    def receive(self, at: datetime, number: str = NUMBER, segments: int = 0) -> Verdict:
        """A message comes and is handled; an answer or a notice has so many segments."""
        message, verdict = self.claim(at, number)
        replies = [] if verdict is SILENT or not segments else [Reply("Svar", segments)]
        self.channel.inbox.finish(message, replies, at, verdict=verdict)
        return verdict

    def claim(self, at: datetime, number: str = NUMBER) -> tuple[InboxMessage, Verdict]:
        assert self.channel.receive(number=number, at=at)
        message = self.channel.claimed(at)
        return message, self.limits.verdict(message)


@pytest.fixture
def limited(channel: Channel) -> Limited:
    return Limited(channel)


def test_over_the_rate_one_notice_and_then_silence(limited: Limited) -> None:
    minutes = [NOW + timedelta(minutes=minute) for minute in range(7)]
    verdicts = [limited.receive(at) for at in minutes]
    assert verdicts == [ALLOW, ALLOW, ALLOW, TELL, SILENT, SILENT, SILENT]
    assert limited.receive(minutes[-1], OTHER) is ALLOW, "nobody else is concerned"
    assert limited.limits.counts(minutes[-1]) == {"told": 1, "silent": 3, "segments": 0}


def test_what_came_before_the_clock_was_set_back_does_not_count(limited: Limited) -> None:
    before = [limited.receive(NOW + timedelta(minutes=minute)) for minute in range(3)]
    back = NOW - timedelta(hours=3)
    after = [limited.receive(back + timedelta(minutes=minute)) for minute in range(4)]
    assert (before, after) == ([ALLOW] * 3, [ALLOW, ALLOW, ALLOW, TELL])


def test_who_goes_on_without_a_pause_is_not_told_again(limited: Limited) -> None:
    verdicts = [limited.receive(NOW + timedelta(minutes=minute)) for minute in range(60)]
    assert verdicts.count(TELL) == 1
    assert verdicts[4:] == [SILENT] * 56


def test_the_window_slides(limited: Limited) -> None:
    for _ in range(3):
        assert limited.receive(NOW) is ALLOW
    assert limited.receive(NOW + WINDOW - SECOND) is TELL
    assert limited.receive(NOW + WINDOW) is ALLOW
    assert limited.receive(NOW + WINDOW) is ALLOW
    assert limited.receive(NOW + WINDOW) is TELL, "a new time, a new notice"


def test_who_is_answered_over_the_limit_all_the_same_is_told_afterwards(limited: Limited) -> None:
    for _ in range(3):
        limited.receive(NOW)
    message, verdict = limited.claim(NOW)
    assert verdict is TELL
    limited.channel.inbox.finish(message, [Reply("Ring 113", 1)], NOW, verdict=ALLOW)
    assert limited.receive(NOW) is TELL
    assert limited.receive(NOW) is SILENT


def test_messages_that_wait_behind_one_do_not_count_for_it(limited: Limited) -> None:
    limited.channel.receive()
    message = limited.channel.claimed()
    for _ in range(5):
        limited.channel.receive()
    assert limited.limits.verdict(message) is ALLOW


def test_the_same_message_gets_the_same_verdict_again(limited: Limited) -> None:
    for _ in range(4):
        limited.receive(NOW)
    message, verdict = limited.claim(NOW)
    limited.channel.receive(at=NOW)
    assert [limited.limits.verdict(message), verdict] == [SILENT, SILENT]


def test_the_budget_holds_for_all_numbers_together(limited: Limited) -> None:
    assert limited.receive(NOW, NUMBER, segments=3) is ALLOW
    assert limited.receive(NOW, OTHER, segments=6) is ALLOW
    assert limited.receive(NOW, OTHER, segments=3) is ALLOW, "9 of 10 are used"
    assert limited.receive(NOW, NUMBER, segments=1) is TELL
    assert limited.receive(NOW + WINDOW, NUMBER) is SILENT
    assert limited.receive(NOW + WINDOW, OTHER) is TELL
    assert limited.limits.counts(NOW) == {"told": 2, "silent": 1, "segments": 13}


def test_the_day_is_the_day_in_oslo(limited: Limited) -> None:
    # 22:59 UTC is 23:59 in Oslo in November.
    before_midnight = datetime(2026, 11, 23, 22, 59, tzinfo=timezone.utc)
    after = before_midnight + timedelta(minutes=1)
    limited.receive(before_midnight - timedelta(hours=1), segments=10)
    assert limited.receive(before_midnight) is TELL
    assert limited.limits.segments_since(day_start(before_midnight)) == 10
    assert limited.receive(after, segments=10) is ALLOW
    assert limited.receive(after + SECOND) is TELL, "told yesterday, told again today"
    assert limited.receive(after + SECOND, OTHER) is TELL
    assert limited.limits.counts(after) == {"told": 2, "silent": 0, "segments": 10}


def test_who_was_told_yesterday_is_told_again_today(limited: Limited) -> None:
    before_midnight = datetime(2026, 11, 23, 22, 59, tzinfo=timezone.utc)
    limited.receive(before_midnight, OTHER, segments=10)
    assert limited.receive(before_midnight) is TELL
    after = before_midnight + timedelta(minutes=11)
    assert limited.receive(after, OTHER, segments=10) is ALLOW
    assert limited.receive(after) is TELL
    assert limited.receive(after) is SILENT


@pytest.mark.parametrize(
    ("moment", "start", "hours"),
    [
        ("2026-03-29T12:00+00:00", "2026-03-28T23:00+00:00", 23),
        ("2026-10-25T12:00+00:00", "2026-10-24T22:00+00:00", 25),
        ("2026-10-25T23:00+00:00", "2026-10-25T23:00+00:00", 24),
    ],
)
def test_days_on_which_the_clocks_change(moment: str, start: str, hours: int) -> None:
    began = day_start(datetime.fromisoformat(moment))
    assert began == datetime.fromisoformat(start)
    end = began + timedelta(hours=hours)
    assert day_start(end) == end
    assert day_start(end - SECOND) == began


def test_a_moment_without_a_zone_is_in_no_day() -> None:
    with pytest.raises(ValueError, match="tidssone"):
        day_start(datetime(2026, 11, 23))


def test_a_dropped_reply_costs_nothing(limited: Limited, engine: Engine) -> None:
    limited.receive(NOW, segments=10)
    with engine.begin() as connection:
        sender_id = limited.channel.ids.sender_id(NUMBER)
        drop_unwanted_before(connection, SERVICE, sender_id, NOW + SECOND)
    assert limited.receive(NOW + SECOND) is ALLOW
