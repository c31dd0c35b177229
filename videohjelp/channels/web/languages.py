"""The language somebody's browser asks for."""

from __future__ import annotations

from videohjelp.appointments.wording import Language

#: "no" is what browsers called bokmål; Danish and Swedish readers understand it best.
_AS: dict[str, Language] = {
    "nb": "nb",
    "no": "nb",
    "nn": "nn",
    "en": "en",
    "da": "nb",
    "sv": "nb",
}


def wanted_language(accept_language: str, default: Language) -> Language:
    """The first language of ours in an Accept-Language header (RFC 9110, 12.5.4).

    Browsers send them in the order of preference.
    """
    for part in accept_language.split(","):
        tag = part.partition(";")[0].strip().lower().partition("-")[0]
        if tag in _AS:
            return _AS[tag]
    return default
