"""Statistics of procedures as figures of indicators, which the ledger's targets can be bound to."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal

from luoshi.bureau.cases.counting import imported, monthly
from luoshi.bureau.cases.known import Conducted, conducted
from luoshi.bureau.indicators.actions import add_figures
from luoshi.bureau.indicators.models import Figure
from luoshi.bureau.journal.actions import Actor
from luoshi.bureau.people.models import City
from luoshi.declared.case_figures import CASE_FIGURES
from luoshi.handling.figures import DEFINITION, CaseFigure
from luoshi.spine import Measurement, Standing
from luoshi.words.calendars import month_end
from luoshi.words.provenance import Source
from luoshi.words.rounding import rounded

_PLACES = 6
_LATE = 3
"""Until March what came in for the year before is still counted."""
_DAY = timedelta(days=1)
Sums = dict[tuple[str, date], tuple[int, int]]
"""By division and last day of a month: ended since 1 January, and those with a late step."""


def file_figures(actor: Actor, city: City, on: date) -> int:
    """Keep the on-time rates of the months that are over, both counts beside them; how many were new.

    A figure that stands and says the same is not kept again; one that changed is kept beside it, known from today.

    Args:
        actor: who runs it; the worker of the house.
        city: whose.
        on: today.
    """
    ways = conducted(city)
    new = [one for key, of in CASE_FIGURES.items() if key in ways for one in _new(city, ways[key], of, on)]
    return add_figures(actor, city, new) if new else 0


def _new(city: City, how: Conducted, of: CaseFigure, on: date) -> Iterator[Measurement]:
    kept = Figure.objects.filter(city=city, indicator=of.indicator, definition=DEFINITION).order_by("known", "pk")
    told = {(one.division, one.on): (one.numerator, one.denominator) for one in kept}
    last = on.replace(day=1) - _DAY
    for year in (last.year - 1, last.year) if last.month < _LATE else (last.year,):
        until = min(last, date(year, 12, 31))
        sums = (
            _native(city, how, date(year, 1, 1), until)
            if how.native
            else _elsewhere(city, how, date(year, 1, 1), until)
        )
        for (division, day), (ended, late) in sorted(sums.items()):
            part, whole = Decimal(ended - late), Decimal(ended)
            if whole and told.get((division, day)) != (part, whole):
                yield _figure(how, of, division, day, on, (part, whole))


def _native(city: City, how: Conducted, since: date, until: date) -> Sums:
    rows = [(county, month, one.ended, one.late) for county, month, one in monthly(city, how.course.key, since, until)]
    return _cumulated([*rows, *(("*", *row[1:]) for row in rows)], since, until)


def _elsewhere(city: City, how: Conducted, since: date, until: date) -> Sums:
    """Of a month that has a line of the whole city that line, else the sum of its counties; only months that were imported."""
    brought = imported(city, how.course.key, since, until)
    whole = {one.month for one in brought if not one.county}
    rows = [(one.county, one.month, one.ended, one.late) for one in brought if one.county]
    rows += [("*", one.month, one.ended, one.late) for one in brought if not one.county or one.month not in whole]
    newest = max((one.month for one in brought), default=None)
    return _cumulated(rows, since, month_end(newest.year, newest.month)) if newest else {}


def _cumulated(rows: Iterable[tuple[str, date, int, int]], since: date, until: date) -> Sums:
    """From 1 January to the end of each month; “*” is the whole city, what belongs to no county has no figure of its own."""
    added = defaultdict[str, dict[int, list[int]]](dict)
    for county, month, ended, late in rows:
        if county:
            one = added[county].setdefault(month.month, [0, 0])
            one[0], one[1] = one[0] + ended, one[1] + late
    told: Sums = {}
    for county, months in added.items():
        ended = late = 0
        for number in range(1, until.month + 1):
            more = months.get(number, [0, 0])
            ended, late = ended + more[0], late + more[1]
            told["" if county == "*" else county, month_end(since.year, number)] = (ended, late)
    return told


def _figure(
    how: Conducted, of: CaseFigure, division: str, day: date, known: date, counts: tuple[Decimal, Decimal]
) -> Measurement:
    part, whole = counts
    where = "本系统" if how.native else how.procedure.platform or "外部平台"
    return Measurement(
        indicator=of.indicator,
        on=day,
        known=known,
        value=rounded(part * 100 / whole, _PLACES),
        unit="%",
        definition=DEFINITION,
        standing=Standing.REPORTED,
        source=Source(f"{how.course.label}办件统计（{where}）"),
        division=division,
        numerator=part,
        denominator=whole,
        doubt=of.doubt,
    )
