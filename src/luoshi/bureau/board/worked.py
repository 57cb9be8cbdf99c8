"""An item's shares, pauses, partners, staircase and meetings as its page shows them: no query beyond the row itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.http import HttpRequest

from luoshi import spine
from luoshi.bureau.board import shown
from luoshi.bureau.board.asking import why_not
from luoshi.bureau.ledger import agreed
from luoshi.bureau.ledger import queries as ledger
from luoshi.bureau.ledger.models import Commitment
from luoshi.bureau.people.models import Office
from luoshi.bureau.people.queries import actor_of, calendar_of
from luoshi.bureau.people.rights import sees
from luoshi.declared import STAIRCASES
from luoshi.tracking import Day, Share, beside_time, completion, showing, spread, weigh
from luoshi.tracking.distance import distance
from luoshi.tracking.pausing import so_far, time_gone
from luoshi.tracking.shares import adds_up, target_of

_FULL = 100


@dataclass(frozen=True, slots=True)
class Child:
    """One division's line under a divided target."""

    name: str
    share: str
    due: str
    words: str
    now: str
    standing: str
    on: str
    """Day of its figure; "" for none."""
    mark: str
    label: str
    because: str
    percent: str
    """完成 62.5 %; "" where there is no way to go."""
    bar: int
    """Width of the bar, 0 to 100."""
    apart: str = ""
    """How far it is from its share, in units; "" where that cannot be said."""


def told(request: HttpRequest, item: ledger.Item, today: Day, offices: Mapping[str, Office]) -> dict[str, Any]:
    """Everything the parts of the page need.

    Args:
        request: who looks.
        item: judged on the day.
        today: what is known on it.
        offices: of the city, by code.
    """
    row, on = item.row, today.on
    seen = sees(actor_of(request))
    return {
        "shares": [_divided(item, one, today) for one in item.stood if one.portions],
        "may_divide": bool(item.stood) and (len(row.divisions) != 1),
        "pauses": agreed.pauses(row),
        "paused": item.paused,
        "coordination": row.coordination,
        "needs": row.needs,
        "partners": [_partner(row, offices[code]) for code in row.partners if code in offices],
        "weight": showing.number(row.partner_weight * _FULL),
        "staircase": _staircase(item, today),
        "decided": [{**one, "words": one["words"] if one["audience"] in seen else ""} for one in agreed.decided(row)],
        **{f"no_{name}": why_not(request, name, lead=row.lead) for name in ("share", "pause_ask", "resume", "owe")},
        **{f"no_{name}": why_not(request, name) for name in ("pause_decide", "coordinate")},
        "on": on,
    }


def _partner(row: Commitment, office: Office) -> dict[str, str]:
    return {"code": office.code, "name": office.name, "words": row.duties.get(office.code, "")}


def _divided(item: ledger.Item, stood: ledger.Stood, today: Day) -> dict[str, Any]:
    """A target's divisions, the sum of their shares, and the sum of their figures beside the whole city's."""
    target, portions = stood.target, stood.portions
    values = {one.share.division: one.share.value for one in portions}
    differs = weigh(target, values, "")
    known = [value for value in values.values() if value is not None]
    children = _children(item, stood, today)
    counted = {child.mark for child in children}
    return {
        "subject": target.subject,
        "amount": showing.amount(target),
        "id": stood.id,
        "children": children,
        "total": showing.value_with_unit(sum(known, Decimal(0)), target.unit) if adds_up(target) else "",
        "differs": differs.what if differs else "",
        "why": item.row.agreed.get("why", {}).get(str(stood.id), ""),
        "because": stood.status.because,
        "counts": [
            (shown.state(mark), sum(child.mark == mark for child in children)) for mark in _ORDER if mark in counted
        ],
    }


_ORDER = ("overdue", "behind", "unknown", "paused", "on_course", "ahead", "done")


def _children(item: ledger.Item, stood: ledger.Stood, today: Day) -> list[Child]:
    return [_child(stood.target, one, status) for one, status in ledger.children(item, stood, today)]


def _child(target: spine.Target, one: agreed.Portion, status: spine.Status) -> Child:
    figure, share = status.measurement, status.completion
    reached = min(max(share or Decimal(0), Decimal(0)), Decimal(1))
    due = one.share.due or target.due
    return Child(
        name=one.name,
        share=_amount(target, one.share),
        due=due.isoformat() if due else "——",
        words=one.share.words,
        now=showing.figure(figure) if figure else "",
        standing=shown.standing(figure.standing) if figure else "",
        on=figure.on.isoformat() if figure else "",
        mark=status.state.value,
        label=shown.state(status.state.value),
        because=status.because,
        percent=f"{showing.number(share * _FULL, 1)} %" if share is not None else "",
        bar=int(reached * _FULL),
        apart=_apart(target, one.share, status),
    )


def _apart(target: spine.Target, share: Share, status: spine.Status) -> str:
    figure, key = status.measurement, target.indicator or ""
    if figure is None or share.value is None:
        return ""
    better = ledger.KEYED[key].better if key in ledger.KEYED else spine.Better.HIGHER
    return shown.distance_in_words(distance(target_of(target, share), figure, better=better, on=status.on), key)


def _amount(target: spine.Target, share: Share) -> str:
    if share.value is None:
        return showing.amount(target)
    return showing.value_with_unit(share.value, target.unit)


def _staircase(item: ledger.Item, today: Day) -> dict[str, Any]:
    """Milestones as 节点完成 50 % beside the time gone, and the staircases that may be climbed."""
    row, on = item.row, today.on
    steps = list(row.milestones.all())
    reached = [(one.percent, one.done is not None and one.done <= on) for one in steps]
    share = completion(reached)
    gone = time_gone(today.begun, item.due, on, so_far(item.terms.pauses, on))
    start = max(on, today.begun) if today.begun else on
    mine = next((one for one in STAIRCASES if spine.Kind(row.kind) in one.kinds), None)
    free = not any(one.percent is not None for one in steps) and row.due is not None and row.due > start
    return {
        "share": f"{showing.number(_percent(share))} %" if share is not None else "",
        "gone": f"{showing.number(_percent(gone), 1)} %" if gone is not None else "",
        "hint": beside_time(reached, gone),
        "start": start,
        "mine": mine if free else None,
        "days": spread(mine, start, row.due, calendar_of(row.edition.city)) if mine and free and row.due else (),
        "others": _others(mine) if free else [],
    }


def _others(mine: object) -> Sequence[dict[str, str]]:
    return [
        {"key": one.key, "label": one.label, "steps": "→".join(step.name for step in one.stairs)}
        for one in STAIRCASES
        if one is not mine
    ]


def _percent(share: Fraction) -> Decimal:
    return Decimal(share.numerator) * _FULL / Decimal(share.denominator)
