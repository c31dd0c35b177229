"""Asks a separate action server to run the custom actions (VIDEOHJELP_ACTIONS=remote)."""

from __future__ import annotations

import asyncio
from typing import Any

import structlog
from aiohttp import ClientError
from rasa.shared.core.domain import Domain
from rasa.utils.endpoints import ClientResponseError, EndpointConfig

from videohjelp.coordination.rest import Rest
from videohjelp.server.actions_endpoint import Apology

log = structlog.get_logger("videohjelp.actions")

#: Seconds that one action may take: the patient waits for eight. Rasa would wait for five minutes,
#: and everything the patient writes meanwhile with it.
PATIENCE = 5.0
#: The action says that another one should run.
_REJECTED = 400


class RemoteActions(EndpointConfig):
    """Rasa's endpoint of an action server, with an apology when that one does not answer.

    Rasa by itself would go on without a word, and a form would confirm values nobody has checked.
    """

    def __init__(self, url: str, domain: Domain) -> None:
        """Takes the server's address and the domain of the model."""
        super().__init__(url=url, enable_selective_domain=True)
        self._apology = Apology(domain)
        # A turn has several actions: not each of them waits for a server that does not answer.
        self._rest = Rest()

    async def request(self, *args: Any, **options: Any) -> Any:
        """Runs one action. Gives its events and responses; an apology when there are none.

        Raises ClientResponseError when the action says that another one should run.
        """
        call = options.get("json") or {}
        if not self._rest.may_be_asked():
            return self._apology.after(call)
        action = call.get("next_action")
        try:
            found = await asyncio.wait_for(super().request(*args, **options), PATIENCE)
        except ClientResponseError as error:
            self._rest.answered()
            if error.status == _REJECTED:
                raise
            log.error("action_failed", action=action, status=error.status)
            return self._apology.after(call)
        except (ClientError, OSError, asyncio.TimeoutError) as error:
            self._rest.failed()
            log.error("action_server_away", action=action, reason=type(error).__name__)
            return self._apology.after(call)
        self._rest.answered()
        return self._apology.after(call) if found is None else found
