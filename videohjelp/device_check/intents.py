"""The two messages of the device check. The page sends them; patients never write them."""

from __future__ import annotations

#: A button with this intent makes the page open the check; it exists on the web only.
OPEN = "open_device_check"
OPEN_PAYLOAD = f"/{OPEN}"
#: The check's result, with the report as its entity "device_check".
RESULT = "device_check_result"

#: Without training examples: a text must never be taken for one of them.
NEVER_WRITTEN = frozenset({OPEN, RESULT})
