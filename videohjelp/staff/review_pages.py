"""Review: conversations that did not go well, and what their messages were about."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import yaml
from sanic.response import HTTPResponse, text
from sqlalchemy.engine import Engine

from actions.services import topic_titles
from videohjelp import clock
from videohjelp.content.nlu import VARIETIES
from videohjelp.directory.own_numbers import own_numbers
from videohjelp.review.conversations import REASONS, Conversations
from videohjelp.review.marks import MarkError, MarkStore
from videohjelp.review.training import training_yaml
from videohjelp.settings import ROOT
from videohjelp.staff.pages import staff_headers
from videohjelp.staff.visits import PREFIX, NotAllowedError, NotThereError, Routes, Visit, see

MOST = 50
PERIODS = (1, 7, 30)


def add_review(routes: Routes, engine: Engine) -> None:
    """Adds /staff/review, /staff/conversations/<id>, /staff/marks and its export."""
    conversations = Conversations(engine)
    marks = MarkStore(engine, intents(), own_numbers())

    async def list_(visit: Visit) -> HTTPResponse:
        asked = visit.request.args
        reasons = [one for one in REASONS if one in asked.getlist("reason", [])] or list(REASONS)
        days = int(asked.get("days", "7")) if asked.get("days") in map(str, PERIODS) else 7
        words = str(asked.get("words") or "").strip()[:200]
        since = clock.now() - timedelta(days=days)
        found = await asyncio.to_thread(conversations.to_review, since, reasons, words, MOST)
        await visit.look((one.conversation_id for one in found), "review")
        values: dict[str, Any] = {
            "reasons": REASONS,
            "chosen": reasons,
            "days": days,
            "periods": PERIODS,
        }
        return visit.page("review", found=found, words=words, quote=quote, **values)

    async def show(visit: Visit, conversation_id: str) -> HTTPResponse:
        one = await asyncio.to_thread(conversations.get, conversation_id)
        if one is None:
            raise NotThereError
        await visit.look([conversation_id], "conversation")
        marked = {mark.text: mark for mark in await asyncio.to_thread(marks.all)}
        return visit.page(
            "conversation", one=one, marked=marked, topics=_choices(visit), varieties=VARIETIES
        )

    async def mark(visit: Visit, conversation_id: str) -> HTTPResponse:
        one = await asyncio.to_thread(conversations.get, conversation_id)
        if one is None:
            raise NotThereError
        said = {str(spoken.position): spoken for spoken in one.spoken if not spoken.by_assistant}
        spoken = said.get(visit.field("position"))
        if spoken is None:
            raise NotThereError
        try:
            await asyncio.to_thread(
                marks.add, spoken.text, visit.field("topic"), visit.field("variety"), clock.now()
            )
        except MarkError as error:
            raise NotAllowedError from error
        address = f"{PREFIX}/conversations/{quote(conversation_id, safe='')}"
        return see(f"{address}#message-{spoken.position}")

    async def list_marks(visit: Visit) -> HTTPResponse:
        return visit.page("marks", marks=await asyncio.to_thread(marks.all))

    async def unmark(visit: Visit) -> HTTPResponse:
        await asyncio.to_thread(marks.remove, visit.field("text"))
        return see(f"{PREFIX}/marks")

    async def export(_visit: Visit) -> HTTPResponse:
        written = training_yaml(await asyncio.to_thread(marks.all))
        name = {"Content-Disposition": 'attachment; filename="marked.yml"'}
        return text(written, headers={**staff_headers(), **name}, content_type="application/yaml")

    routes.add("GET", "/review", "reader", list_)
    routes.add("GET", "/conversations/<conversation_id:str>", "reader", show)
    routes.add("POST", "/conversations/<conversation_id:str>", "reader", mark)
    routes.add("GET", "/marks", "reader", list_marks)
    routes.add("POST", "/marks", "reader", unmark)
    routes.add("GET", "/marks.yml", "reader", export)


def intents() -> list[str]:
    """The intents of the domain."""
    domain = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    return [next(iter(one)) if isinstance(one, dict) else one for one in domain["intents"]]


def _choices(visit: Visit) -> list[tuple[str, str]]:
    """The intents with their titles, those with a title first."""
    titles = topic_titles()
    named = [(one, titles[one][visit.language]) for one in intents() if one in titles]
    return sorted(named, key=lambda pair: pair[1]) + [
        (one, one) for one in intents() if one not in titles
    ]
