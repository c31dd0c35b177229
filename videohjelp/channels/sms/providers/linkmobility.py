"""LINK Mobility's "Common" platform: JSON in both directions, basic authentication in both.

Sources: "LINK Mobility SMS REST API, MT and Delivery Reports", version 1.6 of 3 July 2019 (what
goes out, reports, result codes; version 2.4 of 23 June 2025 says the same of the platform); for
what comes in the documentation "Receiving MO messages" of Sergel Connect, which runs on the same
platform, and the fields of "SMS REST API, MO messages" 1.7 in the client library deveel.lm.client.

- LINK calls the address that its support has set up, with user and password in it.
- A message is one call with one messageId; long ones are divided and joined by the platform
  ("Common can handle this splitting, concatenation", MT document, section "Size limits").
- `refId` is "not used for anything except as a reference": a message sent twice is sent twice. The
  API cannot be asked either. Whether an uncertain message was taken, its report tells: that has
  the refId, which is the outbox's key.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import json
from datetime import timedelta
from typing import Any

from videohjelp.channels.sms.providers.api import Api
from videohjelp.channels.sms.providers.base import (
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

#: States that are not the last; all others but those of delivery mean that it failed.
_DELIVERED = frozenset({1001, 1007})
_SENT = frozenset({1000, 1008, 1011, 1012, 1013})
_ACCEPTED = frozenset({1005})
#: "{id}${n}": the report of one part of a long message.
_PART = "$"


class LinkMobilityProvider:
    """One account on the Common platform."""

    name = "linkmobility"
    uncertain_after = timedelta(minutes=5)
    acknowledgement = Acknowledgement(200)

    def __init__(
        self,
        *,
        api_url: str,
        username: str,
        password: str,
        platform_id: str,
        partner_id: str,
        gate_id: str,
        callback_username: str,
        callback_password: str,
    ) -> None:
        """Takes what LINK's support has given: the address, the account, the gate.

        callback_username, callback_password: what LINK's calls must show.
        """
        # The document writes the addresses with and without "/sms".
        self._api = Api(api_url.removesuffix("/sms"), username, password)
        self._account = {"platformId": platform_id, "platformPartnerId": partner_id}
        self._gate_id = gate_id
        self._callers = f"{callback_username}:{callback_password}".encode()

    def receive(self, call: Call) -> Incoming:
        """The message in a call. Raises NotGenuineError or UnreadableError."""
        value = self._genuine(call)
        content = value.get("content")
        content = content if isinstance(content, dict) else {}
        # Pictures and binary messages have no text; they are answered as such.
        is_text = content.get("type") == "SMS" and content.get("encoding") == "TEXT"
        text = content.get("userData") if is_text else ""
        return Incoming(
            message_id=_needed(value, "messageId"),
            service_number=_needed(value, "destination"),
            number=_needed(value, "source"),
            text=text if isinstance(text, str) else "",
        )

    def report(self, call: Call) -> Report:
        """The report in a call. Raises NotGenuineError or UnreadableError."""
        value = self._genuine(call)
        code = value.get("resultCode")
        if not isinstance(code, int) or isinstance(code, bool):
            raise UnreadableError("resultCode is missing")
        delivery = _delivery(code)
        key = value.get("refId")
        return Report(
            provider_message_id=_needed(value, "id").split(_PART)[0],
            key=key if isinstance(key, str) else None,
            delivery=delivery,
            error=str(code) if delivery is Delivery.FAILED else None,
        )

    async def send(self, message: Outgoing) -> Sent:
        """Sends a message once. Raises TransientError, PermanentError or UncertainError."""
        country, _, short = message.service_number.rpartition("-")
        is_short = bool(country) or not short.startswith("+")
        answer = await self._api.send(
            "/sms/send",
            json={
                **self._account,
                # What comes in is addressed to "NO-2333", what goes out comes from "2333".
                "source": short,
                "sourceTON": "SHORTNUMBER" if is_short else "MSISDN",
                "destination": message.number,
                "userData": message.text,
                "refId": message.key,
                "useDeliveryReport": True,
                "deliveryReportGates": [self._gate_id],
                # Unless this is said the answer is empty, and the message has no id for us.
                "ignoreResponse": False,
            },
        )
        message_id = answer.get("messageId")
        if not isinstance(message_id, str):
            raise UncertainError("answer without messageId")
        return Sent(message_id)

    async def find(self, message: Outgoing, known: frozenset[str]) -> Sent | Found:
        """The platform cannot be asked."""
        return Found.CANNOT_ASK

    async def aclose(self) -> None:
        """Closes the connections."""
        await self._api.aclose()

    def _genuine(self, call: Call) -> dict[str, Any]:
        kind, _, shown = call.headers.get("authorization", "").partition(" ")
        try:
            account = base64.b64decode(shown.strip(), validate=True)
        except (binascii.Error, ValueError):
            account = b""
        if kind.lower() != "basic" or not hmac.compare_digest(account, self._callers):
            raise NotGenuineError('Basic realm="sms", charset="UTF-8"')
        try:
            value = json.loads(call.body.decode("utf-8"))
        except (ValueError, RecursionError) as error:  # UnicodeDecodeError among them
            raise UnreadableError("this is no JSON") from error
        if not isinstance(value, dict):
            raise UnreadableError("this is no JSON object")
        return value


def _needed(value: dict[str, Any], name: str) -> str:
    found = value.get(name)
    if not isinstance(found, str) or not found:
        raise UnreadableError(f"{name} is missing")
    return found


def _delivery(code: int) -> Delivery:
    if code in _DELIVERED:
        return Delivery.DELIVERED
    if code in _SENT:
        return Delivery.SENT
    return Delivery.ACCEPTED if code in _ACCEPTED else Delivery.FAILED
