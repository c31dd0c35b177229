"""The time of a queue: the same for all processes, and set right when the clock was set back."""

from __future__ import annotations

from datetime import datetime, timedelta
from time import monotonic

import sqlalchemy as sa
import structlog
from sqlalchemy.engine import Engine

from videohjelp.sms.queue import set_right
from videohjelp.storage.moment import database_now

log = structlog.get_logger("videohjelp.sms")

#: Seconds by which a clock that was set back is behind at least.
_SET_BACK = 0.5
#: Seconds for which it looks after a clock was set back: a turn that was under way then puts its
#: reply into the queue with the time at which it began.
_LOOKS_FOR = 60.0


class QueueClock:
    """Tells one queue the time.

    What was put into a queue before its clock was set back is due in the future: in winter hours,
    after a wrong clock days. Nobody would be answered until then.
    """

    def __init__(self, engine: Engine, table: sa.Table, longest: timedelta) -> None:
        """Takes the queue. longest: no piece of work waits, or is taken, for longer than that."""
        self._engine = engine
        self._table = table
        self._longest = longest
        #: By how much the clock was ahead of the one that nobody sets; a restart looks as well.
        self._ahead: float | None = None
        #: Until when it looks (time.monotonic()).
        self._looks_until = 0.0

    def now(self) -> datetime:
        """The present moment (UTC). Raises sqlalchemy.exc.SQLAlchemyError.

        What is due later than it can have been meant is brought back for a minute after the clock
        was set back, and at the first call.
        """
        moment, steady = database_now(self._engine), monotonic()
        ahead = moment.timestamp() - steady
        if self._ahead is not None and ahead < self._ahead - _SET_BACK:
            self._looks_until = steady + _LOOKS_FOR
        if self._ahead is None or steady < self._looks_until:
            changed = set_right(self._engine, self._table, moment, self._longest)
            if changed:
                log.warning("clock_was_set_back", queue=self._table.name, brought_back=changed)
        self._ahead = ahead
        return moment
