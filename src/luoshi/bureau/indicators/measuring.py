"""Measuring a year of the lake as a job; pages read what it leaves, never the lake."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from luoshi.bureau.indicators.actions import MEASURE, keep_measured, keep_measuring
from luoshi.bureau.indicators.explaining import behind, names_of
from luoshi.bureau.indicators.models import Behind, LastDigits, Measuring, Query
from luoshi.bureau.indicators.packing import KEPT, SCHOOL, Moment, form_of
from luoshi.bureau.indicators.queries import own_parameters
from luoshi.bureau.jobs.actions.running import Step
from luoshi.bureau.journal.actions import Actor
from luoshi.bureau.lakes import lake
from luoshi.bureau.people.models import City
from luoshi.bureau.people.rights import require
from luoshi.declared import PARAMETERS
from luoshi.declared.returns import RETURNS
from luoshi.words import showing
from luoshi.words.formulas import definition, formula
from luoshi.words.provenance import digest

if TYPE_CHECKING:
    from luoshi.measuring import Measured

KIND = MEASURE
_AUTUMN = 9
_DIGITS = 28
_NAMED = 5
_REGION = 4
"""Digits that the city and all its counties have in common, by GB/T 2260."""


@dataclass(frozen=True, slots=True)
class State:
    """What is measured: rows as the lake's last entry has them, with these values of parameters."""

    year: int
    entry: int
    head: str
    values: Mapping[str, Decimal]

    @property
    def digest(self) -> str:
        """The same for the same rows and values."""
        told = [self.head, *(f"{key}={value}" for key, value in sorted(self.values.items()))]
        return digest("\n".join(told).encode())


def measure_year(step: Step) -> Mapping[str, object]:
    """Every measure of one year by city, by county, and for the tables of schools by school.

    The arguments name "city" and "year"; of a made-up city also "known", the day its figures are said to have become known.

    Raises:
        RefusedError: no right, or rows that cannot be read.
    """
    require(step.actor, "measure")
    city = City.objects.get(pk=step.arguments["city"])
    year = int(step.arguments["year"])
    entry, head = lake().head
    state = State(year, entry, head, _values(city, year))
    kept = Measuring.objects.filter(city=city, year=year).order_by("-pk").first()
    if kept is not None and kept.state == state.digest:
        kept_for_judging(step.actor, kept, _known(step, city))  # a worker that died between the two left none
        return {"words": _("%(year)s 年的数没有变，不必重算") % {"year": year}}
    run = Measuring(city=city, year=year, entry=entry, head=head, state=state.digest)
    run.values = {key: str(value) for key, value in state.values.items()}
    step.reached(0, 3, _("正在按行计算"), None)
    mine = regions(city)
    moments = measured(run, state, mine)
    if not moments:
        return {"words": _("%(year)s 年入库的行都不属于本市的县(市、区)，没有计算") % {"year": year}}
    step.reached(1, 3, _("已算完，正在取明细"), None)
    rows = [one for one in rows_behind(run, state) if not one.county or one.county[:_REGION] in mine]
    digits = [one for one in digits_of(state) if one.county[:_REGION] in mine]
    queries = queries_of(run, state)
    step.reached(2, 3, _("正在存入"), None)
    keep_measuring(step.actor, run, moments, rows, queries, digits=digits)
    words = _("%(year)s 年：%(many)s 个数") % {"year": year, "many": len(moments)}
    return {"words": words + kept_for_judging(step.actor, run, _known(step, city))}


def regions(city: City) -> frozenset[str]:
    """First four digits of its units' codes: what another city's counties handed into the same lake is not this city's."""
    return frozenset(code[:_REGION] for code in city.divisions.values_list("code", flat=True))


def kept_for_judging(actor: Actor, run: Measuring, known: date | None = None) -> str:
    """The run's figures of indicators kept, so that 数据状态 follows from them; what was kept, in words."""
    from luoshi.bureau.indicators.figuring import figures  # noqa: PLC0415 -- declarations of all measures

    told = figures(run, known)
    new = keep_measured(actor, run, told.figures)
    words = _("，%(many)s 个指标值用于判断") % {"many": new} if new else ""
    if told.lacking:
        absent = sorted({code for codes in told.lacking.values() for code in codes})
        names = dict(run.city.divisions.values_list("code", "name"))
        told_names = "、".join(names.get(code, code) for code in absent[:_NAMED]) + (
            "等" if len(absent) > _NAMED else ""
        )
        words += _("；%(many)s 项没有全市数，缺 %(counties)s 个县区的报表（%(names)s）") % {
            "many": len(told.lacking),
            "counties": len(absent),
            "names": told_names,
        }
    return words


def _known(step: Step, city: City) -> date | None:
    told = step.arguments.get("known")
    return date.fromisoformat(told) if told and city.imaginary else None


def outdated(city: City) -> list[int]:
    """Years of which the lake holds rows that came after they were last measured; their year before counts too."""
    told = lake()
    if not told.exists:
        return []
    last, mine = dict[int, int](), regions(city)
    for one in told.counting():
        if one.kind not in RETURNS or one.division[:_REGION] not in mine:
            continue  # a one-off form's rows are not measured, nor another city's
        year = int(one.period[:4])
        last[year] = max(last.get(year, 0), one.number)
    measured_at = dict[int, int]()
    for year, entry in Measuring.objects.filter(city=city).values_list("year", "entry"):
        measured_at[year] = max(measured_at.get(year, 0), entry)
    gone = {int(one.period[:4]) for one in told.counting() if one.kind in RETURNS and told.destroyed(one.number)}
    return [
        year
        for year in sorted(
            last.keys() - gone
        )  # of a year whose rows were destroyed the figures stay as they were reckoned
        if max(last[year], last.get(year - 1, 0)) > measured_at.get(year, 0)
    ]


def _values(city: City, year: int) -> Mapping[str, Decimal]:
    from luoshi.measuring import in_force  # noqa: PLC0415 -- only the worker waits for the engines

    return in_force(PARAMETERS, date(year, _AUTUMN, 1), own_parameters(city.pk))


def measured(run: Measuring, state: State, mine: Collection[str]) -> list[Moment]:
    """All moments of a run, not kept yet: every measure by city, by county and, where it has a school level, by school.

    Args:
        run: not kept yet; it learns what was read.
        state: what is measured.
        mine: `regions` of the run's city; rows of other cities may lie in the same lake.
    """
    from luoshi.declared.measures import MEASURES  # noqa: PLC0415
    from luoshi.declared.returns import Institutions  # noqa: PLC0415
    from luoshi.measuring import By, LakeTables, measure_levels  # noqa: PLC0415

    tables = LakeTables(lake(), state.entry)
    levels = (By.CITY, By.COUNTY, By.SCHOOL)
    told = measure_levels(list(MEASURES.values()), tables, year=state.year, levels=levels, values=state.values)
    run.unmeasured = dict(told[By.COUNTY].unmeasured)
    run.editions = {key: _of_these(some, mine) for key, some in told[By.COUNTY].editions.items()}
    run.rows = {key: _rows_digest(some) for key, some in run.editions.items()}
    run.queries = {key: definition(one, state.values) for key, one in MEASURES.items() if key not in run.unmeasured}
    names = names_of(tables, state.year, Institutions)
    return [
        _moment(one, level.value, names)
        for level in levels
        for one in told[level].rows
        if (one.county or one.division)[:_REGION] in mine
    ]


def digits_of(state: State) -> list[LastDigits]:
    """Last digits of what schools reported in the year, not kept yet."""
    from luoshi.declared.doubting import COUNTED, DIGITS_FROM  # noqa: PLC0415
    from luoshi.measuring import LakeTables, last_digits  # noqa: PLC0415

    counted = last_digits(COUNTED, LakeTables(lake(), state.entry), state.year, state.values[DIGITS_FROM.key])
    return [
        LastDigits(form=form, column=column, county=county, counts=list(counts))
        for form, column, county, counts in counted
    ]


def _of_these(editions: Iterable[int], mine: Collection[str]) -> list[int]:
    """Numbers of the editions that were handed in for a unit of these regions."""
    return [number for number in editions if lake().edition(number).division[:_REGION] in mine]


def _rows_digest(editions: Iterable[int]) -> str:
    """Of the rows of several editions, by the digests the lake took of them."""
    return digest("\n".join(lake().edition(number).total for number in sorted(editions)).encode())


def queries_of(run: Measuring, state: State) -> list[Query]:
    """What was asked for each measure of a run, those that no earlier run asked: seldom any, for definitions last."""
    from luoshi.declared.measures import MEASURES  # noqa: PLC0415
    from luoshi.measuring import sql  # noqa: PLC0415

    kept = set(Query.objects.values_list("digest", flat=True))
    return [
        Query(
            digest=told,
            measure=key,
            formula=formula(MEASURES[key]),
            values={one: str(state.values[one]) for one in sorted(MEASURES[key].thresholds())},
            sql=sql(MEASURES[key], state.values),
        )
        for key, told in run.queries.items()
        if told not in kept
    ]


def rows_behind(run: Measuring, state: State) -> list[Behind]:
    """Rows behind the figures of a run that was measured, not kept yet."""
    from luoshi.declared.measures import MEASURES  # noqa: PLC0415
    from luoshi.declared.returns import Institutions  # noqa: PLC0415
    from luoshi.measuring import LakeTables  # noqa: PLC0415

    tables = LakeTables(lake(), state.entry)
    asked = [one for key, one in MEASURES.items() if key not in run.unmeasured]
    return list(behind(asked, tables, state.year, state.values, names_of(tables, state.year, Institutions)))


def _moment(one: "Measured", level: str, names: Mapping[str, str]) -> Moment:
    key, (above, below) = one.measure.key, one.sides
    named = names.get(one.division, "") if level == SCHOOL else ""
    value, shown = "", ""
    if form_of(one.measure).scale == KEPT:  # of all others the value is divided again when it is read
        told = one.value
        value = "" if told is None else f"{showing.decimal_of(told):.{_DIGITS}g}"
        shown = showing.shown(one.measure, told)
    counts = one.moment.rows, one.moment.used
    return Moment(key, level, one.division, one.county, named, _exact(above), _exact(below), value, shown, *counts)


def _exact(side: int | Decimal | None) -> str:
    """A sum as text, without digits that say nothing."""
    if side is None:
        return ""
    told = format(side, "f")
    return told.rstrip("0").rstrip(".") if "." in told else told
