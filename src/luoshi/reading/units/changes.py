"""What a list of units would change in what is known: new, ended, amended, and the steps between; nothing is written here."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from luoshi.reading.units.rows import Register, Unit
from luoshi.words.divisions import Division, How, Level, Succession
from luoshi.words.findings import Finding, Severity
from luoshi.words.institutions import Institution, as_period
from luoshi.words.successions import Tree, faults, tree

_DAY = timedelta(days=1)


@dataclass(slots=True)
class Changes:
    """What is to be written, the ends first."""

    ended: list[Unit] = field(default_factory=list)
    """As they will be, with their last day."""
    amended: list[tuple[Unit, Unit]] = field(default_factory=list)
    """As it is and as it will be, in the same period."""
    added: list[Unit] = field(default_factory=list)
    steps: list[Succession] = field(default_factory=list)
    same: int = 0
    """Rows that say what is known already."""
    findings: list[Finding] = field(default_factory=list)

    @property
    def any(self) -> bool:
        """Whether it changes anything."""
        return bool(self.ended or self.amended or self.added or self.steps)

    @property
    def stops(self) -> bool:
        """Whether something must be mended first."""
        return any(one.severity is Severity.STOPS for one in self.findings)


def hold_against(
    told: Register,
    known: Sequence[Unit],
    steps: Sequence[Succession],
    on: date,
    *,
    whole: bool,
    divisions: Tree | None = None,
) -> Changes:
    """What a list would change.

    Args:
        told: the list, read.
        known: every period of the same sort that is kept.
        steps: every step of the same sort that is kept.
        on: the day the list speaks of where its rows say none.
        whole: whether it is the whole list: what stands, at its level in its counties, and is missing there has ended.
        divisions: for a list of schools: the divisions they stand in.
    """
    found = Changes(findings=list(told.findings))
    at = _Known(known)
    for unit in sorted(told.units, key=lambda one: one.begun or date.min, reverse=True) if told.dated else told.units:
        if told.dated and (unit.begun or unit.until):
            _period(found, at, unit)
        else:
            _on_a_day(found, at, unit, on)
    _end_what_was_followed(found, told, at)
    if whole and not told.dated:
        _end_the_missing(found, told, at, on, _covers(told, divisions or _divided(known, steps), on))
    there = set(steps)
    found.steps += [one for one in dict.fromkeys(told.steps) if one not in there]
    _check(found, told, known, steps, divisions)
    return found


class _Known:
    """Periods by code."""

    def __init__(self, known: Iterable[Unit]) -> None:
        self.of = dict[str, list[Unit]]()
        for one in known:
            self.of.setdefault(one.code, []).append(one)

    def standing(self, code: str, on: date) -> Unit | None:
        """The one that stands on a day."""
        return next((one for one in self.of.get(code, ()) if one.stands(on)), None)

    def every(self) -> Iterator[Unit]:
        """All of them."""
        for listed in self.of.values():
            yield from listed


def _period(found: Changes, at: _Known, unit: Unit) -> None:
    """A row that says its days: one that overlaps a known period is that period, said better.

    A row that says an end and no beginning speaks of the period that stands on that day.
    """
    listed = at.of.setdefault(unit.code, [])
    over = [one for one in listed if _overlap(one, unit)]
    if unit.begun is None and unit.until is not None:
        over = [one for one in over if one.stands(unit.until)]
    if not over or over[0] in found.added:
        found.added.append(unit)
        listed.append(unit)
        return
    one, *more = over
    if more:
        what, rule = f"{unit.code} 的起止日期与登记的 {'、'.join(other.name for other in over)} 重叠", "一行只说一段"
        found.findings.append(Finding(unit.name, what, rule, "请按各段的起止日期分行写"))
        return
    will = _with(one, unit, unit.begun or one.begun, unit.until or one.until)
    _amend(found, one, will)
    listed[listed.index(one)] = will


def _overlap(one: Unit, other: Unit) -> bool:
    return (one.begun or date.min) <= (other.until or date.max) and (other.begun or date.min) <= (one.until or date.max)


def _on_a_day(found: Changes, at: _Known, unit: Unit, on: date) -> None:
    """A row of a list that stands for one day."""
    one = at.standing(unit.code, on)
    if one is None:
        if any((other.begun or date.min) > on for other in at.of.get(unit.code, ())):
            what = f"{unit.code} 登记的起始日期晚于名册的 {on}"
            found.findings.append(Finding(unit.name, what, "名册须不早于已登记的情况", "请核对名册的日期"))
            return
        first = not any(_alike(other, unit) for other in at.every())
        found.added.append(replace(unit, begun=None if first else on))
        return
    if _same(one, unit) or one.begun == on or one.until is not None:
        _amend(found, one, _with(one, unit, one.begun, one.until))
    else:
        found.ended.append(replace(one, until=on - _DAY))
        found.added.append(_with(one, unit, on, None))
        if one.name != unit.name:
            found.steps.append(Succession(one.code, one.code, on, How.RENAMED))


def _alike(one: Unit, other: Unit) -> bool:
    """Whether they are of one level: townships that come where only counties are known have stood since nobody knows when."""
    if isinstance(one, Division) and isinstance(other, Division):
        return one.level == other.level
    return True


def _same(one: Unit, other: Unit) -> bool:
    """Whether nothing is said that would begin another period."""
    if isinstance(one, Division) and isinstance(other, Division):
        return (one.name, one.kind, one.parent) == (other.name, other.kind, other.parent)
    if isinstance(one, Institution) and isinstance(other, Institution):
        return (one.name, one.kind, one.county, one.township) == (other.name, other.kind, other.county, other.township)
    return False


def _with(one: Unit, told: Unit, begun: date | None, until: date | None) -> Unit:
    """What a list says over what was known; a cell it leaves empty changes nothing."""
    if isinstance(one, Division) and isinstance(told, Division):
        east, north = (told.longitude, told.latitude) if told.longitude is not None else (one.longitude, one.latitude)
        return replace(
            told, begun=begun, until=until, doubt=told.doubt or one.doubt, row=one.row, column=one.column,
            longitude=east, latitude=north,
        )  # fmt: skip
    if isinstance(one, Institution) and isinstance(told, Institution):
        east, north = (told.longitude, told.latitude) if told.longitude is not None else (one.longitude, one.latitude)
        return replace(
            told, begun=begun, until=until, operator=told.operator or one.operator, host=told.host or one.host,
            township=told.township or one.township, longitude=east, latitude=north,
        )  # fmt: skip
    return told


def _amend(found: Changes, one: Unit, will: Unit) -> None:
    if one == will:
        found.same += 1
    elif will.until != one.until and replace(will, until=one.until) == one:
        found.ended.append(will)
    else:
        found.amended.append((one, will))


def _end_what_was_followed(found: Changes, told: Register, at: _Known) -> None:
    """A unit that another came of has ended the day before, though no row says so."""
    ending = {(one.code, one.begun) for one in found.ended} | {(one.code, one.begun) for one, _ in found.amended}
    goes_on = {(one.before, one.on) for one in told.steps if one.before == one.after}
    for step in told.steps:
        one = at.standing(step.before, step.on)
        if one is None or not step.how.ends or one.until is not None or (step.before, step.on) in goes_on:
            continue
        if (one.code, one.begun) not in ending:
            found.ended.append(replace(one, until=step.on - _DAY))
            ending.add((one.code, one.begun))
            found.same -= any(unit.code == one.code for unit in told.units)


def _divided(known: Sequence[Unit], steps: Sequence[Succession]) -> Tree:
    return tree((one for one in known if isinstance(one, Division)), steps)


def _covers(told: Register, divisions: Tree, on: date) -> frozenset[str]:
    """Counties a list speaks of, with those they came of."""
    return frozenset().union(*(divisions.answered(code, on) for code in {one.county for one in told.units}))


def _end_the_missing(found: Changes, told: Register, at: _Known, on: date, counties: frozenset[str]) -> None:
    """What stands and is not in a whole list has ended; one of the same name that is new elsewhere is what came of it."""
    there = {one.code for one in told.units}
    levels = {one.level for one in told.units if isinstance(one, Division)}
    gone = [
        one
        for one in at.every()
        if one.stands(on)
        and one.code not in there
        and (one.level in levels if isinstance(one, Division) else True)
        and (one.county in counties or (isinstance(one, Division) and one.level <= Level.COUNTY))
        and not any(other.code == one.code for other in found.ended)
    ]
    if gone and len(gone) * 2 > len(gone) + len(there):
        what = f"名册里没有的单位有 {len(gone)} 个，多于名册的 {len(there)} 个"
        found.findings.append(Finding("名册", what, "完整名册不会少掉一半", "请核对文件；只报变动的不要选“完整名册”"))
        return
    found.ended += [replace(one, until=on - _DAY) for one in gone]
    _follow_by_name(found, told, gone, on)


def _follow_by_name(found: Changes, told: Register, gone: Sequence[Unit], on: date) -> None:
    left, come = Counter(one.name for one in gone), Counter(one.name for one in found.added)
    said = {one.before for one in told.steps}
    for one in gone:
        if left[one.name] == come[one.name] == 1 and one.code not in said:
            new = next(other for other in found.added if other.name == one.name)
            found.steps.append(Succession(one.code, new.code, on, How.RECODED, "按同名认定"))


def _check(
    found: Changes, told: Register, known: Sequence[Unit], steps: Sequence[Succession], divisions: Tree | None
) -> None:
    """Hold what would be against what can be; only what the list touches is told."""
    touched = {one.code for one in (*found.added, *found.ended)} | {one.code for _, one in found.amended}
    touched |= {code for one in found.steps for code in (one.before, one.after)}
    will = after(known, found)
    of = tree((one if isinstance(one, Division) else as_period(one) for one in will), (*steps, *found.steps))
    rule = "起止日期不重叠，上级先于下级，接续的两头都在册"
    for code, why in faults(of):
        if code in touched:
            line = next((number for (known_code, _), number in told.lines.items() if known_code == code), 0)
            found.findings.append(Finding(f"第{line}行 {code}" if line else code, why, rule, "请改正后再读一次"))
    if divisions is not None:
        found.findings += _astray(will, touched, divisions, told)


def _astray(will: Iterable[Unit], touched: set[str], divisions: Tree, told: Register) -> Iterator[Finding]:
    """Schools in a county nobody knows, or below a township that is another county's."""
    codes = {one.code for one in told.units}
    for one in will:
        if one.code not in touched or not isinstance(one, Institution):
            continue
        where = f"第{told.lines.get((one.code, one.begun), 0) or told.lines.get((one.code, None), 0)}行 {one.code}"
        if one.county not in divisions.periods:
            yield Finding(
                where,
                f"区划代码 {one.county} 不在区划名册中",
                "学校须在已登记的县(市、区)",
                "请先导入区划名册，或改正代码",
            )
        if one.township and one.township not in divisions.periods:
            remedy = "请先导入乡镇街道名册，属实的写明原因"
            yield Finding(
                where, f"乡镇街道代码 {one.township} 不在区划名册中", "驻地须为已登记的乡镇街道", remedy, Severity.ASKS
            )
        if one.host and one.host not in codes and not any(other.code == one.host for other in will):
            yield Finding(where, f"主校 {one.host} 不在学校名册中", "主校须在名册中", "请补上主校，或改正标识码")


def after(known: Iterable[Unit], found: Changes) -> list[Unit]:
    """Every period as it would be."""
    changed: dict[tuple[str, date | None], Unit] = {(one.code, one.begun): will for one, will in found.amended}
    changed |= {(one.code, one.begun): one for one in found.ended}
    return [*(changed.get((one.code, one.begun), one) for one in known), *found.added]
