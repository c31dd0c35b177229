"""Phone numbers: an id for each that does not show it, and the number itself encrypted.

Both come from the keys in VIDEOHJELP_SMS_SECRET_KEYS. Unless they are set, one key is made and kept
in `var/sms_secret_key`; several server machines need the same one, so there it must be set.

Changing the key: put a new one in front, separated by a comma, and restart all servers. Where
several run at the same time, first put it last on all of them: each must read what others write.

    VIDEOHJELP_SMS_SECRET_KEYS=<new>,<old>        (python -c "import secrets; print(
                                                   secrets.token_urlsafe(48))" makes one)

Whoever is known keeps the id of the old key until their messages are deleted by age; everybody else
gets one of the new key. Opt-outs are kept for good, so an old key stays in the list: without it
nobody can tell who had opted out. Waiting numbers are encrypted again each hour, and
`python -m videohjelp sms keys` says what still needs which key (videohjelp/sms/keys.py). When the
first key is set on a server that has made its own, the content of `var/sms_secret_key` is the old
one.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import unicodedata
from collections.abc import Sequence
from pathlib import Path

import phonenumbers
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from phonenumbers import NumberParseException, PhoneNumberFormat

from videohjelp.settings import ROOT, settings
from videohjelp.storage.kept_secret import kept_secret

_REGION = "NO"
#: Longest number of digits without a plus that is a short code ("1987", "26300").
_SHORT_CODE = 6
#: E.164 allows so many digits.
_LONGEST_NUMBER = 15
#: GSM allows 11 characters in a sender's name; some gateways give more.
_LONGEST_NAME = 32
_BETWEEN_DIGITS = frozenset("-()./")
_IN_NAMES = frozenset(" -_.&!'")

#: Letters alone: nothing takes an id for a number, and redaction leaves it as it is.
_LETTERS = str.maketrans("0123456789abcdef", "abcdefghijklmnop")
_KEY_ID_BYTES = 3
_HASH_LETTERS = 32  # 128 bits


class NumberError(ValueError):
    """This is no sender of a text message. The text never says what it was."""


class UnreadableNumberError(Exception):
    """The stored number was encrypted with a key that is not configured."""


class PhoneIds:
    """Makes ids of numbers, and encrypts numbers, with one or more keys."""

    def __init__(self, secrets: Sequence[str]) -> None:
        """Takes the keys, the newest first. Raises ValueError without any."""
        if not secrets:
            raise ValueError("at least one key is needed")
        self._hash_keys = tuple(_derived(secret, b"sender id", 32) for secret in secrets)
        self._key_ids = tuple(
            _derived(secret, b"key id", _KEY_ID_BYTES).hex().translate(_LETTERS)
            for secret in secrets
        )
        self._fernets = tuple(
            Fernet(base64.urlsafe_b64encode(_derived(one, b"number", 32))) for one in secrets
        )
        self._fernet = MultiFernet(self._fernets)

    def __repr__(self) -> str:
        """Shows the ids of the keys, nothing of the keys."""
        return f"PhoneIds({', '.join(self._key_ids)})"

    def sender_id(self, number: str) -> str:
        """The number's id by the newest key: "sms-", the key's id, and an HMAC-SHA256 in letters.

        number: in any way of writing. Raises NumberError.
        """
        return self.candidates(number)[0]

    def candidates(self, number: str) -> tuple[str, ...]:
        """The number's ids by all keys, the newest first. Raises NumberError."""
        data = normalise(number).encode()
        return tuple(
            f"sms-{key_id}-{_hash(key, data)}"
            for key_id, key in zip(self._key_ids, self._hash_keys, strict=True)
        )

    def encrypt(self, number: str) -> str:
        """The normalised number, encrypted with the newest key. Raises NumberError."""
        return self._fernet.encrypt(normalise(number).encode()).decode()

    def decrypt(self, encrypted: str) -> str:
        """The number, normalised. Raises UnreadableNumberError."""
        try:
            return self._fernet.decrypt(encrypted.encode()).decode()
        except InvalidToken:
            raise UnreadableNumberError("a number was encrypted with an unknown key") from None

    @property
    def key_ids(self) -> tuple[str, ...]:
        """What the keys are called in ids, the newest first."""
        return self._key_ids

    def place_of(self, encrypted: str) -> int | None:
        """Which key a number is encrypted with, 1 the newest; None for an unknown one."""
        for place, fernet in enumerate(self._fernets, start=1):
            try:
                fernet.decrypt(encrypted.encode())
            except InvalidToken:
                continue
            return place
        return None


def phone_ids(folder: Path = ROOT / "var") -> PhoneIds:
    """With the configured keys, else with one that is made once and kept in the folder.

    Raises OSError when the folder cannot be written to.
    """
    return PhoneIds(settings().sms_keys() or (kept_secret(folder / "sms_secret_key"),))


def normalise(sender: str) -> str:
    """The one way of writing for a sender: "+4799999999", a short code "1987", or a name "POSTEN".

    A number without a country code is Norwegian if it can be, else an international one without its
    plus, as some gateways give it. Raises NumberError for anything else.
    """
    # Direction marks and the like are in no number, and are lost when one is copied by hand.
    shown = "".join(one for one in unicodedata.normalize("NFKC", sender) if one.isprintable())
    if any(one.isalpha() for one in shown):
        return _name(shown)
    bare = "".join(one for one in shown if one not in _BETWEEN_DIGITS and not one.isspace())
    has_plus = bare.startswith(("+", "00"))
    digits = bare.removeprefix("+") if bare.startswith("+") else bare.removeprefix("00")
    if not digits.isdecimal() or len(digits) > _LONGEST_NUMBER:
        raise NumberError("this is no phone number")
    digits = "".join(str(int(one)) for one in digits)
    if has_plus:
        return f"+{digits}"
    if len(digits) <= _SHORT_CODE:
        return digits
    return _e164(digits, _REGION) or _e164(f"+{digits}", None) or digits


def can_be_answered(number: str) -> bool:
    """Whether a normalised sender can get an answer: names cannot."""
    return number.removeprefix("+").isdecimal()


def _name(shown: str) -> str:
    name = " ".join(shown.split()).upper()
    allowed = all(one.isalnum() or one in _IN_NAMES for one in name)
    if not allowed or len(name) > _LONGEST_NAME:
        raise NumberError("this is neither a phone number nor a sender's name")
    return name


def _e164(text: str, region: str | None) -> str | None:
    try:
        number = phonenumbers.parse(text, region)
    except NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return str(phonenumbers.format_number(number, PhoneNumberFormat.E164))


def _hash(key: bytes, data: bytes) -> str:
    digest = hmac.new(key, data, hashlib.sha256).hexdigest()
    return digest[:_HASH_LETTERS].translate(_LETTERS)


def _derived(secret: str, purpose: bytes, length: int) -> bytes:
    return HKDF(SHA256(), length, salt=None, info=b"videohjelp sms " + purpose).derive(
        secret.encode()
    )
