"""`luoshi compare`: lists of persons held against one another on exact numbers, findings as a workbook or CSV."""

import io
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from luoshi import telling
from luoshi.commands.shared import content_of
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

if TYPE_CHECKING:
    from luoshi.matching import Compared, Decision, Listed

_PARQUET, _BOOK = b"PAR1", ".xlsx"
_JUDGED = {"同一人": "same", "same": "same", "不是同一人": "different", "different": "different"}
_PAIR, _JUDGEMENT, _BY = "代码", "认定", "认定人"
_STANDINGS = {"yes": "是", "no": "否", "doubtful": "待认定"}
_OUTCOMES = {"found": "查出", "met": "已对上", "unmet": "未对上", "doubtful": "待认定", "merged": "已并为一人"}
_MOST_IN_BOOK = 1_000_000
_FORMULA = "=+-@\t\r"


def compare(  # the options of the command, each by its name
    lists: Annotated[
        list[str],
        typer.Argument(metavar="LIST=FILE...", help="名单=文件，如 household=户籍.xlsx roll=学籍.csv；也可写中文名"),
    ],
    on: Annotated[datetime, typer.Option("--on", formats=["%Y-%m-%d"], help="名单是哪一天的")],
    out: Annotated[Path, typer.Option("--out", help="结果：一个 .xlsx，或一个新的或空的文件夹（CSV）")],
    key: Annotated[Path | None, typer.Option("--key", help="密钥文件；给出时每人、每对有不变的代码，可以认定")] = None,
    decided: Annotated[Path | None, typer.Option("--decided", help="填好认定的“待认定”表，须同时给 --key")] = None,
    county: Annotated[str, typer.Option("--county", help="只要这一个县的结果，写法与名单里相同")] = "",
    *,
    whole: Annotated[bool, typer.Option("--whole", help="姓名和号码不脱敏；默认脱敏")] = False,
) -> None:
    """比对名单：疑似失学、疑似辍学、贫困疑似、残疾儿童未安置；拿不准的成对列出，由人认定，不自动并。"""
    from luoshi.declared.lists import LIST_PLAN  # noqa: PLC0415  # only this command loads the engines
    from luoshi.matching import compare as compare_lists  # noqa: PLC0415

    _refuse_taken(out)
    told = compare_lists(
        [_listed(one) for one in lists],
        LIST_PLAN,
        on=on.date(),
        key=content_of(key).strip() if key else None,
        decisions=_decisions(decided) if decided else (),
        whole=whole,
        county=county or None,
    )
    tables = list(_tables(told))
    _write(out, tables)
    for finding in told.told:
        telling.print_finding(finding)
    for name, rows in tables:
        typer.echo(f"{name}：{len(rows) - 1} 行")
    typer.echo(f"已写入 {out}")


def _listed(words: str) -> "Listed":
    """One list of the command line."""
    import polars as pl  # noqa: PLC0415

    from luoshi.declared.lists import LIST_PLAN  # noqa: PLC0415
    from luoshi.matching import Listed, fit  # noqa: PLC0415
    from luoshi.reading.frames import LARGEST, read_frame  # noqa: PLC0415

    name, _, path = words.partition("=")
    keys = {word: one.key for one in LIST_PLAN.lists for word in (one.key, one.label)}
    if name not in keys or not path:
        rule = f"写成 名单=文件，名单为 {'、'.join(f'{one.key}（{one.label}）' for one in LIST_PLAN.lists)}"
        raise RefusedError(Finding(f"“{words[:60]}”", "读不懂", rule, "例如 household=户籍.xlsx roll=学籍.csv"))
    file = Path(path)
    content = content_of(file, LARGEST)
    try:
        if content.startswith(_PARQUET):
            listed = Listed(keys[name], file)
            columns, told = fit(LIST_PLAN, listed.headings())
            listed = Listed(keys[name], file, columns)
        else:
            frame = read_frame(content)
            columns, told = fit(LIST_PLAN, frame.headings)
            places = {heading: place for place, heading in enumerate(frame.headings)}
            cells = frame.cells.select(pl.nth(places[heading]).alias(own) for own, heading in columns.items())
            listed = Listed(keys[name], cells, first=2)
            told = (*frame.told, *told)
    except RefusedError as refusal:
        raise refusal.within(file.name) from refusal
    for finding in told:
        telling.print_finding(finding)
    return listed


def _decisions(file: Path) -> "list[Decision]":
    """What people decided: 代码, 认定, 认定人; rows that nobody filled are still open."""
    from luoshi.matching import Decision, Judged  # noqa: PLC0415
    from luoshi.reading.frames import read_sheets  # noqa: PLC0415

    for sheet in read_sheets(content_of(file), file.name):
        for at, row in enumerate(sheet.cells.head(3).iter_rows()):
            if {_PAIR, _JUDGEMENT, _BY} <= set(row):
                places = [row.index(one) for one in (_PAIR, _JUDGEMENT, _BY)]
                told, wrong = list[Decision](), list[Finding]()
                for line, cells in enumerate(sheet.cells.slice(at + 1).iter_rows(), at + 2):
                    pair, judged, by = ((cells[place] or "").strip() for place in places)
                    if not judged:
                        continue
                    if judged not in _JUDGED or not pair or not by:
                        wrong.append(_undecided(file.name, line, judged, pair=bool(pair), by=bool(by)))
                    else:
                        told.append(Decision(pair, Judged(_JUDGED[judged]), by))
                if wrong:
                    raise RefusedError(*wrong)
                return told
    rule = f"须是比对写出的“待认定”表，有 {_PAIR}、{_JUDGEMENT}、{_BY} 三列"
    raise RefusedError(Finding(file.name, "没有认定的列", rule, "请在上次写出的表里填写，再交回"))


def _undecided(name: str, line: int, judged: str, *, pair: bool, by: bool) -> Finding:
    where, rule = f"{name} 第{line}行", "认定须为“同一人”或“不是同一人”，并写明认定人，代码不得改动"
    what = f"“{judged[:20]}”读不懂" if judged not in _JUDGED else "没有代码" if not pair else "没有认定人"
    assert not (pair and by and judged in _JUDGED)  # noqa: S101
    return Finding(where, what, rule, "请改正这一行，再交回")


def _tables(told: "Compared") -> Iterator[tuple[str, list[list[object]]]]:
    """Name and rows of each table, headings first."""
    plan = told.plan
    lists = {one.key: one.label for one in plan.lists}
    asked = {one.key: one.label for one in plan.comparisons} | {one.key: one.label for one in plan.crossings}
    crossed = [one.key for one in plan.crossings]
    heads: list[object] = [
        "比对",
        "名单",
        "行号",
        "县(市、区)",
        "学校",
        "姓名",
        "身份证件号",
        "代码",
        "缘由",
        *(asked[one] for one in crossed),
    ]
    rows: list[list[object]] = [heads]
    for one in told.findings.iter_rows(named=True):
        of = [one["label"], lists[one["list"]], *(one[name] for name in ("line", "county", "school", "name", "number"))]
        rows.append([*of, one["code"], one["reason"], *(_STANDINGS.get(one[each]) for each in crossed)])
    yield "查出", rows
    side = ["名单", "行号", "县(市、区)", "姓名", "身份证件号"]
    heads = ["比对", *side, *(f"对方{one}" for one in side), "缘由", _PAIR, _JUDGEMENT, _BY]
    rows = [heads]
    for one in told.questions().iter_rows(named=True):
        mine = [lists[one["list"]], one["line"], one["county"], one["name"], one["number"]]
        theirs = [lists.get(one["other"]), *(one[f"other_{name}"] for name in ("line", "county", "name", "number"))]
        rows.append([asked.get(one["comparison"]), *mine, *theirs, one["reason"], one["pair"], None, None])
    yield "待认定", rows
    counts = told.counts()
    labels = {"county": "县(市、区)", "doubtful": "待认定", **asked}
    yield "分县", [[labels[one] for one in counts.columns], *map(list, counts.iter_rows())]
    rows = [["名单", "县(市、区)", "结果", "对上的名单", "行数"]]
    for name, place, outcome, by, many in told.tally.iter_rows():
        rows.append([lists[name], place, _OUTCOMES[outcome], lists.get(by), many])
    yield "各行去向", rows


def _refuse_taken(out: Path) -> None:
    """Refuse to write over anything, before hours of comparing."""
    try:
        taken = out.exists() and (out.suffix == _BOOK or not out.is_dir() or any(out.iterdir()))
    except OSError as error:
        raise RefusedError(Finding("--out", f"{out} 打不开", "须是可写的位置", "请检查路径和权限")) from error
    if taken:
        raise RefusedError(Finding("--out", f"{out} 已经在了", "不覆盖已有的文件", "请换一个名字，或先移走它"))


def _write(out: Path, tables: Sequence[tuple[str, list[list[object]]]]) -> None:
    try:
        if out.suffix == _BOOK:
            out.write_bytes(_book(tables))
        else:
            out.mkdir(parents=True, exist_ok=True)
            for name, rows in tables:
                (out / f"{name}.csv").write_bytes(_csv(rows))
    except OSError as error:
        raise RefusedError(Finding("--out", f"{out} 写不了", "须是可写的位置", "请检查路径和权限")) from error


def _book(tables: Sequence[tuple[str, list[list[object]]]]) -> bytes:
    from luoshi.reporting.plain_workbook import Sheet, as_plain_workbook  # noqa: PLC0415

    large = [name for name, rows in tables if len(rows) > _MOST_IN_BOOK]
    if large:
        what, rule = f"“{'、'.join(large)}”超过 {_MOST_IN_BOOK} 行", "一张工作表放不下"
        raise RefusedError(Finding("--out", what, rule, "请把 --out 写成一个文件夹，得到 CSV；多半也是列名给错了"))
    return as_plain_workbook(Sheet(name, "", rows) for name, rows in tables)


def _csv(rows: Sequence[Sequence[object]]) -> bytes:
    """CSV with a mark at its head, so that WPS and Excel read it as UTF-8; no cell begins a formula."""
    import csv  # noqa: PLC0415

    made = io.StringIO()
    writer = csv.writer(made)
    for row in rows:
        writer.writerow([f"'{one}" if isinstance(one, str) and one[:1] in _FORMULA and one else one for one in row])
    return made.getvalue().encode("utf-8-sig")
