"""Measuring: many measures from rows, one scan a return, summed to a level of the tree."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from itertools import repeat

import polars as pl

from luoshi.measuring.answers import Answerer, Answers
from luoshi.measuring.asking import COUNTY, SCHOOL
from luoshi.measuring.contributing import PLACE
from luoshi.measuring.engines import Engine, Sums
from luoshi.measuring.grouping import contributions, needs, of_rows, pairs, why_not
from luoshi.measuring.moments import Measured
from luoshi.measuring.summing import DIVISION, moments, squares_of, summed
from luoshi.measuring.tables import Tables, table_named
from luoshi.spine import Return
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding
from luoshi.words.measures import Blank, Measure, Variation
from luoshi.words.parameters import in_force as in_force  # noqa: PLC0414  # asked for with measures
from luoshi.words.returns import ReturnColumn
from luoshi.words.units import Celled, CountiesPassing


class By(StrEnum):
    """Levels of the tree."""

    CITY = "city"
    COUNTY = "county"
    TOWNSHIP = "township"
    SCHOOL = "school"


@dataclass(frozen=True, slots=True)
class Measurements:
    """What came of measuring."""

    rows: tuple[Measured, ...]
    """Measure by measure, divisions by their codes; a division without any row is not there."""
    unmeasured: Mapping[str, str]
    """By key of a measure that could not be asked, the Chinese reason."""
    editions: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    """By key of a return, numbers of the lake's editions it was read from."""

    def of(self, key: str) -> dict[str, Measured]:
        """One measure, by division; not for what was split."""
        return {one.division: one for one in self.rows if one.measure.key == key}


def measure(  # noqa: PLR0913  # what is measured, from what, and how it is laid out: each by its name
    measures: Sequence[Measure],
    tables: Tables,
    *,
    year: int,
    by: By = By.COUNTY,
    within: str = "",
    values: Mapping[str, Decimal] | None = None,
    places: ReturnColumn | None = None,
    split: str = "",
    engine: Sums = Engine.DUCKDB,
) -> Measurements:
    """Sum the rows of a year, and give part and whole of every measure for every division.

    Args:
        measures: what is asked; all that look at one return are asked of it in one scan.
        tables: where the rows are.
        year: first year of the school year, or the calendar year.
        by: the level.
        within: code of the only county that is wanted; all without.
        values: of parameters that count for this year (`in_force`), a bureau's own among them.
        places: the register's column of townships; needed for `By.TOWNSHIP`.
        split: name of a column each division is split by too, "stage"; measures of returns without it are not measured.
        engine: what sums.

    Raises:
        RefusedError: a parameter has no value, or one that a measure cannot be measured with.
    """
    levels = measure_levels(
        measures,
        tables,
        year=year,
        levels=(by,),
        within=within,
        values=values,
        places=places,
        split=split,
        engine=engine,
    )
    return levels[by]


def measure_levels(  # noqa: PLR0913  # as `measure`
    measures: Sequence[Measure],
    tables: Tables,
    *,
    year: int,
    levels: Collection[By],
    within: str = "",
    values: Mapping[str, Decimal] | None = None,
    places: ReturnColumn | None = None,
    split: str = "",
    engine: Sums = Engine.DUCKDB,
) -> dict[By, Measurements]:
    """The same for several levels of the tree, from one scan of each return; arguments as of `measure`."""
    values = values or {}
    _check(measures, values)
    answers = Answers(year, schools=not {By.SCHOOL, By.TOWNSHIP}.isdisjoint(levels), split=split)
    unmeasured = {
        by: {one.key: why for one in measures if (why := _why_not(one, answers, tables, by))} for by in levels
    }
    asked = [one for one in measures if any(one.key not in told for told in unmeasured.values())]
    for one in asked:
        _want(one, answers)
    rows = {by: list[Measured]() for by in levels}
    with closing(Answerer(tables, engine)) as answerer:
        answers.put(answerer, values)
        laid = [
            _Level(by, within, split, _townships(tables, places, year) if by is By.TOWNSHIP else None) for by in levels
        ]
        for one in asked:
            frame = contributions(one, answers, answerer, values)
            for level in laid:
                if one.key not in unmeasured[level.by]:
                    rows[level.by] += level.rows(one, year, frame)
    editions = {
        of.key: tables.editions(of, at) for one in asked for of, at in _needed(one, answers).values() if at == year
    }
    return {by: Measurements(tuple(rows[by]), unmeasured[by], editions) for by in levels}


def _want(one: Measure, answers: Answers) -> None:
    """Have it asked; where schools are divided or compared, of schools."""
    for term, also in pairs(one):
        answers.want(term, also)
        if not of_rows(one):
            answers.compare(term.of)


def _check(measures: Sequence[Measure], values: Mapping[str, Decimal]) -> None:
    for one in measures:
        absent = sorted(one.thresholds() - values.keys())
        if absent:
            told = "、".join(absent)
            raise RefusedError(
                Finding(one.label, f"参数{told}没有值", "每个门槛都须有当期的值", "请给出这些参数当期的值")
            )
        for key, value in one.assumes.items():
            if values.get(key, value) != value:
                what = f"参数 {key} 是 {values[key]}"
                rule = f"年报只有各段班数，只在 {key} 为 {value} 时算得准"
                raise RefusedError(Finding(one.label, what, rule, "请改用学籍口径的同一指标"))


def _why_not(one: Measure, answers: Answers, tables: Tables, by: By) -> str:
    """Why it cannot be asked; empty when it can."""
    absent = [f"{year}年的“{of.label}”" for of, year in _needed(one, answers).values() if not tables.holds(of, year)]
    if absent:
        return f"没有{'、'.join(dict.fromkeys(absent))}"
    returns = [term.of for term in one.terms()]
    if answers.split and not (of_rows(one) and all(answers.split in of.columns for of in returns)):
        return f"不能按“{answers.split}”分列"
    if isinstance(one, Blank):
        return "按乡镇统计，不分学校" if by is By.SCHOOL else ""
    if by in {By.SCHOOL, By.TOWNSHIP} and any(SCHOOL not in of.columns for of in returns):
        return "只有县(市、区)的数"
    if by is By.SCHOOL and isinstance(one, Variation):
        return "学校之间的差异，不分学校"
    return why_not(one, by_school=by is By.SCHOOL, by_township=by is By.TOWNSHIP)


def _needed(one: Measure, answers: Answers) -> dict[str, tuple[type[Return], int]]:
    if isinstance(one, CountiesPassing):
        return _needed(one.judged, answers)
    if isinstance(one, Celled):
        return needs(one, answers.year)
    if isinstance(one, Blank):
        return {table_named(term.of, answers.year): (term.of, answers.year) for term in one.terms()}
    return {name: table for term, also in pairs(one) for name, table in answers.needs(term, also).items()}


def _townships(tables: Tables, places: ReturnColumn | None, year: int) -> pl.DataFrame:
    """School → township, from the register."""
    owner = places.owner if places is not None else None
    if places is None or owner is None or not issubclass(owner, Return) or not tables.holds(owner, year):
        rule, remedy = "按乡镇统计，须有学校（机构）名录", "请先入库名录，或按县(市、区)统计"
        raise RefusedError(Finding("乡镇", f"没有{year}年的名录", rule, remedy))
    return tables.frame(owner, year).select(pl.col(owner.keys[0]).alias(SCHOOL), pl.col(places.name).alias("_township"))


@dataclass(frozen=True, slots=True)
class _Level:
    """How contributions are laid out."""

    by: By
    within: str
    split: str
    townships: pl.DataFrame | None

    def rows(self, measure: Measure, year: int, frame: pl.DataFrame) -> Iterator[Measured]:
        """The moment of each division."""
        chosen = frame.filter(pl.col(COUNTY) == self.within) if self.within else frame
        placed = self._placed(chosen).filter(pl.col(DIVISION).is_not_null())
        squares = squares_of(placed) if isinstance(measure, Variation) else {}
        told = summed(placed, self.split)
        counties = repeat("") if self.by is By.CITY else told[COUNTY].to_list()
        groups = told[self.split].to_list() if self.split else repeat("")
        for division, county, group, moment in zip(
            told[DIVISION].to_list(), counties, groups, moments(told, squares), strict=False
        ):
            yield Measured(measure, year, division, county, moment, "" if group is None else str(group))

    def _placed(self, frame: pl.DataFrame) -> pl.DataFrame:
        if self.townships is not None:
            frame = frame.join(self.townships, on=SCHOOL, how="left")
        division = {
            By.CITY: pl.col(COUNTY).str.head(4) + "00",
            By.COUNTY: pl.col(COUNTY),
            By.SCHOOL: pl.col(SCHOOL),
            By.TOWNSHIP: pl.coalesce(pl.col(PLACE), pl.col("_township"), pl.lit("")),
        }
        return frame.with_columns(division[self.by].alias(DIVISION))
