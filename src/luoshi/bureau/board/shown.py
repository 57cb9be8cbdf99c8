"""Words and shapes of the screens: what a state, a kind, a lack is called, and how it is drawn."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from luoshi import spine
from luoshi.bureau.ledger.queries import KEYED, Item, Stood
from luoshi.reading.weak import Lack
from luoshi.tracking import showing


def kind(code: str) -> str:
    """What a kind is called."""
    return {
        "quantity": _("量化"),
        "milestone": _("节点"),
        "document": _("制发文件"),
        "event": _("会议活动"),
        "recognition": _("争创申报（协调事项）"),
        "standing": _("常态化"),
    }[code]


def pattern(code: str) -> str:
    """What sort of software a mechanism asks for."""
    return {
        "LEDGER": _("台账"),
        "INDICATOR": _("指标"),
        "CASE": _("办件"),
        "DRAW": _("抽取"),
        "PLANNING": _("规划测算"),
        "TRAINING": _("培训"),
        "REGISTER": _("名册"),
        "PUBLICATION": _("公开"),
        "SCORING": _("评分"),
    }[code]


def strength(code: str) -> str:
    """约束性 or 预期性."""
    return _("约束性") if code == "binding" else _("预期性")


def standing(code: spine.Standing) -> str:
    """How far a figure has come."""
    return {
        spine.Standing.PRESS: _("公开报道数"),
        spine.Standing.REPORTED: _("上报数"),
        spine.Standing.VERIFIED: _("核定数"),
        spine.Standing.PUBLISHED: _("发布数"),
    }[code]


def state(code: str) -> str:
    """What a state is called."""
    return {
        "done": _("已完成"),
        "ahead": _("超进度"),
        "on_course": _("达进度"),
        "behind": _("欠进度"),
        "overdue": _("逾期未完成"),
        "unknown": _("待核实"),
        "standing": _("常态化推进"),
        "paused": _("暂缓"),
        "doubted": _("口径待核"),
        "uncounted": _("非量化"),
        "unjudged": _("待核定"),
    }[code]


def lack(code: str) -> str:
    """What a promise lacks."""
    return {
        "number": _("缺数量"),
        "date": _("缺时限"),
        "end": _("缺终点"),
        "owner": _("缺责任"),
        "decision": _("靠别人定"),
        "soft": _("软性用语"),
    }[code]


def unchecked(missing: Iterable[str]) -> bool:
    """Whether nobody could check the promise as written."""
    return {Lack.NUMBER, Lack.DATE, Lack.END} <= set(missing)


@dataclass(frozen=True, slots=True)
class Word:
    """A code with what it is called."""

    code: str
    label: str


def worded(code: str) -> Word | None:
    """A state that was judged; None for none."""
    return Word(code, state(code)) if code else None


@dataclass(frozen=True, slots=True)
class Line:
    """One target as a line shows it."""

    subject: str
    text: str
    now: str
    mark: str
    label: str
    because: str
    next_step: str
    standing: str
    on: date | None
    due: date | None
    inherited: bool
    """The day is the year's end, not the clause's own."""
    corrected: bool


def line(one: Stood) -> Line:
    """A judged target in words."""
    figure = one.status.measurement
    mark = "doubted" if one.status.doubts else one.status.state.value
    return Line(
        subject=one.target.subject,
        text=showing.amount(one.target),
        now=showing.figure(figure) if figure else "",
        mark=mark,
        label=state(mark),
        because=one.status.because,
        next_step=one.status.next_step,
        standing=standing(figure.standing) if figure else "",
        on=figure.on if figure else None,
        due=one.target.due,
        inherited=one.target.deadline is None,
        corrected=one.corrected,
    )


@dataclass(frozen=True, slots=True)
class Beside:
    """A figure that stands beside a promise without a number."""

    label: str
    now: str
    standing: str
    on: date


def beside(figure: spine.Measurement) -> Beside:
    """The figure with the name of its indicator."""
    return Beside(KEYED[figure.indicator].label, showing.figure(figure), standing(figure.standing), figure.on)


def data_code(item: Item) -> str:
    """The code a row is counted under: 非量化, 口径待核, or its state."""
    if item.data is None:
        return "uncounted"
    return "doubted" if item.doubted else item.data.state.value
