from __future__ import annotations

import re
import traceback
from pathlib import Path

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from videohjelp.directory.own_numbers import own_numbers
from videohjelp.privacy.redaction import redact
from videohjelp.settings import Settings, SettingsError, read_settings
from videohjelp.sms import phone_ids as module
from videohjelp.sms.phone_ids import (
    NumberError,
    PhoneIds,
    UnreadableNumberError,
    can_be_answered,
    normalise,
    phone_ids,
)

from .messages import NUMBER, OTHER

OLD, NEW = "the-old-key-" * 3, "the-new-key-" * 3


@pytest.fixture
def present_settings(monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings without keys, which the test may change."""
    monkeypatch.delenv("VIDEOHJELP_SMS_SECRET_KEYS", raising=False)
    present = read_settings()
    monkeypatch.setattr(module, "settings", lambda: present)
    return present


@pytest.mark.parametrize(
    "written",
    ["+4799887766", "99887766", "4799887766", "004799887766", "+47 998 87 766", "998-87-766",
     " +47 (998) 87.766\n", "\u202a+4799887766\u202c", "+\uff14\uff1799887766", "٩٩٨٨٧٧٦٦"],
)  # fmt: skip
def test_a_number_is_one_number_however_it_is_written(written: str) -> None:
    assert normalise(written) == NUMBER


@pytest.mark.parametrize(
    ("written", "normalised"),
    [
        ("46701740605", "+46701740605"),  # Swedish, without its plus
        ("+46 70 174 06 05", "+46701740605"),
        ("+1 202 555 0123", "+12025550123"),
        ("+266696687", "+266696687"),  # what Twilio gives for "anonymous": kept as it is
        ("1987", "1987"),
        ("26300", "26300"),
        ("02800", "02800"),
        ("Posten", "POSTEN"),
        ("HELSE VEST", "HELSE VEST"),
        ("Telenor4G", "TELENOR4G"),
    ],
)
def test_other_senders(written: str, normalised: str) -> None:
    assert normalise(written) == normalised
    assert normalise(normalised) == normalised


def test_who_can_be_answered() -> None:
    assert [can_be_answered(one) for one in (NUMBER, "1987", "POSTEN", "TELENOR4G", "")] == [
        True,
        True,
        False,
        False,
        False,
    ]


@pytest.mark.parametrize(
    "written", ["", " ", "+", "99887766;", "1" * 16, "<script>", "a" * 40, "#"]
)
def test_what_is_no_sender_is_refused_without_being_repeated(written: str) -> None:
    with pytest.raises(NumberError) as raised:
        normalise(written)
    shown = "".join(traceback.format_exception(raised.value))
    assert not re.search(r"\d{5}|aaaa", shown.split("Error:")[-1])


@given(st.text(max_size=40))
def test_any_text_is_a_sender_or_is_refused(text: str) -> None:
    try:
        once = normalise(text)
    except NumberError:
        return
    assert normalise(once) == once
    assert len(once) <= 32


@given(st.integers(min_value=40_000_000, max_value=99_999_999))
def test_every_norwegian_number_is_the_same_with_and_without_its_code(digits: int) -> None:
    if phonenumbers.is_valid_number(phonenumbers.parse(str(digits), "NO")):
        assert normalise(str(digits)) == normalise(f"47{digits}") == f"+47{digits}"


def test_ids_are_keyed_stable_and_apart() -> None:
    ids = PhoneIds([OLD])
    one = ids.sender_id("998 87 766")
    assert one == PhoneIds([OLD]).sender_id(NUMBER)
    assert one != ids.sender_id(OTHER)
    assert one != PhoneIds([NEW]).sender_id(NUMBER)
    assert re.fullmatch(r"sms-[a-p]{6}-[a-p]{32}", one)


@given(st.integers(min_value=40_000_000, max_value=99_999_999))
def test_ids_and_numbers_encrypted_show_nothing(digits: int) -> None:
    ids = PhoneIds([OLD])
    number = f"+47{digits}"
    sender_id, encrypted = ids.sender_id(number), ids.encrypt(number)
    assert str(digits) not in sender_id + encrypted
    assert ids.decrypt(encrypted) == number
    assert encrypted != ids.encrypt(number), "two rows of one number do not look the same"
    assert redact(sender_id, own_numbers()) == sender_id


def test_a_new_key_in_front_finds_and_reads_what_is_old() -> None:
    before, after = PhoneIds([OLD]), PhoneIds([NEW, OLD])
    assert after.candidates(NUMBER) == (
        PhoneIds([NEW]).sender_id(NUMBER),
        before.sender_id(NUMBER),
    )
    assert after.sender_id(NUMBER) == after.candidates(NUMBER)[0]
    assert after.decrypt(before.encrypt(NUMBER)) == NUMBER
    assert PhoneIds([NEW]).decrypt(after.encrypt(NUMBER)) == NUMBER


@pytest.mark.parametrize("written", ["", "æ", "gAAAAA", None])
def test_what_no_key_reads_is_told_without_being_repeated(written: str | None) -> None:
    stored = PhoneIds([NEW]).encrypt(NUMBER) if written is None else written
    with pytest.raises(UnreadableNumberError) as raised:
        PhoneIds([OLD]).decrypt(stored)
    assert not stored or stored not in str(raised.value)


def test_keys_are_not_shown() -> None:
    ids = PhoneIds([NEW, OLD])
    assert "the-" not in repr(ids)
    assert ids.sender_id(NUMBER).split("-")[1] in repr(ids)


def test_at_least_one_key_is_needed() -> None:
    with pytest.raises(ValueError, match="at least one"):
        PhoneIds([])


def test_configured_keys_are_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIDEOHJELP_SMS_SECRET_KEYS", f" {NEW} ,{OLD},")
    present = read_settings()
    assert NEW not in repr(present)
    monkeypatch.setattr(module, "settings", lambda: present)
    expected = PhoneIds([NEW, OLD]).candidates(NUMBER)
    assert phone_ids(tmp_path).candidates(NUMBER) == expected
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("configured", ["", " , "])
def test_without_keys_one_is_made_once(
    tmp_path: Path,
    present_settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    configured: str,
) -> None:
    monkeypatch.setenv("VIDEOHJELP_SMS_SECRET_KEYS", configured)
    present_settings.sms_secret_keys = read_settings().sms_secret_keys
    folder = tmp_path / "var"
    first = phone_ids(folder).sender_id(NUMBER)
    assert phone_ids(folder).sender_id(NUMBER) == first
    assert phone_ids(tmp_path / "other").sender_id(NUMBER) != first
    assert [path.name for path in folder.iterdir()] == ["sms_secret_key"]
    kept = (folder / "sms_secret_key").read_text()
    assert len(kept) >= 48
    assert PhoneIds([NEW, kept]).candidates(NUMBER)[1] == first, "as the documentation says"


@pytest.mark.parametrize("keys", ["short", f"{NEW},short"])
def test_a_key_that_could_be_guessed_is_refused(keys: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIDEOHJELP_SMS_SECRET_KEYS", keys)
    with pytest.raises(SettingsError, match="sms_secret_keys: each key must have at least 32") as e:
        read_settings()
    assert "short" not in str(e.value)
