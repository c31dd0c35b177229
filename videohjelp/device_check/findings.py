"""What the result of the device check means: what works, what does not, which guide helps."""

from __future__ import annotations

from dataclasses import dataclass

from videohjelp.device_check.report import Report

CAMERA = "camera_not_working"
MICROPHONE = "microphone_not_working"
SOUND = "no_sound"
CONNECTION = "poor_connection"

#: The page or its address is at fault, not the patient's device: no guide helps.
_NOT_POSSIBLE_HERE = frozenset({"policy", "insecure"})
_NO_PROBLEM = frozenset({"works", "heard", "good", "moving", "skipped"})


@dataclass(frozen=True)
class Finding:
    """One thing that does not work: the response that says so, and the guide that helps."""

    response: str
    guide: str | None


def findings(report: Report) -> tuple[Finding, ...]:
    """What does not work, the most important first; no response stands twice."""
    found = [*_browser(report), *_camera(report), *_microphone(report)]
    if report.speaker not in _NO_PROBLEM:
        found.append(Finding(f"utter_device_check_speaker_{report.speaker}", SOUND))
    if report.connection not in _NO_PROBLEM:
        found.append(Finding("utter_device_check_connection_weak", CONNECTION))
    first = {finding.response: finding for finding in reversed(found)}
    return tuple(sorted(first.values(), key=found.index))


def camera_works(report: Report) -> bool:
    """Whether the browser shows the patient's own picture."""
    return report.camera == "works"


def microphone_works(report: Report) -> bool:
    """Whether the browser hears the patient."""
    return report.microphone == "works" and report.sound_level == "moving"


def all_works(report: Report) -> bool:
    """Whether every part was checked and nothing was found."""
    checked = "skipped" not in report.to_entity().values()
    return checked and not findings(report)


def _browser(report: Report) -> list[Finding]:
    if report.browser_fit in ("in_app", "not_recommended"):
        return [Finding(f"utter_device_check_browser_{report.browser_fit}", None)]
    return []


def _camera(report: Report) -> list[Finding]:
    return _access(report.camera, Finding(f"utter_device_check_camera_{report.camera}", CAMERA))


def _microphone(report: Report) -> list[Finding]:
    if report.microphone == "works" and report.sound_level == "silent":
        return [Finding("utter_device_check_microphone_silent", MICROPHONE)]
    own = Finding(f"utter_device_check_microphone_{report.microphone}", MICROPHONE)
    return _access(report.microphone, own)


def _access(code: str, own: Finding) -> list[Finding]:
    """The finding of a code; `own` is the one for this device alone."""
    if code in _NO_PROBLEM:
        return []
    if code in _NOT_POSSIBLE_HERE:
        return [Finding("utter_device_check_not_possible_here", None)]
    if code == "unsupported":
        return [Finding("utter_device_check_unsupported", own.guide)]
    return [own]
