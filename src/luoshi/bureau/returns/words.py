"""Words of the room: what an act is called, how a period and a 口径 are written, how a check code is made."""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext_noop

from luoshi.spine import Return
from luoshi.words.chains import canonical
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding
from luoshi.words.provenance import digest
from luoshi.words.returns import Grain

ACTS: Mapping[str, str] = {
    "bring": gettext_noop("导入"),
    "hand": gettext_noop("报出"),
    "county": gettext_noop("县级审核通过"),
    "back": gettext_noop("退回修改"),
    "accept": gettext_noop("市级核定"),
    "deposit": gettext_noop("入库"),
    "again": gettext_noop("再核对"),
    "ask": gettext_noop("申请重新打开"),
    "reopen": gettext_noop("同意重新打开"),
    "decline": gettext_noop("不同意重新打开"),
    "sign": gettext_noop("上传签章件"),
    "merge": gettext_noop("归并教学点"),
}
"""What each step is called."""
_PERIODS: Mapping[Grain, tuple[str, str]] = {
    Grain.SCHOOL_YEAR: (r"\d{4}", "四位年份，如 2020"),
    Grain.YEAR: (r"\d{4}", "四位年份，如 2020"),
    Grain.TERM: (r"\d{4}-[12]", "年份和学期，如 2020-1"),
    Grain.MONTH: (r"\d{4}-(0[1-9]|1[0-2])", "年份和月份，如 2020-09"),
}
_CODE = 12
_AUTUMN, _SPRING, _SECOND_TERM = 9, 3, 2


def check_period(grain: Grain, period: str) -> None:
    """Refuse a period that is none of this grain."""
    form, told = _PERIODS[grain]
    if not re.fullmatch(form, period):
        raise RefusedError(Finding("报告期", f"“{period[:20]}”", told, "请改正报告期"))


def year_before(period: str) -> str:
    """The same period a year before: 2020-09 → 2019-09."""
    return f"{int(period[:4]) - 1}{period[4:]}"


def year_after(period: str) -> str:
    """The same period a year later."""
    return f"{int(period[:4]) + 1}{period[4:]}"


def day_of(grain: Grain, period: str) -> date:
    """The day on which parameters have their values for a period: 1 September of a year, the first day of a term or a month."""
    year, part = int(period[:4]), int(period[5:] or 0)
    if grain is Grain.MONTH:
        return date(year, part, 1)
    return date(year + 1, _SPRING, 1) if part == _SECOND_TERM else date(year, _AUTUMN, 1)


def unit_column(of: type[Return], *, schools: bool) -> str:
    """The column that says whose row it is."""
    return "school" if schools and "school" in of.columns else "county"


def plain(value: object) -> str | None:
    """A value as it is digested: the same whatever library holds it."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return value.isoformat() if isinstance(value, date) else str(value)


def rows_digest(names: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """The digest of rows, whatever their order and whatever file they lie in."""
    told = sorted(json.dumps([plain(cell) for cell in row], ensure_ascii=False) for row in rows)
    return digest(canonical([list(names), told]))


def check_code(unit: str, period: str, totals: Mapping[str, str]) -> str:
    """校验码: twelve digits that bind a printed sheet to the rows it shows."""
    return digest(canonical([unit, period, dict(totals)]))[:_CODE]


def mark_of(rule: str, edition: str, key: Sequence[str], what: str) -> str:
    """What tells one finding with its values: the same row with other values, or held to another tolerance, is another."""
    return digest(canonical([rule, edition, list(key), what]))[:16]
