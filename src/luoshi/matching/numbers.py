"""What a cell of a list says, as Ibis: the number of a person made exact, its flaws, names and days of birth.

Nothing is corrected that was not declared here: full-width letters and digits become half-width, quotes and blanks go, x becomes X,
a G before a number goes, fifteen digits become eighteen with their check. All else is a flaw, and a flaw is a person's to decide.
"""

import string
from datetime import date
from enum import StrEnum
from typing import Any

import ibis

from luoshi.words.identifiers import PERSON_WEIGHTS

BLANKS = " \t\r\n\v\f\u00a0\u2002\u2003\u2009\u200b\u3000\ufeff"
QUOTES = "'\"`‘’“”＇＂｀"
_PLAIN = string.digits + string.ascii_uppercase
_WIDE = "".join(chr(ord(one) + 0xFEE0) for one in _PLAIN)
_WIDE_SMALL = "".join(chr(ord(one) + 0xFEE0) for one in string.ascii_lowercase)
_DOTS = "•・･‧∙．."
"""Written for the dot within a name; · is kept."""
LETTERS_FROM = _WIDE + _WIDE_SMALL + string.ascii_lowercase
LETTERS_TO = _PLAIN + string.ascii_uppercase * 2
NUMBER_FROM, NUMBER_TO = LETTERS_FROM + BLANKS + QUOTES, LETTERS_TO
NAME_FROM, NAME_TO = LETTERS_FROM + _DOTS + BLANKS + QUOTES, LETTERS_TO + "·" * len(_DOTS)
LONGEST_LIFE = 120
"""Years; whoever would be older was written wrongly."""
_CHECKS = "10X98765432"
_EIGHTEEN, _FIFTEEN = r"^[0-9]{17}[0-9X]$", r"^[0-9]{15}$"
_ROLL = r"^[JL][0-9]{17}[0-9X]$"
_LOST = r"^[0-9]+([.][0-9]+)?E[+]?[0-9]+$"
_DAY = r"^([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?$"
_MODULUS = 11
FALSE = ibis.literal(value=False)


class Flaw(StrEnum):
    """Why a number cannot be compared."""

    MISSING = "missing"
    """没有号码."""
    LOST = "lost"
    """电子表格把后几位变成了 0."""
    MALFORMED = "malformed"
    """不是 15 位、18 位号码，也不是 J、L 学籍号."""
    CHECK = "check"
    """校验码不对."""
    BORN = "born"
    """号码里的出生日期不可能."""


def cleaned_number(cell: Any) -> Any:
    """A number in half-width capitals without quotes and blanks; null where nothing is left."""
    plain = cell.re_search(_EIGHTEEN)
    bare = ibis.ifelse(plain, cell, cell.translate(NUMBER_FROM, NUMBER_TO))
    return bare.nullif("")


def cleaned_name(cell: Any) -> Any:
    """A name without quotes and blanks, every dot the same; null where nothing is left."""
    plain = cell.re_search(r"^\p{Han}+$")
    return ibis.ifelse(plain, cell, cell.translate(NAME_FROM, NAME_TO)).nullif("")


def day_of(cell: Any) -> Any:
    """A day written as 2012-05-01, 20120501, 2012/5/1 or 2012年5月1日, as 2012-05-01; null where it is none."""
    told = cell.translate(LETTERS_FROM + BLANKS + QUOTES, LETTERS_TO)
    # What a workbook says of a day carries a midnight, which lost its blank above.
    told = told.re_replace(r"T?00:00:00([.]0+)?$", "")
    parts = [told.re_extract(_DAY, place) for place in (1, 2, 3)]
    apart = parts[0] + "-" + parts[1].lpad(2, "0") + "-" + parts[2].lpad(2, "0")
    packed = told.re_search(r"^[0-9]{8}$")
    together = told.substr(0, 4) + "-" + told.substr(4, 2) + "-" + told.substr(6, 2)
    slow = ibis.ifelse(packed, together, ibis.ifelse(told.re_search(_DAY), apart, ibis.null(str)))
    quick = cell.re_search(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")
    said = ibis.ifelse(quick, cell, slow)
    return ibis.ifelse(said.try_cast("date").notnull(), said, ibis.null(str))


def read_numbers(rows: Any, on: date) -> Any:
    """Beside `written`, a cleaned number: `key`, exact or null; `flaw`, why it is null; `digits_born`, the day in it.

    Args:
        rows: an Ibis table with `written`.
        on: the day the lists are of.
    """
    written = rows.written
    bare = ibis.ifelse(written.re_search(r"^G[0-9]{17}[0-9X]$"), written.substr(1), written)
    roll = bare.re_search(_ROLL)
    whole = ibis.ifelse(roll, bare.substr(1), bare)
    old = whole.re_search(_FIFTEEN)
    of_form = old | whole.re_search(_EIGHTEEN)
    seventeen = ibis.ifelse(old, whole.substr(0, 6) + "19" + whole.substr(6, 9), whole.substr(0, 17))
    rows = rows.mutate(
        roll=roll.fill_null(FALSE),
        prefix=ibis.ifelse(roll, bare.substr(0, 1), ""),
        old=old.fill_null(FALSE),
        last=whole.substr(17, 1),
        seventeen=ibis.ifelse(of_form, seventeen, ibis.null(str)),
        lost=written.re_search(_LOST).fill_null(FALSE),
    )
    rows = rows.mutate(check=_check(rows.seventeen.cast("int64")), digits_born=_born(rows.seventeen))
    return _judged(rows, on)


def _judged(rows: Any, on: date) -> Any:
    """With flaw and key."""
    oldest = on.replace(year=on.year - LONGEST_LIFE, month=1, day=1).isoformat()
    alive = (rows.digits_born >= oldest) & (rows.digits_born <= on.isoformat())
    wrong = ~rows.old & (rows.prefix != "L") & (rows.last != rows.check)
    flaw = ibis.cases(
        (rows.written.isnull(), Flaw.MISSING.value),
        (rows.lost, Flaw.LOST.value),
        (rows.seventeen.isnull(), Flaw.MALFORMED.value),
        (wrong, Flaw.CHECK.value),
        # What stands in a roll number that was generated or is temporary need be nobody's day of birth.
        ((rows.prefix == "") & ~alive.fill_null(FALSE), Flaw.BORN.value),
        else_=ibis.null(str),
    )
    last = ibis.ifelse(rows.old, rows.check, rows.last)
    key = ibis.ifelse(flaw.isnull(), rows.prefix + rows.seventeen + last, ibis.null(str))
    return rows.mutate(flaw=flaw, key=key).drop("roll", "prefix", "old", "last", "seventeen", "lost", "check")


def _born(seventeen: Any) -> Any:
    said = seventeen.substr(6, 4) + "-" + seventeen.substr(10, 2) + "-" + seventeen.substr(12, 2)
    return ibis.ifelse(said.try_cast("date").notnull(), said, ibis.null(str))


def _check(number: Any) -> Any:
    """The 18th character from seventeen digits as one whole number. GB 11643.

    A digit times its power of ten is the difference of two remainders, and ten leaves −1 over eleven: so the digit leaves that
    difference or its opposite. Σ weight × digit becomes a sum of remainders with fixed weights, which keeps to whole numbers.
    """
    # Of the digit with 10^place: its weight, with the sign of that power.
    weights = [weight * (-1) ** place for place, weight in enumerate(reversed(PERSON_WEIGHTS))]
    steps = [one - other for one, other in zip(weights, [*weights[1:], 0], strict=True)]
    total: Any = ibis.literal(0)
    for place, step in enumerate(steps, 1):
        total += (number % (10**place) % _MODULUS) * step
    return ibis.literal(_CHECKS).substr((total % _MODULUS + _MODULUS) % _MODULUS, 1)
