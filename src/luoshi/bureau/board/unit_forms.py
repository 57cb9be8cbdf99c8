"""What is typed or sent on the pages of divisions and schools."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from luoshi.bureau.people.models import City, Institution
from luoshi.declared.returns.codes import KINDS as SCHOOL_KINDS
from luoshi.declared.returns.codes import OPERATORS
from luoshi.reading.units import Register, read_register
from luoshi.reading.units.columns import day
from luoshi.words.divisions import How
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding
from luoshi.words.institutions import code_fault

CLOSED = "closed"
"""撤销: nothing comes of the unit."""


@dataclass(frozen=True, slots=True)
class Listed:
    """How a list is to be taken, as the form or an address says."""

    on: date
    whole: bool
    why: str


def listed(sent: Mapping[str, str], today: date) -> Listed:
    """The day a list speaks of, whether it is whole, and the explanation.

    Raises:
        RefusedError: the day is none.
    """
    return Listed(_day(sent.get("on", ""), today), bool(sent.get("whole")), sent.get("why", "")[:600])


def _day(typed: str, unless: date | None = None) -> date:
    told = day(typed.strip())[0] if typed.strip() else unless
    if told is None:
        raise RefusedError(Finding("日期", f"“{typed[:40]}”不是日期", "写成 2021-03-18", "请改正"))
    return told


def decided(city: City, sent: Mapping[str, str]) -> tuple[Register, date, How | None]:
    """A merger, split, new name, new code or end that was typed, as the list that would say the same.

    Raises:
        RefusedError: a cell says nothing that can be read.
    """
    on, how = _day(sent.get("on", "")), sent.get("how", "")
    if how not in {*How, CLOSED}:
        raise RefusedError(
            Finding("变更方式", f"“{how[:20]}”", f"为{'、'.join(one.label for one in How)}、撤销之一", "请选一种")
        )
    before = [
        one
        for one in sent.get("before", "").upper().replace("；", ";").replace("，", ";").replace(",", ";").split(";")
        if one.strip()
    ]
    if not before:
        raise RefusedError(Finding("原单位", "没有写", "写代码，几个之间用分号隔开", "请填写"))
    before = [one.strip() for one in before]
    schools = not code_fault(before[0])
    of = (
        _ended(before, on, city, schools=schools)
        if how == CLOSED
        else _followed(city, sent, before, How(how), schools=schools)
    )
    told = read_register(of.encode(), "登记的变更.csv", on, SCHOOL_KINDS)
    if told.stops:
        raise RefusedError(*told.findings)
    return told, on, None if how == CLOSED else How(how)


def _written(rows: list[dict[str, object]]) -> str:
    made = io.StringIO()
    writer = csv.DictWriter(made, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return made.getvalue()


def _followed(city: City, sent: Mapping[str, str], before: list[str], how: How, *, schools: bool) -> str:
    units = [
        line.replace("，", ",").replace("\t", ",").split(",")
        for line in sent.get("after", "").splitlines()
        if line.strip()
    ]
    if not units or any(len(one) < 2 for one in units):  # noqa: PLR2004  # a code and a name
        raise RefusedError(Finding("新单位", "没有写全", "一行一个：代码,名称,类型", "请填写，如 990107,翼桥区,区"))
    rows = list[dict[str, object]]()
    for code, name, *rest in units:
        old = ";".join(one for one in before if not (how is How.RENAMED and one == code.strip()))
        row: dict[str, object] = {"名称": name.strip(), "原代码": old, "变更方式": how.label if old else ""}
        if schools:
            row |= {"学校标识码": code.strip(), "办学类型": rest[0].strip() if rest else ""} | _where(city, before[0])
        else:
            row |= {"统计用区划代码": code.strip(), "类型": rest[0].strip() if rest else ""}
        rows.append(row)
    return _written(rows)


def _where(city: City, code: str) -> dict[str, object]:
    """Where a school stands that another came of: what follows it stands there too, until a list says otherwise."""
    one = Institution.objects.filter(city=city, code=code).order_by("-begun").first()
    if one is None:
        raise RefusedError(Finding("原单位", f"没有学校 {code}", "须为名册中的学校", "请核对标识码"))
    operator = OPERATORS.get(one.operator, "")
    return {"区划代码": one.county, "乡镇街道代码": one.township, "举办者性质": operator, "主校标识码": one.host}


def _ended(before: list[str], on: date, city: City, *, schools: bool) -> str:
    rows = list[dict[str, object]]()
    for code in before:
        if schools:
            old = Institution.objects.filter(city=city, code=code, until=None).first()
            if old is None:
                raise RefusedError(Finding("原单位", f"没有学校 {code}", "须为现有的学校", "请核对标识码"))
            rows.append(
                {"学校标识码": code, "学校名称": old.name, "办学类型": old.kind, "变更日期": on} | _where(city, code)
            )
        else:
            unit = city.divisions.model.ever.filter(city=city, code=code, until=None).first()
            if unit is None:
                raise RefusedError(Finding("原单位", f"没有单位 {code}", "须为现有的单位", "请核对代码"))
            rows.append(
                {"统计用区划代码": code, "名称": unit.name, "类型": unit.kind, "上级代码": unit.parent, "变更日期": on}
            )
    return _written(rows)
