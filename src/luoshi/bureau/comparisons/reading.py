"""Lists as they were kept, read for comparing; and single lines of them, when a case is opened."""

import io
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from luoshi.bureau.comparisons.models import Run
from luoshi.bureau.files.queries import content
from luoshi.bureau.people.models import City, Division
from luoshi.declared.lists import LIST_PLAN
from luoshi.matching import Listed, fit
from luoshi.matching.given import refuse_unfit
from luoshi.reading.documents import refuse_marked
from luoshi.reading.frames import read_frame
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

_PARQUET = b"PAR1"
_FIRST = {True: 1, False: 2}
"""The line the first row stands in: a Parquet file has no line of headings."""
LABELS = {one.key: one.label for one in LIST_PLAN.lists}


@dataclass(frozen=True, slots=True)
class Counties:
    """How lists name the counties of a city."""

    codes: Mapping[str, str]
    """Every spelling → code."""
    own: str
    """Of whoever brought the lists; rows that name none are theirs."""


def counties_of(city: City, own: str = "") -> Counties:
    """By name, by six digits and by twelve: one query."""
    told = dict[str, str]()
    for code, name in Division.objects.filter(city=city).values_list("code", "name"):
        told |= {name: code, code: code, code.ljust(12, "0"): code}
    return Counties(told, own)


def read_list(key: str, brought: bytes, name: str, counties: Counties) -> tuple[Listed, tuple[Finding, ...]]:
    """One list with its declared columns alone, counties by code; and what is told of its other columns.

    Raises:
        RefusedError: it cannot be read, is marked secret, or has not the columns.
    """
    parquet = brought.startswith(_PARQUET)
    try:
        refuse_marked([name])
        headings, cells, told = _parquet(brought) if parquet else _table(brought)
        columns, more = fit(LIST_PLAN, headings)
    except RefusedError as refusal:
        raise refusal.within(f"{LABELS[key]}（{name}）") from refusal
    places = {heading: place for place, heading in enumerate(headings)}
    rows = cells.select(pl.nth(places[heading]).cast(pl.String).alias(own) for own, heading in columns.items())
    if "county" in rows.columns:
        county = pl.col("county").str.strip_chars()
        rows = rows.with_columns(county.replace(counties.codes).alias("county"))
    return Listed(key, rows, county=counties.own, first=_FIRST[parquet]), (*told, *more)


def _table(brought: bytes) -> tuple[Sequence[str], pl.DataFrame, tuple[Finding, ...]]:
    frame = read_frame(brought)
    return frame.headings, frame.cells, frame.told


def _parquet(brought: bytes) -> tuple[Sequence[str], pl.DataFrame, tuple[Finding, ...]]:
    try:
        cells = pl.read_parquet(io.BytesIO(brought))
    except (OSError, pl.exceptions.PolarsError) as error:
        rule = "须为可读的 Parquet"
        raise RefusedError(Finding("文件", "不是完好的 Parquet 文件", rule, "请重新导出这个文件")) from error
    return cells.columns, cells, ()


def refuse_lists(lists: Sequence[Listed]) -> None:
    """Refuse lists that cannot be compared with one another."""
    refuse_unfit(LIST_PLAN, lists)


def lines_of(run: Run, wanted: Mapping[str, Collection[int]]) -> dict[tuple[str, int], dict[str, str]]:
    """What single lines of the kept lists say, by list and line; each list is read once.

    Raises:
        RefusedError: a list is gone.
    """
    told = dict[tuple[str, int], dict[str, str]]()
    counties = counties_of(run.city, run.county)
    for one in run.files.filter(key__in=wanted).select_related("file"):
        listed, _ = read_list(one.key, content(one.file), one.file.name, counties)
        assert isinstance(listed.rows, pl.DataFrame)  # noqa: S101
        for line in wanted[one.key]:
            row = listed.rows.row(line - listed.first, named=True)
            told[one.key, line] = {name: str(value or "").strip() for name, value in row.items()}
    return told
