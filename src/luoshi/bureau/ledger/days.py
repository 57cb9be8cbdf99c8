"""Days as ledgers write them: 2020-12-31, 2020.12.31, 9月底前, 长期坚持, 按省厅时限."""

import re
from datetime import date

from luoshi.reading.grammar.context import Context
from luoshi.reading.grammar.deadlines import find_days

_PLAIN = re.compile(r"(\d{4})\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})日?")


def shown_day(day: date | None) -> str:
    """2020-12-31; empty for none."""
    return day.isoformat() if day else ""


def day_of(words: str, year: int | None) -> tuple[date | None, str]:
    """The day the words name, and the words themselves where they are more than a plain day.

    Args:
        words: as typed or as they stand in an old ledger.
        year: the ledger's year, for days that do not name one.
    """
    told = words.strip()
    plain = _PLAIN.fullmatch(told)
    if plain:
        try:
            return date(*(int(part) for part in plain.groups())), ""
        except ValueError:
            return None, told
    begun, until = (date(year, 1, 1), date(year, 12, 31)) if year else (None, None)
    found = [one.day for one in find_days(told, Context(year, begun, until)) if one.day]
    return max(found, default=None), told


def own_day(clause: str, year: int | None, begun: date | None, until: date | None) -> date | None:
    """The last day a clause names for itself, within its plan's period; None when it names none.

    A clause that begins with the day (6月底前出台…) means it, although 6月底前出台的… further on tells when something was issued.

    Args:
        clause: a promise without a number: what has a number brings its day along with the target.
        year: the plan's, for days that do not name one.
        begun: first day of the plan's period.
        until: its last.
    """
    found = find_days(clause, Context(year, begun, until))
    days = (one for one in found if not one.past and (one.start == 0 or not one.compared))
    inside = [
        one.day for one in days if one.day and (not begun or begun <= one.day) and (not until or one.day <= until)
    ]
    return max(inside, default=None)
