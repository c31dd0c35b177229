"""Stands in for a channel where nobody listens."""

from __future__ import annotations

from typing import Any

from rasa.core.channels.channel import OutputChannel


class NoChannel(OutputChannel):
    """A channel whose messages go nowhere."""

    @classmethod
    def name(cls) -> str:
        return "nowhere"

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Nobody is there."""
