"""Record: a conversation becomes a test case, corrected in a form and saved as a story."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import Literal, cast

from sanic.response import HTTPResponse, text
from sqlalchemy.engine import Engine

from videohjelp.appointments.wording import Language
from videohjelp.channels.web.languages import wanted_language
from videohjelp.clock import OSLO
from videohjelp.directory.own_numbers import own_numbers
from videohjelp.privacy.redaction import redact
from videohjelp.review.conversations import Conversations
from videohjelp.settings import ROOT
from videohjelp.staff.drafts import (
    Draft,
    DraftError,
    DraftTurn,
    case_of,
    drafted,
    file_name,
    save,
)
from videohjelp.staff.pages import staff_headers
from videohjelp.staff.review_pages import intents
from videohjelp.staff.try_pages import own_trial
from videohjelp.staff.turns import turns_of
from videohjelp.staff.visits import NotThereError, Routes, Visit
from videohjelp.stories.writer import to_yaml

MOST_TURNS = 60


def add_record(routes: Routes, engine: Engine) -> None:
    """Adds /staff/record: the form (GET) and what is done with it (POST)."""
    conversations = Conversations(engine)

    async def begin(visit: Visit) -> HTTPResponse:
        asked = visit.request.args
        if asked.get("trial"):
            trial = await own_trial(visit, asked.get("trial"))
            channel = cast(Literal["web", "sms"], trial.channel)
            turns = drafted(trial.turns)
            moment = trial.clock and trial.clock.astimezone(OSLO)
            return _form(visit, Draft(channel, trial.language, turns, clock=moment))
        conversation_id = str(asked.get("conversation") or "")
        one = await asyncio.to_thread(conversations.get, conversation_id)
        if one is None:
            raise NotThereError
        await visit.look([conversation_id], "record")
        events = await asyncio.to_thread(conversations.events, conversation_id)
        turns = drafted(turns_of(event for _, event in events))
        channel = "sms" if one.channel == "sms" else "web"
        return _form(visit, Draft(channel, cast(Language, one.language), turns))

    async def act(visit: Visit) -> HTTPResponse:
        draft = _sent(visit)
        try:
            case = case_of(draft)
            if visit.field("do") == "save":
                saved = await asyncio.to_thread(save, case, draft.folder)
                return visit.page("recorded", path=saved.relative_to(ROOT), yaml=to_yaml(case))
        except DraftError as error:
            return _form(visit, draft, error)
        if visit.field("do") == "download":
            name = f'attachment; filename="{file_name(case.name)}.yml"'
            headers = {**staff_headers(), "Content-Disposition": name}
            return text(to_yaml(case), headers=headers, content_type="application/yaml")
        return _form(visit, draft, yaml=to_yaml(case))

    routes.add("GET", "/record", "tester", begin)
    routes.add("POST", "/record", "tester", act)


def _form(
    visit: Visit, draft: Draft, error: DraftError | None = None, yaml: str = ""
) -> HTTPResponse:
    values = {"draft": draft, "error": error, "yaml": yaml, "intents": sorted(intents())}
    return visit.page("record", status=422 if error else 200, **values)


def _redacted(visit: Visit, field: str) -> str:
    # What staff add to a conversation has not passed the channel's redaction.
    return redact(visit.field(field), own_numbers())


def _sent(visit: Visit) -> Draft:
    turns: list[DraftTurn] = []
    while f"text_{len(turns)}" in (visit.request.form or {}) and len(turns) < MOST_TURNS:
        at = len(turns)
        turns.append(
            DraftTurn(
                text=_redacted(visit, f"text_{at}"),
                pressed=visit.field(f"pressed_{at}") == "yes",
                intent=visit.field(f"intent_{at}"),
                utter=visit.field(f"utter_{at}"),
                contains=_redacted(visit, f"contains_{at}"),
                buttons=_redacted(visit, f"buttons_{at}"),
                has_buttons=visit.field(f"has_buttons_{at}") == "yes",
            )
        )
    try:
        written = visit.field("clock")
        moment = datetime.fromisoformat(written).replace(tzinfo=OSLO) if written else None
    except ValueError:
        moment = None
    return Draft(
        channel="sms" if visit.field("channel") == "sms" else "web",
        language=wanted_language(visit.field("language"), "nb"),
        turns=tuple(turns),
        clock=moment,
        name=_redacted(visit, "name"),
        folder=_redacted(visit, "folder"),
    )
