"""The stores of the SMS channel, made from the settings."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.engine import Engine

from videohjelp.settings import Settings
from videohjelp.sms.consent import Consent
from videohjelp.sms.dead_letters import DeadLetters
from videohjelp.sms.inbox import Inbox
from videohjelp.sms.limits import Limits
from videohjelp.sms.outbox import Outbox
from videohjelp.sms.reports import Reports
from videohjelp.sms.retention import Retention
from videohjelp.sms.sessions import Sessions
from videohjelp.storage.moment import database_now
from videohjelp.storage.schema import open_database


@dataclass(frozen=True)
class Stores:
    """Everything the channel keeps, in one database."""

    engine: Engine
    inbox: Inbox
    outbox: Outbox
    dead_letters: DeadLetters
    reports: Reports
    consent: Consent
    limits: Limits
    sessions: Sessions
    retention: Retention

    def now(self) -> datetime:
        """The present moment by the database's clock, in UTC; see database_now."""
        return database_now(self.engine)


def make_stores(settings: Settings) -> Stores:
    """The stores in the configured database.

    Raises sqlalchemy.exc.SQLAlchemyError when it does not answer.
    """
    engine = open_database(os.environ.get("VIDEOHJELP_DATABASE_URL") or settings.database_url)
    window = timedelta(minutes=settings.sms_rate_minutes)
    return Stores(
        engine=engine,
        inbox=Inbox(engine),
        outbox=Outbox(engine),
        dead_letters=DeadLetters(engine),
        reports=Reports(engine),
        consent=Consent(engine),
        limits=Limits(
            engine,
            messages=settings.sms_rate_messages,
            window=window,
            daily_segments=settings.sms_daily_segments,
        ),
        sessions=Sessions(engine, pause=timedelta(hours=settings.sms_session_hours)),
        retention=Retention(
            engine,
            numbers=timedelta(days=settings.sms_number_days),
            messages=timedelta(days=settings.retention_days),
            limit_window=window,
        ),
    )
