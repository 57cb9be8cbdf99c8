"""What the commands print: a plan as JSON and as a table, a refusal in four labelled lines."""

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from luoshi.reading import weak
from luoshi.spine import Commitment, Plan, Status, Target
from luoshi.tracking.showing import amount, figure
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

if TYPE_CHECKING:
    from luoshi.keeping.entries import Edition

KINDS = {
    "quantity": "量化",
    "milestone": "节点",
    "document": "制发文件",
    "event": "会议活动",
    "recognition": "争创申报",
    "standing": "常态化",
}
STRENGTHS = {"binding": "约束性", "aspirational": "预期性"}


def _number(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _target(target: Target) -> dict[str, object]:
    return {
        "comparator": target.comparator.value,
        "value": _number(target.value),
        "value_max": _number(target.value_max),
        "unit": target.unit,
        "deadline": target.deadline.isoformat() if target.deadline else None,
        "due": target.due.isoformat() if target.due else None,
        "implicit": target.implicit,
        "strength": target.strength.value,
        "subject": target.subject,
        "start": target.start,
        "end": target.end,
        "indicator": target.indicator,
    }


def _commitment(one: Commitment) -> dict[str, object]:
    return {
        "id": one.id,
        "point": one.sentence.point,
        "sentence": one.sentence.text,
        "start": one.sentence.start,
        "end": one.sentence.end,
        "clause_start": one.start,
        "clause_end": one.end,
        "action": one.action,
        "subject": one.subject,
        "kind": one.kind.value,
        "strength": one.strength.value,
        "scope": one.scope,
        "offices": list(one.offices),
        "organisations": list(one.organisations),
        "policies": list(one.policies),
        "programmes": list(one.programmes),
        "repeats": [list(span) for span in one.repeats],
        "missing": [lack.value for lack in weak.lacks(one)],
        "targets": [_target(target) for target in one.targets],
    }


def as_json(plan: Plan) -> str:
    """The plan as the interface that stays: see the reference on `luoshi read`."""
    told = {
        "title": plan.title,
        "issuer": plan.issuer,
        "year": plan.year,
        "digest": plan.digest,
        "text": plan.text,
        "points": [
            {"number": p.number, "title": p.title, "section": p.section, "start": p.start, "end": p.end}
            for p in plan.points
        ],
        "commitments": [_commitment(one) for one in plan.commitments],
    }
    return json.dumps(told, ensure_ascii=False, indent=1)


def _by_point(plan: Plan, kept: Iterable[Commitment]) -> Iterator[tuple[str, list[Commitment]]]:
    titles = {point.number: f"{point.number} {point.title}" for point in plan.points}
    for number, group in groupby(kept, key=lambda one: one.sentence.point):
        yield titles.get(number, "条目之外"), list(group)


def _table(title: str, *columns: tuple[str, int | None]) -> Table:
    """A table as wide as the screen. Words are folded, never cut: Chinese has no spaces to break a line at.

    Args:
        title: above it.
        columns: each with its width in cells; None shares what is left.
    """
    table = Table(title=title, title_justify="left", expand=True, show_edge=False, pad_edge=False)
    for name, width in columns:
        table.add_column(name, width=width, ratio=None if width else 1, overflow="fold")
    return table


def print_plan(plan: Plan, *, console: Console | None = None) -> None:
    """The plan as a table a person reads: point by point, promise by promise."""
    console = console or Console()
    console.print(f"[bold]{plan.title}[/bold]　{plan.issuer}　{plan.year or '年度不明'}")
    for title, group in _by_point(plan, plan.commitments):
        table = _table(title, ("序号", 6), ("承诺", None), ("类型", 8), ("目标值", 14), ("时限", 10))
        for one in group:
            amounts = "\n".join(amount(target) for target in one.targets)
            table.add_row(
                one.id, plan.text[one.start : one.end], KINDS[one.kind], amounts, str(one.due) if one.due else ""
            )
        console.print(table)
    targets = sum(len(one.targets) for one in plan.commitments)
    loose = sum(weak.unchecked(weak.lacks(one)) for one in plan.commitments)
    console.print(
        f"{len(plan.points)} 个条目，{len(plan.commitments)} 项承诺，{targets} 个目标值，"
        f"照原文谁也无法核验的 {loose} 项（luoshi read --weak 逐条列出）。"
    )


def print_weak(plan: Plan, *, console: Console | None = None) -> None:
    """The promises nobody could check as written, and what each lacks."""
    console = console or Console()
    loose = [one for one in plan.commitments if weak.unchecked(weak.lacks(one))]
    for title, group in _by_point(plan, loose):
        table = _table(title, ("序号", 6), ("原文", None), ("所缺", 12), ("可补", None))
        for one in group:
            said = "、".join(lack.label for lack in weak.lacks(one))
            table.add_row(one.id, plan.text[one.start : one.end], said, weak.advice(one))
        console.print(table)
    counted = Table(title="按部分", title_justify="left", show_edge=False)
    counted.add_column("部分")
    for heading in ("承诺", "无法核验", *(lack.label for lack in weak.Lack)):
        counted.add_column(heading, justify="right", overflow="fold")
    for section, found in weak.count(plan.commitments).items():
        lacking = [str(found[lack]) for lack in weak.Lack]
        counted.add_row(section or "——", str(found["total"]), str(found["unchecked"]), *lacking)
    console.print(counted)
    console.print(f"{len(plan.commitments)} 项承诺中，照原文谁也无法核验的 {len(loose)} 项。")


Stood = Sequence[tuple[Commitment, Target, Status]]


def label(status: Status) -> str:
    """口径待核 where figures ask, else the state's word."""
    return "口径待核" if status.doubts else status.state.label


def print_standing(plan: Plan, stood: Stood, *, console: Console | None = None) -> None:
    """Every target with its state and why."""
    console = console or Console()
    widths = (("序号", 6), ("目标", 18), ("目标值", 12), ("当前值", 9), ("数据状态", 8), ("因为", None))
    table = _table(plan.title, *widths)
    for one, target, status in stood:
        now = figure(status.measurement) if status.measurement else "——"
        table.add_row(one.id, target.subject, amount(target), now, label(status), status.because)
    console.print(table)
    counted = Counter(label(status) for _, _, status in stood)
    console.print("　".join(f"{name} {number}" for name, number in counted.most_common()))


def standing_as_json(stood: Stood) -> str:
    """The same for programs."""
    return json.dumps(
        [
            {
                "id": one.id,
                "indicator": target.indicator,
                "target": amount(target),
                "value": _number(status.measurement.value) if status.measurement else None,
                "state": status.state.value,
                "because": status.because,
                "doubts": [str(doubt) for doubt in status.doubts],
            }
            for one, target, status in stood
        ],
        ensure_ascii=False,
        indent=1,
    )


@dataclass(frozen=True, slots=True)
class Judged:
    """One target of a kept ledger and how it stands."""

    number: str
    title: str
    target: Target
    status: Status
    apart: str
    """How far it is, in units; empty where that cannot be said."""
    days: str
    """How far its day is."""


def print_judged(
    title: str, on: date, judged: Sequence[Judged], *, made_up: bool, console: Console | None = None
) -> None:
    """Every target of a kept ledger with its state, how far it is, and why."""
    console = console or Console()
    if made_up:
        console.print("演示数据（虚构）")
    widths = (("序号", 6), ("目标", 18), ("目标值", 12), ("当前值", 9), ("数据状态", 8), ("差多少", 16), ("因为", None))
    table = _table(f"{title}　数据截至 {on}", *widths)
    for one in judged:
        status, apart = one.status, "\n".join(words for words in (one.apart, one.days) if words)
        now = figure(status.measurement) if status.measurement else "——"
        because = f"{status.because}；{status.next_step}" if status.next_step else status.because
        subject = one.target.subject or one.title
        table.add_row(one.number, subject, amount(one.target), now, label(status), apart or "——", because)
    console.print(table)
    counted = Counter(label(one.status) for one in judged)
    console.print("　".join(f"{name} {number}" for name, number in counted.most_common()) or "没有目标值")


def judged_as_json(judged: Sequence[Judged]) -> str:
    """The same for programs: numbers unrounded as text, days as ISO 8601, what is not known as null."""
    return json.dumps([_judged(one) for one in judged], ensure_ascii=False, indent=1)


def _judged(one: Judged) -> dict[str, object]:
    status, known = one.status, one.status.measurement
    return {
        "number": one.number,
        "title": one.title,
        "subject": one.target.subject,
        "indicator": one.target.indicator,
        "target": amount(one.target),
        "due": one.target.due.isoformat() if one.target.due else None,
        "value": _exact(known.value) if known else None,
        "unit": known.unit if known else None,
        "numerator": _exact(known.numerator) if known else None,
        "denominator": _exact(known.denominator) if known else None,
        "definition": known.definition if known else None,
        "on": known.on.isoformat() if known else None,
        "state": status.state.value,
        "because": status.because,
        "next_step": status.next_step,
        "completion": _exact(status.completion),
        "expected": _exact(status.pace),
        "apart": one.apart,
        "days": one.days,
        "doubts": [str(doubt) for doubt in status.doubts],
    }


def _exact(value: Decimal | None) -> str | None:
    return None if value is None else f"{value.normalize():f}"


def print_editions(editions: "Sequence[Edition]", *, console: Console | None = None) -> None:
    """Editions of the lake, one a line; what a later one superseded says so."""
    console = console or Console()
    widths = (
        ("条", 5),
        ("报表", None),
        ("期", 9),
        ("单位", 10),
        ("口径", 8),
        ("行数", 9),
        ("知悉日", 11),
        ("入库人", 10),
        ("", 12),
    )
    table = _table("数据湖", *widths)
    for one in editions:
        before = f"取代第{one.supersedes}条" if one.supersedes else ""
        table.add_row(
            str(one.number),
            one.kind,
            one.period,
            one.division,
            one.definition,
            f"{one.rows:,}",
            str(one.known),
            one.by,
            before,
        )
    console.print(table)
    console.print(f"{len(editions)} 版，{sum(one.rows for one in editions):,} 行。")


def print_finding(finding: Finding) -> None:
    """Four labelled lines on the error stream."""
    for label, said in (
        ("位置", finding.where),
        ("情况", finding.what),
        ("规则", finding.rule),
        ("处理", finding.remedy),
    ):
        sys.stderr.write(f"{label}：{said}\n")


def print_refusal(refusal: RefusedError) -> None:
    """Every finding of a refusal."""
    for finding in refusal.findings:
        print_finding(finding)
