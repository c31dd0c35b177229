"""The result of the device check: a flat list of short codes, and nothing about who it is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields

from videohjelp.guides.model import DEVICES, Device

#: What asking for a camera or a microphone can lead to (getUserMedia, W3C Media Capture).
_ACCESS = frozenset(
    {
        "works",
        "denied",
        "dismissed",
        "blocked_by_system",
        "none",
        "busy",
        "insecure",
        "policy",
        "unsupported",
        "failed",
        "skipped",
    }
)
_CODES: Mapping[str, frozenset[str]] = {
    "device": frozenset(DEVICES),
    "browser_fit": frozenset({"recommended", "usable", "not_recommended", "in_app"}),
    "camera": _ACCESS | {"not_seen"},
    "microphone": _ACCESS,
    "sound_level": frozenset({"moving", "silent", "skipped"}),
    "speaker": frozenset({"heard", "not_heard", "none", "skipped"}),
    "connection": frozenset({"good", "weak", "none", "skipped"}),
}
_SYSTEMS = ("iOS", "iPadOS", "Android", "Windows", "macOS", "ChromeOS", "Linux", "other")
_BROWSERS = (
    "Safari",
    "Chrome",
    "Edge",
    "Firefox",
    "Opera",
    "Samsung Internet",
    "Internet Explorer",
    "Facebook",
    "Messenger",
    "Instagram",
    "Snapchat",
    "Teams",
    "LinkedIn",
    "TikTok",
    "Google app",
    "WebView",
    "other",
)
_VERSION = r"(?: \d{1,3}(?:\.\d{1,2})?)?"
_NAMES: Mapping[str, re.Pattern[str]] = {
    "system": re.compile(f"(?:{'|'.join(_SYSTEMS)}){_VERSION}"),
    "browser": re.compile(f"(?:{'|'.join(_BROWSERS)}){_VERSION}"),
}


@dataclass(frozen=True)
class Report:
    """What the device check found, each part as one of its codes.

    device: the kind of device, as the guides know it. system, browser: name and version, such as
    "iOS 17.4" and "Safari 17". browser_fit: how it fits what the hospital recommends. camera,
    microphone: what asking for it led to; not_seen is a camera that is on while the patient sees
    no picture. sound_level: whether it moved when the patient spoke. "skipped": not checked.
    """

    device: Device
    system: str
    browser: str
    browser_fit: str
    camera: str
    microphone: str
    sound_level: str
    speaker: str
    connection: str

    def to_entity(self) -> dict[str, str]:
        """The codes by name, as `read_report` reads them again."""
        return {name: str(value) for name, value in asdict(self).items()}

    def to_case(self) -> dict[str, str]:
        """The codes as a hand-off case keeps them; what was not checked is left out."""
        return {name: code for name, code in self.to_entity().items() if code != "skipped"}


def read_report(value: object) -> Report:
    """Reads what a page has sent.

    value: an object with every field of `Report`, each one of its codes, and nothing else. Raises
    ValueError otherwise; the error names the field, never the value, which may be anything.
    """
    if not isinstance(value, dict):
        raise ValueError("the result of the device check is an object")
    names = [field.name for field in fields(Report)]
    if set(value) != set(names):
        raise ValueError(f"the result of the device check has the fields {', '.join(names)}")
    for name in names:
        if not _is_allowed(name, value[name]):
            raise ValueError(f"'{name}' is none of the results of the device check")
    return Report(**value)


def _is_allowed(name: str, code: object) -> bool:
    if not isinstance(code, str):
        return False
    if name in _NAMES:
        return _NAMES[name].fullmatch(code) is not None
    return code in _CODES[name]
