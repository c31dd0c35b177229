"""What a patient wrote, without what no patient writes."""

from __future__ import annotations

import re
import unicodedata

_LINE_BREAKS = "\n\t"
#: Slashes with spaces between them too: "/ /restart" would be a command without the first one.
_COMMAND_START = re.compile(r"\A[\s/]+")


def clean(text: str) -> str:
    """The text without control characters, direction marks and half characters; never a command.

    A leading "/" would be one to Rasa ("/restart"): only buttons may send those.
    """
    kept = "".join(
        character
        for character in unicodedata.normalize("NFC", text)
        if character in _LINE_BREAKS or unicodedata.category(character) not in ("Cc", "Cf", "Cs")
    )
    return _COMMAND_START.sub("", kept).rstrip()
