from __future__ import annotations

from pathlib import Path

import pytest

from videohjelp.guides.model import Ending, Guide, Kind, Step, Target
from videohjelp.guides.reading import GuideError, read_guides
from videohjelp.settings import ROOT

COMPLETE = """\
guides:
  camera:
    kind: troubleshooting
    opening: utter_opening
    unsolved: department
    steps:
      - id: offer
        say: utter_offer
        ask: utter_ask
        why: utter_why
        counted: false
        only_for: [computer, android]
        answers:
          deny: {say: utter_fine, then: finished}
          affirm: {then: browser}
      - id: browser
        say: {iphone: utter_i, android: utter_a, computer: utter_c, unknown: utter_u}
"""


def read(folder: Path, text: str) -> dict[str, Guide]:
    (folder / "a.yml").write_text(text, encoding="utf-8")
    return read_guides(folder)


def test_everything_a_guide_can_say(tmp_path: Path) -> None:
    assert read(tmp_path, COMPLETE) == {
        "camera": Guide(
            "camera",
            Kind.TROUBLESHOOTING,
            (
                Step(
                    "offer",
                    "utter_offer",
                    ask="utter_ask",
                    why="utter_why",
                    only_for=("computer", "android"),
                    answers={
                        "deny": Target("utter_fine", "finished"),
                        "affirm": Target(None, "browser"),
                    },
                    counted=False,
                ),
                Step(
                    "browser",
                    {
                        "iphone": "utter_i",
                        "android": "utter_a",
                        "computer": "utter_c",
                        "unknown": "utter_u",
                    },
                ),
            ),
            opening="utter_opening",
            unsolved=Ending.DEPARTMENT,
        )
    }


def test_what_is_left_out_has_a_default(tmp_path: Path) -> None:
    guide = read(tmp_path, "guides: {g: {kind: walkthrough, steps: [{id: a, say: utter_a}]}}")["g"]
    assert guide == Guide("g", Kind.WALKTHROUGH, (Step("a", "utter_a"),), None, Ending.HANDOFF)


def test_files_are_read_together_and_an_id_may_stand_once(tmp_path: Path) -> None:
    one = "guides: {g: {kind: walkthrough, steps: [{id: a, say: utter_a}]}}"
    (tmp_path / "b.yml").write_text(one.replace("g:", "h:"), encoding="utf-8")
    assert set(read(tmp_path, one)) == {"g", "h"}
    (tmp_path / "b.yml").write_text(one, encoding="utf-8")
    with pytest.raises(GuideError, match=r"b\.yml: the guide 'g' stands twice"):
        read_guides(tmp_path)


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("kind: troubleshooting", "kind: magic", 3, "kind 'magic' is unknown; use one of: troubl"),
        ("    kind: troubleshooting\n", "", 3, "needs both 'kind' and 'steps'"),
        ("opening:", "openning:", 4, "'openning' is not known here"),
        ("unsolved: department", "unsolved: nowhere", 5, "ending 'nowhere' is unknown"),
        ("unsolved: department", "unsolved: [handoff]", 5, "ending must be one word"),
        ("        say: utter_offer\n", "", 7, "a step needs both 'id' and 'say'"),
        ("why: utter_why", "wy: utter_why", 10, "'wy' is not known here"),
        ("[computer, android]", "[computer, tablet]", 12, "only_for is a list of devices"),
        ("[computer, android]", "computer", 12, "only_for is a list of devices"),
        ("deny: {say", "perhaps: {say", 14, "'perhaps' is no answer; use one of: affirm"),
        ("then: finished", "thenn: finished", 14, "'thenn' is not known here"),
        ("{then: browser}", "{say: utter_x}", 15, "needs 'then': where it leads"),
        ("{then: browser}", "{then: bowser}", 7, "'bowser', which is neither a step"),
        ("{then: browser}", "browser", 15, "must be written as 'name: value'"),
        (", unknown: utter_u", "", 17, "say needs one response for each of: iphone"),
        ("id: browser", "id: offer", 7, "the step 'offer' stands twice"),
        ("guides:", "guide:", 1, "the file needs one entry, 'guides:'"),
        ("counted: false", "counted: [", 13, "this is not YAML"),
        ("counted: false", "counted: no", 11, "counted is true or false"),
    ],
)
def test_mistakes_are_told_with_file_and_line(
    tmp_path: Path, old: str, new: str, line: int, message: str
) -> None:
    assert old in COMPLETE
    with pytest.raises(GuideError) as raised:
        read(tmp_path, COMPLETE.replace(old, new, 1))
    assert message in str(raised.value)
    assert str(raised.value).startswith(f"{tmp_path / 'a.yml'}:{line}:")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "the file is empty"),
        ("# bare en kommentar\n", "the file is empty"),
        ("- a\n- b\n", "the file must be written as 'name: value' lines"),
        ("guides: tull", "guides must be written as"),
        ("guides: {g: tull}", "guide 'g' must be written as"),
        ("guides: {g: {kind: walkthrough, steps: []}}", "a list of at least one step"),
        ("guides: {g: {kind: walkthrough, steps: [a]}}", "a step must be written as"),
        ("guides: {g: {kind: walkthrough, steps: [{id: '', say: x}]}}", "id must be one word"),
        ("guides:\n\tg: x", "this is not YAML"),
    ],
)
def test_files_that_are_no_guides(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(GuideError, match=r"a\.yml:\d+: ") as raised:
        read(tmp_path, text)
    assert message in str(raised.value)


def test_a_file_in_another_encoding_is_told_as_such(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_bytes("guides: {}  # så".encode("latin-1"))
    with pytest.raises(GuideError, match="UTF-8"):
        read_guides(tmp_path)


def test_the_guides_of_the_assistant_can_be_read() -> None:
    guides = read_guides(ROOT / "data" / "guides")
    assert {"camera_not_working", "how_to_connect"} <= set(guides)
    assert all(guides[guide_id].id == guide_id for guide_id in guides)
