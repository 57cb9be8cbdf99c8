"""What a field is when nobody types it: a function of this table, by its name, over what the case holds.

A course keeps the name, the keys of what goes in and the parameters that counted, so that a case reckons by what it began with.
"""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

from luoshi.handling.fields import Reckoning
from luoshi.handling.grading import Grade, control, graded, lec, ls
from luoshi.handling.guarding import drills_short, guards_needed

_Values = Mapping[str, Decimal]
_YEAR_END = (8, 31)
_OWN_ROLL = frozenset({"home", "distance"})
"""Ways to be taught that count only where the child is on a school's roll."""


def reckon(one: Reckoning, held: Mapping[str, str]) -> str:
    """What a field is, as text; empty as long as something it needs is not known.

    Args:
        one: how it is reckoned.
        held: what the case holds, by key.
    """
    return _TABLE[one.by][1](tuple(held.get(key, "") for key in one.of), one.values)


def takes(by: str) -> int | None:
    """How many inputs a function of the table takes; None where there is none of that name."""
    return _TABLE[by][0] if by in _TABLE else None


def _score(told: tuple[str, ...], _: _Values) -> str:
    method, *rest = told
    used = rest[:3] if method == "lec" else rest[3:]
    if not all(used):
        return ""
    return format((lec(*used) if method == "lec" else ls(*used)).normalize(), "f")


def _grade(told: tuple[str, ...], values: _Values) -> str:
    direct, method, score = told
    if direct and direct != "no":
        return Grade.MAJOR
    return graded(Decimal(score), values, method) if score else ""


def _control(told: tuple[str, ...], _: _Values) -> str:
    return control(Grade(told[0])) if told[0] else ""


def _year_end(told: tuple[str, ...], _: _Values) -> str:
    if not told[0]:
        return ""
    day = date.fromisoformat(told[0])
    return date(day.year + ((day.month, day.day) > _YEAR_END), *_YEAR_END).isoformat()


def _placed(told: tuple[str, ...], _: _Values) -> str:
    placement, roll = told
    if not placement:
        return ""
    return "yes" if roll == "yes" or placement not in _OWN_ROLL else "no"


def _drills(told: tuple[str, ...], values: _Values) -> str:
    kind, drills = told
    return str(drills_short(kind, int(drills), values)) if kind and drills else ""


def _guards(told: tuple[str, ...], values: _Values) -> str:
    people, boarders = told
    return str(guards_needed(int(people), int(boarders), values)) if people and boarders else ""


def _short(told: tuple[str, ...], _: _Values) -> str:
    needed, there = told
    return format(max(Decimal(0), Decimal(needed) - Decimal(there)), "f") if needed and there else ""


def _secure(told: tuple[str, ...], _: _Values) -> str:
    short, closed, linked = told
    if not all(told):
        return ""
    return "yes" if Decimal(short) == 0 and closed == linked == "yes" else "no"


_TABLE: Mapping[str, tuple[int, Callable[[tuple[str, ...], _Values], str]]] = {
    "risk_score": (6, _score),
    "risk_grade": (3, _grade),
    "control_level": (1, _control),
    "school_year_end": (1, _year_end),
    "placement_counts": (2, _placed),
    "drills_short": (2, _drills),
    "guards_needed": (2, _guards),
    "shortfall": (2, _short),
    "secure": (3, _secure),
}
