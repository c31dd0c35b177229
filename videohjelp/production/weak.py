"""Which secrets somebody guesses."""

from __future__ import annotations

#: Characters; 32 random ones are out of reach, see NIST SP 800-131A (112 bits and more).
SHORTEST_KEY = 32
#: Random characters of base64 repeat seldom: of 32 about 25 are different.
_FEWEST_DIFFERENT = 10
#: Words of examples, manuals and default accounts.
_KNOWN = (
    "changeme",
    "default",
    "example",
    "hemmelig",
    "only-for-tests",
    "passord",
    "password",
    "postgres",
    "qwerty",
    "secret",
    "videohjelp",
    "0123456789",
    "1234567890",
    "abcdefgh",
)


def weakness(secret: str, shortest: int) -> str | None:
    """Why a secret can be guessed, as the rest of a sentence; None when nothing says so.

    shortest: so many characters it must have. Randomness cannot be measured: what this lets
    through may still be weak.
    """
    if len(secret) < shortest:
        return f"has {len(secret)} characters, at least {shortest} are needed"
    lowered = secret.lower()
    if any(word in lowered for word in _KNOWN):
        return "holds a word that whoever guesses tries first"
    if len(set(secret)) < _FEWEST_DIFFERENT:
        return f"consists of only {len(set(secret))} different characters"
    return None
