"""What the page sends, as the message that Rasa is given."""

from __future__ import annotations

import json

from rasa.core.channels.channel import UserMessage

from actions.device_check import DEVICE_CHECK
from videohjelp.appointments.wording import Language
from videohjelp.channels.web.message_ids import MessageIds
from videohjelp.channels.web.messages import button_by_number, find_button
from videohjelp.channels.web.requests import Incoming, RefusedError
from videohjelp.device_check.intents import RESULT
from videohjelp.directory.own_numbers import own_numbers
from videohjelp.numbered_answers import number_in
from videohjelp.observation import Stage, timed
from videohjelp.privacy.redaction import redact
from videohjelp.storage.transcripts import Transcripts

_SWITCH: dict[Language, str] = {
    "nb": "/switch_to_bokmaal",
    "nn": "/switch_to_nynorsk",
    "en": "/switch_to_english",
}
#: The metadata of what the patient is not shown as having said.
UNSEEN = {"shown": ""}


class UserMessages:
    """Makes Rasa's messages of the page's: what was written, redacted, and what was pressed."""

    def __init__(self, transcripts: Transcripts, ids: MessageIds) -> None:
        """Takes where it is looked up which buttons were offered, and what hides the page's ids."""
        self._transcripts = transcripts
        self._ids = ids

    async def of(self, conversation_id: str, incoming: Incoming) -> UserMessage:
        """The message of this conversation.

        Raises RefusedError for a button that was not offered, SQLAlchemyError when the database is
        away.
        """
        message_id = self._ids.stored(incoming.message_id)
        if incoming.text is not None:
            return await self._written(conversation_id, incoming.text, message_id)
        if incoming.language is not None:
            payload, metadata = _SWITCH[incoming.language], UNSEEN
        elif incoming.check is not None:
            value = json.dumps({DEVICE_CHECK: incoming.check.to_entity()})
            payload, metadata = f"/{RESULT}{value}", UNSEEN
        elif incoming.silence:
            payload, metadata = "/silence", UNSEEN
        else:
            said = await self._transcripts.said_after(conversation_id)
            button = find_button(said, incoming.press or "")
            if button is None:
                raise RefusedError("not_offered")
            payload, metadata = button["payload"], {"shown": button["title"]}
        return UserMessage(payload, message_id=message_id, metadata=metadata)

    async def _written(self, conversation_id: str, text: str, message_id: str) -> UserMessage:
        """What the patient wrote; "the second one" is a press of the second button."""
        with timed(Stage.CLEAN):
            written = redact(text, own_numbers())
        if number_in(written) is not None:
            said = await self._transcripts.said_after(conversation_id)
            button = button_by_number(written, said)
            if button is not None:
                shown = {"shown": written}
                return UserMessage(button["payload"], message_id=message_id, metadata=shown)
        return UserMessage(written, message_id=message_id)
