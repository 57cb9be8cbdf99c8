"""Measuring a year of the lake as a job; pages read what it leaves, never the lake."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from luoshi.bureau.indicators.actions import MEASURE, keep_measuring
from luoshi.bureau.indicators.models import Measuring, Moment
from luoshi.bureau.jobs.actions.running import Step
from luoshi.bureau.lakes import lake
from luoshi.bureau.people.models import City
from luoshi.bureau.people.rights import require
from luoshi.declared import PARAMETERS
from luoshi.spine import Return
from luoshi.words import showing
from luoshi.words.provenance import digest

if TYPE_CHECKING:
    from luoshi.measuring import LakeTables

KIND = MEASURE
_AUTUMN = 9
_DIGITS = 28


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

    The arguments name "city" and "year".

    Raises:
        RefusedError: no right, or rows that cannot be read.
    """
    require(step.actor, "measure")
    city = City.objects.get(pk=step.arguments["city"])
    year = int(step.arguments["year"])
    entry, head = lake().head
    state = State(year, entry, head, _values(year))
    if Measuring.objects.filter(city=city, year=year, state=state.digest).exists():
        return {"words": _("%(year)s 年的数没有变，不必重算") % {"year": year}}
    run, moments = Measuring(city=city, year=year, entry=entry, head=head, state=state.digest), list[Moment]()
    run.values = {key: str(value) for key, value in state.values.items()}
    for done, level in enumerate(("city", "county", "school"), 1):
        moments += _moments(run, state, level)
        step.reached(done, 3, _("已算完%(level)s") % {"level": _LEVELS[level]}, None)
    keep_measuring(step.actor, run, moments)
    return {"words": _("%(year)s 年：%(many)s 个数") % {"year": year, "many": len(moments)}}


_LEVELS = {"city": "全市", "county": "县(市、区)", "school": "学校"}


def _values(year: int) -> Mapping[str, Decimal]:
    from luoshi.measuring import in_force  # noqa: PLC0415 -- only the worker waits for the engines

    return in_force(PARAMETERS, date(year, _AUTUMN, 1))


def _moments(run: Measuring, state: State, level: str) -> list[Moment]:
    from luoshi.declared.measures import MEASURES, OF_SCHOOLS, OVERVIEW  # noqa: PLC0415
    from luoshi.declared.returns import Institutions  # noqa: PLC0415
    from luoshi.measuring import By, LakeTables, measure  # noqa: PLC0415

    tables = LakeTables(lake(), state.entry)
    kept = [key for table in OVERVIEW if table in OF_SCHOOLS for key in OVERVIEW[table][1]]
    asked = [MEASURES[key] for key in kept] if level == "school" else list(MEASURES.values())
    told = measure(asked, tables, year=state.year, by=By(level), values=state.values)
    names = _names(tables, state.year, Institutions) if level == "school" else {}
    if level == "county":
        run.unmeasured = dict(told.unmeasured)
        run.editions = {key: list(some) for key, some in told.editions.items()}
    return [
        Moment(
            measure=one.measure.key,
            level=level,
            division=one.division,
            county=one.county,
            name=names.get(one.division, ""),
            part=showing.amount(one.moment.part),
            whole=showing.amount(one.moment.whole),
            value="" if one.value is None else f"{showing.decimal_of(one.value):.{_DIGITS}g}",
            shown=showing.shown(one.measure, one.value),
            rows=one.moment.rows,
            used=one.moment.used,
        )
        for one in told.rows
    ]


def _names(tables: "LakeTables", year: int, register: type[Return]) -> dict[str, str]:
    if not tables.holds(register, year):
        return {}
    frame = tables.frame(register, year)
    return dict(zip(frame["school"], frame["name"], strict=True))
