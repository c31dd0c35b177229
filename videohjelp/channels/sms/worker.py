"""Answers the messages of the inbox: what each gets, and everything that belongs to it, at once.

In this order: STOPP, START and SLETT always work. Whoever has opted out, or is over a limit, gets
an answer to nothing but danger to life: a missed emergency is worse than a message too many, so
each message is understood, and danger is answered with its numbers even after STOPP. Then HJELP,
MER, what cannot be read; the number of an option; all else goes to the assistant.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial

import structlog
from sqlalchemy.exc import SQLAlchemyError

from videohjelp.appointments.wording import Language
from videohjelp.channels.sms.conversation import (
    CHANNEL,
    AssistantFailedError,
    AssistantSlowError,
    Conversations,
    Heard,
)
from videohjelp.channels.sms.stores import Stores
from videohjelp.observation import observer
from videohjelp.server.log_context import begin_request, belongs_to
from videohjelp.settings import Settings
from videohjelp.sms import consent, sessions
from videohjelp.sms.answers import Option, answer
from videohjelp.sms.gsm7 import fold, segments
from videohjelp.sms.inbox import InboxMessage
from videohjelp.sms.keywords import Keyword, is_english, keyword
from videohjelp.sms.limits import Verdict
from videohjelp.sms.options import chosen
from videohjelp.sms.outbox import Reply
from videohjelp.sms.queue import LostLeaseError
from videohjelp.sms.sessions import Session
from videohjelp.sms.tables import Change
from videohjelp.sms.texts import Name, sms_text

log = structlog.get_logger("videohjelp.sms")

RETRY_AFTER = timedelta(seconds=2)


@dataclass(frozen=True)
class Known:
    """What is known of a message's sender before it is answered."""

    session: Session
    opted_out: bool
    verdict: Verdict
    #: Of the channel's own texts.
    language: Language
    #: Seconds for the turn before.
    waited: float = 0.0


@dataclass(frozen=True)
class Outcome:
    """What a message gets. session: as it is afterwards, None when it stays as it was."""

    texts: tuple[str, ...] = field(default=(), repr=False)
    session: Session | None = None
    verdict: Verdict = Verdict.ALLOW
    changes: tuple[Change, ...] = ()
    forget: bool = False


class Worker:
    """Answers messages; any number at the same time."""

    def __init__(self, stores: Stores, conversations: Conversations, settings: Settings) -> None:
        """Takes what it works with; default_language and message_limit of the settings."""
        self._stores = stores
        self._conversations = conversations
        self._default: Language = settings.default_language
        self._longest = settings.message_limit

    async def handle(self, message: InboxMessage) -> None:
        """Answers a claimed message; one that fails is tried again a little later.

        Raises sqlalchemy.exc.SQLAlchemyError when the database does not answer; the message is
        handled again when its lease is over.
        """
        begin_request(f"{CHANNEL}-message-{message.id}")
        try:
            await self._handle(message)
        except LostLeaseError:
            log.warning("message_taken_by_another")
        except SQLAlchemyError:
            raise
        except Exception as error:
            log.exception("message_failed", attempts=message.attempts)
            at = await asyncio.to_thread(self._stores.now) + RETRY_AFTER
            kind = type(error).__name__
            await asyncio.to_thread(self._stores.inbox.retry, message, at, kind)

    async def _handle(self, message: InboxMessage) -> None:
        waited = await self._conversations.settle(message.sender_id)
        known = await asyncio.to_thread(self._look_up, message)
        known = replace(known, waited=waited)
        belongs_to(known.session.conversation_id)
        now = await asyncio.to_thread(self._stores.now)
        if message.exhausted:
            texts = () if known.opted_out else (self._conversations.apology(known.language),)
            await asyncio.to_thread(
                self._stores.inbox.bury, message, map(_reply, texts), now, "given up"
            )
            log.error("message_given_up", attempts=message.attempts)
            return
        outcome = await self._outcome(message, known, now)
        await asyncio.to_thread(self._finish, message, outcome, now)

    def _look_up(self, message: InboxMessage) -> Known:
        session = self._stores.sessions.load(message)
        language: Language = session.language or self._default  # type: ignore[assignment]
        if session.language is None and is_english(message.text):
            language = "en"
        return Known(
            session,
            self._stores.consent.opted_out(message.service_number, message.sender_id),
            self._stores.limits.verdict(message),
            language,
        )

    async def _outcome(self, message: InboxMessage, known: Known, now: datetime) -> Outcome:
        word = keyword(message.text)
        if word is Keyword.DELETE:
            await self._conversations.delete(message.sender_id)
        if word in (Keyword.STOP, Keyword.START, Keyword.DELETE):
            return _consented(word, message, known, now)
        if known.opted_out or known.verdict is not Verdict.ALLOW:
            if not await self._conversations.is_danger(message.text):
                if not known.opted_out:
                    observer().limited(CHANNEL)
                return _refused(known)
            return await self._answered(message, known, None)
        if own := self._own_answer(word, message.text, known):
            return own
        return await self._answered(message, known, _chosen(message.text, known.session))

    def _own_answer(self, word: Keyword | None, text: str, known: Known) -> Outcome | None:
        """What the channel itself answers; None for what the assistant is asked."""
        if word is Keyword.MORE:
            return _next_page(known)
        name: Name | None = None
        if word is Keyword.HELP:
            name = "help"
        elif not any(character.isalnum() for character in text):
            name = "not_text"
        elif len(text) > self._longest:
            name = "too_long"
        return _own(known, sms_text(name, known.language)) if name else None

    async def _answered(
        self, message: InboxMessage, known: Known, option: Option | None
    ) -> Outcome:
        session = replace(known.session, is_new=False)
        try:
            heard = await self._conversations.ask(
                message, known.session, self._default, option, known.waited
            )
        except AssistantFailedError:
            return _own(known, self._conversations.apology(known.language))
        except AssistantSlowError:
            # What was open may be open no more.
            after = replace(session, options=(), pages=())
            return Outcome((self._conversations.apology(known.language),), after)
        return _said(heard, session, opted_out=known.opted_out)

    def _finish(self, message: InboxMessage, outcome: Outcome, now: datetime) -> None:
        changes = list(outcome.changes)
        if outcome.session is not None:
            changes.append(
                partial(
                    sessions.save,
                    sender_id=message.sender_id,
                    session=outcome.session,
                    received_at=message.received_at,
                )
            )
        self._stores.inbox.finish(
            message,
            map(_reply, outcome.texts),
            now,
            verdict=outcome.verdict,
            changes=changes,
            forget=outcome.forget,
        )


def _consented(word: Keyword, message: InboxMessage, known: Known, now: datetime) -> Outcome:
    """STOPP, START or SLETT: done whatever the limits say, with no more than their reply."""
    silent = known.verdict is Verdict.SILENT
    if word is Keyword.START:
        change = partial(
            consent.start, service_number=message.service_number, sender_id=message.sender_id
        )
        if known.verdict is not Verdict.ALLOW:
            return replace(_refused(replace(known, opted_out=False)), changes=(change,))
        return replace(_own(known, sms_text("started", known.language)), changes=(change,))
    # Nobody who has opted out before gets another confirmation.
    silent = silent or known.opted_out
    name: Name = "stopped" if word is Keyword.STOP else "deleted"
    texts = () if silent else (sms_text(name, known.language),)
    if word is Keyword.DELETE:
        return Outcome(texts, verdict=known.verdict, forget=True)
    stop = partial(
        consent.stop,
        service_number=message.service_number,
        sender_id=message.sender_id,
        now=now,
    )
    after = None if known.session.is_new else replace(known.session, options=(), pages=())
    return Outcome(texts, after, known.verdict, (stop,))


def _refused(known: Known) -> Outcome:
    """Silence, or the notice of the limits."""
    if known.opted_out:
        return Outcome()
    told = known.verdict is Verdict.TELL_ONCE
    texts = (sms_text("over_limit", known.language),) if told else ()
    return Outcome(texts, verdict=known.verdict)


def _own(known: Known, text: str) -> Outcome:
    """A text of the channel's own; the conversation stays where it is."""
    # A new one begins with the first message that the assistant gets.
    return Outcome((text,), None if known.session.is_new else known.session)


def _next_page(known: Known) -> Outcome:
    if not known.session.pages:
        return _own(known, sms_text("nothing_more", known.language))
    page, *rest = known.session.pages
    return Outcome((page,), replace(known.session, pages=tuple(rest)))


def _chosen(text: str, session: Session) -> Option | None:
    """The option that a message chooses. Those on a page that was not sent yet are not open."""
    if session.pages:
        return None
    index = chosen(text, [option.title for option in session.options])
    return None if index is None else session.options[index]


def _said(heard: Heard, session: Session, *, opted_out: bool) -> Outcome:
    # Whoever has opted out gets nothing to choose: the choice would not be answered.
    said = [replace(one, options=()) for one in heard.said] if opted_out else heard.said
    written = answer(said, heard.language)
    after = replace(
        session, language=heard.language, options=written.options, pages=written.pages[1:]
    )
    return Outcome(written.pages[:1], after)


def _reply(text: str) -> Reply:
    sent = fold(text)
    return Reply(sent, segments(sent))
