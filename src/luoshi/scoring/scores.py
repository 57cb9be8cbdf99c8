"""The score of a sheet: exact fractions, no matter in which order it was filled in; rounded only where it is shown.

Source: 教育督导条例 (国务院令第624号) leaves the form of a rubric to who evaluates; the order here (groups, deductions, grade,
grades down, caps, veto) is domain.md §14.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from luoshi.scoring.nouns import TOP, Grade, Group, Item, Mark, Marking, Scheme, Sheet

CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Worth:
    """What a criterion or group came to."""

    points: Fraction
    full: Fraction
    """What it is worth at most here: more than declared where others of its group do not apply."""
    absent: bool = False


@dataclass(frozen=True, slots=True)
class Effect:
    """What a flag did to the grade."""

    item: Item
    before: Grade
    after: Grade


@dataclass(frozen=True, slots=True)
class Graded:
    """Which grade points come to, with what flags do to it."""

    bare: Grade
    """The grade by points alone (按原始分)."""
    grade: Grade
    """The grade that counts (定级)."""
    effects: tuple[Effect, ...]
    vetoed: bool
    passed: bool


@dataclass(frozen=True, slots=True)
class Score(Graded):
    """What a sheet comes to."""

    parts: Mapping[str, Worth]
    """Of each criterion and group by key; of a deduction what it cost, as a negative number."""
    total: Fraction


def scored(scheme: Scheme, sheet: Sheet) -> Score:
    """What a sheet comes to: Σ criteria − deductions + extra points, between 0 and full + over; then the grade.

    What a sheet does not say counts as nothing: no points, no deduction, no flag.

    Raises:
        ValueError: nothing applies, so that nobody could have any points.
    """
    parts = _parts(scheme, sheet)
    total = sum((parts[one.key].points for one in _top(scheme)), Fraction(scheme.base))
    for one in scheme.beside():
        if one.marking is not Marking.FLAG:
            sign = -1 if one.marking is Marking.DEDUCT else 1
            worth = sign * min(Fraction(one.points), Fraction(one.each) * _number(_mark(sheet, one)))
            parts[one.key] = Worth(worth, Fraction(one.points))
            total += worth
    total = min(max(total, Fraction(0)), Fraction(scheme.full + scheme.over))
    return Score(*told(grading(scheme, total, raised(scheme, sheet))), parts, total)


def _top(scheme: Scheme) -> list[Group | Item]:
    return [*scheme.of(TOP), *scheme.children(TOP)]


def _parts(scheme: Scheme, sheet: Sheet) -> dict[str, Worth]:
    """Points of all criteria, and of their groups; the share of what does not apply goes to the others of its group."""
    found = dict[str, Worth]()
    if any(True for _ in _top(scheme)):
        if not _alive(scheme, TOP, sheet):
            message = "nothing applies"
            raise ValueError(message)
        _share(scheme, TOP, Fraction(scheme.full - scheme.base), sheet, found)
    return found


def _share(scheme: Scheme, within: str, full: Fraction, sheet: Sheet, found: dict[str, Worth]) -> Fraction:
    """Divide what a group is worth among what applies in it; what was earned of it."""
    items = {one.key: not _mark(sheet, one).absent for one in scheme.of(within)}
    groups = {one.key: _alive(scheme, one.key, sheet) for one in scheme.children(within)}
    alive = [one for one in scheme.of(within) if items[one.key]]
    whole = sum((Fraction(one.points) for one in alive), Fraction(0))
    whole += sum((Fraction(one.points) for one in scheme.children(within) if groups[one.key]), Fraction(0))
    earned = Fraction(0)
    for one in scheme.of(within):
        mine = full * Fraction(one.points) / whole if items[one.key] and whole else Fraction(0)
        share = _earned(one, _mark(sheet, one)) / Fraction(one.points) if one.points else Fraction(0)
        found[one.key] = Worth(mine * share, mine, absent=not items[one.key])
        earned += mine * share
    for group in scheme.children(within):
        mine = full * Fraction(group.points) / whole if groups[group.key] and whole else Fraction(0)
        got = _share(scheme, group.key, mine, sheet, found)
        found[group.key] = Worth(got, mine, absent=not groups[group.key])
        earned += got
    return earned


def _alive(scheme: Scheme, within: str, sheet: Sheet) -> bool:
    """Whether anything in a group applies and is worth something."""
    if any(one.points and not _mark(sheet, one).absent for one in scheme.of(within)):
        return True
    return any(one.points and _alive(scheme, one.key, sheet) for one in scheme.children(within))


def _mark(sheet: Sheet, one: Item) -> Mark:
    return sheet.get(one.key, _NOTHING)


_NOTHING = Mark()


def _number(mark: Mark) -> Fraction:
    return Fraction(Decimal(mark.value)) if mark.value else Fraction(0)


def _earned(one: Item, mark: Mark) -> Fraction:
    """The points of a criterion as declared, before anything is shared out."""
    if not mark.value:
        return Fraction(0)
    match one.marking:
        case Marking.RATIO:
            way = (_number(mark) - Fraction(one.start)) / (Fraction(one.target) - Fraction(one.start))
            return Fraction(one.points) * min(max(way, Fraction(0)), Fraction(1))
        case Marking.BANDS:
            met = [each.points for each in one.bands if _number(mark) >= Fraction(each.least)]
            return Fraction(met[-1]) if met else Fraction(0)
        case Marking.LEVELS:
            return Fraction(one.levels[mark.value].points) if mark.value in one.levels else Fraction(0)
        case Marking.YES:
            return Fraction(one.points)
        case _:
            return min(max(_number(mark), Fraction(0)), Fraction(one.points))


def raised(scheme: Scheme, sheet: Sheet) -> list[Item]:
    """The flags that a sheet raises."""
    return [one for one in scheme.beside() if one.marking is Marking.FLAG and _mark(sheet, one).value]


def grading(scheme: Scheme, total: Fraction, flags: Collection[Item]) -> Graded:
    """The grade of a total with the flags that were raised: lowered first, then capped, a veto last of all."""
    at = band(scheme, total)
    now, effects = at, list[Effect]()
    for one, after in _lowered(scheme, flags, now):
        effects.append(Effect(one, scheme.grades[now], scheme.grades[after]))
        now = after
    vetoed = any(one.veto for one in flags)
    passing = [one.key for one in scheme.grades].index(scheme.passing) if scheme.passing else len(scheme.grades) - 1
    return Graded(scheme.grades[at], scheme.grades[now], tuple(effects), vetoed, not vetoed and now <= passing)


def told(graded: Graded) -> tuple[Grade, Grade, tuple[Effect, ...], bool, bool]:
    """A grade part by part, for what is one and more."""
    return graded.bare, graded.grade, graded.effects, graded.vetoed, graded.passed


def _lowered(scheme: Scheme, flags: Iterable[Item], at: int) -> Iterator[tuple[Item, int]]:
    """Flag by flag the grade it leaves: first those that lower it, then those that cap it, then those that take it."""
    keys, now, last = [one.key for one in scheme.grades], at, len(scheme.grades) - 1
    for one in sorted(flags, key=lambda each: (each.veto, bool(each.cap))):
        now = last if one.veto else max(now, keys.index(one.cap)) if one.cap else min(now + one.down, last)
        yield one, now


def band(scheme: Scheme, total: Fraction) -> int:
    """Where in the grades a total lies, unrounded; 0 is the highest."""
    return next(at for at, one in enumerate(scheme.grades) if total >= Fraction(one.least))


def shown(points: Fraction) -> Decimal:
    """Points as they are printed: two decimals at most, halves up."""
    exact = (Decimal(points.numerator) / Decimal(points.denominator)).quantize(CENT, ROUND_HALF_UP)
    return exact.quantize(Decimal(1)) if exact == exact.to_integral_value() else exact.normalize()
