"""Norwegian phone numbers as patients read them."""

from __future__ import annotations

import phonenumbers
from phonenumbers import PhoneNumberType, shortnumberinfo

_REGION = "NO"
_GROUPS_OF_THREE = 6
_FULL = 8
_THREE_TWO_THREE = (
    PhoneNumberType.MOBILE,
    PhoneNumberType.TOLL_FREE,
    PhoneNumberType.SHARED_COST,
    PhoneNumberType.PREMIUM_RATE,
)


class PhoneError(ValueError):
    """The text is no Norwegian phone number; the message is a Norwegian sentence."""


def formatted(text: str) -> str:
    """Give the number in `text` in the directory's way of writing.

    "55 97 50 00" for a landline, "480 32 638" for a mobile, "116 117" and "113" for short numbers.
    Raises PhoneError when `text` is not a number that can exist in Norway.
    """
    if any(character not in "0123456789 +" for character in text):
        raise PhoneError("Nummeret har andre tegn enn siffer og mellomrom.")
    try:
        number = phonenumbers.parse(text, _REGION)
    except phonenumbers.NumberParseException as error:
        raise PhoneError("Dette er ikke et telefonnummer.") from error
    # "+47 113" is no number anyone can dial, so a short number counts only as it is dialled.
    short = "+" not in text and shortnumberinfo.is_valid_short_number_for_region(number, _REGION)
    if not short and not phonenumbers.is_valid_number_for_region(number, _REGION):
        raise PhoneError("Dette er ikke et gyldig norsk telefonnummer.")
    digits = phonenumbers.national_significant_number(number)
    if len(digits) == _GROUPS_OF_THREE:
        return f"{digits[:3]} {digits[3:]}"
    if len(digits) != _FULL:
        return digits
    if phonenumbers.number_type(number) in _THREE_TWO_THREE:
        return f"{digits[:3]} {digits[3:5]} {digits[5:]}"
    return " ".join(digits[start : start + 2] for start in range(0, _FULL, 2))
