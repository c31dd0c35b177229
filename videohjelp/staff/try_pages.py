"""Try: talk with the assistant, and see how it understood each message."""

from __future__ import annotations

import asyncio
from datetime import datetime

from sanic import Blueprint, Sanic
from sanic.response import HTTPResponse
from sqlalchemy.engine import Engine

from videohjelp.channels.web.languages import wanted_language
from videohjelp.clock import OSLO
from videohjelp.settings import settings
from videohjelp.sms.answers import Option, Said, answer
from videohjelp.staff.trial_store import Trial
from videohjelp.staff.trials import Trials
from videohjelp.staff.turns import SeenTurn
from videohjelp.staff.visits import PREFIX, NotThereError, Routes, Visit, see

MOST = 20


def add_try(blueprint: Blueprint, routes: Routes, engine: Engine) -> None:
    """Adds /staff/try and /staff/try/<id>."""

    @blueprint.listener("before_server_start")
    async def begin(app: Sanic, _loop: asyncio.AbstractEventLoop) -> None:
        app.ctx.trials = Trials(app.ctx.agent, engine)

    async def start(visit: Visit, problem: str = "") -> HTTPResponse:
        mine = await asyncio.to_thread(trials_of(visit).store.of_account, visit.account.name, MOST)
        status = 422 if problem else 200
        return visit.page("try", mine=mine, problem=problem, status=status)

    async def begin_trial(visit: Visit) -> HTTPResponse:
        channel = "sms" if visit.field("channel") == "sms" else "web"
        language = wanted_language(visit.field("language"), settings().default_language)
        try:
            moment = _moment(visit.field("clock"))
        except ValueError:
            return await start(visit, "try_clock_wrong")
        made = await trials_of(visit).begin(visit.account.name, channel, language, moment)
        return see(f"{PREFIX}/try/{made.id}")

    async def show(visit: Visit, trial_id: str) -> HTTPResponse:
        trial = await own_trial(visit, trial_id)
        return visit.page("trial", trial=trial, texts=[_texts(trial, one) for one in trial.turns])

    async def say(visit: Visit, trial_id: str) -> HTTPResponse:
        trial = await own_trial(visit, trial_id)
        number = visit.field("press")
        if number.isdigit():
            await trials_of(visit).press(trial, int(number))
        else:
            text = visit.field("text")[: settings().message_limit]
            await trials_of(visit).say(trial, text)
        return see(f"{PREFIX}/try/{trial.id}#write")

    routes.add("GET", "/try", "tester", start)
    routes.add("POST", "/try", "tester", begin_trial)
    routes.add("GET", "/try/<trial_id:str>", "tester", show)
    routes.add("POST", "/try/<trial_id:str>", "tester", say)


async def own_trial(visit: Visit, trial_id: str) -> Trial:
    """The visitor's trial with this id. Raises NotThereError, for others' as well."""
    trial = await asyncio.to_thread(trials_of(visit).store.get, trial_id)
    if trial is None or trial.account != visit.account.name:
        raise NotThereError
    return trial


def trials_of(visit: Visit) -> Trials:
    """The trials of the serving process."""
    trials: Trials = visit.request.app.ctx.trials
    return trials


def _moment(written: str) -> datetime | None:
    """A time on the clock in Oslo; None for none. Raises ValueError."""
    return datetime.fromisoformat(written).replace(tzinfo=OSLO) if written else None


def _texts(trial: Trial, turn: SeenTurn) -> list[str]:
    """The messages of a turn as they arrive."""
    if trial.channel == "web":
        return [one.text for one in turn.replies]
    said = [
        Said(one.text, tuple(Option(title, payload) for title, payload in one.buttons))
        for one in turn.replies
    ]
    return list(answer(said, trial.language).pages)
