"""The number a binding asks for, for every unit and for all of them together, from the rows that are held."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

import polars as pl

from luoshi.checking.tables.bindings import Binding, Filters, How
from luoshi.checking.tables.fields import TOTAL
from luoshi.words.rounding import rounded


@dataclass(frozen=True, slots=True)
class Rows:
    """What is held of one return."""

    frame: pl.DataFrame
    unit: str = "county"
    """Column with the code of the unit a row belongs to."""
    source: str = ""
    """Return, period and 口径, as a reader of the form is told."""
    reported: frozenset[str] | None = None
    """Units that have reported; None when the rows are of all of them, so that no rows means none there are."""
    short: Mapping[str, int] = field(default_factory=dict)
    """Of units that have reported in part: how many of theirs have not."""


@dataclass(frozen=True, slots=True)
class Reckoned:
    """One number, or why there is none."""

    value: Decimal | None
    reason: str = ""
    short: int = 0
    """So many that belong to it have not reported: the number stands on too few rows."""


def reckon(one: Binding, held: Mapping[str, Rows], units: tuple[str, ...]) -> dict[str, Reckoned]:
    """The number for each unit by its code, and for `TOTAL`: over all units, never out of the units' shares.

    Args:
        one: what is asked.
        held: rows by key of the return.
        units: codes of all units.
    """
    rows = held.get(one.kind)
    if rows is None:
        return dict.fromkeys((*units, TOTAL), Reckoned(None, "系统里还没有这份报表"))
    missing = [unit for unit in units if rows.reported is not None and unit not in rows.reported]
    wanted = [one.column, one.over, rows.unit, *(name for name, _ in (*one.where, *one.among))]
    lost = [name for name in wanted if name and name not in rows.frame.columns]
    if lost:
        return dict.fromkeys((*units, TOTAL), Reckoned(None, f"入库的报表没有列 {'、'.join(lost)}"))
    frame = rows.frame.filter(pl.col(rows.unit).is_in(list(units)))
    parts, wholes = _sums(frame, one, rows.unit), _wholes(frame, one, rows.unit)
    told = {unit: _one(one, parts.get(unit), wholes.get(unit)) for unit in units}
    told |= {unit: Reckoned(None, "未报") for unit in missing}
    told[TOTAL] = _total(one, parts, wholes, missing)
    lacking = {**rows.short, TOTAL: sum(rows.short.values())}
    return {unit: replace(number, short=lacking.get(unit, 0)) for unit, number in told.items()}


def _total(
    one: Binding, parts: Mapping[str, Decimal | None], wholes: Mapping[str, Decimal | None], missing: list[str]
) -> Reckoned:
    if missing:
        return Reckoned(None, f"有 {len(missing)} 个单位未报，合计不完整")
    unknown = sum(value is None for value in parts.values())
    if unknown:
        return Reckoned(None, f"有 {unknown} 个单位这一列没有填，合计不完整")
    return _one(one, sum((part or Decimal(0) for part in parts.values()), Decimal(0)), _sum(wholes))


def _sum(wholes: Mapping[str, Decimal | None]) -> Decimal:
    return sum((whole or Decimal(0) for whole in wholes.values()), Decimal(0))


def _one(one: Binding, part: Decimal | None, whole: Decimal | None) -> Reckoned:
    """Part and whole as the form wants them. A unit without rows has none of what is counted."""
    if one.how is How.SHARE:
        if not whole:
            return Reckoned(None, "分母为0")
        return Reckoned(rounded((part or Decimal(0)) * 100 / whole, one.places))
    if part is None:
        return Reckoned(None, "这一列没有填")
    scaled = part.scaleb(-one.shift)
    return Reckoned(rounded(scaled, one.places) if one.shift or one.places else scaled)


def _sums(frame: pl.DataFrame, one: Binding, unit: str) -> dict[str, Decimal | None]:
    told = _by_unit(_kept(_kept(frame, one.among), one.where), one.column, unit)
    zero = {str(code): Decimal(0) for code in frame[unit].unique()}
    return _Units(zero | told)


def _wholes(frame: pl.DataFrame, one: Binding, unit: str) -> dict[str, Decimal | None]:
    if one.how is not How.SHARE:
        return {}
    return _Units(_by_unit(_kept(frame, one.among), one.over or one.column, unit))


class _Units(dict[str, Decimal | None]):
    """Sums by unit; a unit without rows sums to 0."""

    def get(self, key: str, default: Decimal | None = None) -> Decimal | None:  # type: ignore[override]
        return dict.get(self, key, Decimal(0) if default is None else default)


def _by_unit(frame: pl.DataFrame, column: str, unit: str) -> dict[str, Decimal | None]:
    """Sums, or numbers of rows; None where rows are there and not one says a number."""
    if column:
        number = pl.col(column).cast(pl.Decimal(38, 6))
        asked = pl.when(number.is_not_null().any()).then(number.sum()).alias("sum")
    else:
        asked = pl.len().cast(pl.Decimal(38, 6)).alias("sum")
    told = frame.group_by(unit).agg(asked)
    return {str(code): None if value is None else _plain(value) for code, value in told.iter_rows()}


def _plain(value: Decimal) -> Decimal:
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def _kept(frame: pl.DataFrame, filters: Filters) -> pl.DataFrame:
    for name, values in filters:
        if frame.schema[name] == pl.Boolean:
            frame = frame.filter(pl.col(name).is_in([one == "true" for one in values]))
        else:
            frame = frame.filter(pl.col(name).cast(pl.String).is_in(list(values)))
    return frame
