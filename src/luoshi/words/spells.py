"""Years and months as people write them on a command or in an address: 2019,2020 or 2018-2020, and 2020-09."""

from datetime import date

from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

FIRST, LAST = 1900, 2100
RULE = f"年份写成 2019,2020 或 2018-2020，在{FIRST}至{LAST}之间"
MONTH_RULE = f"月份写成 2020-09，在{FIRST}至{LAST}年之间"
_DIGITS = 4


def years_in(words: str, where: str) -> frozenset[int]:
    """The years; none for "", which stands for all.

    Args:
        words: as written.
        where: the option or parameter it was written in.

    Raises:
        RefusedError: what is no year, a year out of reach, or a spell that ends before it begins.
    """
    told = set[int]()
    for one in filter(None, (part.strip() for part in words.split(","))):
        first, _, last = one.partition("-")
        begun, until = (_year(part) for part in (first, last or first))
        if not FIRST <= begun <= until <= LAST:
            raise RefusedError(Finding(where, f"“{one[:20]}”不是年份", RULE, "请改正，例如 2018-2020"))
        told |= set(range(begun, until + 1))
    return frozenset(told)


def _year(words: str) -> int:
    plain = words.strip()
    return int(plain) if len(plain) == _DIGITS and plain.isascii() and plain.isdecimal() else 0


def month_in(words: str, where: str, otherwise: date) -> date:
    """The first day of a month; that of another day's for "".

    Args:
        words: as written.
        where: the option or parameter it was written in.
        otherwise: a day of the month that is meant where nothing is written.

    Raises:
        RefusedError: it is no month.
    """
    if not words:
        return otherwise.replace(day=1)
    year, _, month = words.partition("-")
    number = int(month) if len(month) == 2 and month.isascii() and month.isdecimal() else 0  # noqa: PLR2004 -- 09
    if not FIRST <= _year(year) <= LAST or not 1 <= number <= 12:  # noqa: PLR2004 -- months
        raise RefusedError(Finding(where, f"“{words[:20]}”不是月份", MONTH_RULE, "请改正，例如 2020-09"))
    return date(_year(year), number, 1)
