"""Which share of a procedure's cases an indicator asks for, month by month, of the city and its counties: both counts."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Q

from luoshi.bureau.cases.counting import imported, monthly
from luoshi.bureau.cases.known import Conducted
from luoshi.bureau.cases.models import Case, Happening
from luoshi.bureau.people.models import City, Institution
from luoshi.handling.courses import Course
from luoshi.handling.figures import CaseFigure, Cycle, Share
from luoshi.words.calendars import month_end

Sums = dict[tuple[str, date], tuple[int, int]]
"""By division (the whole city under “”) and last day of a month: what counts since 1 January, and of how many."""
_FIRST = date(1970, 1, 1)
_Month = tuple[str, date, int, int, int]
"""County (“*” the whole city), first day, ended, late, open at its end."""


def shares(city: City, how: Conducted, of: CaseFigure, since: date, until: date) -> Sums:
    """Both counts of every month from 1 January on in which there is something to count.

    Args:
        city: whose.
        how: how the procedure runs there: what runs elsewhere has the counts that were imported, which know no answers.
        of: which share.
        since: 1 January.
        until: the last day of the last month.
    """
    if of.share is Share.ANSWERED:
        return _answered(city, how.course, of, since, until) if how.native else {}
    if of.cycle is not None:
        return _covered(city, how.course, of.cycle, since, until) if how.native else {}
    rows = list(_native(city, how, since, until) if how.native else _elsewhere(city, how, since, until))
    last = until if how.native else max((month for _, month, *_counts in rows), default=None)
    return _cumulated(of.share, rows, since, last) if last else {}


def _native(city: City, how: Conducted, since: date, until: date) -> Iterator[_Month]:
    """Counted here; what was opened before and is not ended is open still."""
    open_ = defaultdict[str, dict[date, int]](dict)
    ended = dict[tuple[str, date], tuple[int, int]]()
    for county, month, one in monthly(city, how.course.key, _FIRST, until):
        for key in (county, "*"):
            more = open_[key].get(month, 0) + one.opened + one.reopened - one.ended
            open_[key][month] = more
            before = ended.get((key, month), (0, 0))
            ended[key, month] = (before[0] + one.ended, before[1] + one.late)
    months = [date(since.year, number, 1) for number in range(1, until.month + 1)]
    for key, changes in open_.items():
        for month in months:
            running = sum(more for day, more in changes.items() if day <= month)
            yield key, month, *ended.get((key, month), (0, 0)), running


def _elsewhere(city: City, how: Conducted, since: date, until: date) -> Iterator[_Month]:
    """Of a month that has a line of the whole city that line, else the sum of its counties; only months that were imported."""
    brought = imported(city, how.course.key, since, until)
    whole = {one.month for one in brought if not one.county}
    for one in brought:
        told = (one.month, one.ended, one.late, one.running)
        if one.county:
            yield one.county, *told
        if not one.county or one.month not in whole:
            yield "*", *told


def _cumulated(share: Share, rows: Iterable[_Month], since: date, until: date) -> Sums:
    """From 1 January to the end of each month; what belongs to no county has no figure of its own."""
    added = defaultdict[str, dict[int, list[int]]](dict)
    for county, month, *counts in rows:
        if county:
            one = added[county].setdefault(month.month, [0, 0, 0])
            added[county][month.month] = [before + more for before, more in zip(one, counts, strict=True)]
    told: Sums = {}
    for county, months in added.items():
        ended = late = running = 0
        for number in range(1, until.month + 1):
            if number in months:
                more = months[number]
                ended, late, running = ended + more[0], late + more[1], more[2]
            part, whole = (ended - late, ended) if share is Share.ON_TIME else (ended, ended + running)
            told["" if county == "*" else county, month_end(since.year, number)] = (part, whole)
    return told


def _covered(city: City, course: Course, cycle: Cycle, since: date, until: date) -> Sums:
    """Of the schools that stand at the end of each month those with a decided case of the cycle; two queries."""
    kinds = reduce(or_, (Q(kind__startswith=one) for one in cycle.kinds))
    places = list(
        Institution.objects.filter(kinds, city=city).values_list("code", "county", "begun", "until").order_by("pk")
    )
    ended = Case.objects.filter(city=city, procedure=course.key, decided=True, ended_on__lte=until).exclude(school="")
    done = defaultdict[str, list[date]](list)
    for school, on in ended.filter(ended_on__gte=cycle.since(since)).values_list("school", "ended_on"):
        if on is not None:
            done[school].append(on)
    told = defaultdict[tuple[str, date], tuple[int, int]](lambda: (0, 0))
    for last in (month_end(since.year, number) for number in range(1, until.month + 1)) if done else ():
        begun = cycle.since(last)
        for code, county, first, gone in places:
            if (first or last) <= last <= (gone or last):
                reached = any(begun <= on <= last for on in done.get(code, ()))
                for key in ("", county):
                    part, whole = told[key, last]
                    told[key, last] = (part + reached, whole + 1)
    return dict(told)


def _answered(city: City, course: Course, of: CaseFigure, since: date, until: date) -> Sums:
    """Of each case its last answer by the end of the month; one query, read as it comes."""
    steps = [way.key for way in course.ways.values() if any(one.key == of.question for one in way.asks)]
    rows = Happening.objects.filter(
        case__city=city, case__procedure=course.key, step__in=steps, on__gte=since, on__lte=until
    ).order_by("on", "pk")
    said, told = dict[int, tuple[str, bool]](), dict[tuple[str, date], tuple[int, int]]()
    kept = rows.values_list("case", "case__county", "on", "answers").iterator()
    waiting = next(kept, None)
    for number in range(1, until.month + 1):
        last = month_end(since.year, number)
        while waiting is not None and waiting[2] <= last:
            case, county, _, answers = waiting
            if value := answers.get(of.question, ""):
                said[case] = (county, value in of.answers)
            waiting = next(kept, None)
        told |= {(county, last): counts for county, counts in _counts(said).items()}
    return told


def _counts(said: Mapping[int, tuple[str, bool]]) -> dict[str, tuple[int, int]]:
    """By county and, under “”, of all: how many are so, and how many there are."""
    told = defaultdict[str, tuple[int, int]](lambda: (0, 0))
    for county, good in said.values():
        for key in {county, ""}:
            told[key] = (told[key][0] + good, told[key][1] + 1)
    return dict(told)
