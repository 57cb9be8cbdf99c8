"""Rows that may be one person although their numbers do not say so: offered in pairs, never joined by themselves."""

from typing import Any

import ibis

from luoshi.matching.deciding import Doubt
from luoshi.matching.numbers import FALSE
from luoshi.matching.rows import BLANK, SHOWN, laid, rows_in, rows_of, standing

CROWD = 20
"""Rows of one list with the same name and day of birth beyond which the two say nothing of who somebody is."""


def differs(one: Any, other: Any) -> Any:
    """Whether two that are both there are not the same."""
    return (one != other).fill_null(FALSE)


def pairs_of(comparison: str, of: str, loose: str, other: str) -> Any:
    """Doubtful pairs of rows that no number cleared, with rows of another list; columns as `laid` names them.

    Args:
        comparison: key of what is asked.
        of: the list the rows are of.
        loose: the table of those rows.
        other: the list that is looked into.
    """
    left, theirs = rows_in(loose), standing(other)
    theirs = theirs.select(
        other_key=theirs.key,
        other_standing=theirs.standing,
        other_line=theirs.line,
        **{f"other_{one}": theirs[one] for one in SHOWN},
    )
    both = left.inner_join(theirs, left.key == theirs.other_key)
    unlike = differs(both.name, both.other_name) | differs(both.born, both.other_born)
    crowded = both.other_standing == "crowded"
    same = both.filter(crowded | ((both.other_standing == "clean") & unlike))
    doubt = ibis.ifelse(same.other_standing == "crowded", Doubt.CROWDED.value, Doubt.UNLIKE.value)
    alike = _alike(left, theirs, rows_of(of))
    told = same.select(**laid(same, comparison, doubt, of, other))
    return told.union(alike.select(**laid(alike, comparison, Doubt.ALIKE.value, of, other)))


def alone(comparison: str, of: str, table: str) -> Any:
    """Rows whose number is of no use, each a question by itself; columns as `laid` names them."""
    rows = rows_in(table)
    bad = rows.filter(rows.key.isnull())
    bad = bad.mutate(other_line=ibis.null("int64"), **dict.fromkeys((f"other_{one}" for one in SHOWN), BLANK))
    return bad.select(**laid(bad, comparison, Doubt.NUMBER.value, of, ""))


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
    many = rows.count().over(group_by=[rows[f"{side}name"], rows[f"{side}born"]])
    told = rows.mutate(bearing=many)
    return told.filter(told.bearing <= CROWD).drop("bearing")
