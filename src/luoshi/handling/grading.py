"""Grading of risks: LEC and LS, their four colours, who controls what, and the rows of a four-colour sheet.

安委办〔2016〕11号: four grades in four colours. LEC (作业条件危险性评价法) D = L × E × C, each only as its table has it, nothing between;
LS (风险矩阵法) R = L × S, each a whole number from 1 to 5. Where a grade begins is a parameter (`lec_major`, `ls_major` and so on).
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding


class Grade(StrEnum):
    """How great a risk is; each has its colour."""

    MAJOR = "major"
    LARGER = "larger"
    GENERAL = "general"
    LOW = "low"


GRADES: Mapping[str, str] = {
    Grade.MAJOR: "重大风险（红）",
    Grade.LARGER: "较大风险（橙）",
    Grade.GENERAL: "一般风险（黄）",
    Grade.LOW: "低风险（蓝）",
}
"""What each is called, with its colour, from the greatest down."""
COLOURS: Mapping[str, str] = {Grade.MAJOR: "红", Grade.LARGER: "橙", Grade.GENERAL: "黄", Grade.LOW: "蓝"}
LIKELIHOOD: Mapping[str, str] = {
    "10": "10 完全可以预料", "6": "6 相当可能", "3": "3 可能但不经常", "1": "1 可能性小，完全意外",
    "0.5": "0.5 很不可能，可以设想", "0.2": "0.2 极不可能", "0.1": "0.1 实际不可能",
}  # fmt: skip
"""L of LEC: how likely an accident is."""
EXPOSURE: Mapping[str, str] = {
    "10": "10 连续暴露", "6": "6 每天工作时间内暴露", "3": "3 每周一次或偶然暴露", "2": "2 每月一次", "1": "1 每年几次",
    "0.5": "0.5 非常罕见",
}  # fmt: skip
"""E of LEC: how often people are exposed to it."""
CONSEQUENCE: Mapping[str, str] = {
    "100": "100 10人以上死亡", "40": "40 3至9人死亡", "15": "15 1至2人死亡", "7": "7 重伤", "3": "3 致残或较重伤",
    "1": "1 轻伤，引人注目",
}  # fmt: skip
"""C of LEC: what comes of it."""
FIVE: Mapping[str, str] = {"1": "1", "2": "2", "3": "3", "4": "4", "5": "5"}
"""L and S of LS."""
CONTROLS: Mapping[str, str] = {
    "school": "学校主要负责人（含部门、岗位）",
    "section": "部门（含岗位、班级）",
    "post": "岗位、班级",
}
"""Who controls a risk: a higher level always does what the lower ones do."""
_CONTROL = {Grade.MAJOR: "school", Grade.LARGER: "school", Grade.GENERAL: "section", Grade.LOW: "post"}


def lec(likelihood: str, exposure: str, consequence: str) -> Decimal:
    """D = L × E × C.

    Raises:
        RefusedError: a value its table does not have; nothing is interpolated.
    """
    return (
        _value("可能性L", likelihood, LIKELIHOOD)
        * _value("暴露E", exposure, EXPOSURE)
        * _value("后果C", consequence, CONSEQUENCE)
    )


def ls(likelihood: str, severity: str) -> Decimal:
    """R = L × S.

    Raises:
        RefusedError: a value that is no whole number from 1 to 5.
    """
    return _value("可能性L", likelihood, FIVE) * _value("严重性S", severity, FIVE)


def graded(value: Decimal, edges: Mapping[str, Decimal], method: str) -> Grade:
    """The grade of a D or an R.

    Args:
        value: D or R.
        edges: where grades begin, with the edge itself, by key: `lec_major`, `lec_larger`, `lec_general`; the same of `ls`.
        method: “lec” or “ls”.
    """
    for grade in (Grade.MAJOR, Grade.LARGER, Grade.GENERAL):
        if value >= edges[f"{method}_{grade}"]:
            return grade
    return Grade.LOW


def danger(value: Decimal, edges: Mapping[str, Decimal]) -> str:
    """What a D is called: from 极其危险 down to 稍有危险, which begins below `lec_slight`."""
    grade = graded(value, edges, "lec")
    if grade is Grade.LOW:
        return "一般危险" if value >= edges["lec_slight"] else "稍有危险"
    return {Grade.MAJOR: "极其危险", Grade.LARGER: "高度危险", Grade.GENERAL: "显著危险"}[grade]


def control(grade: Grade) -> str:
    """Who controls a risk of a grade: a key of `CONTROLS`."""
    return _CONTROL[grade]


@dataclass(frozen=True, slots=True)
class Point:
    """One point of risk as it stands on the list."""

    code: str
    place: str
    activity: str
    inherent: Grade
    """Before anything is done about it (固有)."""
    residual: Grade | None = None
    """With the measures that are taken (剩余)."""


@dataclass(frozen=True, slots=True)
class Spot:
    """One row of the four-colour sheet."""

    point: Point
    shown: Grade
    """The colour it has on the sheet."""
    hazard: bool
    """Whether it shows red for a major hazard that is open there."""


def point_of(entry: Mapping[str, str]) -> Point:
    """The point that an entry of the list tells of, by the keys of its fields."""
    residual = entry.get("residual", "")
    return Point(
        entry["code"],
        entry["place"],
        entry["activity"],
        Grade(entry["inherent"]),
        Grade(residual) if residual else None,
    )


def four_colours(points: Iterable[Point], open_majors: Collection[str]) -> list[Spot]:
    """The rows of a four-colour sheet, the reddest first, then by place and code.

    Args:
        points: those that stand on the list.
        open_majors: codes of points where a major hazard is open: they show red whatever their grade.
    """
    spots = [_spot(one, one.code in open_majors) for one in points]
    order = list(Grade)
    return sorted(spots, key=lambda one: (order.index(one.shown), one.point.place, one.point.code))


def _spot(point: Point, hazard: bool) -> Spot:  # noqa: FBT001  # one private call
    return Spot(point, Grade.MAJOR if hazard else point.residual or point.inherent, hazard)


def _value(where: str, told: str, table: Mapping[str, str]) -> Decimal:
    try:
        number = Decimal(told)
    except InvalidOperation:
        number = Decimal("NaN")
    found = next((one for one in map(Decimal, table) if one == number), None)
    if found is None:
        rule = f"只取表中的值{'、'.join(table)}，不取中间值"
        raise RefusedError(Finding(where, f"填的是“{told[:20]}”", rule, f"请在表中选“{where}”的值"))
    return found
