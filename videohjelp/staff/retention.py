"""Deletes what the console need not keep any longer."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.engine import Engine

from videohjelp.settings import Settings
from videohjelp.staff.looks import AccessLog
from videohjelp.staff.sessions import delete_sessions_before
from videohjelp.staff.trial_store import delete_trials_before


def delete_old_staff(engine: Engine, settings: Settings, now: datetime) -> None:
    """Deletes ended sessions, trials as old as patients' conversations may be, and old looks.

    Also while the console is turned off: what it left behind grows old too.
    now: with a time zone. Raises SQLAlchemyError when the database is away.
    """
    delete_sessions_before(engine, now - timedelta(hours=settings.staff_session_hours))
    delete_trials_before(engine, now - timedelta(days=settings.retention_days))
    AccessLog(engine).delete_before(now - timedelta(days=settings.staff_log_days))
