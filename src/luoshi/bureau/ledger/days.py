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
