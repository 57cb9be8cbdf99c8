"""`luoshi import-roster`: files of the national systems with one heading row, read without identities."""

import json
import sys
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from luoshi.commands.checking import SAID, STOPPED, plain_finding, read_return
from luoshi.commands.shared import Shape, content_of
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding, Severity
from luoshi.words.rounding import rounded

if TYPE_CHECKING:
    import polars as pl

    from luoshi.checking.rosters import Coder, Reconciled, Rostered
    from luoshi.words.sheets import Sheet

_AGAINST, _PARQUET = "class_bands", b"PAR1"
_STAGES = {
    "primary": "小学", "junior": "初中", "senior": "普通高中", "vocational": "中等职业", "special": "特殊教育",
}  # fmt: skip


def import_rosters(  # noqa: PLR0913, PLR0917  # each is an option of the command
    files: Annotated[
        list[Path], typer.Argument(help="学籍、教师、学前系统导出的文件，或OneRoster的csv、zip；可给多个")
    ],
    register: Annotated[Path, typer.Option("--register", help="学校（机构）名录")],
    on: Annotated[datetime, typer.Option("--on", formats=["%Y-%m-%d"], help="文件是哪一天的")],
    against: Annotated[str, typer.Option("--against", help="与年报核对，class_bands=文件")] = "",
    key: Annotated[Path | None, typer.Option("--key", help="密钥文件；给出时逐人的行以代号读入")] = None,
    school: Annotated[str, typer.Option("--school", help="文件里没有学校一列时，学校标识码")] = "",
    layouts: Annotated[Path | None, typer.Option("--layouts", help="本市另加或改写的版式文件夹")] = None,
    form: Annotated[Shape, typer.Option("--format", help="table 或 json")] = Shape.TABLE,
    out: Annotated[
        Path | None, typer.Option("--out", help="把读入的报表和核对结果写到这个文件夹，须是新的或空的")
    ] = None,
    most: Annotated[int, typer.Option("--most", help="表格里每部分至多列出多少条；json 全列")] = 50,
) -> None:
    """读入班级表、花名册等：身份信息读入时即丢弃；可与年报的班额核对。"""
    from luoshi.reading.deliveries import read_delivery  # noqa: PLC0415  # only this command loads the engines

    taken = _taken(
        read_delivery((one.name, content_of(one, _largest())) for one in files), register, on, key, school, layouts
    )
    reconciled = _reconciled(taken, against, register) if against else None
    if out:
        _write(out, taken, reconciled)
    if form is Shape.JSON:
        sys.stdout.write(_as_json(taken, reconciled) + "\n")
    else:
        _print(taken, reconciled, most)
    if any(one.severity is Severity.STOPS for one in taken.told):
        raise typer.Exit(STOPPED)


def _largest() -> int:
    from luoshi.reading.frames import LARGEST  # noqa: PLC0415

    return LARGEST


def _taken(  # what the command was given
    sheets: "tuple[Sheet, ...]", register: Path, on: datetime, key: Path | None, school: str, layouts: Path | None
) -> "Rostered":
    from luoshi.checking.rosters import import_roster, load_rosters  # noqa: PLC0415
    from luoshi.declared.returns import RETURNS  # noqa: PLC0415
    from luoshi.declared.rosters import FOLDER, ROSTERS  # noqa: PLC0415

    if layouts and not layouts.is_dir():
        raise RefusedError(Finding("--layouts", f"没有文件夹 {layouts}", "须是放版式文件的文件夹", "请检查路径"))
    rosters = load_rosters([FOLDER, layouts]) if layouts else ROSTERS
    institutions = _return("institutions", register)
    coder = _coder(key) if key else None
    return import_roster(
        sheets,
        rosters,
        institutions,
        on=on.date(),
        returns=RETURNS,
        coder=coder,
        school=school,
    )


def _coder(key: Path) -> "Coder":
    from luoshi.checking.rosters import Coder  # noqa: PLC0415

    return Coder(content_of(key).strip())


def _return(key: str, file: Path) -> "pl.DataFrame":
    """The rows of a return from a file, or of a file of the lake."""
    import polars as pl  # noqa: PLC0415

    from luoshi.declared.returns import RETURNS  # noqa: PLC0415

    if file.is_file() and _is_parquet(file):
        return pl.read_parquet(file)
    return read_return(RETURNS[key], file).rows


def _is_parquet(file: Path) -> bool:
    with file.open("rb") as opened:
        return opened.read(len(_PARQUET)) == _PARQUET


def _reconciled(taken: "Rostered", against: str, register: Path) -> "Reconciled":
    from luoshi.checking.rosters import reconcile  # noqa: PLC0415
    from luoshi.declared.parameters import LARGE_CLASS, SUPER_LARGE_CLASS  # noqa: PLC0415

    name, _, file = against.partition("=")
    if name != _AGAINST or not file:
        raise RefusedError(
            Finding("--against", f"“{against}”", "写成 class_bands=文件", "例如 class_bands=班额2021.xlsx")
        )
    classes = taken.rows("classes")
    if classes is None:
        raise RefusedError(Finding("--against", "文件里没有班级", "年报的班额与班级名册核对", "请给出班级表或花名册"))
    bands = _return(_AGAINST, Path(file))
    return reconcile(classes, bands, _return("institutions", register), LARGE_CLASS, SUPER_LARGE_CLASS)


def _print(taken: "Rostered", reconciled: "Reconciled | None", most: int) -> None:
    for one in taken.told[:most]:
        typer.echo(f"{SAID[one.severity]}　{one}")
    if len(taken.told) > most:
        typer.echo(f"……共 {len(taken.told)} 条，只列出 {most} 条")
    for part in taken.parts:
        typer.echo(
            f"“{part.of.label}”读入 {part.rows.height} 行，读不成的格 {sum(not one.read for one in part.odd)} 个。"
        )
    if reconciled:
        _print_reconciled(reconciled, most)


def _print_reconciled(reconciled: "Reconciled", most: int) -> None:
    typer.echo("班额（学籍 / 年报）：")
    for row in reconciled.totals.filter(reconciled.totals["county"] == "全市").iter_rows(named=True):
        roll, annual = _share(row, "large", "classes"), _share(row, "large_annual", "classes_annual")
        stage = _STAGES.get(str(row["stage"]), row["stage"])
        typer.echo(
            f"　{stage}　大班额 {roll} / {annual}；其中超大班额 {row['super_large']} / {row['super_large_annual']}；"
            f"起始年级大班额 {row['entry_large']}/{row['entry_classes']}（学籍）；超出学生 {row['over']} 人（学籍）"
        )
    typer.echo(f"大班额的班 {reconciled.large.height} 个（学籍）：")
    for row in reconciled.large.head(most).iter_rows(named=True):
        marks = "　超大班额" * bool(row["super_large"]) + "　起始年级" * bool(row["entry"])
        typer.echo(
            f"　{row['name'] or row['school']}　{row['grade']}年级　{row['number'] or row['class_id']}班　{row['size']}人{marks}"
        )
    typer.echo(f"与年报不同的 {len(reconciled.told)} 处（核对提示）：")
    for one in reconciled.told[:most]:
        typer.echo(f"　{one.where}：{one.what}")
    if reconciled.told:
        typer.echo(f"　规则：{reconciled.told[0].rule}。")


def _share(row: dict[str, object], many: str, of: str) -> str:
    part, whole = row[many], row[of]
    if part is None or not whole:
        return "无数据"
    share = rounded(Decimal(str(part)) * 100 / Decimal(str(whole)))
    return f"{part}/{whole}（{share}%）"


def _as_json(taken: "Rostered", reconciled: "Reconciled | None") -> str:
    told: dict[str, object] = {
        "layouts": [
            {"key": one.key, "label": one.label, "system": one.system, "since": one.since} for one in taken.layouts
        ],
        "parts": [
            {
                "return": one.of.key,
                "label": one.of.label,
                "rows": one.rows.height,
                "columns": one.rows.columns,
                "cells": [plain_finding(odd.finding) for odd in one.odd],
            }
            for one in taken.parts
        ],
        "told": [plain_finding(one) for one in taken.told],
    }
    if reconciled:
        told["reconciled"] = {
            "rows": reconciled.rows.to_dicts(),
            "large": reconciled.large.to_dicts(),
            "totals": reconciled.totals.to_dicts(),
            "told": [plain_finding(one) for one in reconciled.told],
        }
    return json.dumps(told, ensure_ascii=False, indent=1)


def _write(folder: Path, taken: "Rostered", reconciled: "Reconciled | None") -> None:
    """CSV that opens in Excel, under the headings `luoshi check` knows."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        full = any(folder.iterdir())
    except OSError as error:
        raise RefusedError(Finding("--out", f"{folder}写不了", "须是一个可写的文件夹", "请检查路径和权限")) from error
    if full:
        raise RefusedError(
            Finding("--out", f"{folder}里已有东西", "写到新的或空的文件夹", "请换一个文件夹，或先清空它")
        )
    for key, of in {part.of.key: part.of for part in taken.parts}.items():
        rows = taken.rows(key)
        if rows is not None:
            labels = {name: column.label for name, column in of.columns.items() if name in rows.columns}
            rows.rename(labels).write_csv(folder / f"{of.label}.csv", include_bom=True)
    if reconciled:
        reconciled.rows.rename(_headings(reconciled.rows)).write_csv(folder / "班额核对.csv", include_bom=True)
        reconciled.large.rename(_headings(reconciled.large)).write_csv(folder / "大班额班级.csv", include_bom=True)
        reconciled.totals.rename(_headings(reconciled.totals)).write_csv(folder / "班额汇总.csv", include_bom=True)


_WORDS = {
    "school": "学校标识码", "name": "学校名称", "county": "区划代码", "stage": "学段", "grade": "年级", "number": "班号",
    "class_id": "班级代号", "size": "人数", "entry": "是否起始年级", "classes": "班数", "pupils": "学生数", "large": "大班额班数",
    "super_large": "超大班额班数", "over": "超出学生数", "entry_classes": "起始年级班数", "entry_large": "起始年级大班额班数",
    "entry_super_large": "起始年级超大班额班数",
}  # fmt: skip
_SIDES = {"annual": "（年报）", "roll": "（学籍）", "more": "（学籍减年报）"}


def _headings(frame: "pl.DataFrame") -> dict[str, str]:
    """Headings in Chinese, each figure with its 口径."""
    from luoshi.declared.returns import ClassBands  # noqa: PLC0415

    bands = {name: f"{column.label}的班数" for name, column in ClassBands.columns.items()}
    told = dict[str, str]()
    for one in frame.columns:
        stem, _, side = one.rpartition("_")
        if side in _SIDES and stem:
            told[one] = (_WORDS.get(stem) or bands.get(stem, stem)) + _SIDES[side]
        else:
            told[one] = _WORDS.get(one, one)
    return told
