"""Twilio: Programmable Messaging, calls in as forms, calls out to the REST API of 2010-04-01.

Sources: twilio.com/docs/messaging/guides/webhook-request (what comes in),
/docs/usage/webhooks/webhooks-security (the signature), /docs/messaging/api/message-resource (what
goes out, states, listing), /docs/usage/webhooks/webhooks-connection-overrides (retries).

- Parts of a long message come joined ("Inbound messages over 160 characters are reassembled when
  the message is received", documentation of num_segments), up to 1600 characters.
- Without more Twilio calls once, and again only when no connection was made. So that a message is
  not lost while the database is away, the address configured at Twilio ends in "#rc=5&rp=all".
- The API knows no idempotency keys. Whether it has an uncertain message, it is asked; beside that
  the key stands in the address of the reports.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import parse_qs, urlencode

from sanic.request import RequestParameters
from twilio.request_validator import RequestValidator

from videohjelp.channels.sms.providers.api import Api
from videohjelp.channels.sms.providers.base import (
    WEBHOOKS,
    Acknowledgement,
    Call,
    Found,
    Incoming,
    NotGenuineError,
    Outgoing,
    Report,
    Sent,
    UncertainError,
    UnreadableError,
)
from videohjelp.sms.reports import Delivery

API_URL = "https://api.twilio.com"

_ERROR_CODE = re.compile(r"[0-9]{1,5}")
#: Twilio's own messages have some twenty fields.
_MOST_FIELDS = 200
#: How many of the newest messages to a patient are looked through.
_LOOKED_AT = "20"
#: Twilio gives whole seconds, by its own clock.
_CLOCKS_DIFFER = timedelta(seconds=10)
_DELIVERIES = {
    "accepted": Delivery.ACCEPTED,
    "scheduled": Delivery.ACCEPTED,
    "queued": Delivery.ACCEPTED,
    "sending": Delivery.ACCEPTED,
    "sent": Delivery.SENT,
    "delivered": Delivery.DELIVERED,
    "read": Delivery.DELIVERED,
    "undelivered": Delivery.FAILED,
    "failed": Delivery.FAILED,
    "canceled": Delivery.FAILED,
}


class TwilioProvider:
    """One Twilio account."""

    name = "twilio"
    uncertain_after = timedelta(seconds=60)
    acknowledgement = Acknowledgement(
        200, '<?xml version="1.0" encoding="UTF-8"?><Response/>', "text/xml"
    )

    def __init__(
        self, *, account_sid: str, auth_token: str, public_url: str, api_url: str = API_URL
    ) -> None:
        """Takes the account, and how Twilio reaches this server (without a last slash)."""
        self._account_sid = account_sid
        self._validator = RequestValidator(auth_token)
        self._address = f"{public_url}{WEBHOOKS}/{self.name}"
        self._messages = f"/2010-04-01/Accounts/{account_sid}/Messages.json"
        self._api = Api(api_url, account_sid, auth_token)

    def receive(self, call: Call) -> Incoming:
        """The message in a call. Raises NotGenuineError or UnreadableError."""
        form = self._genuine(call, self._address)
        return Incoming(
            message_id=_needed(form, "MessageSid"),
            service_number=_needed(form, "To"),
            number=_needed(form, "From"),
            text=form.get("Body") or "",
        )

    def report(self, call: Call) -> Report:
        """The report in a call. Raises NotGenuineError or UnreadableError."""
        form = self._genuine(call, f"{self._address}/status")
        return Report(
            provider_message_id=_needed(form, "MessageSid"),
            key=parse_qs(call.query).get("key", [None])[0],
            delivery=_DELIVERIES.get(_needed(form, "MessageStatus")),
            error=_error_code(form.get("ErrorCode")),
        )

    async def send(self, message: Outgoing) -> Sent:
        """Sends a message once. Raises TransientError, PermanentError or UncertainError."""
        answer = await self._api.send(
            self._messages,
            data={
                "To": message.number,
                "From": message.service_number,
                "Body": message.text,
                "StatusCallback": f"{self._address}/status?{urlencode({'key': message.key})}",
            },
        )
        sid = answer.get("sid")
        if not isinstance(sid, str):
            raise UncertainError("answer without sid")
        return Sent(sid)

    async def find(self, message: Outgoing, known: frozenset[str]) -> Sent | Found:
        """Whether Twilio has a message with this text to this number. Raises TransientError."""
        answer = await self._api.ask(
            self._messages,
            {"To": message.number, "From": message.service_number, "PageSize": _LOOKED_AT},
        )
        earliest = message.created_at - _CLOCKS_DIFFER
        for one in answer.get("messages") or []:
            made = _moment(one.get("date_created"))
            if one.get("body") == message.text and made is not None and made >= earliest:
                sid = str(one.get("sid"))
                if sid not in known:
                    return Sent(sid)
        return Found.SURELY_NOT

    async def aclose(self) -> None:
        """Closes the connections."""
        await self._api.aclose()

    def _genuine(self, call: Call, address: str) -> Any:
        try:
            fields = parse_qs(
                call.body.decode("utf-8"),
                keep_blank_values=True,  # they are signed too
                errors="strict",
                max_num_fields=_MOST_FIELDS,
            )
        except ValueError as error:  # UnicodeDecodeError among them
            raise UnreadableError("this is no form") from error
        form = RequestParameters(fields)
        url = f"{address}?{call.query}" if call.query else address
        signature = call.headers.get("x-twilio-signature", "")
        if not self._validator.validate(url, form, signature):
            raise NotGenuineError
        if form.get("AccountSid") != self._account_sid:
            raise NotGenuineError
        return form


def _needed(form: Any, name: str) -> str:
    value = form.get(name)
    if not value:
        raise UnreadableError(f"{name} is missing")
    return str(value)


def _error_code(value: Any) -> str | None:
    """Twilio's codes have five digits; anything else is not kept."""
    return value if isinstance(value, str) and _ERROR_CODE.fullmatch(value) else None


def _moment(text: Any) -> datetime | None:
    """An RFC 2822 date with its zone."""
    try:
        moment = parsedate_to_datetime(str(text))
    except (TypeError, ValueError, IndexError):
        return None
    return moment if moment.tzinfo is not None else None
