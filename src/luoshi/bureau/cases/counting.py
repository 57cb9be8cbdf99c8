"""办件统计: what was counted with each act, what is open now and how long overdue, and what an outside platform counted."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Q, Sum

from luoshi.bureau.cases.models import Case, Imported, Tally
from luoshi.bureau.people.models import City

AGES = ((1, 7), (8, 30), (31, None))
"""Days overdue, by which open cases are told apart."""
_COUNTED = ("opened", "persons", "repeated", "ended", "late", "reopened")


@dataclass(slots=True)
class Line:
    """The counts of a county, a theme or a month."""

    key: str
    opened: int = 0
    persons: int = 0
    repeated: int = 0
    ended: int = 0
    late: int = 0
    reopened: int = 0
    running: int = 0
    overdue: list[int] = field(default_factory=lambda: [0] * len(AGES))
    """Open and overdue, by `AGES`."""

    @property
    def on_time(self) -> int:
        """Ended without a step after its last day."""
        return self.ended - self.late


@dataclass(frozen=True, slots=True)
class Counted:
    """The statistics of one procedure for a span of months."""

    whole: Line
    by_county: list[Line]
    by_theme: list[Line]
    by_month: list[Line]


def counted(city: City, procedure: str, since: date, on: date, counties: Iterable[str] | None = None) -> Counted:
    """What a procedure came to: three queries, whatever the number of cases.

    Args:
        city: whose.
        procedure: key.
        since: first day of the first month.
        on: today; open cases are those of now.
        counties: only of these; of all without.
    """
    only = Q() if counties is None else Q(county__in=list(counties))
    rows = Tally.objects.filter(only, city=city, procedure=procedure, month__gte=since, month__lte=on)
    told = list(rows.values("county", "theme", "month").annotate(**{key: Sum(key) for key in _COUNTED}))
    open_ = list(_open(city, procedure, on, only))
    return Counted(
        _summed(told, open_, lambda _: "")[0] if told or open_ else Line(""),
        _summed(told, open_, lambda one: str(one["county"])),
        _summed(told, open_, lambda one: str(one["theme"])),
        sorted(_summed(told, [], lambda one: f"{one['month']:%Y-%m}"), key=lambda one: one.key),
    )


def monthly(
    city: City, procedure: str, since: date, until: date, counties: Iterable[str] | None = None
) -> Iterable[tuple[str, date, Line]]:
    """County, first day of the month and counts, by month and county: one query."""
    only = Q() if counties is None else Q(county__in=list(counties))
    rows = Tally.objects.filter(only, city=city, procedure=procedure, month__gte=since, month__lte=until)
    sums: dict[str, Any] = {key: Sum(key) for key in _COUNTED}
    for county, month, *counts in rows.order_by("month", "county").values_list("county", "month").annotate(**sums):
        line = Line(county)
        for key, count in zip(_COUNTED, counts, strict=True):
            setattr(line, key, int(count or 0))
        yield county, month, line


def _open(city: City, procedure: str, on: date, only: Q) -> Iterable[Mapping[str, Any]]:
    ages = {f"age{at}": Count("pk", filter=_between(on, *span)) for at, span in enumerate(AGES)}
    rows = Case.objects.filter(only, city=city, procedure=procedure, ended_on=None)
    return rows.order_by().values("county", "theme").annotate(running=Count("pk"), **ages)


def _between(on: date, least: int, most: int | None) -> Q:
    last = date.fromordinal(on.toordinal() - least)
    return Q(due__lte=last) & (Q() if most is None else Q(due__gte=date.fromordinal(on.toordinal() - most)))


def _summed(
    told: Iterable[Mapping[str, Any]], open_: Iterable[Mapping[str, Any]], by: Callable[[Mapping[str, Any]], str]
) -> list[Line]:
    found = defaultdict[str, Line](lambda: Line(""))
    for one in told:
        line = found[by(one)]
        for key in _COUNTED:
            setattr(line, key, getattr(line, key) + int(one[key] or 0))
    for one in open_:
        line = found[by(one)]
        line.running += int(one["running"])
        line.overdue = [count + int(one[f"age{at}"]) for at, count in enumerate(line.overdue)]
    for key, line in found.items():
        line.key = key
    return sorted(found.values(), key=lambda one: (-one.opened, one.key))


def of_groups(
    city: City, procedure: str, since: date, on: date, least: int, counties: Iterable[str] | None = None
) -> int:
    """How many cases so many persons or more brought: one query."""
    rows = Case.objects.filter(city=city, procedure=procedure, opened_on__gte=since, opened_on__lte=on)
    if counties is not None:
        rows = rows.filter(county__in=list(counties))
    return rows.filter(weight__gte=least).count()


def imported(
    city: City, procedure: str, since: date, on: date, counties: Iterable[str] | None = None
) -> list[Imported]:
    """What an outside platform counted, the newest line of each county and month.

    Args:
        city: whose.
        procedure: key.
        since: first day of the first month.
        on: today.
        counties: only of these; of all and of the whole city without.
    """
    only = Q() if counties is None else Q(county__in=list(counties))
    rows = Imported.objects.filter(only, city=city, procedure=procedure, month__gte=since, month__lte=on).order_by("id")
    newest = {(one.month, one.county): one for one in rows}
    return sorted(newest.values(), key=lambda one: (one.month, one.county))


def elsewhere(rows: Iterable[Imported]) -> Counted:
    """What those lines come to: of a month that has a line of the whole city that line, else the sum of its counties."""
    months = defaultdict[date, list[Imported]](list)
    for one in rows:
        months[one.month].append(one)
    whole, by_month, by_county = Line(""), list[Line](), defaultdict[str, Line](lambda: Line(""))
    for month, told in sorted(months.items()):
        city = [one for one in told if not one.county]
        line = _added(Line(f"{month:%Y-%m}"), city or told)
        by_month.append(line)
        whole.opened, whole.ended, whole.late = (
            whole.opened + line.opened, whole.ended + line.ended, whole.late + line.late,
        )  # fmt: skip
        whole.running = line.running
        for one in told:
            if one.county:
                kept = _added(by_county[one.county], [one])
                kept.key, kept.running = one.county, one.running
    return Counted(whole, sorted(by_county.values(), key=lambda one: (-one.opened, one.key)), [], by_month)


def _added(line: Line, rows: Iterable[Imported]) -> Line:
    for one in rows:
        line.opened += one.opened
        line.ended += one.ended
        line.late += one.late
        line.running += one.running
    return line
