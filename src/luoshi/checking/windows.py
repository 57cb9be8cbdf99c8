"""Days a return is due: how late it came, and when to remind. Days in UTC+8."""

from datetime import date, timedelta

from luoshi.words.calendars import Calendar


def days_late(due: date, submitted: date) -> int:
    """Days after the due day, 0 when it came in time. A deadline of the statistics does not move for a weekend."""
    return max((submitted - due).days, 0)


def remind_on(due: date, calendar: Calendar) -> date:
    """The last working day on or before the due day: on it an office can still be reminded."""
    on = due
    while not calendar.is_workday(on):
        on -= timedelta(days=1)
    return on
