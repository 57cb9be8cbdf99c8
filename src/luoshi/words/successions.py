"""What a unit became, and what it came of: asked forwards for who answers today, backwards for whose figures it takes in."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from luoshi.words.divisions import Division, How, Succession

_DAY = timedelta(days=1)
_EVER = date.min


@dataclass(frozen=True, slots=True)
class Tree:
    """The periods of all units, and the steps between them."""

    periods: Mapping[str, Sequence[Division]]
    """By code, in the order of their days."""
    after: Mapping[str, Sequence[Succession]]
    """By code of the unit before."""
    before: Mapping[str, Sequence[Succession]]
    """By code of the unit after."""

    def at(self, code: str, on: date) -> Division | None:
        """A unit as it stood on a day; None where it did not."""
        return next((one for one in self.periods.get(code, ()) if one.stands(on)), None)

    def standing(self, on: date) -> list[Division]:
        """Every unit that stood on a day, each once."""
        return [one for code in self.periods if (one := self.at(code, on)) is not None]

    def line(self, code: str, on: date) -> list[Division]:
        """A unit as it stood on a day, below everything above it, the city first; empty where it did not stand."""
        found, told = self.at(code, on), list[Division]()
        while found is not None and found not in told:
            told.insert(0, found)
            found = self.above(found, on)
        return told

    def above(self, one: Division, on: date) -> Division | None:
        """The unit above one on a day: its parent, or what came of its parent, until a list gives it the new one's code."""
        stood = [other.until for other in self.periods.get(one.parent, ()) if other.until and other.until < on]
        found = self.at(one.parent, on)
        if found is None and stood:
            found = next((self.at(of, on) for of in self.heirs(one.parent, max(stood), on)), None)
        return found

    def heirs(self, code: str, since: date, on: date) -> list[str]:
        """Who answers on a day for what a unit of another day owed: itself while it stands, else what came of it.

        Args:
            code: of the unit.
            since: a day it stood on.
            on: the day that is asked about, the same or later.
        """
        told, todo = dict[str, None](), [(code, since)]
        met = set[tuple[str, date]]()
        while todo:
            at = todo.pop(0)
            if at in met:
                continue
            met.add(at)
            end = min(self._end(*at), on)
            steps = [one for one in self.after.get(at[0], ()) if at[1] < one.on <= end and one.how.ends]
            first = min((one.on for one in steps), default=None)
            if first is None:
                told[at[0]] = None
            todo += [(one.after, first) for one in steps if first is not None and one.on == first]
        return list(told)

    def forebears(self, code: str, on: date) -> list[tuple[str, date]]:
        """Units that came to be part of one, wholly or as its share, each with its last day; the nearest first.

        Args:
            code: of the unit.
            on: a day it stands on.
        """
        told, todo = dict[tuple[str, date], None](), [(code, on)]
        while todo:
            of, day = todo.pop(0)
            for one in sorted(self.before.get(of, ()), key=lambda step: step.on, reverse=True):
                last = one.before, one.on - _DAY
                if self._start(of, day) <= one.on <= day and one.how.ends and last not in told:
                    told[last] = None
                    todo.append(last)
        return list(told)

    def _start(self, code: str, on: date) -> date:
        """The first day of the period a code stands in on a day: codes are given again."""
        found = self.at(code, on)
        return (found.begun if found else None) or _EVER

    def _end(self, code: str, on: date) -> date:
        """The first day after that period."""
        found = self.at(code, on)
        return found.until + _DAY if found and found.until else date.max

    def answered(self, code: str, on: date) -> frozenset[str]:
        """Codes of every unit whose part a unit of a day has taken over, its own among them."""
        return frozenset((code, *(of for of, _ in self.forebears(code, on))))

    def broken(self, code: str, then: date, now: date) -> list[Succession]:
        """Steps after one day and up to another that break a unit's series. A new name alone, or a new code, breaks none."""
        alike = {code, *(of for of, _ in self.forebears(code, now))}
        steps = (one for of in alike for one in (*self.before.get(of, ()), *self.after.get(of, ())))
        found = {one for one in steps if then < one.on <= now and one.how not in {How.RENAMED, How.RECODED}}
        return sorted(found, key=lambda one: (one.on, one.before, one.after))


def tree(divisions: Iterable[Division], successions: Iterable[Succession]) -> Tree:
    """Periods and steps as they can be asked."""
    periods, after, before = defaultdict[str, list[Division]](list), _steps(), _steps()
    for one in divisions:
        periods[one.code].append(one)
    for step in sorted(successions, key=lambda one: (one.on, one.before, one.after)):
        after[step.before].append(step)
        before[step.after].append(step)
    for listed in periods.values():
        listed.sort(key=lambda one: one.begun or _EVER)
    return Tree(dict(periods), dict(after), dict(before))


def _steps() -> defaultdict[str, list[Succession]]:
    return defaultdict(list)


def faults(of: Tree) -> Iterator[tuple[str, str]]:
    """What cannot be: a unit's code and, in Chinese, what is wrong with it.

    No period ends before it begins or overlaps another of its code; a parent stands throughout, one level or more above; both
    ends of a step stand on their days; and no unit is its own heir on one day.
    """
    for code, listed in of.periods.items():
        yield from ((code, f"“{one.name}”的最后一天早于第一天") for one in listed if _backwards(one))
        for one, other in pairwise(listed):
            if one.until is None or (other.begun or _EVER) <= one.until:
                yield code, f"“{one.name}”与“{other.name}”的起止日期重叠"
        yield from ((code, why) for one in listed for why in _orphaned(of, one))
    for steps in of.after.values():
        yield from ((one.before, why) for one in steps for why in _loose(of, one))
    yield from ((code, "接续成环") for code in _rings(of))


def _backwards(one: Division) -> bool:
    return one.begun is not None and one.until is not None and one.until < one.begun


def _orphaned(of: Tree, one: Division) -> Iterator[str]:
    if not one.parent:
        return
    above = of.periods.get(one.parent, ())
    if not above:
        yield f"“{one.name}”的上级 {one.parent} 不在名册中"
    elif any(other.level >= one.level for other in above):
        yield f"“{one.name}”的上级 {one.parent} 不高于它"
    elif not _covered(of, one, above):
        yield f"“{one.name}”的起止日期超出上级 {one.parent}"


def _covered(of: Tree, one: Division, above: Sequence[Division]) -> bool:
    """Whether its parent, or what came of it, stands on every day it stands on."""
    day: date = one.begun or _EVER
    for other in above:
        if other.stands(day):
            if other.until is None or (one.until is not None and one.until <= other.until):
                return True
            day = other.until + _DAY
    return day > (one.begun or _EVER) and any(step.on == day and step.how.ends for step in of.after.get(one.parent, ()))


def _loose(of: Tree, step: Succession) -> Iterator[str]:
    said = f"{step.on} {step.how.label}"
    old, new = of.at(step.before, step.on - _DAY), of.at(step.after, step.on)
    if old is None:
        yield f"{said}：{step.before} 在前一天不存在"
    elif (
        step.how.ends
        and step.before != step.after
        and of.at(step.before, step.on) is not None
        and not _goes_on(of, step)
    ):
        yield f"{said}：{step.before} 在当天仍然存在"
    if new is None:
        yield f"{said}：{step.after} 在当天不存在"
    if step.before == step.after and step.how in {How.RECODED, How.PART}:
        yield f"{said}：{step.before} 接续的是它自己"


def _goes_on(of: Tree, step: Succession) -> bool:
    """Whether the code itself is among what came of it, as when a district keeps its code and gives up the rest."""
    return any(one.on == step.on and one.after == step.before for one in of.after.get(step.before, ()))


def _rings(of: Tree) -> list[str]:
    """Codes that come back to themselves by steps of one day; over time a code may be given again."""
    days = defaultdict[date, dict[str, set[str]]](dict)
    for steps in of.after.values():
        for one in steps:
            if one.before != one.after and one.how.ends:
                days[one.on].setdefault(one.before, set()).add(one.after)
    return sorted({code for links in days.values() for code in links if _returns(code, links)})


def _returns(code: str, links: Mapping[str, set[str]]) -> bool:
    todo, met = list(links[code]), set[str]()
    while todo:
        at = todo.pop()
        if at == code:
            return True
        if at not in met:
            met.add(at)
            todo += links.get(at, ())
    return False
