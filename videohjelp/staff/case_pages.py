"""Cases: what was tried before a patient was handed over, by the patient's reference code."""

from __future__ import annotations

import asyncio

from sanic.response import HTTPResponse
from sqlalchemy.engine import Engine

from actions.services import topic_titles
from videohjelp import clock
from videohjelp.handoff.case import HandoffCase
from videohjelp.handoff.solved import SolvedCases
from videohjelp.handoff.store import CaseStore
from videohjelp.review.conversations import Conversations
from videohjelp.staff.visits import PREFIX, NotThereError, Routes, Visit, see

MOST = 50


def add_cases(routes: Routes, engine: Engine) -> None:
    """Adds /staff/cases and /staff/cases/<code>."""
    cases, solved, conversations = CaseStore(engine), SolvedCases(engine), Conversations(engine)

    async def list_(visit: Visit) -> HTTPResponse:
        asked = str(visit.request.args.get("code") or "").strip()
        found = await asyncio.to_thread(cases.get, asked) if asked else None
        if found is not None:
            return see(f"{PREFIX}/cases/{found.code}")
        newest = await asyncio.to_thread(solved.open_cases, MOST)
        await visit.look((one.code for one in newest), "cases")
        titles = {one.code: topic_title(one, visit.language) for one in newest}
        return visit.page("cases", cases=newest, titles=titles, asked=asked)

    async def show(visit: Visit, code: str) -> HTTPResponse:
        case = await asyncio.to_thread(cases.get, code)
        if case is None:
            raise NotThereError
        await visit.look([case.code], "case")
        return visit.page(
            "case",
            case=case,
            title=topic_title(case, visit.language),
            solved=await asyncio.to_thread(solved.of, case.code),
            conversation=await asyncio.to_thread(conversations.with_case, case.code),
        )

    async def mark(visit: Visit, code: str) -> HTTPResponse:
        case = await asyncio.to_thread(cases.get, code)
        if case is None:
            raise NotThereError
        if visit.field("solved") == "yes":
            await asyncio.to_thread(solved.mark, case.code, visit.account.name, clock.now())
        else:
            await asyncio.to_thread(solved.unmark, case.code)
        return see(f"{PREFIX}/cases/{case.code}")

    routes.add("GET", "/cases", "reader", list_)
    routes.add("GET", "/cases/<code:str>", "reader", show)
    routes.add("POST", "/cases/<code:str>", "reader", mark)


def topic_title(case: HandoffCase, language: str) -> str:
    """What the case's topic is called."""
    return topic_titles().get(case.topic, {}).get(language, case.topic)
