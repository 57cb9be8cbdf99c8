"""Lists that answer each other: 2014年、2015年、2016年分别达到75%、79%、83%."""

import re
from collections.abc import Mapping, Sequence

from luoshi.reading.grammar.amounts import Quantity
from luoshi.reading.grammar.deadlines import Day
from luoshi.reading.grammar.surroundings import Surroundings

_RESPECTIVELY = "分别"
_JOINED = re.compile(r"(?:[、,，]|和|及|与|以及)*")


def paired_days(around: Surroundings, days: Sequence[Day], quantities: Sequence[Quantity]) -> Mapping[int, Day]:
    """The day of each quantity, by where it starts, in clauses that name as many days as numbers around 分别."""
    paired: dict[int, Day] = {}
    at = around.flat.find(_RESPECTIVELY) if len(days) > 1 else -1
    while at >= 0:
        begun, until = around.segment(at)
        named = _run_before(around.flat, [day for day in days if begun <= day.start < at])
        counted = [one for one in quantities if at < one.start < until][: len(named)]
        if 1 < len(named) == len(counted):
            paired.update({one.start: day for one, day in zip(counted, named, strict=True)})
        at = around.flat.find(_RESPECTIVELY, at + 1)
    return paired


def _run_before(flat: str, days: list[Day]) -> list[Day]:
    """The last days that stand side by side."""
    run = days[-1:]
    for day in reversed(days[:-1]):
        if not _JOINED.fullmatch(flat[day.end : run[0].start]):
            break
        run.insert(0, day)
    return run
