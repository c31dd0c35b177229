"""Texts that no patient writes, or only by accident: made from a seeded source of chance."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from random import Random

from tests.fuzz import hostile_lists as lists

#: Longest texts that are made; the channels take 500 characters unless set otherwise.
LONGEST = 10_000
_SIZES = (3, 20, 80, 250, 498, 499, 500, 501, 502, 2_000, 5_000, LONGEST)
_SIZE_WEIGHTS = (6, 14, 14, 14, 8, 10, 14, 4, 2, 4, 5, 5)
_COMBINING = tuple(
    chr(code)
    for first, last in ((0x300, 0x36F), (0x483, 0x489), (0x591, 0x5BD), (0x1AB0, 0x1ABE))
    for code in range(first, last + 1)
)
_DIGITS = "٠١٢٣٤٥٦٧٨٩०१२३४५६७८९０１２３４５６７８９²³¹①②⑨Ⅳ½¼৪๓"
_HIGHEST = 0x110000
_SURROGATES = (0xD800, 0xDFFF)

Maker = Callable[[Random], str]


def size(rng: Random) -> int:
    """A length in characters: most of them within the limit, many just at it."""
    return rng.choices(_SIZES, _SIZE_WEIGHTS)[0]


def filled(rng: Random, pieces: tuple[str, ...], length: int | None = None) -> str:
    """A text of some length made of one piece, or of several by chance."""
    wanted = size(rng) if length is None else length
    if rng.random() < 0.5:
        piece = rng.choice(pieces)
        return (piece * (wanted // len(piece) + 1))[:wanted]
    text = ""
    while len(text) < wanted:
        text += rng.choice(pieces)
    return text[:wanted]


def long_text(rng: Random) -> str:
    """The longest."""
    return filled(rng, lists.FILLERS, LONGEST)


def at_the_limit(rng: Random) -> str:
    """About as long as the channels allow."""
    return filled(rng, lists.FILLERS, rng.choice((498, 499, 500, 501, 502)))


def control_characters(rng: Random) -> str:
    """Null bytes and their like, alone or between words."""
    marks = "".join(chr(rng.randrange(0x20)) for _ in range(rng.randint(1, 30)))
    return rng.choice(
        ("\0", "\0" * 400, marks, f"kamera\0et {marks}virker ikke", "\x1b[2J\x7f\x85")
    )


def surrogates(rng: Random) -> str:
    """Half characters, as broken clients send them."""
    halves = "".join(chr(rng.randint(*_SURROGATES)) for _ in range(rng.choice((1, 2, 40, 500))))
    return rng.choice((halves, f"kameraet {halves} virker ikke", f"{halves}ja", f"nei{halves}"))


def emoji(rng: Random) -> str:
    """Emoji joined to families, with skin tones, flags, keycaps."""
    return filled(rng, lists.EMOJI)


def directions(rng: Random) -> str:
    """Right-to-left texts, and marks that turn directions around."""
    marks = "\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u202c\u2069\u200e\u200f\u061c"
    words = [*lists.RIGHT_TO_LEFT, "kameraet", "virker", "ikke", "55 97 65 51"]
    return " ".join(rng.choice(marks) + rng.choice(words) for _ in range(rng.randint(1, 60)))


def scripts(rng: Random) -> str:
    """Other scripts."""
    return filled(rng, lists.SCRIPTS)


def any_characters(rng: Random) -> str:
    """Anything at all in Unicode, assigned or not."""
    return "".join(chr(rng.randrange(_HIGHEST)) for _ in range(min(size(rng), 600)))


def combining(rng: Random) -> str:
    """One letter under a flood of marks, in the order that costs normalisation most."""
    marks = [rng.choice(_COMBINING) for _ in range(size(rng))]
    if rng.random() < 0.5:
        marks.sort(key=unicodedata.combining, reverse=True)
    return rng.choice("aåeø ") + "".join(marks)


def odd_case(rng: Random) -> str:
    """Letters whose small or normal form has another length: places in the text go wrong."""
    words = ("kamera", "iPhone", "24. desember kl 10", "Voss", "nei", "ortopedisk")
    odd = "İŉǰßﬃﬀﷺΐΰᾳ㍿№ªºſKÅ①Ⅷ"
    return " ".join(
        rng.choice(odd) * rng.randint(0, 3) + rng.choice(words) + rng.choice(odd)
        for _ in range(rng.randint(1, 25))
    )


def odd_digits(rng: Random) -> str:
    """Digits that are none of 0 to 9, where numbers are looked for."""
    number = "".join(rng.choice(_DIGITS) for _ in range(rng.randint(1, 12)))
    shape = rng.choice(
        ("{}", "kl {}", "{}. desember", "{}.{}.2026", "om {} dager", "svar {}", "+47 {}")
    )
    return shape.replace("{}", number)


def injections(rng: Random) -> str:
    """What tries to be code: SQL, HTML, templates, JSON, formats, paths."""
    return " ".join(rng.choice(lists.INJECTIONS) for _ in range(rng.choice((1, 1, 1, 3, 10))))


def rasa_syntax(rng: Random) -> str:
    """What Rasa would obey if it were let through."""
    return rng.choice(("", "", " ", "\u200b", "\ufeff", "/ ", "\n", "／")) + rng.choice(lists.RASA)


def numbers(rng: Random) -> str:
    """Very long and odd numbers, and what looks like phone and identity numbers."""
    digits = "".join(rng.choice("0123456789") for _ in range(min(size(rng), 600)))
    grouped = rng.choice((" ", ".", "-", ",", "")).join(
        digits[at : at + rng.randint(1, 4)] for at in range(0, len(digits), 3)
    )
    return rng.choice(
        (digits, grouped, f"-{digits}", f"1e{digits[:6]}", f"0.{digits}", f"{digits}%")
    )


def dates(rng: Random) -> str:
    """Days and hours that do not exist, are far off, or heap up."""
    big = rng.choice((0, 13, 31, 32, 54, 99, 366, 10_000, 10**12, 10**40))
    filled_in = rng.choice(lists.DATES).replace("{n}", str(big))
    return rng.choice(("", "timen er ", "den ")) + " ".join(
        [filled_in] * rng.choice((1, 1, 1, 2, 20))
    )


def regex_killers(rng: Random) -> str:
    """Floods of what our own patterns begin with and then do not find."""
    return filled(rng, lists.BEGINNINGS) + rng.choice(("", "!", "x", "@", "\n", "1"))


def markup(rng: Random) -> str:
    """YAML and Markdown."""
    return rng.choice(lists.MARKUP) * rng.choice((1, 1, 5, 40))


def nothing(rng: Random) -> str:
    """Spaces of every kind, and what cannot be seen."""
    unseen = " \t\n\r\u00a0\u2003\u3000\u200b\u200c\u200d\ufeff\u2060\u00ad\ufe0f\u115f"
    return "".join(rng.choice(unseen) for _ in range(rng.choice((0, 1, 5, 200, 500))))


def names(rng: Random) -> str:
    """What the entities are found by, glued and heaped."""
    glue = rng.choice((" ", "", "-", "/", ",", "\n", " og "))
    return glue.join(rng.choice(lists.NAMES) for _ in range(rng.randint(1, 60)))


def keywords(rng: Random) -> str:
    """The words that steer text messages, and numbers of options, nearly right."""
    word = rng.choice(lists.KEYWORDS)
    return (
        rng.choice(("", " ", "«", '"', "\n")) + word + rng.choice(("", "!", ".", "  ", " x", "\0"))
    )


MAKERS: dict[str, Maker] = {
    maker.__name__: maker
    for maker in (
        long_text,
        at_the_limit,
        control_characters,
        surrogates,
        emoji,
        directions,
        scripts,
        any_characters,
        combining,
        odd_case,
        odd_digits,
        injections,
        rasa_syntax,
        numbers,
        dates,
        regex_killers,
        markup,
        nothing,
        names,
        keywords,
    )
}
