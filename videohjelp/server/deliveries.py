"""Sends hand-off cases to the configured webhook, in the background."""

from __future__ import annotations

import asyncio
from datetime import datetime, timezone

import structlog

from actions.services import cases
from videohjelp.handoff.webhook import WebhookSender, deliver_due
from videohjelp.observation import observer
from videohjelp.settings import settings

log = structlog.get_logger("videohjelp.deliveries")

#: Seconds between two looks at what is due.
PAUSE = 5.0


async def deliver_cases_forever() -> None:
    """Delivers what is due, again and again; a failure is logged and tried again."""
    url, secret = settings().handoff_webhook_url, settings().handoff_webhook_secret
    if not url or secret is None:
        log.error("webhook_not_configured", missing="VIDEOHJELP_HANDOFF_WEBHOOK_SECRET")
        return
    async with WebhookSender(url, secret.get_secret_value()) as sender:
        while True:
            try:
                done = await deliver_due(cases(), sender, datetime.now(timezone.utc))
                observer().deliveries(done.delivered, done.retried, done.failed)
            except Exception:
                log.exception("delivery_failed")
            await asyncio.sleep(PAUSE)
