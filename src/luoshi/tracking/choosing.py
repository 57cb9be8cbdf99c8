"""Which figure speaks for a target on a day, and what stands beside it.

Only what was known on the day counts, only of the division that promised. The latest 时点 speaks; on the same 时点 the
figure that has come furthest (公开报道数, 上报数, 核定数, 发布数), then the one known last, then the less favourable one.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from luoshi.spine import Comparator, Measurement, Standing
from luoshi.tracking import showing
from luoshi.tracking.holding import exact
from luoshi.tracking.matter import Matter

_RANK = {Standing.PRESS: 0, Standing.REPORTED: 1, Standing.VERIFIED: 2, Standing.PUBLISHED: 3}


@dataclass(frozen=True, slots=True)
class Choice:
    """The figure that speaks, or why none does."""

    figure: Measurement | None
    why: str = ""
    """Why no figure can speak; "" when one does."""
    spoken: bool = True
    """False when `figure` is only shown: it belongs to another period."""
    beside: tuple[Measurement, ...] = ()
    """The same day by other 口径: shown as 参考, never mixed in."""
    later: Measurement | None = None
    """Of a time after the promise's own year: said, but it does not judge."""
    before: Measurement | None = None
    """The same time a year earlier, by the same 口径."""
    broken: Measurement | None = None
    """The same time a year earlier by another 口径, where there is no other: the series is broken."""


class Known(list[Measurement]):
    """What was known on a day of a division, the best last: sorted once, not once for each of three hundred targets."""

    def __init__(self, measurements: Iterable[Measurement], on: date, division: str = "") -> None:
        super().__init__(known_by(measurements, on, division))
        self.on, self.division = on, division

    def serves(self, matter: Matter) -> bool:
        """Whether it is what a judgement would sort out of all figures."""
        return self.on == matter.on and self.division == matter.division


def known_by(measurements: Iterable[Measurement], on: date, division: str = "") -> list[Measurement]:
    """What was known on a day of a division, the best last; the order they come in does not matter."""
    known = (one for one in measurements if one.known <= on and one.on <= on and one.division == division)
    # Only where the four things that weigh are equal is everything else looked at: writing a figure out is dear.
    runs = groupby(sorted(known, key=_weight), key=_weight)
    return [one for _, run in runs for one in _alike(list(run))]


def _alike(equals: list[Measurement]) -> list[Measurement]:
    return equals if len(equals) == 1 else sorted(equals, key=repr)


def _weight(one: Measurement) -> tuple[date, bool, int, date]:
    return (one.on, not one.reference, _RANK[one.standing], one.known)


def _worth(one: Measurement) -> tuple[date, bool, int, date, str]:
    """Four things that weigh, then everything that may differ, so that the order is the same every time."""
    return (*_weight(one), repr(one))


def _best(known: Sequence[Measurement], matter: Matter) -> Measurement:
    """The latest; among equals the less favourable, so that nothing turns good by a choice.

    Of incidents the most that any 时点 told: a later nought does not undo what has happened.
    """
    if matter.forbids:
        return max({one.on: one for one in known}.values(), key=lambda one: (exact(one), one.on))
    top = known[-1]
    equals = [one for one in known if _weight(one) == _weight(top)]
    worst: Callable[..., Measurement] = max if matter.upper_of(top.unit) else min
    return worst(equals, key=exact)


def choose(matter: Matter, measurements: Sequence[Measurement]) -> Choice:
    """The figure that speaks for the target on the matter's day."""
    served = isinstance(measurements, Known) and measurements.serves(matter)
    known = measurements if served else known_by(measurements, matter.on, matter.division)
    counted = [one for one in known if not one.reference]
    if not counted:
        return Choice(None, _unspoken(matter, known, measurements))
    if (matter.gathers or matter.forbids) and matter.begun:
        counted = [one for one in counted if one.on >= matter.begun]
    if not counted:
        early = f"{showing.figure(known[-1])}（时点 {known[-1].on}）是计划期开始（{matter.begun}）之前的数"
        return Choice(known[-1], early, spoken=False)
    until = _year_ends(matter)
    within = [one for one in counted if until is None or one.on <= until]
    after = [one for one in counted if until is not None and one.on > until]
    if not within:
        after_why = f"{showing.figure(after[-1])}（时点 {after[-1].on}）是时限所在年度以后的数，不能代替时限时的数"
        return Choice(after[-1], after_why, spoken=False)
    figure = _best(within, matter)
    before, broken = _year_before(figure, known, matter)
    beside = {one.definition: one for one in known if one.on == figure.on and one.definition != figure.definition}
    later = _best(after, matter) if after else None
    return Choice(figure, beside=tuple(beside.values()), later=later, before=before, broken=broken)


def _unspoken(matter: Matter, known: Sequence[Measurement], measurements: Sequence[Measurement]) -> str:
    """Why there is no figure that might speak."""
    if known:
        last = known[-1]
        aside = f"{showing.figure(last)}（口径：{last.definition}；时点 {last.on}）只作参考"
        return f"到{matter.on}为止没有发布口径的数，{aside}"
    others = any(one.known <= matter.on and one.on <= matter.on for one in measurements)
    return "只有其他区划的数，不能代表全部" if others else f"到{matter.on}为止没有已知的指标值"


def _year_ends(matter: Matter) -> date | None:
    """The last day a figure may describe and still speak for the promise; counts begin anew with the next year."""
    due = matter.due
    if due is None:
        return None
    year = date(due.year, 12, 31)
    anew = matter.gathers or matter.forbids or matter.target.comparator is Comparator.NEVER_LESS
    return year if anew else max(year, due + timedelta(days=matter.rules.settling_days))


def _year_before(
    figure: Measurement, known: Sequence[Measurement], matter: Matter
) -> tuple[Measurement | None, Measurement | None]:
    """上年同期 by the same 口径, else by another one: half a year's spending is not held against a whole year's."""
    ago = _year_ago(figure.on)
    near = [one for one in known if abs((one.on - ago).days) <= matter.rules.same_time_days]
    near.sort(key=lambda one: (-abs((one.on - ago).days), *_worth(one)[1:]))
    same = [one for one in near if one.definition == figure.definition]
    if same:
        return same[-1], None
    return None, near[-1] if near else None


def _year_ago(on: date) -> date:
    """The same day a year earlier."""
    leap = on.month == 2 and on.day == 29  # noqa: PLR2004
    return date(on.year - 1, 2, 28) if leap else on.replace(year=on.year - 1)
