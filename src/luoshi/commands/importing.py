"""`luoshi import`: files of the annual return, in whatever declared layout they are."""

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from luoshi.commands.checking import STOPPED, plain, plain_finding, print_report
from luoshi.commands.shared import Shape, content_of
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding, Severity

if TYPE_CHECKING:
    from luoshi.checking import Imported, Report
    from luoshi.words.layouts import Layout
    from luoshi.words.sheets import Sheet

_MOST = 10_000
"""Workbooks of one archive at most."""


def import_files(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE", help="平面导出，或一校一册的工作簿、文件夹、压缩包；可给多个")
    ],
    layout: Annotated[str, typer.Option("--layout", help="版式的代号；不给则自动认")] = "",
    year: Annotated[int | None, typer.Option("--year", help="哪个学年，写第一年；只用当年的版式")] = None,
    form: Annotated[Shape, typer.Option("--format", help="table 或 json")] = Shape.TABLE,
    out: Annotated[Path | None, typer.Option("--out", help="各报表读入的行另写成Parquet，写到哪个文件夹")] = None,
    city: Annotated[Path | None, typer.Option("--city", help="市的文件夹，其中layouts/的版式优先")] = None,
    most: Annotated[int, typer.Option("--most", help="每份报表至多列出多少条；json 全列")] = 50,
) -> None:
    """导入年报文件：用哪种版式，各报表读入多少行，没有读入的和原因，再逐条核对；退出码与 luoshi check 相同。"""
    from luoshi.checking import Aside, Report, check, import_books  # noqa: PLC0415 -- only this command loads the engines

    told = import_books(_sheets(files), _layouts(layout, city), year=year)
    others = {one.of.key: one.rows for one in told.parts}
    reports = [Report(one, check(one.of, one.rows, Aside(None, others))) for one in told.parts]
    if out is not None:
        _write(told, out)
    if form is Shape.JSON:
        sys.stdout.write(json.dumps(_plain(told, reports), ensure_ascii=False, indent=1) + "\n")
    else:
        _print(told, reports, most)
    if any(one.stops for one in reports):
        raise typer.Exit(STOPPED)


def _layouts(key: str, city: Path | None) -> "Sequence[Layout]":
    from luoshi.checking import load_layouts  # noqa: PLC0415
    from luoshi.declared.layouts import FOLDER, LAYOUTS  # noqa: PLC0415
    from luoshi.declared.returns import RETURNS  # noqa: PLC0415

    known = load_layouts(FOLDER, city / "layouts", returns=RETURNS) if city else LAYOUTS
    chosen = [one for one in known if not key or one.key == key]
    if not chosen:
        rule = f"已声明的版式：{'、'.join(one.key for one in known)}"
        raise RefusedError(Finding("--layout", f"没有版式“{key}”", rule, "请从中选一个，或不给而自动认"))
    return chosen


def _sheets(files: Sequence[Path]) -> "Mapping[str, Sequence[Sheet]]":
    """The sheets of each file, by its name; a file alone needs none."""
    from luoshi.reading.deliveries import KINDS, read_files  # noqa: PLC0415
    from luoshi.reading.frames import LARGEST  # noqa: PLC0415

    listed = [one for file in files for one in _listed(file)]
    if not listed:
        names = "、".join(str(one) for one in files)
        raise RefusedError(Finding(names, "没有可读的文件", f"须是{'、'.join(KINDS)}", "请核对路径，再运行一次"))
    told = read_files(((one.name, content_of(one, LARGEST)) for one in listed), _MOST)
    return told if len(told) > 1 else {"": next(iter(told.values()))}


def _listed(file: Path) -> list[Path]:
    """A file, or the tables of a folder."""
    from luoshi.reading.deliveries import is_table  # noqa: PLC0415

    return [one for one in sorted(file.rglob("*")) if is_table(one.name) and one.is_file()] if file.is_dir() else [file]


def _write(told: "Imported", out: Path) -> None:
    from luoshi.checking import fitted  # noqa: PLC0415

    try:
        out.mkdir(parents=True, exist_ok=True)
        for one in told.parts:
            fitted(one.of, one.rows).write_parquet(out / f"{one.of.key}.parquet")
    except OSError as error:
        raise RefusedError(
            Finding("--out", f"{out}写不了", "须是一个可写的文件夹", "请检查路径和权限，再运行一次")
        ) from error


def _print(told: "Imported", reports: "Sequence[Report]", most: int) -> None:
    typer.echo(f"版式　{told.layout.name}（{told.layout.key}）")
    for one in told.parts:
        typer.echo(f"读入　{one.of.label} {one.rows.height} 行 {one.rows.width} 列")
    for finding in told.told:
        typer.echo(f"提示　{finding}")
    for report in reports:
        print_report(report, most)
    points = sum(_uncounted(report) for report in reports)
    if points:
        typer.echo(f"有 {points} 个不计校数的教学点和附设班，归到哪所学校由人指定一次；未指定的各自成行。")


def _uncounted(report: "Report") -> int:
    rows = report.checked.rows
    return int((~rows["counted"].fill_null(value=True)).sum()) if "counted" in rows.columns else 0


def _plain(told: "Imported", reports: "Sequence[Report]") -> Mapping[str, object]:
    weights = {weight: sum(one.counts()[weight] for one in reports) for weight in Severity}
    return {
        "layout": told.layout.key,
        "name": told.layout.name,
        "taken": {one.of.key: one.rows.height for one in told.parts},
        "told": [plain_finding(one) for one in told.told],
        "counts": {weight.value: many for weight, many in weights.items()},
        "returns": [plain(one) for one in reports],
    }
