"""Terms: how long something may take, and the last day of it.

民法典 art. 201–203: the first day is not counted, a month ends on its corresponding day, a last day that is a holiday moves
behind the holiday.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from luoshi.words.calendars import Calendar, month_end

_YEAR = 12


class Counted(StrEnum):
    """What a term counts."""

    DAYS = "days"
    """Calendar days: 日 in most statutes."""
    WORKDAYS = "workdays"
    """工作日."""
    MONTHS = "months"


_SAID = {Counted.DAYS: "天", Counted.WORKDAYS: "个工作日", Counted.MONTHS: "个月"}


@dataclass(frozen=True, slots=True)
class Term:
    """So many days, working days or months."""

    count: int
    counted: Counted

    def __str__(self) -> str:
        return f"{self.count}{_SAID[self.counted]}"

    def last(self, start: date, calendar: Calendar, *, paused: int = 0) -> date:
        """The last day, within which it must be done.

        Args:
            start: the day of what sets it going; not counted itself.
            calendar: which days offices work.
            paused: how many of what it counts stood still: calendar days for days and months, else working days.
        """
        if self.counted is Counted.WORKDAYS:
            return calendar.plus_workdays(start, self.count + paused)
        return calendar.next_workday(self.end(start) + timedelta(days=paused))

    def before(self, last: date, calendar: Calendar) -> date:
        """The day so long before another: of working days the one that leaves so many to work, the last one among them."""
        if self.counted is Counted.WORKDAYS:
            return calendar.minus_workdays(last, self.count)
        return last - timedelta(days=self.count) if self.counted is Counted.DAYS else plus_months(last, -self.count)

    def end(self, start: date) -> date:
        """The corresponding day of a term in days or months, before holidays move it."""
        if self.counted is Counted.DAYS:
            return start + timedelta(days=self.count)
        return plus_months(start, self.count)


def plus_months(start: date, count: int) -> date:
    """The corresponding day so many months later, or the month's last where it has none."""
    months = start.year * _YEAR + start.month - 1 + count
    year, month = divmod(months, _YEAR)
    return date(year, month + 1, min(start.day, month_end(year, month + 1).day))


def days(count: int) -> Term:
    """Calendar days; a last day on a holiday moves behind it."""
    return Term(count, Counted.DAYS)


def workdays(count: int) -> Term:
    """工作日."""
    return Term(count, Counted.WORKDAYS)


def months(count: int) -> Term:
    """Months, to the corresponding day."""
    return Term(count, Counted.MONTHS)


def that_day() -> Term:
    """The very day that a clock's field says: what was agreed case by case; a holiday moves it as any last day."""
    return Term(0, Counted.DAYS)
