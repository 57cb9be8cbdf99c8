"""What reads a parameter: measures, items of checklists, rules of returns, paths through the year, and rooms of the house."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

from luoshi.declared import PARAMETERS
from luoshi.declared.checklists import CHECKLISTS
from luoshi.declared.measures import MEASURES
from luoshi.declared.parameters import (
    CAMPUS_BASELINE,
    CAMPUS_SHARE,
    CASE_OVERDUE,
    COMPREHENSIVE_CHECKS,
    FORM_SHARE,
    GROUP_VISIT,
    MINUTES_PER_CELL,
    PRIMARY_SHARE_LEAST,
    PRIMARY_SHARE_MOST,
    SCHOOL_VISITS,
    SMALL_CELL,
)
from luoshi.declared.returns import RETURNS
from luoshi.declared.seasons import SEASON_OF, STALE_AFTER
from luoshi.declared.training_hours import TRAINING_PARAMETERS

_Reader = TypeVar("_Reader")
ROOMS: Mapping[str, str] = {
    FORM_SHARE.key: "forms",
    MINUTES_PER_CELL.key: "forms",
    SMALL_CELL.key: "public",
    PRIMARY_SHARE_LEAST.key: "doubts",
    PRIMARY_SHARE_MOST.key: "doubts",
    CASE_OVERDUE.key: "cases",
    GROUP_VISIT.key: "cases",
    CAMPUS_BASELINE.key: "cases",
    CAMPUS_SHARE.key: "cases",
    COMPREHENSIVE_CHECKS.key: "cases",
    SCHOOL_VISITS.key: "cases",
    **{one.key: "trainings" for one in TRAINING_PARAMETERS},
}
"""By key, the room that reads it: 报表备案, 公开稿, 口径核对, 办件, 培训."""


@dataclass(frozen=True, slots=True)
class Readers:
    """What reads one parameter; each in the order it is declared."""

    measures: tuple[str, ...]
    """Keys."""
    items: tuple[tuple[str, str], ...]
    """Checklist and item."""
    rules: tuple[tuple[str, str], ...]
    """Return and rule."""
    paths: tuple[str, ...]
    """Keys of indicators whose expected path or freshness it sets."""
    room: str
    """As `ROOMS`; empty for none."""

    @property
    def many(self) -> int:
        """How many read it."""
        return len(self.measures) + len(self.items) + len(self.rules) + len(self.paths) + bool(self.room)


@cache
def readers() -> Mapping[str, Readers]:
    """By key of the parameter, all that are declared."""
    measures = _by_parameter((key, {*one.thresholds(), *one.assumes}) for key, one in MEASURES.items())
    items = _by_parameter(
        ((one.key, item.key), dict.fromkeys(item.parameters)) for one in CHECKLISTS.values() for item in one.items
    )
    rules = _by_parameter(
        ((of.key, name), {one.key for one in rule.thresholds})
        for of in RETURNS.values()
        for name, rule in of.rules.items()
    )
    paths = _by_parameter(
        (*((key, {knot.parameter for knot in season.knots}) for key, season in SEASON_OF.items()),
         *((key, {one}) for key, one in STALE_AFTER.items()))
    )  # fmt: skip
    return {
        key: Readers(
            tuple(measures.get(key, ())),
            tuple(items.get(key, ())),
            tuple(rules.get(key, ())),
            tuple(dict.fromkeys(paths.get(key, ()))),
            ROOMS.get(key, ""),
        )
        for key in dict.fromkeys(one.key for one in PARAMETERS)
    }


def _by_parameter(read: Iterable[tuple[_Reader, Iterable[str]]]) -> dict[str, list[_Reader]]:
    told = dict[str, list[_Reader]]()
    for reader, keys in read:
        for key in keys:
            told.setdefault(key, []).append(reader)
    return told
