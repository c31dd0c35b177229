"""Numbers: what happened by day, as charts, as a table, and as a file for a spreadsheet."""

from __future__ import annotations

import asyncio
from collections import Counter

from sanic.response import HTTPResponse, text
from sqlalchemy.engine import Engine

from actions.services import topic_titles
from videohjelp import clock
from videohjelp.figures.days import Day, count_days
from videohjelp.figures.table import COLUMNS, rows, to_csv
from videohjelp.staff.charts import Bar, bars
from videohjelp.staff.pages import staff_headers
from videohjelp.staff.visits import Routes, Visit

PERIODS = (7, 14, 30)


def add_numbers(routes: Routes, engine: Engine) -> None:
    """Adds /staff/numbers and /staff/numbers.csv."""

    async def count(visit: Visit) -> tuple[int, list[Day]]:
        asked = visit.request.args.get("days")
        days = int(asked) if asked in map(str, PERIODS) else 14
        today = clock.now().date()
        return days, await asyncio.to_thread(count_days, engine, today, days, topic_titles())

    async def show(visit: Visit) -> HTTPResponse:
        days, found = await count(visit)
        total: Counter[str] = Counter()
        for one in found:
            total += one.topics
        titles = topic_titles()
        topics = [(titles[name][visit.language], number) for name, number in total.most_common()]
        charts = {
            "conversations": _chart(found, [one.conversations.total() for one in found]),
            "handoffs": _chart(found, [one.handoffs for one in found]),
            "answered": _chart(
                found, [round(100 * (one.answered_share or 0), 1) for one in found], top=100
            ),
            "seconds": _chart(found, [round(one.median_seconds or 0, 2) for one in found]),
        }
        return visit.page(
            "numbers",
            days=days,
            periods=PERIODS,
            columns=COLUMNS,
            rows=rows(found),
            topics=topics,
            charts=charts,
        )

    async def download(visit: Visit) -> HTTPResponse:
        _, found = await count(visit)
        name = {"Content-Disposition": 'attachment; filename="videohjelp.csv"'}
        written = to_csv(found, list(topic_titles()))
        headers = {**staff_headers(), **name}
        return text(written, headers=headers, content_type="text/csv; charset=utf-8")

    routes.add("GET", "/numbers", "reader", show)
    routes.add("GET", "/numbers.csv", "reader", download)


def _chart(days: list[Day], values: list[float] | list[int], top: float = 0) -> list[Bar]:
    return bars([one.day.strftime("%d.%m.") for one in days], values, top)
