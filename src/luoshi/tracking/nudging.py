"""催办 text for the clipboard: polite, complete, ready to paste into a message; a person sends it."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache

from luoshi.tracking.dues import Due
from luoshi.words.calendars import Calendar

_DAYS = 2
"""Working days an answer is asked within."""
_MOST = 30
"""Lines a message lists; the longest past come first."""

_ASK = "确无新进展的，回复“本期无新进展”即可；需要协调解决的问题，请一并写明。已经反馈的请忽略。谢谢支持！"


def chinese_day(day: date) -> str:
    """9月6日, as messages write it."""
    return f"{day.month}月{day.day}日"


def nudge(to: str, dues: Sequence[Due], on: date, calendar: Calendar, contact: str = "", by: date | None = None) -> str:
    """What to send to an office or a unit that has not reported yet.

    Args:
        to: its name.
        dues: what it owes, the day reached or past.
        on: the day of the message.
        calendar: which days are worked.
        contact: whom to ask, with his number; empty leaves the line out.
        by: the day the answer is asked for by; within two working days when it is None or past.
    """
    if not dues:
        return ""
    by = by if by and by >= on else calendar.plus_workdays(on, _DAYS)
    order = sorted(dues, key=lambda one: (one.on, one.key))
    listed = [
        f"{place}. {due.what}（时限{chinese_day(due.on)}{_past(due, on, calendar)}）"
        for place, due in enumerate(order[:_MOST], start=1)
    ]
    listed += [f"另有{len(order) - _MOST}项，见“提醒”页和日程。"] if len(order) > _MOST else []
    return "\n".join(
        [
            f"{to}：",
            f"您好！截至{chinese_day(on)}，以下{len(dues)}项尚未收到进展反馈：",
            *listed,
            f"请于{chinese_day(by)}下班前反馈进展和佐证材料；{_ASK}",
            *([f"联系人：{contact}"] if contact else []),
        ]
    )


def _past(due: Due, on: date, calendar: Calendar) -> str:
    apart = _apart(calendar, due.on, on)
    return f"，已过{apart}个工作日" if due.on < on and apart else ""


@lru_cache(maxsize=4096)
def _apart(calendar: Calendar, since: date, on: date) -> int:
    """Working days between; a page of thirty messages asks for the same days again and again."""
    return calendar.workdays_between(since, on)


def roll_call(owing: Mapping[str, Sequence[Due]], on: date) -> str:
    """未报送名单: who still owes how many, in the order given; empty when nobody does."""
    names = [f"{name}（{len(dues)}项）" for name, dues in owing.items() if dues]
    if not names:
        return ""
    return f"截至{chinese_day(on)}，尚未反馈的共{len(names)}个单位：" + "、".join(names) + "。请尽快反馈，谢谢！"
