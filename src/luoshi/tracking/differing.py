"""What makes a promise another one a year later: its numbers, comparators, units, ranges, days, strength."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction

from luoshi.spine import Comparator, Strength, Target
from luoshi.tracking import showing
from luoshi.tracking.alikeness import features
from luoshi.tracking.assigning import assign
from luoshi.tracking.clause import Clause, Difference
from luoshi.tracking.phrases import of_days, of_figures, prints_day
from luoshi.tracking.units import factor

DAYS = "完成时限"
CARRIED = "完成时限随前文调整"
"""Of a clause that prints no day itself: the words before it, a heading or people gave it another."""
STRENGTHS = {Strength.BINDING: "约束性", Strength.ASPIRATIONAL: "预期性"}
_HELD = {
    Comparator.EXACTLY: "写定数",
    Comparator.AT_LEAST: "不低于",
    Comparator.AT_MOST: "不超过",
    Comparator.BETWEEN: "区间",
    Comparator.ALL: "全部",
    Comparator.NONE: "无",
    Comparator.NEVER_LESS: "只增不减",
}
_HALF = 0.5


def differences(before: Sequence[Clause], after: Sequence[Clause], years: int | None) -> tuple[Difference, ...]:
    """What differs between a clause and its counterpart; empty for the same promise.

    Args:
        before: the clause, with those that were merged into it behind it.
        after: its counterpart, with those that were split off behind it.
        years: how many years lie between the editions; None when that is not known.
    """
    old = [target for one in before for target in one.targets]
    new = [target for one in after for target in one.targets]
    found = _of_targets(old, new, years) or of_figures(before, after)
    if not any(one.what.startswith(DAYS) for one in found):
        found += _of_due(before[0], after[0], years) if not old and not new else []
        found += [] if any(one.what == DAYS for one in found) else of_days(before, after)
    if not any(prints_day(one) for one in [*before, *after]):
        found = [replace(one, what=one.what.replace(DAYS, CARRIED, 1)) for one in found]
    return tuple(dict.fromkeys(found + _of_strength(before, after, found)))


def _of_due(before: Clause, after: Clause, years: int | None) -> list[Difference]:
    """Days that people set, for clauses that print none."""
    if before.due is None or after.due is None or rolled_on(before.due, after.due, years):
        return []
    return [Difference(DAYS, str(before.due), str(after.due))]


def _of_strength(before: Sequence[Clause], after: Sequence[Clause], found: Sequence[Difference]) -> list[Difference]:
    """A strength that no part had before; parts merged or split off count as much as the head."""
    old, new = ({one.strength for one in side} for side in (before, after))
    if new <= old or any(one.what.startswith("约束力") for one in found):
        return []
    return [
        Difference("约束力", *("、".join(STRENGTHS[one] for one in Strength if one in side) for side in (old, new)))
    ]


def _of_targets(old: list[Target], new: list[Target], years: int | None) -> list[Difference]:
    """Targets paired by what they count, then held against each other."""
    gains = [
        {at: gain for at, other in enumerate(new) if (gain := _same(one, other, in_place=place == at))}
        for place, one in enumerate(old)
    ]
    paired = assign(gains)
    several = max(len(old), len(new)) > 1
    found: list[Difference] = []
    for one, at in zip(old, paired, strict=True):
        of = _of(one) if several else ""
        if at is None:
            found.append(Difference(f"目标值{of}", showing.amount(one), ""))
        else:
            found += _of_pair(one, new[at], of, years)
    found += [
        Difference(f"目标值{_of(other) if several else ''}", "", showing.amount(other))
        for at, other in enumerate(new)
        if at not in paired
    ]
    return found


def _of(target: Target) -> str:
    return f"（{target.subject}）" if target.subject else ""


def _same(one: Target, other: Target, *, in_place: bool) -> int:
    """How surely two targets count the same thing, 0 when they cannot."""
    measured = _factor(one, other) is not None
    subject = _subjects_alike(one, other)
    if not measured and subject < _HALF and not in_place:
        return 0
    bound = one.indicator is not None and one.indicator == other.indicator
    kept = one.value is not None and one.value == other.value
    held = one.comparator is other.comparator
    return int(1000 * subject) + 500 * measured + 500 * bound + 300 * kept + 200 * in_place + 100 * held + 1


def _subjects_alike(one: Target, other: Target) -> float:
    """Dice over pairs of characters, 0 to 1; one half when neither says what it counts."""
    mine, theirs = features(one.subject), features(other.subject)
    both = sum(mine.values()) + sum(theirs.values())
    return 2 * sum(min(times, theirs.get(key, 0)) for key, times in mine.items()) / both if both else _HALF


def _factor(one: Target, other: Target) -> Fraction | None:
    return Fraction(1) if one.unit == other.unit else factor(one.unit, other.unit)


def _of_pair(one: Target, other: Target, of: str, years: int | None) -> list[Difference]:
    """Two targets that count the same thing."""
    found: list[Difference] = []
    what = _what_differs(one, other)
    if what:
        found.append(Difference(what + of, _told(one, other), _told(other, one)))
    if not rolled_on(one.due, other.due, years):
        found.append(Difference(DAYS + of, str(one.due or ""), str(other.due or "")))
    if one.strength is not other.strength:
        found.append(Difference(f"约束力{of}", STRENGTHS[one.strength], STRENGTHS[other.strength]))
    return found


def _what_differs(one: Target, other: Target) -> str:
    """Value before comparator before unit: the first that differs names the difference; "" when none does."""
    by = _factor(one, other)
    if one.implicit and one.comparator is other.comparator:
        return ""
    if _bounds(one, by) != _bounds(other, None):
        return "目标值"
    if one.comparator is not other.comparator:
        return "比较方式"
    return "" if by is not None else "计量单位"


def _bounds(target: Target, by: Fraction | None) -> tuple[Fraction | None, ...]:
    """Both bounds in the other's unit."""
    return tuple(
        None if bound is None else Fraction(bound) * (by if by is not None else 1)
        for bound in (target.value, target.value_max)
    )


def _told(one: Target, other: Target) -> str:
    """An amount; with its comparator in words where the other would read the same."""
    told = showing.amount(one)
    return told if told != showing.amount(other) else f"{told}（{_HELD[one.comparator]}）"


def rolled_on(before: date | None, after: date | None, years: int | None) -> bool:
    """Whether a day is the same, or only rolled on with the year of the edition."""
    if before == after:
        return True
    if before is None or after is None:
        return False
    return after == _moved(before, years if years is not None else max(after.year - before.year, 0))


def _moved(day: date, years: int) -> date | None:
    """The same day so many years on; the last of February stays the last."""
    year = day.year + years
    if not date.min.year <= year <= date.max.year:
        return None
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)
