"""What the simulated telephone reads; it writes to /webhooks/sms/console."""

from __future__ import annotations

import asyncio
import re
from dataclasses import asdict
from typing import Any

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, json

from videohjelp.channels.sms.calls import call_of
from videohjelp.channels.sms.providers.base import UnreadableError
from videohjelp.channels.sms.providers.console import ConsoleProvider, check_local
from videohjelp.channels.sms.stores import Stores
from videohjelp.sms.phone_ids import NumberError, PhoneIds

_ID = re.compile(r"[0-9]{1,15}")
#: Nothing of it may be kept by the browser.
HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}


def add_simulator(routes: Blueprint, stores: Stores, phone_ids: PhoneIds) -> None:
    """Adds GET /sms/simulator/messages?number=…&after=…

    The messages to a number with an id above `after` (0 unless given), the oldest first: JSON
    {"messages": [{"id", "text", "segments", "state", "created_at"}]}, created_at in UTC. 403 unless
    the call comes from this machine, 400 for what is no number.
    """

    @routes.get("/sms/simulator/messages")
    async def messages(request: Request) -> HTTPResponse:
        check_local(call_of(request))
        after = request.args.get("after", "0")
        if not _ID.fullmatch(after):
            raise UnreadableError("after is no id")
        try:
            sender_ids = phone_ids.candidates(request.args.get("number", ""))
        except NumberError:
            raise UnreadableError("this is no phone number") from None
        found = await asyncio.to_thread(
            stores.outbox.messages_to, ConsoleProvider.name, sender_ids, int(after)
        )
        shown: list[dict[str, Any]] = [
            {**asdict(one), "created_at": one.created_at.isoformat()} for one in found
        ]
        return json({"messages": shown}, headers=HEADERS)
