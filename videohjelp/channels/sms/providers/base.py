"""What the channel wants of a provider of text messages, and the errors it can have."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum
from typing import Protocol

from videohjelp.sms.reports import Delivery

#: Where the providers' calls come in, below the public address.
WEBHOOKS = "/webhooks/sms"


class NotGenuineError(Exception):
    """The call is not proven to come from the provider.

    challenge: what WWW-Authenticate says when the caller should show who it is, else None.
    """

    def __init__(self, challenge: str | None = None) -> None:
        super().__init__("the call is not proven to come from the provider")
        self.challenge = challenge


class UnreadableError(ValueError):
    """The provider's call cannot be read, and never will be. The text has nothing of the call."""


class TransientError(Exception):
    """Surely not sent, and worth another try.

    kind: what happened, without anybody's data. wait_seconds: how long the provider asked for.
    """

    def __init__(self, kind: str, wait_seconds: float = 0.0) -> None:
        super().__init__(kind)
        self.kind = kind
        self.wait_seconds = wait_seconds


class PermanentError(Exception):
    """Surely not sent, and trying again will not help. kind: as for TransientError."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


class UncertainError(Exception):
    """Nobody knows whether the provider has it. kind: as for TransientError."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


@dataclass(frozen=True)
class Call:
    """A call of the provider's, as it came.

    query: the part of the address after "?", as it was written. headers: with small letters.
    peer: the address at the other end of the connection.
    """

    query: str = field(repr=False)
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)
    peer: str = field(repr=False, default="")


@dataclass(frozen=True)
class Incoming:
    """A message of a patient's. text: "" for a picture or a call without text."""

    message_id: str
    service_number: str
    number: str = field(repr=False)
    text: str = field(repr=False)


@dataclass(frozen=True)
class Report:
    """How far a message of ours has come.

    key: the outbox's, where the provider gives it back. delivery: None for a state that says
    nothing. error: the provider's code.
    """

    provider_message_id: str
    key: str | None
    delivery: Delivery | None
    error: str | None = None


@dataclass(frozen=True)
class Outgoing:
    """A message to send. key: the same at each try. created_at: UTC."""

    key: str
    service_number: str
    created_at: datetime
    number: str = field(repr=False)
    text: str = field(repr=False)


@dataclass(frozen=True)
class Sent:
    """What the provider said when it took a message."""

    provider_message_id: str
    delivery: Delivery = Delivery.ACCEPTED


class Found(Enum):
    """What asking the provider about an uncertain message gives, when it does not have it."""

    SURELY_NOT = "surely not"
    CANNOT_ASK = "cannot ask"


@dataclass(frozen=True)
class Acknowledgement:
    """What the provider gets for a call that was taken in."""

    status: int
    body: str = ""
    content_type: str = "text/plain"


class Provider(Protocol):
    """A provider. Its methods are called from the event loop and never wait for anything else."""

    @property
    def name(self) -> str:
        """As in VIDEOHJELP_SMS_PROVIDER and in the address of its calls."""

    @property
    def uncertain_after(self) -> timedelta:
        """How long after a try began it is settled whether an uncertain message was taken.

        Longer than the time-out, and where the provider cannot be asked, long enough for its
        report to come.
        """

    @property
    def acknowledgement(self) -> Acknowledgement:
        """What it gets for a message that was stored."""

    def receive(self, call: Call) -> Incoming:
        """The message in a call. Raises NotGenuineError or UnreadableError."""

    def report(self, call: Call) -> Report:
        """The report in a call. Raises NotGenuineError or UnreadableError."""

    async def send(self, message: Outgoing) -> Sent:
        """Sends a message once. Raises TransientError, PermanentError or UncertainError."""

    async def find(self, message: Outgoing, known: frozenset[str]) -> Sent | Found:
        """Whether the provider has an uncertain message.

        known: its ids of messages to this patient that are not meant. Raises TransientError when
        it does not answer.
        """

    async def aclose(self) -> None:
        """Closes the connections."""
