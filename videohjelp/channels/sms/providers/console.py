"""The simulator: no account, no network; messages come from a page on the own machine.

Nothing is signed. So it answers only this machine (the server refuses to start on any other
address), and only its own page: another website open in the same browser cannot write to it, not
even under a name of its own that points here ("DNS rebinding").
"""

from __future__ import annotations

import json
import re
from datetime import timedelta

from videohjelp.channels.local_calls import is_local
from videohjelp.channels.sms.providers.base import (
    Acknowledgement,
    Call,
    Found,
    Incoming,
    NotGenuineError,
    Outgoing,
    Report,
    Sent,
    UnreadableError,
)
from videohjelp.sms.reports import Delivery

#: The number that simulated messages are sent to.
SERVICE_NUMBER = "1987"
_MESSAGE_ID = re.compile(r"[A-Za-z0-9-]{8,64}")


class ConsoleProvider:
    """The provider of the simulator."""

    name = "console"
    uncertain_after = timedelta(seconds=15)
    acknowledgement = Acknowledgement(202)

    def receive(self, call: Call) -> Incoming:
        """The message in a call, JSON with id, number and text.

        id: 8 to 64 letters, digits and hyphens, another for each message; the same one is answered
        once. Raises NotGenuineError or UnreadableError.
        """
        check_local(call)
        kind = call.headers.get("content-type", "").split(";")[0].strip().lower()
        try:
            value = json.loads(call.body.decode("utf-8"))
        except (ValueError, RecursionError) as error:
            raise UnreadableError("this is no JSON") from error
        # A page elsewhere cannot send this content type unasked.
        if kind != "application/json" or not isinstance(value, dict):
            raise UnreadableError("this is no JSON object")
        message_id, number, text = (value.get(name) for name in ("id", "number", "text"))
        if not isinstance(message_id, str) or not _MESSAGE_ID.fullmatch(message_id):
            raise UnreadableError("id is missing")
        if not isinstance(number, str) or not isinstance(text, str):
            raise UnreadableError("number or text is missing")
        return Incoming(message_id, SERVICE_NUMBER, number, text)

    def report(self, call: Call) -> Report:
        """There are none."""
        raise UnreadableError("the simulator has no reports")

    async def send(self, message: Outgoing) -> Sent:
        """Delivered at once: the simulator reads the outbox."""
        return Sent(message.key, Delivery.DELIVERED)

    async def find(self, message: Outgoing, known: frozenset[str]) -> Sent | Found:
        """Nothing leaves the outbox, so sending again sends nothing twice."""
        return Found.SURELY_NOT

    async def aclose(self) -> None:
        """There is nothing to close."""


def check_local(call: Call) -> None:
    """Raises NotGenuineError unless the call comes from this machine itself."""
    if not is_local(call.peer, call.headers):
        raise NotGenuineError
