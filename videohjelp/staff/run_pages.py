"""Run: the stories with live progress, their history, and what changed between two runs."""

from __future__ import annotations

import asyncio

from sanic import Blueprint, Sanic
from sanic.response import HTTPResponse
from sqlalchemy.engine import Engine

from videohjelp.staff.drafts import STORIES
from videohjelp.staff.runs import Run, Runner, RunningError, RunStore
from videohjelp.staff.visits import PREFIX, NotThereError, Routes, Visit, see
from videohjelp.stories.cases import TestCase
from videohjelp.stories.mistakes import StoriesError
from videohjelp.stories.reader import read_folder

MOST = 30


def add_run(blueprint: Blueprint, routes: Routes, engine: Engine) -> None:
    """Adds /staff/run, /staff/run/<id> and /staff/run/compare."""
    store = RunStore(engine)

    @blueprint.listener("before_server_start")
    async def begin(app: Sanic, _loop: asyncio.AbstractEventLoop) -> None:
        app.ctx.story_runs = Runner(store)

    async def list_(visit: Visit, problem: str = "") -> HTTPResponse:
        found = await asyncio.to_thread(store.all, MOST)
        stories, mistakes = await asyncio.to_thread(_stories)
        values = {"runs": found, "stories": stories, "mistakes": mistakes, "problem": problem}
        return visit.page("runs", status=409 if problem else 200, **values)

    async def start(visit: Visit) -> HTTPResponse:
        runner: Runner = visit.request.app.ctx.story_runs
        try:
            run_id = await runner.start(
                visit.account.name, visit.field("selection")[:200], visit.language
            )
        except RunningError:
            return await list_(visit, "run_busy")
        return see(f"{PREFIX}/run/{run_id}")

    async def show(visit: Visit, run_id: str) -> HTTPResponse:
        run = await _run(store, run_id)
        cases = await asyncio.to_thread(store.cases, run.id)
        expected = {(one.path, one.name): one for one in (await asyncio.to_thread(_stories))[0]}
        return visit.page("run", run=run, cases=cases, expected=expected)

    async def compare(visit: Visit) -> HTTPResponse:
        asked = visit.request.args
        older, newer = await _run(store, asked.get("a")), await _run(store, asked.get("b"))
        before = {one.name: one for one in await asyncio.to_thread(store.cases, older.id)}
        after = {one.name: one for one in await asyncio.to_thread(store.cases, newer.id)}
        changed = [
            (name, before.get(name), after.get(name))
            for name in dict.fromkeys([*before, *after])
            if _result(before.get(name)) != _result(after.get(name))
        ]
        return visit.page("compare", older=older, newer=newer, changed=changed)

    routes.add("GET", "/run", "tester", list_)
    routes.add("POST", "/run", "tester", start)
    routes.add("GET", "/run/compare", "tester", compare)
    routes.add("GET", "/run/<run_id:int>", "tester", show)


async def _run(store: RunStore, run_id: object) -> Run:
    number = str(run_id or "")
    found = await asyncio.to_thread(store.get, int(number)) if number.isdigit() else None
    if found is None:
        raise NotThereError
    return found


def _result(case: object) -> object:
    return getattr(case, "passed", None)


def _stories() -> tuple[list[TestCase], str]:
    """The stories, and what is wrong with them."""
    try:
        return read_folder(STORIES), ""
    except StoriesError as error:
        return [], str(error)
