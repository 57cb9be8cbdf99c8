"""Hours (学时) held against what is asked: an hour counts once, of each kind no more than its cap, within one span.

    counted of a kind = min(Σ hours of its events in the span, cap)         each event once, whatever sent it
    counted           = Σ counted of the kinds that count
    short             = max(0, asked − counted)
    practice short    = max(0, ⌈asked × least share⌉ − practice counted)    where a share of practice is asked

TV-16b: 60, 84, 72, 90, 50 in five years are 356, short 4 of 360. Rules: domain.md §16.3.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

CYCLE_YEARS = 5
_ZERO, _TENTH = Decimal(0), Decimal("0.1")


class Span(StrEnum):
    """Over which days hours are counted."""

    CYCLE = "cycle"
    """五年周期: five calendar years from a fixed first year on."""
    ROLLING = "rolling"
    """近五年: the five years that end today."""
    FIRST_YEAR = "first_year"
    """任教第一年: the year from the first working day on."""
    YEAR = "year"
    """本年度: the calendar year."""

    @property
    def label(self) -> str:
        """In Chinese."""
        return {"cycle": "五年一周期", "rolling": "近五年", "first_year": "任教第一年", "year": "本年度"}[self.value]


@dataclass(frozen=True, slots=True)
class Earned:
    """Hours of one person from one event."""

    event: str
    """What it was: the same event counts once, from however many lists it came."""
    on: date
    hours: Decimal
    kind: str
    practice: Decimal = _ZERO
    """How many of the hours were practice (实践)."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of one person over one span."""

    hours: Decimal
    span: Span
    kinds: frozenset[str] = frozenset()
    """Kinds that count; empty is every kind."""
    caps: Mapping[str, Decimal] = field(default_factory=dict)
    """By kind the most that counts."""
    practice: Decimal = _ZERO
    """Least share of practice, in percent."""


@dataclass(frozen=True, slots=True)
class KindDone:
    """One kind of hours."""

    kind: str
    earned: Decimal
    counted: Decimal
    """Without what goes beyond the cap."""


@dataclass(frozen=True, slots=True)
class Done:
    """How far somebody has come."""

    since: date
    until: date
    asked: Decimal
    counted: Decimal
    practice: Decimal
    practice_asked: Decimal
    kinds: tuple[KindDone, ...]

    @property
    def short(self) -> Decimal:
        """Hours still owed; of practice alone where only that is owed."""
        return max(_ZERO, self.asked - self.counted, self.practice_short)

    @property
    def practice_short(self) -> Decimal:
        """Hours of practice still owed."""
        return max(_ZERO, self.practice_asked - self.practice)

    @property
    def met(self) -> bool:
        """Whether nothing is owed."""
        return self.short == _ZERO


def spell(span: Span, on: date, began: date | None = None, first: int = 2000) -> tuple[date, date] | None:
    """First and last day of the span that a day lies in; None where it asks nothing of this person on that day.

    Args:
        span: which.
        on: the day.
        began: first working day; without one nobody is in a first year.
        first: first calendar year of some cycle.
    """
    if span is Span.YEAR:
        return date(on.year, 1, 1), date(on.year, 12, 31)
    if span is Span.CYCLE:
        start = first + (on.year - first) // CYCLE_YEARS * CYCLE_YEARS
        return date(start, 1, 1), date(start + CYCLE_YEARS - 1, 12, 31)
    if span is Span.ROLLING:
        return _years(on, -CYCLE_YEARS) + timedelta(days=1), on
    if began is None or not began <= on < _years(began, 1):
        return None
    return began, _years(began, 1) - timedelta(days=1)


def _years(on: date, many: int) -> date:
    """The same day so many years on; 29 February becomes the 28th."""
    last = 28 if (on.month, on.day) == (2, 29) else on.day
    return date(on.year + many, on.month, last)


def done(earned: Iterable[Earned], asked: Asked, since: date, until: date) -> Done:
    """What somebody earned, held against what is asked.

    Args:
        earned: of one person, of any day and kind, in any order; of an event that comes twice the larger number counts.
        asked: what is asked.
        since: first day.
        until: last day.
    """
    once = dict[str, Earned]()
    for one in earned:
        counts = since <= one.on <= until and (not asked.kinds or one.kind in asked.kinds)
        held = once.get(one.event)
        if counts and (held is None or (one.hours, one.practice, one.kind) > (held.hours, held.practice, held.kind)):
            once[one.event] = one
    sums, practice = defaultdict[str, Decimal](Decimal), defaultdict[str, Decimal](Decimal)
    for one in once.values():
        sums[one.kind] += one.hours
        practice[one.kind] += min(one.practice, one.hours)
    return held_against(sums, practice, asked, since, until)


def held_against(
    sums: Mapping[str, Decimal], practice: Mapping[str, Decimal], asked: Asked, since: date, until: date
) -> Done:
    """The same from sums by kind, each event in them once."""
    kinds = tuple(
        KindDone(kind, hours, min(hours, asked.caps.get(kind, hours)))
        for kind, hours in sorted(sums.items())
        if not asked.kinds or kind in asked.kinds
    )
    practised = sum((min(practice.get(one.kind, _ZERO), one.counted) for one in kinds), _ZERO)
    least = (asked.hours * asked.practice / 100).quantize(_TENTH, ROUND_HALF_UP) if asked.practice else _ZERO
    return Done(
        since, until, asked.hours, sum((one.counted for one in kinds), _ZERO), practised, least, kinds
    )  # fmt: skip


def credits_of(hours: Decimal, rate: Decimal) -> Decimal:
    """学分 of 学时: hours ÷ rate, exact; the rate is a parameter (often 10)."""
    return hours / rate


def hours_of(earned: Decimal, rate: Decimal) -> Decimal:
    """学时 of 学分: credits × rate."""
    return earned * rate


@dataclass(frozen=True, slots=True)
class Stay:
    """A stay in an enterprise or a training base (企业实践), both days counted."""

    begun: date
    until: date


@dataclass(frozen=True, slots=True)
class Practised:
    """Days of practice, a day once however many stays it lies in."""

    days: int
    by_year: Mapping[int, int]
    short: int
    """Days still owed of the five years."""
    poor_years: tuple[int, ...]
    """Years with fewer days than a year asks."""


def practised(stays: Sequence[Stay], years: Sequence[int], least: int, least_a_year: int) -> Practised:
    """Days of practice in an enterprise over some calendar years.

    Args:
        stays: of one person.
        years: which years count, as 2016 … 2020.
        least: days asked over all of them (six months).
        least_a_year: days asked of each (one month).
    """
    counted = set[int]()
    for one in stays:
        counted.update(range(one.begun.toordinal(), one.until.toordinal() + 1))
    by_year = dict.fromkeys(years, 0)
    for day in counted:
        year = date.fromordinal(day).year
        if year in by_year:
            by_year[year] += 1
    days = sum(by_year.values())
    poor = tuple(year for year, many in by_year.items() if many < least_a_year)
    return Practised(days, by_year, max(0, least - days), poor)
