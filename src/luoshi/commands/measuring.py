"""`luoshi measure`: measures from the rows of a lake, with part, whole and last year beside them."""

import csv
import io
import json
import sys
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from luoshi.commands.lake import opened
from luoshi.commands.shared import own_values
from luoshi.words import showing
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

if TYPE_CHECKING:
    from luoshi.measuring import Explained, Measured, Measurements
    from luoshi.words.measures import Measure

_AUTUMN = 9
ALL = "all"
_MOST = 1000
"""Rows at most behind one figure."""


class Level(StrEnum):
    """Whose figures are given."""

    CITY = "city"
    COUNTY = "county"
    TOWNSHIP = "township"
    SCHOOL = "school"


class Form(StrEnum):
    """How a result is printed."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


class Sums(StrEnum):
    """What sums."""

    DUCKDB = "duckdb"
    POLARS = "polars"


def measure(  # noqa: PLR0913  # the options of the command, each by its name
    indicators: Annotated[list[str], typer.Argument(metavar="INDICATOR...", help="指标的名称或代号；all 为全部")],
    *,
    folder: Annotated[Path, typer.Option("--lake", help="数据湖的文件夹")],
    level: Annotated[Level, typer.Option("--by", help="city、county、township 或 school")] = Level.COUNTY,
    period: Annotated[int | None, typer.Option("--period", help="学年的起始年或年份，如 2020")] = None,
    on: Annotated[
        datetime | None, typer.Option("--on", formats=["%Y-%m-%d"], help="截至哪一天：那天所在的学年，那天所知的数")
    ] = None,
    known: Annotated[
        datetime | None, typer.Option("--known", formats=["%Y-%m-%d"], help="按哪一天所知的数；不给则为现在")
    ] = None,
    within: Annotated[str, typer.Option("--within", help="只看一个县(市、区)，6位代码")] = "",
    own: Annotated[list[str] | None, typer.Option("--set", help="本局的参数值，参数=值；可给多个")] = None,
    engine: Annotated[Sums, typer.Option("--engine", help="duckdb 或 polars")] = Sums.DUCKDB,
    form: Annotated[Form, typer.Option("--format", help="table、json 或 csv")] = Form.TABLE,
    last_year: Annotated[bool, typer.Option("--last-year", help="旁列上年数和增减")] = False,
    rows: Annotated[bool, typer.Option("--rows", help="不列各单位的值，列出数背后的各行")] = False,
) -> None:
    """从数据湖的各行算出指标：分子、分母、指标值；上年数可列在旁边，也可列出数背后的各行。"""
    from luoshi.declared import PARAMETERS  # noqa: PLC0415 -- only this command loads the engines
    from luoshi.declared.returns import Institutions  # noqa: PLC0415
    from luoshi.measuring import By, Engine, LakeTables, explain, in_force  # noqa: PLC0415
    from luoshi.measuring import measure as measured  # noqa: PLC0415

    chosen = named(indicators)
    year = _year(period, on)
    day = known or on
    tables = LakeTables(opened(folder), day.date() if day else None)
    values = {one: in_force(PARAMETERS, date(one, _AUTUMN, 1), own_values(own or [])) for one in (year - 1, year)}
    if rows:
        for one in chosen:
            _print_rows(one, explain(one, tables, year=year, division=within, values=values[year], most=_MOST), form)
        return
    told = {
        one: measured(
            chosen,
            tables,
            year=one,
            by=By(level.value),
            within=within,
            values=values[one],
            places=Institutions.township,
            engine=Engine(engine.value),
        )
        for one in ((year, year - 1) if last_year else (year,))
    }
    _print(form, told[year], told.get(year - 1))


def named(words: Sequence[str]) -> "list[Measure]":
    """Declared measures by key or label.

    Raises:
        RefusedError: one is not declared.
    """
    from luoshi.declared.measures import MEASURES  # noqa: PLC0415

    if list(words) == [ALL]:
        return list(MEASURES.values())
    names = {**{one.label: one for one in MEASURES.values()}, **MEASURES}
    unknown = [one for one in words if one not in names]
    if unknown:
        near = get_close_matches(unknown[0], names, 3, 0.3) or list(MEASURES)[:3]
        what = f"没有指标“{unknown[0]}”"
        raise RefusedError(Finding("INDICATOR", what, "须为已声明的指标", f"例如 {'、'.join(near)}；all 为全部"))
    return list({names[one].key: names[one] for one in words}.values())


def _year(period: int | None, on: datetime | None) -> int:
    """The school year: of a day before September it began the year before."""
    if period is not None:
        return period
    if on is None:
        rule, remedy = "须说明是哪一年的数", "请给出 --period 2020 或 --on 2020-12-31"
        raise RefusedError(Finding("--period", "没有给出年份", rule, remedy))
    return on.year if on.month >= _AUTUMN else on.year - 1


def _print(form: Form, now: "Measurements", before: "Measurements | None") -> None:
    rows = [_plain(one, before) for one in now.rows]
    if form is Form.JSON:
        told = {
            "measured": rows,
            "unmeasured": dict(now.unmeasured),
            "editions": {key: list(some) for key, some in now.editions.items()},
        }
        sys.stdout.write(json.dumps(told, ensure_ascii=False, indent=1) + "\n")
        return
    heads = _HEADS if before is not None else {key: head for key, head in _HEADS.items() if key not in _BESIDE}
    if form is Form.CSV:
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(heads.values())
        writer.writerows([row[key] for key in heads] for row in rows)
        sys.stdout.write(out.getvalue())
    else:
        _table(rows, heads)
    for key, why in now.unmeasured.items():
        typer.echo(f"没有算：{key}　{why}", err=form is Form.CSV)


def _print_rows(one: "Measure", told: "Explained", form: Form) -> None:
    """The rows behind a figure, under their Chinese headings."""
    lines = [
        {key: "" if value is None else str(value) for key, value in row.items()}
        for row in told.rows.iter_rows(named=True)
    ]
    if form is Form.JSON:
        kept = {"indicator": one.key, "headings": dict(told.headings), "total": told.total, "rows": lines}
        sys.stdout.write(json.dumps(kept, ensure_ascii=False, indent=1) + "\n")
    elif form is Form.CSV:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(told.headings.values())
        writer.writerows(row.values() for row in lines)
    else:
        typer.echo(f"{one.label}：{told.total} 行" + (f"，只列前 {len(lines)} 行" if len(lines) < told.total else ""))
        _table(lines, told.headings)


_HEADS: Mapping[str, str] = {
    "label": "指标",
    "division": "单位",
    "period": "年",
    "part": "分子",
    "whole": "分母",
    "shown": "指标值",
    "shown_before": "上年",
    "change": "增减",
    "definition": "口径",
    "left_out": "缺数",
}
_BESIDE = ("shown_before", "change")


def _plain(one: "Measured", before: "Measurements | None") -> dict[str, object]:

    earlier = before.of(one.measure.key).get(one.division) if before is not None else None
    value, (above, below) = one.value, one.sides
    return {
        "indicator": one.measure.key,
        "label": one.measure.label,
        "division": one.division,
        "county": one.county,
        "period": one.year,
        "part": showing.amount(above, one.measure.places),
        "whole": showing.amount(below, one.measure.places),
        "value": None if value is None else str(showing.decimal_of(value).normalize()),
        "shown": showing.shown(one.measure, value),
        "shown_before": showing.shown(one.measure, earlier.value) if earlier else "",
        "change": showing.change_shown(one.measure, showing.change(value, earlier.value if earlier else None)),
        "unit": one.measure.unit,
        "definition": one.measure.of.basis.label,
        "source": one.measure.source,
        "left_out": one.moment.rows - one.moment.used or "",
    }


def _table(rows: Sequence[Mapping[str, object]], heads: Mapping[str, str]) -> None:
    lines = [list(heads.values()), *([str(row[key]) for key in heads] for row in rows)]
    widths = [max(_width(line[place]) for line in lines) for place in range(len(heads))]
    for line in lines:
        typer.echo(
            "  ".join(cell + " " * (width - _width(cell)) for cell, width in zip(line, widths, strict=True)).rstrip()
        )


def _width(words: str) -> int:
    """Columns on a terminal: a Chinese character takes two."""
    return sum(2 if ord(one) > 0x2E7F else 1 for one in words)  # noqa: PLR2004  # where wide characters begin
