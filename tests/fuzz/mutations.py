"""Patients' real messages (tests/understanding/messages), broken in many ways."""

from __future__ import annotations

import functools
from random import Random

from tests.fuzz.hostile import MAKERS, Maker
from videohjelp.evaluation.messages import read_sets

#: Bits of a character's code that are flipped: the letter becomes another, or another script's.
_BITS = 16


@functools.lru_cache(maxsize=1)
def real_messages() -> tuple[str, ...]:
    """What patients wrote, in the order of the files."""
    return tuple(message.text for listed in read_sets().values() for message in listed)


def real(rng: Random) -> str:
    """As it was written."""
    return rng.choice(real_messages())


def bit_flips(rng: Random) -> str:
    """Some characters with a wrong bit."""
    characters = list(real(rng))
    for _ in range(rng.randint(1, 8)):
        at = rng.randrange(len(characters))
        characters[at] = chr(ord(characters[at]) ^ (1 << rng.randrange(_BITS)))
    return "".join(characters)


def repeated_words(rng: Random) -> str:
    """One word many times, in its place."""
    words = real(rng).split()
    at = rng.randrange(len(words))
    return " ".join([*words[:at], *[words[at]] * rng.choice((2, 5, 40, 200)), *words[at + 1 :]])


def concatenated(rng: Random) -> str:
    """Several messages in one, with or without anything between them."""
    between = rng.choice(("", " ", ". ", "? ", "\n", ", og ", " / ", "\u200d", "; "))
    return between.join(real(rng) for _ in range(rng.choice((2, 2, 3, 5, 12))))


def repeated(rng: Random) -> str:
    """The whole message, again and again."""
    return rng.choice(("", " ", "\n")).join([real(rng)] * rng.randint(2, 30))


def cut(rng: Random) -> str:
    """A piece of a message."""
    message = real(rng)
    start = rng.randrange(len(message))
    return message[start : start + rng.randint(1, len(message))]


def shuffled(rng: Random) -> str:
    """The words, or the letters, in another order."""
    parts = real(rng).split() if rng.random() < 0.5 else list(real(rng))
    rng.shuffle(parts)
    return rng.choice((" ", "")).join(parts)


def spliced(rng: Random) -> str:
    """Something hostile within a real message, short enough to be let in."""
    message, other = real(rng), rng.choice(tuple(MAKERS.values()))(rng)
    at = rng.randrange(len(message) + 1)
    room = max(1, 500 - len(message))
    return message[:at] + other[: rng.randint(1, room)] + message[at:]


def two_scripts(rng: Random) -> str:
    """Letters exchanged for ones that look the same."""
    same = str.maketrans("aeoprcxyAEOPTKHM", "аеоргсхуАЕОРТКНМ")
    return "".join(one.translate(same) if rng.random() < 0.4 else one for one in real(rng))


def shouted(rng: Random) -> str:
    """Capital letters, letters far apart, letters many times."""
    message = real(rng)
    return rng.choice(
        (message.upper(), " ".join(message), "".join(one * rng.randint(1, 6) for one in message))
    )


MUTATIONS: dict[str, Maker] = {
    maker.__name__: maker
    for maker in (
        real,
        bit_flips,
        repeated_words,
        concatenated,
        repeated,
        cut,
        shuffled,
        spliced,
        two_scripts,
        shouted,
    )
}
