"""Days and hours as they are said in bokmål, nynorsk and English."""

from datetime import date, datetime, time, timedelta
from typing import Literal

from babel.dates import format_date

from videohjelp.appointments.oslo import in_oslo

Language = Literal["nb", "nn", "en"]

# British order in English: the day before the month, as in the two Norwegian languages.
_LOCALES: dict[Language, str] = {"nb": "nb", "nn": "nn", "en": "en_GB"}
_NEAR_DAYS: dict[Language, tuple[str, str]] = {
    "nb": ("i dag", "i morgen"),
    "nn": ("i dag", "i morgon"),
    "en": ("today", "tomorrow"),
}
_DAY_PATTERNS: dict[Language, str] = {
    "nb": "EEEE d. MMMM",
    "nn": "EEEE d. MMMM",
    "en": "EEEE d MMMM",
}


def say_day(day: date, language: Language = "nb") -> str:
    """Say a day without its year: "tirsdag 15. desember", "Tuesday 15 December"."""
    return format_date(day, format=_DAY_PATTERNS[language], locale=_LOCALES[language])


def say_time(clock: time, language: Language = "nb") -> str:
    """Say a clock time: "kl. 10", "kl. 10.30"; in English "10:00", "10:30"."""
    if language == "en":
        return f"{clock:%H:%M}"
    return f"kl. {clock.hour}" if clock.minute == 0 else f"kl. {clock.hour}.{clock:%M}"


def say_moment(moment: datetime, language: Language = "nb") -> str:
    """Say a moment on the clock in Oslo: "tirsdag 15. desember kl. 10".

    Raises:
        ValueError: the moment has no time zone.
    """
    return _join(say_day(in_oslo(moment).date(), language), moment, language)


def say_coming(moment: datetime, now: datetime, language: Language = "nb") -> str:
    """Say a moment as it is said now: "i dag kl. 8", "i morgen kl. 8", else as say_moment does.

    Raises:
        ValueError: a moment has no time zone.
    """
    ahead = in_oslo(moment).date() - in_oslo(now).date()
    if ahead in (timedelta(0), timedelta(days=1)):
        return _join(_NEAR_DAYS[language][ahead.days], moment, language)
    return say_moment(moment, language)


def _join(day: str, moment: datetime, language: Language) -> str:
    between = " at " if language == "en" else " "
    return day + between + say_time(in_oslo(moment).time(), language)
