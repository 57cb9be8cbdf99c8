"""Seasonal paths: how much of a year's way is usually gone by a day. A school-year figure moves on 1 September, building after spring.

A path is told as shares of a year's change by day of the year and repeats every year. Between two days of the plan

    expected(to) = (G(to) − G(begun)) / (G(due) − G(begun)),   G = 100 % a year and what the path says within it

so a plan that begins in March and one of five years follow the same path. Where nothing can move between begin and due day there
is no seasonal path, and the straight one counts.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from luoshi.tracking.pausing import Pause

_DAY = timedelta(days=1)
_FULL = Decimal(100)


@dataclass(frozen=True, slots=True)
class Knot:
    """By the end of which day of a year how much of its change is there."""

    month: int
    day: int
    percent: Decimal
    """Of the year's change, from its first day on."""
    parameter: str = ""
    """Key of the parameter that says so; empty where a rule does."""


@dataclass(frozen=True, slots=True)
class Season:
    """A path through a year."""

    key: str
    label: str
    """As a because says it: 学年数9月1日一次变动."""
    knots: tuple[Knot, ...]
    """In the order of the year; at its end all is there."""
    stepwise: bool = False
    """Whether it moves on these days only; else evenly between them."""
    source: str = ""
    doubt: str = ""

    def with_values(self, values: Mapping[str, Decimal]) -> "Season":
        """The same with a bureau's own shares, none below the one before it and none above the whole."""
        told, least = [], Decimal(0)
        for knot in self.knots:
            least = min(max(values.get(knot.parameter, knot.percent), least), _FULL)
            told.append(replace(knot, percent=least))
        return replace(self, knots=tuple(told))

    def by(self, on: date) -> Fraction:
        """What is there by the end of a day, in whole years since year 0: 2020.30 when 30 % of the year's change is there."""
        past, gone = Fraction(0), date(on.year - 1, 12, 31)
        ends = [(_day(on.year, one), Fraction(one.percent) / 100) for one in self.knots]
        for day, share in (*ends, (date(on.year, 12, 31), Fraction(1))):
            if on >= day:
                past, gone = share, day
            elif self.stepwise:
                break
            else:
                return on.year + past + (share - past) * Fraction((on - gone).days, (day - gone).days)
        return on.year + past

    def expected(self, begun: date | None, due: date | None, to: date, pauses: Sequence[Pause] = ()) -> Fraction | None:
        """Share of the way that should be gone on a day, 0 to 1; None where nothing moves between begin and due day.

        Args:
            begun: the day the plan's period is counted from.
            due: as approvals moved it.
            to: the day.
            pauses: with their ends, in order; what would have moved meanwhile is asked of nobody.
        """
        if begun is None or due is None or due <= begun:
            return None
        whole = self._moved(begun, due, pauses)
        return min(max(self._moved(begun, max(to, begun), pauses) / whole, Fraction(0)), Fraction(1)) if whole else None

    def steps(self, begun: date, due: date) -> tuple[date, ...]:
        """The days after begin, up to the due day, on which it bends or steps, in order; an even path bends at the end of a year too."""
        days = set[date]()
        for year in range(begun.year, due.year + 1):
            days |= {_day(year, one) for one in self.knots} | {date(year, 12, 31)}
        return tuple(sorted(day for day in days if begun < day <= due))

    def _moved(self, after: date, to: date, pauses: Sequence[Pause]) -> Fraction:
        stood = (self.by(end) - self.by(first - _DAY) for first, end in _stretches(pauses, after, to))
        return self.by(to) - self.by(after) - sum(stood, Fraction(0))


def _stretches(pauses: Sequence[Pause], after: date, to: date) -> Iterator[tuple[date, date]]:
    """First and last day of each stretch on which the clock stood, none counted twice."""
    last = after
    for pause in pauses:
        first, end = max(pause.begun, last + _DAY), min(pause.until or to, to)
        if end >= first:
            yield first, end
            last = end


def _day(year: int, knot: Knot) -> date:
    """The knot's day of a year; of 29 February the day before where there is none."""
    leap = (knot.month, knot.day) == (2, 29) and not (year % 4 == 0 and (year % 100 or year % 400 == 0))
    return date(year, knot.month, knot.day - leap)
