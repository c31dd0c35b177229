"""The troubleshooting guides as the device check leaves them: steps known to be needless go, the
step that fits what was found comes first.

The check runs on the assistant's page, not in Join. So it can say that camera, microphone and
browser work, but not that join.nhn.no may use them: the steps inside Join stay.
"""

from __future__ import annotations

from dataclasses import replace

from videohjelp.device_check import findings
from videohjelp.device_check.report import Report
from videohjelp.guides.model import Guide

#: The guides whose steps the check can judge.
_JUDGED = frozenset(
    {findings.CAMERA, findings.MICROPHONE, findings.SOUND, findings.CONNECTION},
)
#: What came of asking for the camera or microphone -> the steps that can help then, best first.
_HELPFUL: dict[str, tuple[str, ...]] = {
    "busy": ("close_other_programs",),
    "failed": ("close_other_programs", "restart"),
    "none": ("restart",),
    "unsupported": ("browser",),
}


def adapted(guide: Guide, report: Report, keep: str | None = None) -> Guide:
    """The guide for a patient whose device was checked.

    keep: the id of the step the patient is at; it stays even when it is needless, so that they can
    go on from there. The guide may be left without steps: then nothing more can be tried.
    """
    if guide.id not in _JUDGED:
        return guide
    needless = _needless(guide.id, report) - {keep}
    steps = [step for step in guide.steps if step.id not in needless]
    first = _first(guide.id, report)
    steps.sort(key=lambda step: first.index(step.id) if step.id in first else len(first))
    return replace(guide, steps=tuple(steps))


def _needless(guide: str, report: Report) -> set[str]:
    needless: set[str] = set()
    if report.browser_fit == "recommended" and guide != findings.CONNECTION:
        needless.add("browser")
    if guide == findings.CAMERA:
        if findings.camera_works(report):
            needless |= {"close_other_programs", "restart"}
        elif report.camera == "none":
            # What is not there can be neither allowed nor chosen.
            needless |= {"allow_camera", "camera_not_muted", "choose_camera"}
    elif guide == findings.MICROPHONE:
        if findings.microphone_works(report):
            needless |= {"close_other_programs", "restart"}
        elif report.microphone == "none":
            needless |= {"allow_microphone", "microphone_not_muted", "choose_microphone"}
    elif guide == findings.SOUND and report.speaker == "heard":
        needless.add("turn_up_sound")
    elif guide == findings.CONNECTION and report.connection == "good":
        needless |= {"check_wireless", "near_router"}
    return needless


def _first(guide: str, report: Report) -> tuple[str, ...]:
    if guide == findings.CONNECTION:
        return ()
    browser = ("browser",) if report.browser_fit in ("in_app", "not_recommended") else ()
    if guide == findings.CAMERA:
        if report.camera == "not_seen":
            return (*browser, "choose_camera")
        return browser + _HELPFUL.get(report.camera, ())
    if guide == findings.MICROPHONE:
        if report.sound_level == "silent":
            return (*browser, "choose_microphone")
        return browser + _HELPFUL.get(report.microphone, ())
    return browser
