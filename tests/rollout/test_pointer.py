"""Which model is in force: the history, rolling back, and what happens when the file is damaged."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.rollout.models import tiny_model
from videohjelp.rollout.choice import model_to_serve
from videohjelp.rollout.errors import RolloutError
from videohjelp.rollout.models import Model, find_model
from videohjelp.rollout.pointer import FILE, Entry, Pointer


def entry(model: str, sha256: str = "", why: str = "") -> Entry:
    return Entry("activate", model, sha256 or model, "2026-11-27T10:00:00+00:00", "kari", why)


def names(pointer: Pointer) -> tuple[str, str | None]:
    in_force, before = pointer.in_force(), pointer.before()
    assert in_force is not None
    return in_force.model, before.model if before else None


def back(pointer: Pointer) -> str:
    return pointer.roll_back(at="2026-11-27T11:00:00+00:00", by="ola", why="svarer feil").model


def never() -> Path:
    raise AssertionError("another model was taken")


def test_nothing_is_in_force_before_the_first(tmp_path: Path) -> None:
    pointer = Pointer(tmp_path)
    assert (pointer.in_force(), pointer.before(), pointer.history()) == (None, None, [])
    assert pointer.kept() == set()


def test_two_rollbacks_go_back_two_models_not_to_and_fro(tmp_path: Path) -> None:
    pointer = Pointer(tmp_path)
    for model in ("a", "b", "c"):
        pointer.activate(entry(model))
    assert names(pointer) == ("c", "b")
    assert back(pointer) == "b"
    assert names(pointer) == ("b", "a")
    assert back(pointer) == "a"
    assert names(pointer) == ("a", None)
    with pytest.raises(RolloutError, match="no model before"):
        back(pointer)


def test_after_a_rollback_a_new_model_stands_on_the_old_one(tmp_path: Path) -> None:
    pointer = Pointer(tmp_path)
    for model in ("a", "bad"):
        pointer.activate(entry(model))
    back(pointer)
    pointer.activate(entry("c"))
    assert names(pointer) == ("c", "a")
    assert pointer.kept() == {"a", "c"}


def test_the_history_says_who_when_and_why(tmp_path: Path) -> None:
    pointer = Pointer(tmp_path)
    pointer.activate(entry("b", why="nye svar"), before=entry("a"))
    back(pointer)
    told = [(one.did, one.model, one.by, one.at[:16], one.why) for one in pointer.history()]
    assert told == [
        ("activate", "a", "kari", "2026-11-27T10:00", ""),
        ("activate", "b", "kari", "2026-11-27T10:00", "nye svar"),
        ("rollback", "a", "ola", "2026-11-27T11:00", "svarer feil"),
    ]


def test_what_was_served_before_counts_for_the_first_model_only(tmp_path: Path) -> None:
    pointer = Pointer(tmp_path)
    pointer.activate(entry("a"))
    pointer.activate(entry("b"), before=entry("x"))
    assert [one.model for one in pointer.history()] == ["a", "b"]


def test_no_change_is_lost_when_several_come_at_once(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda n: Pointer(tmp_path).activate(entry(f"m{n}")), range(24)))
    assert {one.model for one in Pointer(tmp_path).history()} == {f"m{n}" for n in range(24)}
    assert sorted(path.name for path in tmp_path.iterdir()) == [".in-force.lock", FILE]


@pytest.mark.parametrize(
    "written",
    [
        "",
        '{"format": 1, "history": [',
        "[]",
        '{"format": 2, "history": []}',
        '{"format": 1, "history": []}',
        '{"format": 1, "history": [{"model": "a"}]}',
        '{"format": 1, "history": 3}',
        "\x00",
    ],
)
@pytest.mark.parametrize("mode", ["auto", "activated"])
def test_from_a_damaged_file_no_model_is_taken(tmp_path: Path, written: str, mode: str) -> None:
    (tmp_path / FILE).write_text(written, encoding="utf-8")
    with pytest.raises(RolloutError, match=r"in-force\.json .* damaged .*activate"):
        model_to_serve(Pointer(tmp_path), mode, never)


def test_a_file_of_other_bytes_is_damaged_too(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"\xff\xfe")
    with pytest.raises(RolloutError, match="damaged"):
        Pointer(tmp_path).in_force()


class TestWhatIsServed:
    @pytest.fixture
    def pointer(self, tmp_path: Path) -> Pointer:
        return Pointer(tmp_path)

    def test_without_a_choice_the_model_of_the_content(self, pointer: Pointer) -> None:
        assert model_to_serve(pointer, "auto", lambda: Path("made")) == Path("made")

    def test_in_production_a_lost_pointer_is_an_error(self, pointer: Pointer) -> None:
        with pytest.raises(RolloutError, match=r"in-force\.json is missing.*model activate"):
            model_to_serve(pointer, "activated", never)

    @pytest.mark.parametrize("mode", ["auto", "activated"])
    def test_the_model_in_force_though_another_is_newer(self, pointer: Pointer, mode: str) -> None:
        old = Model(tiny_model(pointer.path.parent / "old.tar.gz"))
        pointer.activate(entry(old.name, old.sha256()))
        tiny_model(pointer.path.parent / "new.tar.gz", "2026-11-02T10:00:00")
        assert model_to_serve(pointer, mode, never) == old.path

    def test_no_other_model_when_it_is_missing(self, pointer: Pointer) -> None:
        tiny_model(pointer.path.parent / "other.tar.gz")
        pointer.activate(entry("gone.tar.gz"))
        with pytest.raises(RolloutError, match=r"gone\.tar\.gz is in force.*rollback"):
            model_to_serve(pointer, "auto", never)

    def test_no_other_content_under_its_name(self, pointer: Pointer) -> None:
        model = Model(tiny_model(pointer.path.parent / "one.tar.gz"))
        pointer.activate(entry(model.name, model.sha256()))
        model.path.write_bytes(model.path.read_bytes()[:-20])
        with pytest.raises(RolloutError, match="not the file that was put in force"):
            model_to_serve(pointer, "auto", never)


class TestModels:
    def test_a_file_cut_short_is_no_model(self, tmp_path: Path) -> None:
        path = tiny_model(tmp_path / "cut.tar.gz")
        path.write_bytes(path.read_bytes()[:-20])
        with pytest.raises(RolloutError, match="not a whole model"):
            Model(path).trained_at()

    @pytest.mark.parametrize(
        "wanted", ["videohjelp-0123456789ab", "videohjelp-01", "0123", "0123456789ab"]
    )
    def test_a_model_by_name_or_fingerprint(self, tmp_path: Path, wanted: str) -> None:
        there = tiny_model(tmp_path / "videohjelp-0123456789ab.tar.gz")
        tiny_model(tmp_path / "videohjelp-fedcba987654.tar.gz")
        assert find_model(tmp_path, wanted).path == there

    @pytest.mark.parametrize("wanted", ["", "9", "videohjelp"])
    def test_an_unclear_name_is_told_with_the_choice(self, tmp_path: Path, wanted: str) -> None:
        tiny_model(tmp_path / "videohjelp-0123456789ab.tar.gz")
        tiny_model(tmp_path / "videohjelp-012345678900.tar.gz")
        with pytest.raises(RolloutError, match=r"videohjelp-0123456789ab\.tar\.gz"):
            find_model(tmp_path, wanted)

    def test_a_model_elsewhere_is_copied_first(self, tmp_path: Path) -> None:
        there = tiny_model(tmp_path / "elsewhere" / "a.tar.gz")
        with pytest.raises(RolloutError, match="copy it there first"):
            find_model(tmp_path / "models", str(there))


def test_the_file_can_be_read_by_a_person(tmp_path: Path) -> None:
    pointer = Pointer(tmp_path)
    pointer.activate(entry("a", why="nye svar på nynorsk"))
    written = pointer.path.read_text(encoding="utf-8")
    assert "nye svar på nynorsk" in written
    assert json.loads(written)["format"] == 1
