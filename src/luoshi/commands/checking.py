"""`luoshi check`: a file of a return, held against its rules."""

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from luoshi.commands.shared import Shape, content_of, own_values
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding, Severity
from luoshi.words.returns import Return, Rule

if TYPE_CHECKING:
    import polars as pl

    from luoshi.checking import Report, Taken

STOPPED = 1
"""Exit code where a must-finding stops the file."""
SAID: Mapping[Severity, str] = {
    Severity.STOPS: "须改正",
    Severity.ASKS: "须说明",
    Severity.TELLS: "提示",
}
"""What each weight asks of whoever reads it."""


def check(
    name: Annotated[str, typer.Argument(metavar="RETURN", help="报表的名称或代号，如 班级名册 或 classes")],
    file: Annotated[Path, typer.Argument(help="xlsx、xls 或 csv，第一行是列名")],
    form: Annotated[Shape, typer.Option("--format", help="table 或 json")] = Shape.TABLE,
    last_year: Annotated[Path | None, typer.Option("--last-year", help="上年的同一报表，用于与上年比较")] = None,
    beside: Annotated[list[str] | None, typer.Option("--beside", help="同期的别的报表，报表=文件；可给多个")] = None,
    own: Annotated[list[str] | None, typer.Option("--set", help="本局的参数值，参数=值；可给多个")] = None,
    most: Annotated[int, typer.Option("--most", help="表格里至多列出多少条；json 全列")] = 200,
) -> None:
    """核对一份报表：逻辑校验、经验校验；无须改正的退出码为0，有的为1，读不了的为2。"""
    from luoshi.checking import Aside, Report, check  # noqa: PLC0415  # only this command loads the engines

    of = _named(name)
    brought = read_return(of, file)
    before = read_return(of, last_year).rows if last_year else None
    others = dict(_other(words) for words in beside or [])
    report = Report(brought, check(of, brought.rows, Aside(before, others), own=_own(of, own or [])))
    if form is Shape.JSON:
        sys.stdout.write(as_json(report) + "\n")
    else:
        print_report(report, most)
    if report.stops:
        raise typer.Exit(STOPPED)


def _own(of: type[Return], words: Sequence[str]) -> dict[str, Decimal]:
    """The bureau's own values of parameters that rules of the return read."""
    told = own_values(words)
    read = {one.key: one.dated[0].label for rule in of.rules.values() for one in rule.thresholds}
    unknown = [key for key in told if key not in read]
    if unknown:
        known = "、".join(f"{key}（{label}）" for key, label in read.items()) or "无"
        what = f"“{of.label}”没有参数“{unknown[0]}”"
        raise RefusedError(Finding("--set", what, "须为这张报表的规则所用的参数", f"可以是：{known}"))
    return told


def _named(words: str) -> type[Return]:
    from luoshi.declared.returns import RETURNS  # noqa: PLC0415

    names = {**{one.label: one for one in RETURNS.values()}, **RETURNS}
    if words in names:
        return names[words]
    near = get_close_matches(words, names, 3, 0.3) or list(RETURNS)
    raise RefusedError(Finding("RETURN", f"没有报表“{words}”", "须为已声明的报表", f"例如 {'、'.join(near)}"))


def read_return(of: type[Return], file: Path) -> "Taken":
    """A file as a return, refused under its name."""
    from luoshi.checking import take  # noqa: PLC0415
    from luoshi.reading.frames import LARGEST, read_frame  # noqa: PLC0415

    try:
        frame = read_frame(content_of(file, LARGEST))
        brought = take(of, frame.headings, frame.cells)
        return replace(brought, told=(*frame.told, *brought.told))
    except RefusedError as refusal:
        raise refusal.within(file.name) from refusal


def _other(words: str) -> "tuple[str, pl.DataFrame]":
    name, _, file = words.partition("=")
    if not file:
        raise RefusedError(Finding("--beside", f"“{words}”没有等号", "写成 报表=文件", "例如 institutions=名录.xlsx"))
    of = _named(name)
    return of.key, read_return(of, Path(file)).rows


def print_report(report: "Report", most: int) -> None:
    """Findings in a line each, then how many of each rule."""
    of = report.checked.of
    shown = report.findings(most)
    for one in shown:
        typer.echo(f"{SAID[one.severity]}　{one}")
    counts = report.counts()
    total = sum(counts.values())
    if total > len(shown):
        typer.echo(f"……共 {total} 条，只列出 {len(shown)} 条")
    told = "，".join(f"{SAID[weight]} {many} 条" for weight, many in counts.items())
    typer.echo(f"“{of.label}”{report.checked.rows.height} 行，核对 {len(report.checked.counts)} 条规则：{told}。")
    if report.checked.skipped:
        typer.echo(f"另有 {len(report.checked.skipped)} 条规则因为没有所需的列或报表没有核对，--format json 逐条列出。")


def as_json(report: "Report") -> str:
    """The same for programs, all of it."""
    return json.dumps(plain(report), ensure_ascii=False, indent=1)


def plain(report: "Report") -> dict[str, object]:
    """What programs are told, before it is written."""
    of, checked = report.checked.of, report.checked
    counts = checked.counts
    return {
        "return": of.key,
        "label": of.label,
        "rows": checked.rows.height,
        "counts": {weight.value: many for weight, many in report.counts().items()},
        "rules": [_rule(of.rules[name], many, checked.values) for name, many in counts.items()],
        "skipped": [{**_rule(rule, None, None), "because": why} for rule, why in checked.skipped],
        "file": [plain_finding(one) for one in report.taken.told],
        "cells": [{**plain_finding(one.finding), "column": one.column.name} for one in report.taken.odd],
        "findings": [
            {
                **plain_finding(one.finding),
                "id": one.rule.name,
                "version": one.rule.version,
                "parameters": {part.key: str(one.values[part.key]) for part in one.rule.thresholds},
                "row": report.taken.places.lines[one.row],
                "key": list(one.key),
                "columns": list(one.columns),
            }
            for one in report.found()
        ],
    }


def _rule(rule: Rule, broken: int | None, values: Mapping[str, Decimal] | None) -> dict[str, object]:
    return {
        "id": rule.name,
        "sentence": rule.says(values),
        "severity": rule.severity.value,
        "version": rule.version,
        "kind": rule.kind.value,
        "broken": broken,
    }


def plain_finding(one: Finding) -> dict[str, object]:
    """A finding for programs."""
    return {
        "where": one.where,
        "what": one.what,
        "rule": one.rule,
        "remedy": one.remedy,
        "severity": one.severity.value,
    }
