"""Which days count as working days ("virkedager")."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from types import MappingProxyType

import holidays

_ONE_DAY = timedelta(days=1)
_SATURDAY = 5
_SUNDAY = 6
_DECEMBER = 12
_CHRISTMAS_EVE = 24
_NEW_YEARS_EVE = 31
_MAUNDY_THURSDAY = "Skjærtorsdag"
# Holiday names are written with a small letter in running text, but for a proper name.
_PROPER_NAMES = ("Kristi",)


@dataclass(frozen=True)
class ExtraClosed:
    """Days that are closed beside the public holidays; the hospital decides.

    Attributes:
        christmas_eve: 24 December.
        new_years_eve: 31 December.
        wednesday_before_easter: the day before Maundy Thursday.
        dates: further days, as dates.
    """

    christmas_eve: bool = False
    new_years_eve: bool = False
    wednesday_before_easter: bool = False
    dates: frozenset[date] = frozenset()

    def name(self, day: date) -> str | None:
        """Give the Norwegian name of the rule that closes this day, or None."""
        rules = {
            "julaften": self.christmas_eve and (day.month, day.day) == (_DECEMBER, _CHRISTMAS_EVE),
            "nyttårsaften": self.new_years_eve
            and (day.month, day.day) == (_DECEMBER, _NEW_YEARS_EVE),
            "onsdag før påske": self.wednesday_before_easter
            and day + _ONE_DAY == _maundy_thursday(day.year),
            "stengt dag": day in self.dates,
        }
        return next((name for name, applies in rules.items() if applies), None)


@dataclass(frozen=True)
class WorkingCalendar:
    """Working days: Monday to Friday without public holidays and without extra closed days.

    The hospital's text says "mindre enn to virkedager" (Før videokonsultasjonen, first point) and
    not which days those are; facts.md ("To virkedager") chooses Monday to Friday, the safe side.

    Attributes:
        extra_closed: days that are closed beside the public holidays.
        saturday_counts: whether an ordinary Saturday is a working day.
    """

    extra_closed: ExtraClosed = field(default_factory=ExtraClosed)
    saturday_counts: bool = False

    def is_working_day(self, day: date) -> bool:
        """Tell whether the day counts as a working day."""
        if day.weekday() == _SUNDAY:
            return False
        if day.weekday() == _SATURDAY and not self.saturday_counts:
            return False
        return self.name_of_closed_day(day) is None

    def next_working_day(self, day: date) -> date:
        """Give the first working day after (never on) this day.

        Raises:
            OverflowError: there is no such day before the year 10000.
        """
        return self._walk(day, _ONE_DAY)

    def previous_working_day(self, day: date) -> date:
        """Give the last working day before (never on) this day.

        Raises:
            OverflowError: there is no such day after the year 0.
        """
        return self._walk(day, -_ONE_DAY)

    def name_of_closed_day(self, day: date) -> str | None:
        """Give the Norwegian (bokmål) name of the holiday or closed day, for running text.

        None on every other day, ordinary Saturdays and Sundays included.
        """
        return _public_holidays(day.year).get(day) or self.extra_closed.name(day)

    def _walk(self, day: date, step: timedelta) -> date:
        day += step
        while not self.is_working_day(day):
            day += step
        return day


@lru_cache(maxsize=64)
def _public_holidays(year: int) -> Mapping[date, str]:
    # The library joins the names with "; " when two fall on one day (17 May 2027).
    found = holidays.country_holidays("NO", years=year, language="no")
    return MappingProxyType(
        {day: " og ".join(map(_small, names.split("; "))) for day, names in found.items()}
    )


@lru_cache(maxsize=64)
def _maundy_thursday(year: int) -> date | None:
    wanted = _small(_MAUNDY_THURSDAY)
    return next((day for day, name in _public_holidays(year).items() if name == wanted), None)


def _small(name: str) -> str:
    return name if name.startswith(_PROPER_NAMES) else name[:1].lower() + name[1:]
