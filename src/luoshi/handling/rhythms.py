"""When what comes again comes again: the periods of a year by months, and where holidays pause them."""

from dataclasses import dataclass
from datetime import date, timedelta

from luoshi.handling.nouns import Every
from luoshi.handling.terms import plus_months

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """One period: from its first to its last day."""

    begun: date
    until: date


def period(every: Every, on: date) -> Period:
    """The period a day lies in.

    Args:
        every: how often and since when in the year.
        on: the day.
    """
    begun = date(on.year - 2, every.month, every.begins)
    while (following := plus_months(begun, every.months)) <= on:
        begun = following
    return Period(begun, following - _DAY)


def opens(every: Every, on: date, *, boards: bool = False) -> bool:
    """Whether cases are opened on a day.

    Args:
        every: how often.
        on: the day.
        boards: whether pupils board there: then holidays pause nothing.
    """
    begun = period(every, on).begun
    return begun == on and (boards or begun.month not in every.rests)
