"""What was measured from rows as figures that can judge: with 口径, 时点, both counts, and the source to follow back.

A figure is made where a measure answers a declared indicator in its unit. Nothing is summed in silence from a part: without all
counties' rows there is no figure of the city, and who is missing is named.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from typing import Protocol

from luoshi.spine import Better, Indicator, Measurement, Parameter, Standing
from luoshi.tracking.units import factor
from luoshi.words.measures import Comparison, Measure, Variation, basis_of
from luoshi.words.parameters import shown
from luoshi.words.provenance import Source
from luoshi.words.returns import Grain

PLACES = 6
_WIDE = Context(prec=60)
_SAME = Fraction(1, 10**20)
_AUTUMN = 9


class Reading(Protocol):
    """One measure of one division in one year, as an engine or a store tells it."""

    @property
    def measure(self) -> str:
        """Key."""

    @property
    def year(self) -> int:
        """First year of the school year, or the calendar year."""

    @property
    def division(self) -> str:
        """Code."""

    @property
    def part(self) -> str:
        """分子 as text; empty where no row said anything."""

    @property
    def whole(self) -> str:
        """分母; empty for a count."""

    @property
    def value(self) -> Decimal | None:
        """To 28 digits at least; None where nothing is known."""

    @property
    def rows(self) -> int:
        """Rows that were asked."""

    @property
    def used(self) -> int:
        """Of these, how many are in the sums."""


@dataclass(frozen=True, slots=True)
class Declared:
    """By what a reading becomes a figure."""

    measures: Mapping[str, Measure]
    indicators: Mapping[str, Indicator]
    own: Sequence[Parameter] = ()
    """Values of parameters of the bureau's own that counted: another threshold is another 口径."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What a run of measuring came to for judging."""

    figures: tuple[Measurement, ...]
    lacking: Mapping[str, tuple[str, ...]]
    """By measure, codes of the counties without which there is no figure of the whole city."""


def answered(measure: Measure, indicators: Mapping[str, Indicator]) -> Indicator | None:
    """The indicator a measure answers; None where there is none, or its unit is another."""
    found = indicators.get(measure.indicator or measure.key)
    return found if found and factor(measure.unit, found.unit) == 1 else None


def day_of(measure: Measure, year: int) -> date:
    """统计时点: 1 September of a school year or an autumn term; the last day of a calendar year and of its last month."""
    ends = measure.of.grain in {Grain.YEAR, Grain.MONTH}
    return date(year, 12, 31) if ends else date(year, _AUTUMN, 1)


def figure_of(  # the reading, and what else a figure says: each by its name
    reading: Reading, declared: Declared, *, known: date, source: Source, division: str
) -> Measurement | None:
    """A reading as a figure; None where it answers no indicator or nothing is known."""
    measure = declared.measures.get(reading.measure)
    indicator = answered(measure, declared.indicators) if measure else None
    if measure is None or indicator is None or reading.value is None:
        return None
    above, below = _counts(measure, reading)
    left = reading.rows - reading.used
    return Measurement(
        indicator=indicator.key,
        on=day_of(measure, reading.year),
        known=known,
        value=_kept(reading.value, indicator.better, exact=above is not None or measure.counted),
        unit=indicator.unit,
        definition=_definition(measure, declared.own),
        standing=Standing.REPORTED,
        source=source,
        division=division,
        numerator=above,
        denominator=below,
        doubt=f"{left} 行有空格，未计入" if left else "",
    )


def figures_of(
    city: Iterable[Reading],
    counties: Sequence[Reading],
    declared: Declared,
    *,
    divisions: Mapping[str, bool],
    known: date,
    source: Source,
) -> Figures:
    """Figures of the counties that belong to the city, and of the whole city where all of them have rows and nobody else has.

    Args:
        city: readings of whole cities.
        counties: readings of counties; of every measure that was measured, for they tell who handed in what.
        declared: measures and indicators.
        divisions: codes of the city's own units, and whether each must have rows for a sum to be the whole city's.
        known: the day it became known.
        source: the measuring.
    """
    there = _handed_in(counties, declared.measures)
    strangers = {one.division for one in counties} - divisions.keys()
    wanted = {code for code, must in divisions.items() if must} | ({one.division for one in counties} - strangers)
    mine = {f"{code[:4]}00" for code, must in divisions.items() if must}
    told = [
        figure_of(one, declared, known=known, source=source, division=one.division)
        for one in counties
        if one.division in divisions
    ]
    lacking = dict[str, tuple[str, ...]]()
    for one in city:
        measure = declared.measures.get(one.measure)
        if one.division not in mine or strangers or measure is None or answered(measure, declared.indicators) is None:
            continue
        missing = {code for term in measure.terms() for code in wanted - there.get(term.of.key, set())}
        if missing:
            lacking[one.measure] = tuple(sorted(missing))
        else:
            told.append(figure_of(one, declared, known=known, source=source, division=""))
    return Figures(tuple(one for one in told if one), lacking)


def _handed_in(counties: Iterable[Reading], measures: Mapping[str, Measure]) -> dict[str, set[str]]:
    """By return, the counties of which any row was asked: those that handed it in."""
    there: dict[str, set[str]] = {}
    for one in counties:
        if one.rows and one.measure in measures:
            for term in measures[one.measure].terms():
                there.setdefault(term.of.key, set()).add(one.division)
    return there


def _counts(measure: Measure, reading: Reading) -> tuple[Decimal | None, Decimal | None]:
    """Both counts where they make the value to the last digit: of 差异系数 and comparisons what stands above is no count."""
    if measure.counted or isinstance(measure, Comparison | Variation) or not (reading.part and reading.whole):
        return None, None
    above, below = Decimal(reading.part), Decimal(reading.whole)
    if not below or reading.value is None:
        return None, None
    made = Fraction(above) * measure.scale / Fraction(below)
    alike = abs(made - Fraction(reading.value)) <= _SAME * max(abs(made), Fraction(1))
    return (above, below) if alike else (None, None)


def _kept(value: Decimal, better: Better, *, exact: bool) -> Decimal:
    """To six places; a value that cannot be reckoned again from its counts is rounded to the worse, so that none turns good by it."""
    worse = ROUND_CEILING if better is Better.LOWER else ROUND_FLOOR
    told = value.quantize(
        Decimal(1).scaleb(-PLACES), rounding=ROUND_HALF_UP if exact else worse, context=_WIDE
    ).normalize(_WIDE)
    return told.quantize(Decimal(1)) if told == told.to_integral_value() else told


def _definition(measure: Measure, own: Iterable[Parameter]) -> str:
    """年报, 学籍; with the bureau's own thresholds where any was used."""
    told = [f"{one.label}{shown(one.value, one.unit)}" for one in own if one.key in measure.thresholds()]
    basis = basis_of(measure)
    return f"{basis}（{'，'.join(told)}）" if told else basis
