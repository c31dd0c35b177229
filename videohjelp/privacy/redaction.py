"""Takes identity and phone numbers, e-mail addresses, rooms, PINs and names out of texts.

A private video room's address and PIN are personal data (Normen's guide on video, sound and
picture). Dates, times, prices, the hospital's own numbers and the public test room stay; where a
number could be either, it goes.
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_left, bisect_right
from typing import Any

import phonenumbers
from stdnum.no.fodselsnummer import calc_check_digit1, calc_check_digit2

from videohjelp.privacy.kept_numbers import (
    GAP,
    is_round_time,
    is_time,
    is_year,
    mask_kept,
    only_digits,
)
from videohjelp.privacy.names import name_spans

_MARK = re.compile(r"\[(?:e-post|fødselsnummer|telefonnummer|romnummer|pin-kode|navn)\]")

_EMAIL_LOCAL = r"[\w.+\-!#$%&'*/=?^`{|}~]"
_EMAIL_DOMAIN = r" ?@ ?[\w\-]+(?:\.[\w\-]+)+"
#: One address, or several that nothing parts ("a@b.no/c@d.no").
_EMAIL = re.compile(
    rf"(?<!{_EMAIL_LOCAL}){_EMAIL_LOCAL}+{_EMAIL_DOMAIN}(?:{_EMAIL_LOCAL}*{_EMAIL_DOMAIN})*"
)

_ELEVEN = re.compile(
    rf"(?<!\d)\d{{6}}{GAP}{{0,3}}"
    rf"(?:\d{{5}}|\d{{3}}{GAP}?\d{{2}}|\d{{2}}{GAP}?\d{{3}})(?!\d)"
)
#: Eleven digits however they are grouped; the check digits tell whether it is one.
_ANY_ELEVEN = re.compile(rf"(?<!\d)\d(?:(?:{GAP}{{1,2}}|[,/:_])?\d){{10}}(?!\d)")
#: Written in groups, "01.01.90 12345" or "01 01 1990 - 123 45". The day has 40 added in a D-number;
#: the month 40 in an H-number, and 80, 40 or 65 in synthetic ones (Skatteetaten, Norsk helsenett).
_GROUPED = re.compile(
    rf"(?<!\d)([0-7]\d)(?:{GAP}|/)?([048][1-9]|[159][0-2]|6[6-9]|7[0-7])(?:{GAP}|/)?"
    rf"(?:19|20)?(\d{{2}})(?:{GAP}|[,/]){{0,3}}"
    rf"(\d{{5}}|\d{{3}}{GAP}\d{{2}}|\d{{2}}{GAP}\d{{3}})(?!\d)"
)
#: The five last digits alone, when they are named.
_PERSONAL_NUMBER = re.compile(
    r"((?<!\[)(?:person|fødsel|fødsels)n(?:umme)?r[^\d\[]{0,20})(?<!\d)\d{5}(?!\d)", re.IGNORECASE
)

_WIDE_GAP = rf"(?:\s{{1,2}}|{GAP})?"
_PHONE = re.compile(rf"(?<!\d)(?:(?:\+|00)?47{_WIDE_GAP})?[2-9](?:{_WIDE_GAP}\d){{7}}(?!\d)")
#: Shorter ones are nobody's own (five-digit numbers belong to companies).
_SHORTEST_PHONE = 7

_DASH = r"[\s\-\u2010-\u2015\u2212]"
_ROOM = re.compile(
    rf"(?<!\d)(?:\d{{6}}|\d{{3}}{GAP}\d{{3}}|\d{{2}}{_DASH}\d{{2}}{_DASH}\d{{2}}|"
    rf"\d(?:{_DASH}\d){{5}})(?!\d)"
)
#: A shorter number is a room's when it is called one.
_NAMED_ROOM = re.compile(
    r"((?<!\w)(?:(?:møte|video|virtuelt\s)?rom|room)(?:met|mets|nummer|nummeret|nr)?"
    r"(?:\s(?:mitt|vårt|number|nummer|nr|no))?(?:[.:#=]?\s?)(?:(?:er|e|is|æ|heter)\s)?)"
    r"(?!\d{4}[.:]\d)\d{4,5}(?!\d)",
    re.IGNORECASE,
)
_PIN = re.compile(rf"(?<!\d)(?:\d{{4,5}}|\d(?:{GAP}\d){{3}}|\d{{2}}{_DASH}\d{{2}})(?!\d)")
#: What makes a four-digit number near it a PIN; a room number that was taken out does too.
_PIN_WORDS = re.compile(
    r"\[(?:pin-kode|romnummer)\]|\bpin(?!se|li)|kod[eaoå]|passord|passcode|password|\bcode|"
    r"rom(?:nummer|nr)|siff(?:er|ra|rene)|\bsifrene|\bdigits|\bfire tall|\bfour numbers",
    re.IGNORECASE,
)
#: How far from a four-digit number such a word may stand, in characters.
_PIN_REACH = 40

_CLOCK_BEFORE = re.compile(
    r"(?:\bkl\.?|klokk[ae]n?|klokko|(?:man|tirs|tys|ons|tors|fre|lør|laur|søn|sun)da[gy]|mondag|"
    r"[./]\d{1,4}\.?|(?<!\d)(?:19|20)\d{2},?)\s*$",
    re.IGNORECASE,
)
_MONTH_BEFORE = re.compile(
    r"(?:\bår\w*|januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|"
    r"desember|january|february|march|may|june|july|october|december|[./]\d{1,2}\.?)\s*$",
    re.IGNORECASE,
)
_TIME_MAYBE_BEFORE = re.compile(r"\b(?:at|før|etter|fra|frå|til|ca\.?|cirka|rundt)\s*$", re.I)
_YEAR_MAYBE_BEFORE = re.compile(
    r"\b(?:i|in|siden|sidan|since|fra|frå|from|født|fødd|born|før|etter)\s*$", re.I
)
#: What is taken out may show that its neighbour is a number too ("12.1212.1212 34"); two passes
#: are enough for what people write, the bound keeps the time linear for anything else.
_MOST_PASSES = 5
#: The longest of the words above with spaces around it, in characters.
_BEFORE = 24
#: The name of an intent or a route: nothing without a space, a colon or "=" introduces a name, and
#: anything else that goes has a digit or an @.
_PLAIN = re.compile(r"[A-Za-z_./\-]*")
#: What of an event may hold what the patient gave.
_GIVEN = ("text", "parse_data", "value", "metadata", "entities")
_OF_PARTS = ("parse_data", "metadata")
#: What Rasa writes into the metadata of every event of a model, always the same.
_OF_MODEL = ("model_id", "assistant_id")


def redact(text: str, own_numbers: frozenset[str] = frozenset()) -> str:
    """The text with what identifies somebody replaced by its kind in square brackets.

    own_numbers: phone numbers (digits only) that stay, because they are the hospital's.
    Redacting a redacted text changes nothing. Never raises; the time grows with the length.
    """
    if _PLAIN.fullmatch(text):
        return text
    for _ in range(_MOST_PASSES):
        redacted = _redact_once(text, own_numbers)
        if redacted == text:
            return text
        text = redacted
    return text


def _redact_once(text: str, own_numbers: frozenset[str]) -> str:
    text = _replace(text, [(*span, "[navn]") for span in name_spans(text)])
    if not any(character.isdecimal() or character == "@" for character in text):
        return text
    text = _EMAIL.sub("[e-post]", text)
    text = _ELEVEN.sub("[fødselsnummer]", text)
    text = _redact_grouped(text)
    text = _redact_any_eleven(text)
    text = _PERSONAL_NUMBER.sub(r"\1[fødselsnummer]", text)
    text = _redact_phones(text, own_numbers)
    return _redact_rooms_and_pins(text, own_numbers)


def without_marks(text: str) -> str:
    """The text without what redact() has put in, for whoever looks for the meaning of the rest.

    A text that is nothing but marks comes back as it is: the mark is then what it says.
    """
    return " ".join(_MARK.sub(" ", text).split()) if _has_more_than_marks(text) else text


def redact_event(
    event: dict[str, Any], own_numbers: frozenset[str] = frozenset()
) -> dict[str, Any]:
    """One of Rasa's events as a dict, with every text the patient gave redacted.

    own_numbers: as for redact().
    """
    if event.get("event") not in ("user", "slot", "entities"):
        return event
    message_id = event.get("message_id")

    def redact_part(name: str, item: Any) -> Any:
        if name == "message_id" and item == message_id:
            return item  # is written beside it anyway
        if name in _OF_MODEL and isinstance(item, str):
            return _redact_known(item, own_numbers)
        return redact_deep(item, own_numbers)

    def redact_field(key: str, value: Any) -> Any:
        if key not in _GIVEN:
            return value
        if key in _OF_PARTS and isinstance(value, dict):
            return {name: redact_part(name, item) for name, item in value.items()}
        return redact_deep(value, own_numbers)

    return {key: redact_field(key, value) for key, value in event.items()}


#: For texts that are nobody's words and come again and again: it remembers them.
_redact_known = functools.lru_cache(maxsize=16)(redact)


def _has_more_than_marks(text: str) -> bool:
    rest, marks = _MARK.subn("", text)
    return marks > 0 and any(character.isalnum() for character in rest)


def redact_deep(value: Any, own_numbers: frozenset[str] = frozenset()) -> Any:
    """A value of JSON's kinds with every text in it redacted; keys of objects stay.

    own_numbers: as for redact().
    """
    if isinstance(value, str):
        return redact(value, own_numbers)
    if isinstance(value, list):
        return [redact_deep(item, own_numbers) for item in value]
    if isinstance(value, dict):
        return {key: redact_deep(item, own_numbers) for key, item in value.items()}
    return value


def _redact_grouped(text: str) -> str:
    spans: list[tuple[int, int, str]] = []
    match = _GROUPED.search(text)
    while match:
        # A wrong check digit is most often a real number with a typing error.
        digits = only_digits("".join(match.groups()))
        found = match[4].isdecimal() or has_check_digits(digits)
        if found:
            spans.append((*match.span(), "[fødselsnummer]"))
        # Of "10.30 01 01 99 000 41" the number is the end: the next try begins one further.
        match = _GROUPED.search(text, match.end() if found else match.start() + 1)
    return _replace(text, spans)


def _redact_any_eleven(text: str) -> str:
    spans: list[tuple[int, int, str]] = []
    match = _ANY_ELEVEN.search(text)
    while match:
        found = has_check_digits(only_digits(match.group()))
        if found:
            spans.append((*match.span(), "[fødselsnummer]"))
        match = _ANY_ELEVEN.search(text, match.end() if found else match.start() + 1)
    return _replace(text, spans)


def has_check_digits(digits: str) -> bool:
    """Whether eleven digits end in the check digits of an identity number of any kind.

    Fødselsnummer, D-numbers, H-numbers, FH-numbers and synthetic ones have the same two.
    """
    return digits[-2:] == calc_check_digit1(digits) + calc_check_digit2(digits)


def _redact_phones(text: str, own_numbers: frozenset[str]) -> str:
    masked = mask_kept(text, own_numbers)
    spans = [
        (match.start, match.end)
        for match in phonenumbers.PhoneNumberMatcher(masked, "NO")
        if len(only_digits(match.raw_string)) >= _SHORTEST_PHONE
    ]
    # The library leaves out numbers glued to letters and those not handed out yet.
    spans += [match.span() for match in _PHONE.finditer(masked)]
    return _replace(text, [(start, end, "[telefonnummer]") for start, end in spans])


def _redact_rooms_and_pins(text: str, own_numbers: frozenset[str]) -> str:
    masked = mask_kept(text, own_numbers)
    rooms = [match.span() for match in _ROOM.finditer(masked)]
    rooms += [(match.end(1), match.end()) for match in _NAMED_ROOM.finditer(masked)]
    # A PIN that was taken out before says nothing about the numbers around it.
    words = [match.span() for match in _PIN_WORDS.finditer(text) if match.group() != "[pin-kode]"]
    anchors = words + rooms
    starts, ends = sorted(a for a, _ in anchors), sorted(b for _, b in anchors)
    without_rooms = list(masked)
    for start, end in rooms:
        without_rooms[start:end] = "x" * (end - start)
    pins = [
        match.span()
        for match in _PIN.finditer("".join(without_rooms))
        if _is_pin(text, match, starts, ends)
    ]
    return _replace(
        text,
        [(*room, "[romnummer]") for room in rooms] + [(*pin, "[pin-kode]") for pin in pins],
    )


def _is_pin(text: str, match: re.Match[str], starts: list[int], ends: list[int]) -> bool:
    begin, end = match.span()
    digits = only_digits(match.group())
    before = text[max(0, begin - _BEFORE) : begin]
    if _is_time_or_year(before, digits):
        return False
    in_pairs = len(match.group()) == len("12 34")
    if in_pairs and is_round_time(digits):
        return False
    # An anchor ends at most _PIN_REACH before the number, or begins at most that far after it.
    ends_near = bisect_right(ends, begin) > bisect_left(ends, begin - _PIN_REACH)
    begins_near = bisect_right(starts, end + _PIN_REACH) > bisect_left(starts, end)
    if ends_near or begins_near:
        return True
    alone = text.strip(" .!?") == match.group()
    return alone and not is_round_time(digits)


def _is_time_or_year(before: str, digits: str) -> bool:
    """Whether the words right before four digits say that they are a time of day or a year."""
    return bool(
        (_CLOCK_BEFORE.search(before) and is_time(digits))
        or (_MONTH_BEFORE.search(before) and (is_year(digits) or is_time(digits)))
        or (_TIME_MAYBE_BEFORE.search(before) and is_round_time(digits))
        or (_YEAR_MAYBE_BEFORE.search(before) and is_year(digits))
    )


def _replace(text: str, spans: list[tuple[int, int, str]]) -> str:
    """The text with spans replaced; of two that overlap, the one that begins first stays."""
    pieces: list[str] = []
    done = 0
    for start, end, replacement in sorted(spans):
        if start < done:
            # The rest of an overlapping one must not stay behind.
            done = max(done, end)
            continue
        pieces += [text[done:start], replacement]
        done = end
    return "".join([*pieces, text[done:]])
