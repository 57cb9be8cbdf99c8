"""Statistics of procedures as figures of indicators, which the ledger's targets can be bound to."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from luoshi.bureau.cases.known import Conducted, conducted
from luoshi.bureau.cases.shares import shares
from luoshi.bureau.indicators.actions import add_figures
from luoshi.bureau.indicators.models import Figure
from luoshi.bureau.journal.actions import Actor
from luoshi.bureau.people.models import City
from luoshi.declared.case_figures import CASE_FIGURES
from luoshi.handling.figures import DEFINITION, CaseFigure
from luoshi.spine import Measurement, Standing
from luoshi.words.provenance import Source
from luoshi.words.rounding import rounded

_PLACES = 6
_LATE = 3
"""Until March what came in for the year before is still counted."""
_DAY = timedelta(days=1)


def file_figures(actor: Actor, city: City, on: date) -> int:
    """Keep the rates of the months that are over, both counts beside them; how many were new.

    A figure that stands and says the same is not kept again; one that changed is kept beside it, known from today.

    Args:
        actor: who runs it; the worker of the house.
        city: whose.
        on: today.
    """
    ways = conducted(city)
    new = [one for of in CASE_FIGURES if of.procedure in ways for one in _new(city, ways[of.procedure], of, on)]
    return add_figures(actor, city, new) if new else 0


def _new(city: City, how: Conducted, of: CaseFigure, on: date) -> Iterator[Measurement]:
    kept = Figure.objects.filter(city=city, indicator=of.indicator, definition=DEFINITION).order_by("known", "pk")
    told = {(one.division, one.on): (one.numerator, one.denominator) for one in kept}
    last = on.replace(day=1) - _DAY
    for year in (last.year - 1, last.year) if last.month < _LATE else (last.year,):
        sums = shares(city, how, of, date(year, 1, 1), min(last, date(year, 12, 31)))
        for (division, day), counts in sorted(sums.items()):
            part, whole = map(Decimal, counts)
            if whole and told.get((division, day)) != (part, whole):
                yield _figure(how, of, division, day, on, (part, whole))


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
