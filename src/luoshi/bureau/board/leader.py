"""领导参阅 on a screen and one A4 sheet: the same counts as the paper of that name, what changed, and what falls short as it goes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from luoshi.bureau.board import courses, shown
from luoshi.bureau.board.courses import Reckoned
from luoshi.bureau.board.indicated import questions
from luoshi.bureau.ledger.queries import Item, Stood
from luoshi.reporting.composing import ROWS, Progress, Situation, counts, due_next, lagging, situation, six, urgency
from luoshi.spine import Measurement, State
from luoshi.tracking import Day, showing

FIGURES, CHANGED, SHORT, LISTED = 6, 5, 5, 5
"""Lines of each part: all of it stands on one sheet."""
_LAGS = {Situation.BEHIND: "behind", Situation.OVERDUE: "overdue"}


@dataclass(frozen=True, slots=True)
class Lag:
    """One lagging item."""

    number: str
    title: str
    url: str
    mark: str
    label: str
    late: int
    gap: str
    office: str
    leader: str
    cause: str
    request: str


@dataclass(frozen=True, slots=True)
class Key:
    """One figure with its target."""

    label: str
    url: str
    target: str
    now: str
    at: str
    mark: str
    state: str


def overall(progress: Progress) -> list[dict[str, Any]]:
    """总体: six numbers with their share and how they changed since the last 领导参阅 that was settled."""
    now = six(counts(progress.items))
    then = six(progress.previous) if progress.previous else None
    words = {
        "total": _("督查事项"), "done": _("已完成"), "normal": _("正常推进"), "behind": _("欠进度"),
        "overdue": _("逾期未完成"), "rest": _("待核实及暂缓"),
    }  # fmt: skip
    told = []
    for name, word in words.items():
        number, share = getattr(now, name), ""
        if name != "total" and now.total:
            share = f"{showing.number(Decimal(100 * number) / now.total, 1)} %"
        apart = number - getattr(then, name) if then else 0
        told.append({"word": word, "number": number, "share": share, "apart": f"{apart:+d}" if apart else ""})
    return told


def behind(progress: Progress, rows: Mapping[str, Item]) -> tuple[list[Lag], int]:
    """Lagging items, the longest first, at most eight, and how many there are.

    Args:
        progress: as the paper has it.
        rows: by the number the paper prints.
    """
    every = sorted(lagging(progress.items), key=lambda one: (-urgency(one), one.key))
    told = []
    for one in every[:ROWS]:
        item, word = rows[one.key], situation(one)
        url = reverse("item", args=[item.row.pk])
        mark = _LAGS[word]
        told.append(
            Lag(
                item.row.number, one.title, url, mark, shown.state(mark), one.days_late, one.gap, one.office, one.leader,
                one.cause, one.request,
            )
        )  # fmt: skip
    return told, len(every)


def keys(items: Iterable[Item]) -> list[Key]:
    """关键数字: targets with a number of an indicator, those that lag first, then in the order of the plan."""
    order = {State.OVERDUE: 0, State.BEHIND: 1}
    stood = [(item, one) for item in items for one in item.stood if one.target.indicator and one.status.measurement]
    stood.sort(key=lambda pair: order.get(pair[1].status.state, 2))
    return [_key(item, one) for item, one in stood[:FIGURES]]


def _key(item: Item, one: Stood) -> Key:
    line = shown.line(one)
    question = questions().get(one.target.indicator or "")
    label = question.label if question else one.target.subject or item.row.title
    return Key(label, _door(one), line.text, line.now, f"{line.standing} · {line.on}", line.mark, line.label)


def _door(one: Stood) -> str:
    return reverse("indicator", args=[one.target.indicator]) if one.target.indicator in questions() else ""


def changed(items: Iterable[Item], today: Day, since: date) -> list[dict[str, str]]:
    """Figures of the plan's indicators that became known after a day, each beside the one before by the same 口径."""
    asked = dict.fromkeys(one.target.indicator or "" for item in items for one in item.stood)
    told = []
    for key in asked:
        known = [one for one in today.figures.get(key, ()) if not one.division and one.known <= today.on]
        fresh = [one for one in known if one.known > since]
        if not fresh or key not in questions():
            continue
        last = max(fresh, key=lambda one: (one.on, one.known))
        then = _before(last, known)
        told.append(
            {
                "label": questions()[key].label,
                "url": reverse("indicator", args=[key]),
                "now": showing.figure(last),
                "before": f"{showing.figure(then)}（{then.on:%Y-%m-%d}）" if then else "",
                "on": last.on.isoformat(),
                "definition": last.definition,
            }
        )
    return told[:CHANGED]


def _before(one: Measurement, known: Iterable[Measurement]) -> Measurement | None:
    earlier = [
        other for other in known if other.on < one.on and other.unit == one.unit and other.definition == one.definition
    ]
    return max(earlier, key=lambda other: (other.on, other.known), default=None)


@dataclass(frozen=True, slots=True)
class Going:
    """按当前进度测算 of all targets."""

    short: tuple[Reckoned, ...]
    """Those that would not be reached, at most five: first those that not even the better end of the interval would save."""
    number: int
    """How many would not be reached."""
    reckoned: int
    """Of how many targets the series is long enough."""


def going(items: Iterable[Item], today: Day) -> Going:
    """Where the targets go, and which fall short on their due day."""
    every = [found for item in items for one in item.stood if (found := courses.reckoned(item, one, today))]
    short = sorted((one for one in every if not one.met), key=lambda one: (not one.surely, one.due))
    return Going(tuple(short[:SHORT]), len(short), len(every))


def closed(progress: Progress, rows: Mapping[str, Item]) -> list[dict[str, str]]:
    """本月新完成."""
    done = [one for one in progress.items if one.closed and situation(one) is Situation.DONE]
    return [_listed(rows[one.key], one.title, "") for one in done]


def due(progress: Progress, rows: Mapping[str, Item]) -> list[dict[str, str]]:
    """下月到期, by day."""
    return [_listed(rows[one.key], one.title, f"{one.due:%m-%d} {one.office}") for one in due_next(progress)]


def _listed(item: Item, title: str, beside: str) -> dict[str, str]:
    return {"number": item.row.number, "title": title, "url": reverse("item", args=[item.row.pk]), "beside": beside}


def month_before(on: date) -> date:
    """The last day of the month before: what became known later is new."""
    return on.replace(day=1) - timedelta(days=1)
