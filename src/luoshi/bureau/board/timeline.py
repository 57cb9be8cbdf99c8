"""One commitment's time as a picture and as a list: the plan's period, its due day, the days figures speak of."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from luoshi.bureau.ledger.models import Commitment
from luoshi.bureau.ledger.queries import Item
from luoshi.tracking import showing

WIDTH, EDGE, ROW, AXIS = 640, 36, 17, 26
"""Units of the drawing: its width, the margin at either end, the height of a row of labels, where the axis lies."""
_CHARACTER = 12.5
"""What one Chinese character of a label takes."""
_MOST_ROWS = 4
_SAID, _SHORT = 2, 10


@dataclass(frozen=True, slots=True)
class Moment:
    """Something on a day."""

    on: date
    said: str
    mark: str
    """begun, due, today, figure, judged or milestone: the shape it is drawn with."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A moment in its place; x and y in units of the drawing."""

    moment: Moment
    x: float
    y: int
    anchor: str
    """start, middle or end: where the label hangs."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """The moments in order, and the same drawn."""

    moments: tuple[Moment, ...]
    drawn: tuple[Drawn, ...]
    height: int
    gone: float
    """How far the chosen day lies along the axis, in units."""


def moments(row: Commitment, item: Item, begun: date | None, on: date) -> list[Moment]:
    """Everything about the commitment that has a day, in order."""
    figures = {one.status.measurement for one in item.stood if one.status.measurement}
    told = [Moment(begun, _("计时开始"), "begun")] if begun else []
    told += [Moment(row.due, _("完成时限"), "due")] if row.due else []
    told += _pauses(item)
    told += [Moment(on, _("截至日"), "today")]
    counted, learned = _("统计时点"), _("知晓")
    told += [Moment(one.on, f"{counted} {showing.figure(one)}", "figure") for one in figures]
    told += [Moment(one.known, f"{learned} {showing.figure(one)}", "figure") for one in figures if one.known != one.on]
    told += [Moment(one.on, one.get_step_display(), "judged") for one in row.judgements.all()]
    reached = _("已完成")
    for step in row.milestones.all():
        told += [Moment(step.due, step.name, "milestone")] if step.due else []
        told += [Moment(step.done, f"{step.name} {reached}", "judged")] if step.done else []
    return sorted(told, key=lambda moment: (moment.on, moment.said))


def _pauses(item: Item) -> list[Moment]:
    """Approved pauses with both their days, and the due day they moved."""
    told = [Moment(one.begun, _("暂缓开始"), "milestone") for one in item.terms.pauses]
    told += [Moment(one.until, _("暂缓到此"), "milestone") for one in item.terms.pauses if one.until]
    return told + ([Moment(item.due, _("顺延后时限"), "due")] if item.due and item.due != item.row.due else [])


def timeline(told: Sequence[Moment]) -> Timeline | None:
    """The picture of the moments; None when all fall on one day."""
    first, last = told[0].on, told[-1].on
    if first == last:
        return None
    drawn = tuple(_placed(_together(told), first, last))
    rows = max(one.y for one in drawn)
    gone = next((one.x for one in drawn if "today" in one.moment.mark.split()), float(EDGE))
    return Timeline(tuple(told), drawn, rows + 6, gone)


def _together(told: Sequence[Moment]) -> list[Moment]:
    """Moments of one day share a label."""
    days: dict[date, list[Moment]] = {}
    for moment in told:
        days.setdefault(moment.on, []).append(moment)
    return [
        Moment(
            on, _label([*dict.fromkeys(one.said for one in same)]), " ".join(dict.fromkeys(one.mark for one in same))
        )
        for on, same in days.items()
    ]


def _label(said: Sequence[str]) -> str:
    """The first two in full or cut short; the list below the picture tells them all."""
    more = _("等%(count)s件") % {"count": len(said)} if len(said) > _SAID else ""
    told = [one if len(one) <= _SHORT else one[: _SHORT - 1] + "…" for one in said[:_SAID]]
    return "、".join(told) + more


def _placed(told: Iterable[Moment], first: date, last: date) -> Iterable[Drawn]:
    """Each label in the first row where it covers no other."""
    ends = [float("-inf")] * _MOST_ROWS
    for moment in told:
        x = EDGE + (WIDTH - 2 * EDGE) * (moment.on - first).days / (last - first).days
        wide = _CHARACTER * len(moment.said) + 70
        anchor = "start" if x < WIDTH / 3 else "end" if x > 2 * WIDTH / 3 else "middle"
        left = {"start": x, "middle": x - wide / 2, "end": x - wide}[anchor]
        row = next((at for at, end in enumerate(ends) if left > end), _MOST_ROWS - 1)
        ends[row] = left + wide
        yield Drawn(moment, round(x, 1), AXIS + (row + 1) * ROW, anchor)
