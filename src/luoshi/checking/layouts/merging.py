"""Teaching points and attached classes (不计校数) are added to the school they belong to; which that is, a person says once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import polars as pl

from luoshi.checking.cells import Odd, Taken
from luoshi.checking.wording import Scattered
from luoshi.words.findings import Finding
from luoshi.words.returns import Amount, Count, Flag, Return, ReturnColumn

KEY, REGISTER = "school", "institutions"
_UNITS_NOT_SUMMED = ("Mbps", "度", "年级", "岁", "月", "天")
_PLACE, _HOME, _OWN = "_place", "_home", "_own"


@dataclass(frozen=True, slots=True)
class Point:
    """A row that is no school of its own."""

    school: str
    name: str


@dataclass(frozen=True, slots=True)
class Merged:
    """The same returns with the points in their schools, and without."""

    parts: tuple[Taken, ...]
    """Points are added to their schools; the register has the schools alone."""
    unmerged: tuple[Taken, ...]
    parents: Mapping[str, str]
    """School of each point, as far as it is known: to be remembered."""
    orphans: tuple[Point, ...]
    """Points nobody has given a school; their rows stand as they are."""
    told: tuple[Finding, ...]
    """Schools that were given and are not in the register."""


def merged(parts: Sequence[Taken], parents: Mapping[str, str]) -> Merged:
    """Add points to their schools.

    Args:
        parts: what was taken; the register says which rows are no schools (是否计校数) and may say where they belong.
        parents: the school of each point as a person gave it; it goes before what the register says.
    """
    register = next((one.rows for one in parts if one.of.key == REGISTER), None)
    if register is None or "counted" not in register.columns:
        return Merged(tuple(parts), tuple(parts), dict(parents), (), ())
    points = register.filter(~pl.col("counted").fill_null(True))
    names = dict(register.select(KEY, "name").iter_rows()) if "name" in register.columns else {}
    said = dict(points.select(KEY, "parent").drop_nulls().iter_rows()) if "parent" in points.columns else {}
    wanted = {point: {**said, **parents}.get(point) for point in points[KEY].drop_nulls()}
    schools = set(register[KEY].drop_nulls()) - set(wanted)
    homes = {point: home for point, home in wanted.items() if home is not None and home in schools}
    orphans = tuple(Point(one, names.get(one) or "") for one, home in wanted.items() if home is None)
    told = tuple(
        Finding(
            f"{names.get(point) or ''}（{point}）",
            f"主校标识码{home}不是名录中的学校",
            "主校在学校（机构）名录中，并计校数",
            "请重选主校",
        )
        for point, home in wanted.items()
        if home is not None and home not in schools
    )
    return Merged(tuple(_one(part, homes) for part in parts), tuple(parts), homes, orphans, told)


def _one(part: Taken, homes: Mapping[str, str]) -> Taken:
    if part.of.key == REGISTER:
        return _kept(part, part.rows.with_row_index(_PLACE).filter(~pl.col(KEY).is_in(list(homes)).fill_null(False)))
    if (
        KEY not in part.of.keys
        or not set(part.of.keys) <= {KEY, "stage"}
        or part.rows[KEY].is_in(list(homes)).sum() == 0
    ):
        return part
    keys = [_HOME, *(name for name in part.of.keys if name != KEY)]
    rows = part.rows.with_row_index(_PLACE).with_columns(
        pl.col(KEY).replace(homes).alias(_HOME), (~pl.col(KEY).is_in(list(homes)).fill_null(False)).alias(_OWN)
    )
    rows = rows.sort(_OWN, descending=True, maintain_order=True)
    columns = [one for one in part.of if one.name in part.rows.columns and one.name not in {KEY, *keys}]
    summed = rows.group_by(keys, maintain_order=True).agg(pl.col(_PLACE).first(), *(_together(one) for one in columns))
    told = summed.rename({_HOME: KEY}).select(
        _PLACE, *(pl.col(name).cast(kind) for name, kind in part.rows.schema.items())
    )
    return _kept(part, told.sort(_PLACE), dict(zip(rows[_PLACE], rows.select(keys).iter_rows(), strict=True)))


def _together(column: ReturnColumn) -> pl.Expr:
    """Stocks are summed, yes is yes of any, all else is the school's own."""
    cell = pl.col(column.name)
    if isinstance(column, Count | Amount) and column.unit not in _UNITS_NOT_SUMMED:
        return pl.when(cell.is_not_null().any()).then(cell.sum()).alias(column.name)
    if isinstance(column, Flag):
        return pl.when(cell.is_not_null().any()).then(cell.any()).alias(column.name)
    return cell.drop_nulls().first() if not column.key else cell.first()


def joined(parts: Sequence[Taken]) -> list[Taken]:
    """Parts of several deliveries as one for each return, one below another; where their cells stand stays right."""
    several = dict[type[Return], list[Taken]]()
    for part in parts:
        several.setdefault(part.of, []).append(part)
    return [_joined(of, some) if len(some) > 1 else some[0] for of, some in several.items()]


def _joined(of: type[Return], parts: Sequence[Taken]) -> Taken:
    rows = pl.concat([part.rows for part in parts], how="diagonal_relaxed")
    above, odd = 0, list[Odd]()
    for part in parts:
        odd += [replace(one, row=one.row + above) for one in part.odd]
        above += part.rows.height
    each = [(part, place) for part in parts for place in range(part.rows.height)]
    lines = [part.places.lines[place] for part, place in each]
    cells = [_addresses(of, part, place) for part, place in each]
    places = Scattered(lines, {}, cells, [part.places.whole(place) for part, place in each])
    told = tuple(dict.fromkeys(one for part in parts for one in part.told))
    return Taken(of, rows.select(name for name in of.columns if name in rows.columns), places, tuple(odd), told)


def _kept(part: Taken, rows: pl.DataFrame, homes: Mapping[int, tuple[object, ...]] | None = None) -> Taken:
    """The rows that are left, with the places of the rows they were."""
    at = {place: row for row, place in enumerate(rows[_PLACE])}
    if homes:
        first = dict[tuple[object, ...], int]()
        for place, key in homes.items():
            first.setdefault(key, place)
        at = {place: at[first[key]] for place, key in homes.items()}
    places, of = part.places, part.of
    kept = rows[_PLACE].to_list()
    cells = [_addresses(of, part, place) for place in kept]
    names = [places.whole(place) for place in kept]
    scattered = Scattered([places.lines[place] for place in kept], {}, cells, names)
    odd = tuple(replace(one, row=at[one.row]) for one in part.odd if one.row in at)
    return Taken(of, rows.drop(_PLACE), scattered, odd, part.told)


def _addresses(of: type[Return], part: Taken, place: int) -> dict[str, str]:
    return {name: address for name in of.columns if (address := part.places.address(place, name))}
