"""Words and shapes of the screens: what a state, a kind, a lack is called, and how it is drawn."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Protocol

from django.urls import reverse
from django.utils.translation import get_language, gettext, gettext_noop

from luoshi import spine
from luoshi.bureau.ledger.queries import KEYED, Item, Stood
from luoshi.declared.counted import COUNTED
from luoshi.reading.weak import Lack
from luoshi.tracking import showing
from luoshi.tracking.distance import Distance, distance, in_words

_KINDS = {
    "quantity": gettext_noop("量化"),
    "milestone": gettext_noop("节点"),
    "document": gettext_noop("制发文件"),
    "event": gettext_noop("会议活动"),
    "recognition": gettext_noop("争创申报（协调事项）"),
    "standing": gettext_noop("常态化"),
}
_STANDINGS = {
    spine.Standing.PRESS: gettext_noop("公开报道数"),
    spine.Standing.REPORTED: gettext_noop("上报数"),
    spine.Standing.VERIFIED: gettext_noop("核定数"),
    spine.Standing.PUBLISHED: gettext_noop("发布数"),
}
_STATES = {
    "done": gettext_noop("已完成"),
    "ahead": gettext_noop("超进度"),
    "on_course": gettext_noop("达进度"),
    "behind": gettext_noop("欠进度"),
    "overdue": gettext_noop("逾期未完成"),
    "unknown": gettext_noop("待核实"),
    "standing": gettext_noop("常态化推进"),
    "paused": gettext_noop("暂缓（经批准）"),
    "doubted": gettext_noop("口径待核"),
    "uncounted": gettext_noop("非量化"),
    "unjudged": gettext_noop("待核定"),
}
_PATTERNS = {
    "LEDGER": gettext_noop("台账"),
    "INDICATOR": gettext_noop("指标"),
    "CASE": gettext_noop("办件"),
    "DRAW": gettext_noop("抽取"),
    "PLANNING": gettext_noop("规划测算"),
    "TRAINING": gettext_noop("培训"),
    "REGISTER": gettext_noop("名册"),
    "PUBLICATION": gettext_noop("公开"),
    "SCORING": gettext_noop("评分"),
}
_LACKS = {
    "number": gettext_noop("缺数量"),
    "date": gettext_noop("缺时限"),
    "end": gettext_noop("缺终点"),
    "owner": gettext_noop("缺责任"),
    "decision": gettext_noop("靠别人定"),
    "soft": gettext_noop("软性用语"),
}
_STRENGTHS = {True: gettext_noop("约束性"), False: gettext_noop("预期性")}


@cache
def _in(language: str | None, words: str) -> str:  # noqa: ARG001 (what is kept is kept apart by language)
    return gettext(words)


def said(words: str) -> str:
    """The words in the language of the page: looked up once a language, not once for each of three hundred rows."""
    return _in(get_language(), words)


class Labelled(Protocol):
    """What is declared with its name in both languages."""

    @property
    def label(self) -> str:
        """In Chinese."""

    @property
    def label_en(self) -> str:
        """In English; empty where nobody wrote it."""


def named(one: Labelled) -> str:
    """What a declared thing is called in the language of the page."""
    return one.label_en or one.label if get_language() == "en" else one.label


def indicator(key: str) -> str:
    """The name of an indicator; its key where it is no longer declared."""
    return named(KEYED[key]) if key in KEYED else key


def kind(code: str) -> str:
    """What a kind is called."""
    return said(_KINDS[code])


def pattern(code: str) -> str:
    """What sort of software a mechanism asks for."""
    return said(_PATTERNS[code])


def strength(code: str) -> str:
    """约束性 or 预期性."""
    return said(_STRENGTHS[code == "binding"])


def standing(code: spine.Standing) -> str:
    """How far a figure has come."""
    return said(_STANDINGS[code])


def state(code: str) -> str:
    """What a state is called; "" is none, an unknown code stands for itself: a filter may ask for anything."""
    return said(_STATES[code]) if code in _STATES else code


def lack(code: str) -> str:
    """What a promise lacks."""
    return said(_LACKS[code])


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
    on: str
    """The figure's day; "" for none."""
    url: str = ""
    """The page of its indicator; "" for none."""
    apart: str = ""
    """还差 12 所, 距时限 20 天; "" when it is reached, or nothing can be said."""


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
        on=figure.on.isoformat() if figure else "",
        url=door_of(one.target.indicator or ""),
        apart=_apart(one) if figure and one.status.state is not spine.State.DONE else "",
    )


def _apart(one: Stood) -> str:
    """How far the figure is from the target in units and days; "" where it is met."""
    found = distance_of(one)
    if found is None or found.met:
        return ""
    told = (distance_in_words(found, one.target.indicator or ""), days_in_words(found))
    return " · ".join(words for words in told if words)


def distance_of(one: Stood) -> Distance | None:
    """How far the figure that speaks is from its target; None where it cannot be held against it."""
    figure, indicator = one.status.measurement, KEYED.get(one.target.indicator or "")
    if figure is None or indicator is None:
        return None
    target = one.target if one.due == one.target.due else replace(one.target, due=one.due)
    return distance(target, figure, better=indicator.better, on=one.status.on)


def distance_in_words(found: Distance | None, key: str) -> str:
    """超出 12 个班（0.6 个百分点）; "" where there is none.

    Args:
        found: the distance.
        key: of the indicator, by which what is counted has its measure word.
    """
    return in_words(found, COUNTED.get(key, "")) if found else ""


def days_in_words(found: Distance | None) -> str:
    """距时限 20 天, 时限已过 5 天, 今日到期; "" without a due day."""
    if found is None or found.days is None:
        return ""
    if not found.days:
        return said(_TODAY)
    return said(_AHEAD if found.days > 0 else _PAST) % {"days": abs(found.days)}


_AHEAD, _PAST, _TODAY = (
    gettext_noop("距时限 %(days)s 天"),
    gettext_noop("时限已过 %(days)s 天"),
    gettext_noop("今日到期"),
)


@cache
def door_of(indicator: str) -> str:
    """The page of an indicator; "" where none is bound, or where none is declared any more."""
    return reverse("indicator", args=[indicator]) if indicator in KEYED else ""


@dataclass(frozen=True, slots=True)
class Beside:
    """A figure that stands beside a promise without a number."""

    label: str
    now: str
    standing: str
    on: date
    url: str = ""
    """The page of its indicator."""


def beside(figure: spine.Measurement) -> Beside:
    """The figure with the name of its indicator."""
    return Beside(
        KEYED[figure.indicator].label,
        showing.figure(figure),
        standing(figure.standing),
        figure.on,
        door_of(figure.indicator),
    )


def data_code(item: Item) -> str:
    """The code a row is counted under: 非量化, 口径待核, or its state; 暂缓 where the clock stands, counted or not."""
    if item.data is None:
        return "paused" if item.paused else "uncounted"
    return "doubted" if item.doubted else item.data.state.value
