"""The SMS alphabet: which characters a text message has, how long it is, where phones divide it.

GSM 03.38 (3GPP TS 23.038, default alphabet and its extension table). A message has 160 septets, or
153 in each part when the text takes several (3GPP TS 23.040, 9.2.3.24.1: the header takes seven).
"""

from __future__ import annotations

import unicodedata

BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
#: Two septets each: an escape and a place in the extension table.
EXTENSION = frozenset("^{}\\[~]|€\f")
SINGLE = 160
PART = 153

#: What is sent as it is. A carriage return and a form feed become plain line breaks.
_KEPT = (BASIC | EXTENSION) - {"\r", "\f"}
#: What neither its category nor Unicode's own decomposition says well enough.
_WRITTEN = {
    **dict.fromkeys("\f\v\x1c\x1d\x1e\x85\u2028\u2029", "\n"),
    **dict.fromkeys("‘’‚‛‹›`´′ʼ", "'"),
    **dict.fromkeys("«»“”„‟″", '"'),
    **dict.fromkeys("•‣◦·▪●−", "-"),
    "\t": " ",
    "→": "->",
    "←": "<-",
    "×": "x",
    "⁄": "/",
    "Œ": "OE",
    "œ": "oe",
    **dict(zip("đĐðÐŋŊŧŦłŁıħĦ", "dDdDnNtTlLihH", strict=True)),
    "þ": "th",
    "Þ": "Th",
}
_UNKNOWN = "?"
#: What stands for nothing a reader misses: controls, invisible characters, accents, emoji.
_DROPPED = {"Cc", "Cf", "Cn", "Co", "Cs", "Mc", "Me", "Mn", "Sk", "So"}


def fold(text: str) -> str:
    """The text in the SMS alphabet, for any text; folding twice changes nothing more.

    Quotation marks, dashes, dots, spaces and list signs become their plain forms, letters lose the
    accents that the alphabet lacks, digits of any script become 0-9, line breaks one character.
    Emoji and invisible characters are dropped: the text says the same without them. A letter or
    sign of another script becomes "?", so that the reader sees that something is missing.
    """
    plain = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    if _KEPT.issuperset(plain):
        return plain
    return "".join(map(_folded, plain))


def foreign_characters(text: str) -> list[str]:
    """The characters of a text that are not in the SMS alphabet, in order, each once."""
    return [one for one in dict.fromkeys(text) if one not in BASIC and one not in EXTENSION]


def septets(text: str) -> int:
    """The length of a text in an SMS, where the characters of the extension table count two."""
    return sum(2 if character in EXTENSION else 1 for character in text)


def split(text: str) -> list[str]:
    """The parts a text is sent in, at least one; joined they are the folded text.

    A character of the extension table is never divided between two parts.
    """
    folded = fold(text)
    if septets(folded) <= SINGLE:
        return [folded]
    parts: list[str] = []
    start = used = 0
    for position, character in enumerate(folded):
        length = 2 if character in EXTENSION else 1
        if used + length > PART:
            parts.append(folded[start:position])
            start, used = position, 0
        used += length
    return [*parts, folded[start:]]


def segments(text: str) -> int:
    """How many messages a text is counted and paid as (at least 1)."""
    return len(split(text))


def _folded(character: str) -> str:
    if character in _KEPT:
        return character
    if character in _WRITTEN:
        return _WRITTEN[character]
    digit = unicodedata.digit(character, None)
    if digit is not None:
        return str(digit)
    category = unicodedata.category(character)
    if category == "Zs":
        return " "
    if category == "Pd":
        return "-"
    return _decomposed(character) or ("" if category in _DROPPED else _UNKNOWN)


def _decomposed(character: str) -> str:
    """The parts of a compatibility character or an accented letter that can be sent, or ""."""
    decomposed = unicodedata.normalize("NFKD", character)
    if decomposed == character:
        return ""
    # The longest beginning that is one letter of the alphabet: "ǻ" is "å" with an accent.
    for end in range(len(decomposed), 1, -1):
        composed = unicodedata.normalize("NFC", decomposed[:end])
        if composed in _KEPT:
            return composed
    return "".join(map(_folded, decomposed))
