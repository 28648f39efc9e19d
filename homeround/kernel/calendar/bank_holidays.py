"""The bank holidays of England and Wales, written out: reviewed data, not a formula.

They cannot be computed: days are moved (2020, 2022), added at short notice (2022, 2023), and replaced when they
fall on a weekend. The list is gov.uk's up to 2028; an import of a newer edition makes another Calendar by
`calendar_of`. Serves REQ-67.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

from homeround.kernel.calendar.working_days import Calendar
from homeround.kernel.reviewed import Reviewed, register

_CHRISTMAS_DAYS: Final = {(12, 25), (12, 26), (12, 27), (12, 28)}
"""Christmas Day and Boxing Day, or their substitutes when they fall on a weekend: two of these are holidays."""

REVIEWED: Final = register(
    "bank holidays of England and Wales",
    Reviewed(
        source="gov.uk bank holidays (bank-holidays.json, england-and-wales), edition of 25 February 2026",
        licence="Open Government Licence v3.0",
        mode="shipped",
        evidence="V",
        author="the authors of Homeround",
        checker="tests/kernel/calendar/test_bank_holidays.py, against the published file",
        reviewed_on=date(2026, 11, 21),
        next_review_on=date(2027, 11, 30),
    ),
)


def horizon_of(holidays: Iterable[date]) -> date:
    """The last day whose holidays are known: 31 December of the last year whose Christmas holidays are in the list.

    Raises ValueError when no year has both of them.
    """
    christmases = [on.year for on in holidays if (on.month, on.day) in _CHRISTMAS_DAYS]
    complete = [year for year in christmases if christmases.count(year) > 1]
    if not complete:
        raise ValueError("A list of bank holidays needs both Christmas holidays of at least one year.")
    return date(max(complete), 12, 31)


def calendar_of(names: Mapping[date, str]) -> Calendar:
    """A Calendar of holidays by day and name, with its horizon."""
    return Calendar(frozenset(names), horizon_of(names), MappingProxyType(dict(names)))


_NAMES: Final = {
    date(2012, 1, 2): "New Year’s Day, substitute day",
    date(2012, 4, 6): "Good Friday",
    date(2012, 4, 9): "Easter Monday",
    date(2012, 5, 7): "Early May bank holiday",
    date(2012, 6, 4): "Spring bank holiday, substitute day",
    date(2012, 6, 5): "Queen’s Diamond Jubilee, extra bank holiday",
    date(2012, 8, 27): "Summer bank holiday",
    date(2012, 12, 25): "Christmas Day",
    date(2012, 12, 26): "Boxing Day",
    date(2013, 1, 1): "New Year’s Day",
    date(2013, 3, 29): "Good Friday",
    date(2013, 4, 1): "Easter Monday",
    date(2013, 5, 6): "Early May bank holiday",
    date(2013, 5, 27): "Spring bank holiday",
    date(2013, 8, 26): "Summer bank holiday",
    date(2013, 12, 25): "Christmas Day",
    date(2013, 12, 26): "Boxing Day",
    date(2014, 1, 1): "New Year’s Day",
    date(2014, 4, 18): "Good Friday",
    date(2014, 4, 21): "Easter Monday",
    date(2014, 5, 5): "Early May bank holiday",
    date(2014, 5, 26): "Spring bank holiday",
    date(2014, 8, 25): "Summer bank holiday",
    date(2014, 12, 25): "Christmas Day",
    date(2014, 12, 26): "Boxing Day",
    date(2015, 1, 1): "New Year’s Day",
    date(2015, 4, 3): "Good Friday",
    date(2015, 4, 6): "Easter Monday",
    date(2015, 5, 4): "Early May bank holiday",
    date(2015, 5, 25): "Spring bank holiday",
    date(2015, 8, 31): "Summer bank holiday",
    date(2015, 12, 25): "Christmas Day",
    date(2015, 12, 28): "Boxing Day, substitute day",
    date(2016, 1, 1): "New Year’s Day",
    date(2016, 3, 25): "Good Friday",
    date(2016, 3, 28): "Easter Monday",
    date(2016, 5, 2): "Early May bank holiday",
    date(2016, 5, 30): "Spring bank holiday",
    date(2016, 8, 29): "Summer bank holiday",
    date(2016, 12, 26): "Boxing Day",
    date(2016, 12, 27): "Christmas Day, substitute day",
    date(2017, 1, 2): "New Year’s Day, substitute day",
    date(2017, 4, 14): "Good Friday",
    date(2017, 4, 17): "Easter Monday",
    date(2017, 5, 1): "Early May bank holiday",
    date(2017, 5, 29): "Spring bank holiday",
    date(2017, 8, 28): "Summer bank holiday",
    date(2017, 12, 25): "Christmas Day",
    date(2017, 12, 26): "Boxing Day",
    date(2018, 1, 1): "New Year’s Day",
    date(2018, 3, 30): "Good Friday",
    date(2018, 4, 2): "Easter Monday",
    date(2018, 5, 7): "Early May bank holiday",
    date(2018, 5, 28): "Spring bank holiday",
    date(2018, 8, 27): "Summer bank holiday",
    date(2018, 12, 25): "Christmas Day",
    date(2018, 12, 26): "Boxing Day",
    date(2019, 1, 1): "New Year’s Day",
    date(2019, 4, 19): "Good Friday",
    date(2019, 4, 22): "Easter Monday",
    date(2019, 5, 6): "Early May bank holiday",
    date(2019, 5, 27): "Spring bank holiday",
    date(2019, 8, 26): "Summer bank holiday",
    date(2019, 12, 25): "Christmas Day",
    date(2019, 12, 26): "Boxing Day",
    date(2020, 1, 1): "New Year’s Day",
    date(2020, 4, 10): "Good Friday",
    date(2020, 4, 13): "Easter Monday",
    date(2020, 5, 8): "Early May bank holiday (VE day)",
    date(2020, 5, 25): "Spring bank holiday",
    date(2020, 8, 31): "Summer bank holiday",
    date(2020, 12, 25): "Christmas Day",
    date(2020, 12, 28): "Boxing Day, substitute day",
    date(2021, 1, 1): "New Year’s Day",
    date(2021, 4, 2): "Good Friday",
    date(2021, 4, 5): "Easter Monday",
    date(2021, 5, 3): "Early May bank holiday",
    date(2021, 5, 31): "Spring bank holiday",
    date(2021, 8, 30): "Summer bank holiday",
    date(2021, 12, 27): "Christmas Day, substitute day",
    date(2021, 12, 28): "Boxing Day, substitute day",
    date(2022, 1, 3): "New Year’s Day, substitute day",
    date(2022, 4, 15): "Good Friday",
    date(2022, 4, 18): "Easter Monday",
    date(2022, 5, 2): "Early May bank holiday",
    date(2022, 6, 2): "Spring bank holiday",
    date(2022, 6, 3): "Platinum Jubilee bank holiday",
    date(2022, 8, 29): "Summer bank holiday",
    date(2022, 9, 19): "Bank holiday for the State Funeral of Queen Elizabeth II",
    date(2022, 12, 26): "Boxing Day",
    date(2022, 12, 27): "Christmas Day, substitute day",
    date(2023, 1, 2): "New Year’s Day, substitute day",
    date(2023, 4, 7): "Good Friday",
    date(2023, 4, 10): "Easter Monday",
    date(2023, 5, 1): "Early May bank holiday",
    date(2023, 5, 8): "Bank holiday for the coronation of King Charles III",
    date(2023, 5, 29): "Spring bank holiday",
    date(2023, 8, 28): "Summer bank holiday",
    date(2023, 12, 25): "Christmas Day",
    date(2023, 12, 26): "Boxing Day",
    date(2024, 1, 1): "New Year’s Day",
    date(2024, 3, 29): "Good Friday",
    date(2024, 4, 1): "Easter Monday",
    date(2024, 5, 6): "Early May bank holiday",
    date(2024, 5, 27): "Spring bank holiday",
    date(2024, 8, 26): "Summer bank holiday",
    date(2024, 12, 25): "Christmas Day",
    date(2024, 12, 26): "Boxing Day",
    date(2025, 1, 1): "New Year’s Day",
    date(2025, 4, 18): "Good Friday",
    date(2025, 4, 21): "Easter Monday",
    date(2025, 5, 5): "Early May bank holiday",
    date(2025, 5, 26): "Spring bank holiday",
    date(2025, 8, 25): "Summer bank holiday",
    date(2025, 12, 25): "Christmas Day",
    date(2025, 12, 26): "Boxing Day",
    date(2026, 1, 1): "New Year’s Day",
    date(2026, 4, 3): "Good Friday",
    date(2026, 4, 6): "Easter Monday",
    date(2026, 5, 4): "Early May bank holiday",
    date(2026, 5, 25): "Spring bank holiday",
    date(2026, 8, 31): "Summer bank holiday",
    date(2026, 12, 25): "Christmas Day",
    date(2026, 12, 28): "Boxing Day, substitute day",
    date(2027, 1, 1): "New Year’s Day",
    date(2027, 3, 26): "Good Friday",
    date(2027, 3, 29): "Easter Monday",
    date(2027, 5, 3): "Early May bank holiday",
    date(2027, 5, 31): "Spring bank holiday",
    date(2027, 8, 30): "Summer bank holiday",
    date(2027, 12, 27): "Christmas Day, substitute day",
    date(2027, 12, 28): "Boxing Day, substitute day",
    date(2028, 1, 3): "New Year’s Day, substitute day",
    date(2028, 4, 14): "Good Friday",
    date(2028, 4, 17): "Easter Monday",
    date(2028, 5, 1): "Early May bank holiday",
    date(2028, 5, 29): "Spring bank holiday",
    date(2028, 8, 28): "Summer bank holiday",
    date(2028, 12, 25): "Christmas Day",
    date(2028, 12, 26): "Boxing Day",
}

ENGLAND: Final = calendar_of(_NAMES)
