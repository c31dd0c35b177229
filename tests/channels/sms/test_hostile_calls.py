"""Whatever stands in a provider's call that is proven genuine, it is stored or cleanly refused."""

from __future__ import annotations

import base64
import itertools
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from twilio.request_validator import RequestValidator

from tests.channels.sms.sending import linkmobility, twilio
from tests.channels.sms.twilio_calls import ACCOUNT, PATH, PUBLIC_URL, SERVICE, TOKEN
from tests.fuzz.strategies import objects, texts, values
from videohjelp.channels.sms.providers.base import Call, Provider, UnreadableError
from videohjelp.channels.sms.providers.console import ConsoleProvider
from videohjelp.channels.sms.service import SmsService
from videohjelp.coordination.locks import NoLocks

EXAMPLES = settings(
    max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
#: No address is asked: nothing is sent.
NOWHERE = "http://127.0.0.1:9"
MO = ("destination", "source", "content", "messageId")
REPORT = ("id", "refId", "resultCode")
_numbered = itertools.count(1)


@pytest.fixture
def make_service(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Makes the channel with a provider, on a database of its own."""
    monkeypatch.setenv("VIDEOHJELP_DATABASE_URL", f"sqlite:///{tmp_path / 'calls.db'}")

    def make(provider: Provider) -> SmsService:
        return SmsService(provider, NoLocks())

    yield make


async def bring(service: SmsService, call: Call) -> None:
    """A message and a report with the same content: stored, or refused as unreadable."""
    for take in (service.receive, service.report):
        try:
            await take(call)
        except UnreadableError as error:
            assert str(error), "a refusal has a reason"


def twilio_call(fields: dict[str, str], path: str = PATH, query: str = "") -> Call:
    """A form, signed as Twilio signs it."""
    body = urlencode(fields, errors="replace")
    # What arrives is what was sent; half characters are lost on the way.
    sent = {name.encode("utf-8", "replace").decode(): value.encode("utf-8", "replace").decode()
            for name, value in fields.items()}  # fmt: skip
    url = f"{PUBLIC_URL}{path}" + (f"?{query}" if query else "")
    signature = RequestValidator(TOKEN).compute_signature(url, sent)
    return Call(query, {"x-twilio-signature": signature}, body.encode())


@EXAMPLES
@given(
    fields=st.dictionaries(
        st.sampled_from(("MessageSid", "From", "To", "Body", "MessageStatus", "ErrorCode")), texts()
    ),
    whole=st.booleans(),
)
async def test_twilio(make_service: Any, fields: dict[str, str], whole: bool) -> None:
    base = {"MessageSid": f"SM{next(_numbered)}", "From": "+4799887766", "To": SERVICE}
    filled = {"AccountSid": ACCOUNT, **(base if whole else {}), **fields}
    service = make_service(twilio(NOWHERE))
    for path, take in ((PATH, service.receive), (f"{PATH}/status", service.report)):
        try:
            await take(twilio_call(filled, path))
        except UnreadableError as error:
            assert str(error)


@EXAMPLES
@given(value=st.one_of(objects(*MO, *REPORT), values()), whole=st.booleans(), text=values())
async def test_link_mobility(make_service: Any, value: Any, whole: bool, text: Any) -> None:
    if whole and isinstance(value, dict):
        content = {"type": "SMS", "encoding": "TEXT", "userData": text}
        value = {
            "destination": "NO-2333",
            "source": "+4799887766",
            "messageId": f"MO{next(_numbered)}",
            "id": "x",
            "resultCode": 1001,
            "content": content,
            **value,
        }
    shown = base64.b64encode(b"link:back").decode()
    headers = {"authorization": f"Basic {shown}"}
    service = make_service(linkmobility(NOWHERE))
    await bring(service, Call("", headers, json.dumps(value).encode()))


@EXAMPLES
@given(value=st.one_of(objects("id", "number", "text"), values()), whole=st.booleans())
async def test_simulator(make_service: Any, value: Any, whole: bool) -> None:
    if whole and isinstance(value, dict):
        number = {"id": f"message-{next(_numbered)}", "number": "+4799887766"}
        value = {"text": "hei", **value, **number}
    headers = {"content-type": "application/json", "host": "127.0.0.1"}
    service = make_service(ConsoleProvider())
    await bring(service, Call("", headers, json.dumps(value).encode(), peer="127.0.0.1"))


@EXAMPLES
@given(body=st.binary(max_size=120), shown=texts())
async def test_any_bytes(make_service: Any, body: bytes, shown: str) -> None:
    shown_right = base64.b64encode(b"link:back").decode()
    headers = {"authorization": f"Basic {shown_right}", "x-twilio-signature": shown}
    await bring(make_service(linkmobility(NOWHERE)), Call("", headers, body))
