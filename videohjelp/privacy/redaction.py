"""Takes identity numbers, phone numbers, e-mail addresses, room numbers and PINs out of texts.

A private video room's address and PIN are personal data (Normen's guide on video, sound and
picture). Dates, times, prices, the hospital's own numbers and the public test room stay.
"""

from __future__ import annotations

import re
from typing import Any

import phonenumbers
from stdnum.no import fodselsnummer

#: The test room everybody may enter (hospital's text, «Før videokonsultasjonen»).
TEST_ROOM = "998112"

#: Numbers the assistant itself gives; digits only. Patients may repeat them.
_PUBLIC_SHORT_NUMBERS = {"116117", "116123", "116111"}

_ELEVEN_DIGITS = re.compile(r"(?<!\d)(\d{6})[ .\-]?(\d{2}[ .]?\d{3}|\d{5})(?!\d)")
_EMAIL = re.compile(r"[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+")
_SIX_DIGITS = re.compile(r"(?<![\d.,])(\d{3}[ \-.]?\d{3}|\d{2} \d{2} \d{2})(?![\d]|[.,]\d)")
_MONEY = re.compile(r"^\s*(?:kr\b|kroner|,-|nok\b)", re.IGNORECASE)
_FOUR_DIGITS = re.compile(r"(?<![\d.,:/])(\d{4}|\d(?:[ \-]\d){3})(?![\d]|[.,:/]\d)")
_PIN_WORDS = re.compile(
    r"\bpin|\bkode|\bkoda|\bkoden|passord|passcode|password|\bcode\b|romnummer|romnr", re.IGNORECASE
)
_TIME_WORDS = re.compile(
    r"(?:\bkl\.?|klokk[ae]n?|klokko|\bår|årstal\w*|januar|februar|mars|april|mai|juni|juli|august|"
    r"september|oktober|november|desember|\bat|[./]\d{1,2}\.?)\s*$",
    re.IGNORECASE,
)
#: How far from a four-digit number a word such as "pin" may stand, in characters.
_PIN_REACH = 40


def redact(text: str, own_numbers: frozenset[str] = frozenset()) -> str:
    """The text with what identifies somebody replaced by its kind in square brackets.

    own_numbers: phone numbers (digits only) that stay, because they are the hospital's.
    Redacting a redacted text changes nothing.
    """
    if not any(character.isdigit() or character == "@" for character in text):
        return text
    text = _EMAIL.sub("[e-post]", text)
    text = _ELEVEN_DIGITS.sub(_identity_number, text)
    text = _redact_phones(text, own_numbers)
    text = _SIX_DIGITS.sub(_room_number, text)
    return _redact_pins(text)


def redact_event(event: dict[str, Any]) -> dict[str, Any]:
    """One of Rasa's events as a dict, with every text the patient gave redacted."""
    if event.get("event") not in ("user", "slot"):
        return event
    redacted: dict[str, Any] = {
        key: _redact_deep(value) if key in ("text", "parse_data", "value", "metadata") else value
        for key, value in event.items()
    }
    return redacted


def _redact_deep(value: Any) -> Any:
    if isinstance(value, str):
        return redact(value)
    if isinstance(value, list):
        return [_redact_deep(item) for item in value]
    if isinstance(value, dict):
        return {key: _redact_deep(item) for key, item in value.items()}
    return value


def _digits(text: str) -> str:
    return "".join(character for character in text if character.isdigit())


def _identity_number(match: re.Match[str]) -> str:
    # A wrong check digit is most often a real number with a typing error: both are taken out.
    digits = _digits(match.group())
    kind = "fødselsnummer" if fodselsnummer.is_valid(digits) else "11-sifret nummer"
    return f"[{kind}]"


def _redact_phones(text: str, own_numbers: frozenset[str]) -> str:
    pieces: list[str] = []
    end = 0
    for match in phonenumbers.PhoneNumberMatcher(text, "NO"):
        digits = _digits(match.raw_string)
        if digits[-8:] in own_numbers or digits in _PUBLIC_SHORT_NUMBERS:
            continue
        pieces += [text[end : match.start], "[telefonnummer]"]
        end = match.end
    return "".join([*pieces, text[end:]])


def _room_number(match: re.Match[str]) -> str:
    digits = _digits(match.group())
    if digits == TEST_ROOM or digits in _PUBLIC_SHORT_NUMBERS:
        return match.group()
    if _MONEY.match(match.string, match.end()):
        return match.group()
    return "[romnummer]"


def _redact_pins(text: str) -> str:
    def replace(match: re.Match[str]) -> str:
        near = text[max(0, match.start() - _PIN_REACH) : match.end() + _PIN_REACH]
        alone = text.strip(" .!?") == match.group()
        if _TIME_WORDS.search(text[: match.start()]):
            return match.group()
        if _PIN_WORDS.search(near) or (alone and not _is_time(_digits(match.group()))):
            return "[pin-kode]"
        return match.group()

    return _FOUR_DIGITS.sub(replace, text)


def _is_time(digits: str) -> bool:
    return int(digits[:2]) < 24 and int(digits[2:]) < 60 and int(digits[3]) % 5 == 0
