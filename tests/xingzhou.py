"""星州, one small made-up city for the engines' tests: 2 districts, 5 schools, every class with its head count.

演示数据（虚构）. Codes are unassigned. The makers below give a target or a figure with everything a test does not care about.
"""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from luoshi.spine import Comparator, Measurement, Standing, Target
from luoshi.tracking import Matter
from luoshi.words.divisions import Division
from luoshi.words.provenance import Source

DISTRICTS = (Division("990102", "斗城区", "district"), Division("990103", "奎西区", "district"))
BEGUN, DUE = date(2021, 1, 1), date(2021, 12, 31)
SOURCE = Source("星州市教育局统计表（演示数据，虚构）")


@dataclass(frozen=True, slots=True)
class School:
    """One school and the pupils of each of its classes."""

    name: str
    district: str
    classes: tuple[int, ...]


SCHOOLS = (
    School("斗城一小", "990102", (58, 57, 61, 49, 52, 55)),
    School("斗城二小", "990102", (44, 45, 43, 46)),
    School("斗城一中", "990102", (50, 56, 48, 51, 49, 50, 47, 52)),
    School("奎西一小", "990103", (66, 40)),
    School("奎西一中", "990103", (45,) * 10),
)


def figure(value: str | int, unit: str = "所", **told: Any) -> Measurement:
    """A verified figure of the due day, known a fortnight later."""
    on = told.pop("on", DUE)
    plain = Measurement(
        indicator="演示",
        on=on,
        known=told.pop("known", on),
        value=Decimal(value),
        unit=unit,
        definition="演示口径",
        standing=Standing.VERIFIED,
        source=SOURCE,
    )
    return replace(plain, **told)


def counts(part: int, whole: int, **told: Any) -> Measurement:
    """A rate with both its counts, told in percent to two places."""
    value = round(Decimal(part) * 100 / whole, 2) if whole else Decimal(0)
    return figure(str(value), "%", numerator=Decimal(part), denominator=Decimal(whole), **told)


def target(comparator: Comparator, value: str | int | None, unit: str = "所", **told: Any) -> Target:
    """A binding target due at the end of the year."""
    number = None if value is None else Decimal(value)
    return replace(Target(comparator, number, unit, 0, 1, due=DUE), **told)


def matter(aim: Target, on: date = date(2022, 1, 15), **told: Any) -> Matter:
    """A matter judged a fortnight after the due day, counted from the first day of the year."""
    return replace(Matter(aim, on, BEGUN), **told)
