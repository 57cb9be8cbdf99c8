"""What stands beside the rows that are checked: last year, the register, the other returns of the window."""

from collections.abc import Collection, Iterable
from functools import lru_cache
from io import BytesIO

import polars as pl

from luoshi.bureau.files.models import File
from luoshi.bureau.files.queries import content
from luoshi.bureau.lakes import lake
from luoshi.bureau.returns.models import Filing, Merge, Unit, Window
from luoshi.bureau.returns.words import unit_column, year_before
from luoshi.checking import Aside, fitted
from luoshi.declared.returns import RETURNS, Institutions
from luoshi.spine import Return
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding
from luoshi.words.returns import Basis

_ROSTERS = (Basis.ROLL, Basis.INSPECTION)
"""口径 with a row for each person or class: read for the units that are asked, never a whole county of them."""


def aside(window: Window, of: type[Return], units: Collection[Unit], brought: dict[str, pl.DataFrame]) -> Aside:
    """Last year's rows and other returns, for these units.

    Args:
        window: whose period.
        of: the return that is checked.
        units: whose rows they are; what stands beside a row belongs to the same unit or to its county.
        brought: parts of the same file by key of the return; they come before what was filed earlier.
    """
    counties, codes = tuple(sorted({one.county for one in units})), {one.code for one in units}
    before = kept(of, year_before(window.period), counties, window.definition, codes)
    others = dict[str, pl.DataFrame]()
    for key in dict.fromkeys(key for rule in of.rules.values() for key in rule.needs):
        found = brought.get(key)
        if found is None and key in window.returns:
            found = filed(window, key, units)
        if found is None:
            found = register(window.period, counties) if key == Institutions.key else None
        if found is None:
            there = RETURNS[key]
            found = kept(there, window.period, counties, there.basis.label, codes)
        if found is not None:
            others[key] = found
    return Aside(before, others)


def kept(
    of: type[Return], period: str, counties: tuple[str, ...], definition: str, codes: Collection[str] | None = None
) -> pl.DataFrame | None:
    """Rows of the lake; None where nothing of this return and period was ever accepted in these counties."""
    if of.basis in _ROSTERS and codes is not None and "school" in of.columns:
        if not _any(of.key, period, counties):
            return None
        scan = lake().rows(of.key, period=period, divisions=counties, definition=definition)
        return scan.filter(pl.col("school").is_in(list(codes))).collect()
    return _county(str(lake().folder), lake().head[0], of.key, period, counties, definition)


def _any(key: str, period: str, counties: Iterable[str]) -> bool:
    return bool({one.division for one in lake().editions(key, period)} & set(counties))


@lru_cache(maxsize=64)
def _county(_: str, __: int, key: str, period: str, counties: tuple[str, ...], definition: str) -> pl.DataFrame | None:
    """A county's rows, read once until the lake grows."""
    if not _any(key, period, counties):
        return None
    return lake().rows(key, period=period, divisions=counties, definition=definition).collect()


def register(period: str, counties: tuple[str, ...] | None = None) -> pl.DataFrame | None:
    """学校（机构）名录 of this period, or the newest before it; None where the lake holds none."""
    of = Institutions
    periods = [one for one in lake().periods(of.key) if one[:4] <= period[:4]]
    if not periods:
        return None
    newest = periods[-1]
    if counties is None:
        counties = tuple(sorted({one.division for one in lake().editions(of.key, newest)}))
    return kept(of, newest, counties, of.basis.label)


def filed(window: Window, key: str, units: Collection[Unit]) -> pl.DataFrame | None:
    """Rows of another return of the window, from the newest tries of these units; None where none has it."""
    filings = Filing.objects.filter(holder__in=[one.pk for one in units if one.pk]).select_related("holder")
    return rows_of(window, key, [one for one in filings if key in one.parts])


def rows_of(window: Window, key: str, filings: Collection[Filing]) -> pl.DataFrame | None:
    """The rows of these tries as they were typed when they came; None for no tries.

    Args:
        window: says whether schools or counties file.
        key: of the return.
        filings: with their units at hand.
    """
    if not filings:
        return None
    of = RETURNS[key]
    column = unit_column(of, schools=window.owers == Window.Owers.SCHOOLS)
    wanted = dict[str, list[str]]()
    for one in filings:
        wanted.setdefault(one.parts[key]["file"], []).extend(one.parts[key]["codes"])
    files = {one.digest: one for one in File.objects.filter(digest__in=wanted)}
    frames = [
        pl.read_parquet(BytesIO(content(files[named]))).filter(pl.col(column).is_in(codes))
        for named, codes in wanted.items()
    ]
    return pl.concat(frames, how="diagonal_relaxed")


def composed(window: Window, key: str, filings: Collection[Filing]) -> pl.DataFrame:
    """The rows of these filings as they go into the lake: every declared column but those that name persons.

    A teaching point that was merged names its parent, where its own row does not.

    Raises:
        RefusedError: two units brought a row of one key.
    """
    of = RETURNS[key]
    there = [one for one in filings if key in one.parts]
    found = rows_of(window, key, there)
    frame = fitted(of, pl.DataFrame() if found is None else found)
    frame = frame.drop([one.name for one in of if one.identifies])
    if of is Institutions:
        parents = dict(Merge.objects.filter(city_id=window.city_id, ended=None).values_list("point", "parent"))
        told = pl.col("school").replace_strict(parents, default=None, return_dtype=pl.String)
        frame = frame.with_columns(pl.col("parent").fill_null(told))
    twice = frame.filter(frame.select(of.keys).is_duplicated()).select(of.keys).unique(maintain_order=True)
    if twice.height:
        named = "；".join("、".join(map(str, row)) for row in twice.head(5).iter_rows())
        labels = "、".join(of.columns[name].label for name in of.keys)
        rule, remedy = f"“{of.label}”的{labels}全县(市、区)不重复", "请退回其中多报的一个单位"
        raise RefusedError(Finding(of.label, f"两个单位报了同一行：{named}", rule, remedy))
    return frame
