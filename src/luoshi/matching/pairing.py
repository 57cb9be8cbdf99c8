"""Rows that may be one person although their numbers do not say so: offered in pairs, never joined by themselves."""

from functools import reduce
from typing import Any

import ibis
import polars as pl

from luoshi.matching.deciding import Doubt
from luoshi.matching.rows import BLANK, FALSE, SHOWN, Desk

CROWD = 20
"""Rows of one list with the same name and day of birth beyond which the two say nothing of who somebody is."""


def differs(one: Any, other: Any) -> Any:
    """Whether two that are both there are not the same."""
    return (one != other).fill_null(FALSE)


def pairs_of(desk: Desk, comparison: str, of: str, loose: Any, other: str) -> pl.DataFrame:
    """Doubtful pairs of rows that no number cleared, with rows of another list.

    Args:
        desk: the lists.
        comparison: key of what is asked.
        of: the list the rows are of.
        loose: those rows.
        other: the list that is looked into.

    Returns:
        comparison, doubt, list, line, what the row says, other, other_line, what the other says with `other_` before, flaw.
    """
    standing = desk.standing(other)
    theirs = standing.select(
        other_key=standing.key,
        other_standing=standing.standing,
        other_line=standing.line,
        **{f"other_{one}": standing[one] for one in SHOWN},
    )
    numbered = loose.inner_join(theirs, loose.key == theirs.other_key)
    unlike = differs(numbered.name, numbered.other_name) | differs(numbered.born, numbered.other_born)
    same = numbered.filter(
        (numbered.other_standing == "crowded") | ((numbered.other_standing == "clean") & unlike)
    )
    doubt = ibis.ifelse(same.other_standing == "crowded", Doubt.CROWDED.value, Doubt.UNLIKE.value)
    found = [_laid(same, doubt, comparison, of, other)]
    alike = _alike(loose, theirs, desk.rows[of])
    found.append(_laid(alike, ibis.literal(Doubt.ALIKE.value), comparison, of, other))
    return desk.ask(reduce(lambda one, two: one.union(two), found))


def alone(rows: Any, comparison: str, of: str) -> Any:
    """Rows whose number is of no use, each a question by itself: an Ibis table as `pairs_of` gives."""
    bad = rows.filter(rows.key.isnull())
    blank = dict.fromkeys(("other_key", *(f"other_{one}" for one in SHOWN)), BLANK)
    bad = bad.mutate(other_line=ibis.null("int64"), **blank)
    return _laid(bad, ibis.literal(Doubt.NUMBER.value), comparison, of, "")


def _alike(loose: Any, theirs: Any, rows: Any) -> Any:
    """The same name and day of birth, and guardian or county; the other's number stands nowhere in this list."""
    stems = _telling(loose.filter(loose.name.notnull() & loose.born.notnull()), "")
    there = theirs.filter(theirs.other_name.notnull() & theirs.other_born.notnull())
    there = there.filter(there.other_standing != "merged")
    there = there.semi_join(stems, [there.other_name == stems.name, there.other_born == stems.born])
    numbers = rows.filter(rows.key.notnull()).select(their_key=rows.key)
    there = _telling(there.anti_join(numbers, there.other_key == numbers.their_key), "other_")
    both = stems.inner_join(there, [stems.name == there.other_name, stems.born == there.other_born])
    guarded = (both.guardian == both.other_guardian).fill_null(FALSE)
    placed = ((both.county == both.other_county) & (both.county != "")).fill_null(FALSE)
    return both.filter(guarded | placed)


def _telling(rows: Any, side: str) -> Any:
    """Without those of which too many bear one name and day of birth."""
    many = ibis._.count().over(group_by=[rows[f"{side}name"], rows[f"{side}born"]])
    return rows.mutate(bearing=many).filter(ibis._.bearing <= CROWD).drop("bearing")


def _laid(rows: Any, doubt: Any, comparison: str, of: str, other: str) -> Any:
    return rows.select(
        comparison=ibis.literal(comparison),
        doubt=doubt,
        list=ibis.literal(of),
        line=rows.line,
        **{one: rows[one] for one in SHOWN},
        other=ibis.literal(other),
        other_line=rows.other_line,
        **{f"other_{one}": rows[f"other_{one}"] for one in SHOWN},
        flaw=rows.flaw,
    )
