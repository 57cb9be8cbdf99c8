"""The rules of 督办 as data: 提醒 → 催办单 → 督办通知单 → 约谈, and 通报 at the end of a year.

None of it is law. Names and numbers vary from city to city; the defaults are this product's own and unchecked.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date
from enum import StrEnum
from typing import Any

from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding


class Step(StrEnum):
    """Which paper."""

    REMINDER = "reminder"
    """提醒."""
    URGING = "urging"
    """催办单."""
    NOTICE = "notice"
    """督办通知单."""
    TALK = "talk"
    """约谈."""
    BULLETIN = "bulletin"
    """通报, beside the ladder: it follows the end of a year, not an answer."""

    @property
    def place(self) -> int:
        """From the bottom, 0 for 提醒."""
        return list(Step).index(self)


class Grade(StrEnum):
    """How badly an item stands."""

    BEHIND = "behind"
    """欠进度."""
    FAR = "far"
    """明显滞后."""
    OVERDUE = "overdue"
    """逾期未完成."""

    @property
    def label(self) -> str:
        """The word on paper."""
        return {"behind": "欠进度", "far": "明显滞后", "overdue": "逾期未完成"}[self.value]


@dataclass(frozen=True, slots=True)
class Rung:
    """One rule: which paper follows which months."""

    step: Step
    name: str
    """What the city calls the paper."""
    grades: tuple[Grade, ...] = ()
    """A month counts when it stood so; empty: only the due day counts."""
    months: int = 1
    """How many of them running."""
    days_ahead: int = 0
    """提醒 only: so many days before the due day."""
    answer_days: int = 0
    """Working days for the answer; 0 asks for none."""
    jumps: bool = False
    """Whether it may come although the paper below was not sent."""
    again: bool = False
    """Whether it comes again in the same run, once as many further months have gone."""
    used: bool = True

    @property
    def said(self) -> str:
        """The condition in words."""
        if not self.grades:
            return f"时限前{self.days_ahead}天起"
        grades = "或".join(grade.label for grade in self.grades)
        return f"{grades}{f'连续{self.months}个月' if self.months > 1 else ''}"


@dataclass(frozen=True, slots=True)
class Ladder:
    """One version of the rules."""

    version: int
    begun: date
    """In force from this day on."""
    rungs: tuple[Rung, ...]
    """One for each step, from the bottom."""
    report_day: int = 10
    """A month is looked at on this day of the next one, when its figures are in."""
    doubt: str = "产品默认值，未核"
    """Empty once the bureau has set it."""

    @property
    def climbed(self) -> tuple[Rung, ...]:
        """What is in use, 通报 apart."""
        return tuple(rung for rung in self.rungs if rung.used and rung.step is not Step.BULLETIN)

    @property
    def reminder(self) -> Rung | None:
        """The rule for 提醒, when in use."""
        return self._of(Step.REMINDER)

    @property
    def bulletin(self) -> Rung | None:
        """The rule for 通报, when in use."""
        return self._of(Step.BULLETIN)

    def below(self, rung: Rung) -> Rung | None:
        """The paper that goes before this one; None for the lowest."""
        lower = [one for one in self.climbed if one.step.place < rung.step.place]
        return lower[-1] if lower else None

    def _of(self, step: Step) -> Rung | None:
        return next((rung for rung in self.rungs if rung.step is step and rung.used), None)


_BAD = (Grade.FAR, Grade.OVERDUE)
DEFAULT_LADDER = Ladder(
    version=0,
    begun=date(2000, 1, 1),
    rungs=(
        Rung(Step.REMINDER, "提醒", days_ahead=7, answer_days=3),
        Rung(Step.URGING, "催办单", tuple(Grade), months=2, answer_days=5, jumps=True, again=True),
        Rung(Step.NOTICE, "督办通知单", _BAD, answer_days=5, jumps=True),
        Rung(Step.TALK, "约谈", _BAD, months=2, answer_days=5),
        Rung(Step.BULLETIN, "通报", _BAD, jumps=True),
    ),
)
"""Defaults of this product, to be confirmed by the bureau."""

_LONGEST_NAME = 20
_LATEST_DAY = 28
_NUMBERS = {"months": (1, 12, "连续月数"), "days_ahead": (0, 90, "提前天数"), "answer_days": (0, 60, "答复工作日")}


def as_plain(ladder: Ladder) -> list[dict[str, Any]]:
    """The rungs as what can be stored."""
    return [{**asdict(rung), "grades": [grade.value for grade in rung.grades]} for rung in ladder.rungs]


def read_ladder(
    version: int, begun: date, rungs: Sequence[Mapping[str, Any]], report_day: int, doubt: str = ""
) -> Ladder:
    """The rules as they were stored or typed.

    Raises:
        RefusedError: a step is missing, twice or unknown, a name is empty or too long, a number is out of bounds.
    """
    findings = list(_wrong(rungs))
    if not 1 <= report_day <= _LATEST_DAY:
        rule = f"1至{_LATEST_DAY}日"
        findings.append(Finding("督办规则", f"月报到齐日为“{report_day}”", rule, "请改正"))
    if findings:
        raise RefusedError(*findings)
    known = {field.name for field in fields(Rung)}
    told = []
    for one in rungs:
        kept = {name: value for name, value in one.items() if name in known}
        kept |= {"step": Step(one["step"]), "grades": tuple(Grade(grade) for grade in one.get("grades", ()))}
        kept["name"] = str(one["name"]).strip()
        told.append(Rung(**kept))
    return Ladder(version, begun, tuple(sorted(told, key=lambda rung: rung.step.place)), report_day, doubt)


def _wrong(rungs: Sequence[Mapping[str, Any]]) -> Iterator[Finding]:
    if sorted(str(one.get("step")) for one in rungs) != sorted(step.value for step in Step):
        yield Finding("督办规则", "台阶不全或重复", "提醒、催办单、督办通知单、约谈、通报各一条", "请从页面上修改")
        return
    for one in rungs:
        name = str(one.get("name", "")).strip()
        if not 0 < len(name) <= _LONGEST_NAME:
            yield Finding("督办规则", f"“{name[:30]}”不能作名称", f"名称为1至{_LONGEST_NAME}个字", "请改名称")
        unknown = [grade for grade in one.get("grades", ()) if grade not in set(Grade)]
        if unknown or (not one.get("grades") and one["step"] != Step.REMINDER and one.get("used", True)):
            yield Finding("督办规则", f"{name}没有选定情形", "欠进度、明显滞后、逾期未完成至少选一项", "请选定情形")
        for key, (least, most, said) in _NUMBERS.items():
            value = one.get(key, least)
            if not isinstance(value, int) or not least <= value <= most:
                yield Finding("督办规则", f"{name}的{said}为“{value}”", f"{said}为{least}至{most}的整数", "请改正")
