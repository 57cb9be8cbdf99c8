"""县区分解测算 as its page tells it: what a target can be split by, where each unit stands, what it would owe."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from luoshi.bureau.board.indicated import questions
from luoshi.bureau.indicators.series import Cell, cells, latest_runs
from luoshi.declared.counted import COUNTED
from luoshi.spine import Better, Measurement, Target
from luoshi.tracking import showing
from luoshi.tracking.holding import decimal
from luoshi.tracking.quotas import Basis, Quota, Split, Standing, can_be_split, split
from luoshi.tracking.totals import alike
from luoshi.tracking.units import SHARES
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

_COUNTY = "county"
_GROUPS: Mapping[str, tuple[str, str, str]] = {
    "kindergarten": ("kindergarten_children", gettext_noop("按在园幼儿数"), gettext_noop("按幼儿园数")),
    "compulsory": ("compulsory_pupils", gettext_noop("按义务教育学生数"), gettext_noop("按义务教育学校（学段）数")),
    "senior": ("senior_pupils", gettext_noop("按普通高中学生数"), gettext_noop("按普通高中数")),
}
"""Whose pupils and schools are weighed: the measure that has the heads above and a row for each school and stage."""
_STAGES = {
    "学前": "kindergarten",
    "幼儿": "kindergarten",
    "普惠": "kindergarten",
    "公办园": "kindergarten",
    "高中": "senior",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to split, as the page offers it."""

    code: str
    """gap, even, pupils:compulsory."""
    label: str


@dataclass(frozen=True, slots=True)
class Line:
    """What the table says of one unit."""

    now: str
    counts: str
    """分子/分母; empty for a count."""
    weight: str
    owes: str


@dataclass(frozen=True, slots=True)
class Told:
    """A target split, as the page shows it."""

    split: Split
    basis: str
    """What it was split by, in words."""
    lines: Mapping[str, Line]
    """By code."""
    values: Mapping[str, str]
    """分解数 by code, for the fields."""
    weight: str
    """Heading of what was weighed; empty where all weigh the same."""
    now: str
    goal: str
    owed: str
    counted: str
    """Measure word of what is owed."""


def choices(target: Target) -> list[Choice]:
    """Ways to split a target, those of its own stage first; none where it has no number to split."""
    if not can_be_split(target):
        return []
    mine = _group(target)
    told = [Choice(Basis.GAP.value, _("按缺口（差得多的多承担）"))]
    for key in (mine, *(one for one in _GROUPS if one != mine)):
        _measure, pupils, schools = _GROUPS[key]
        told += [Choice(f"pupils:{key}", _(pupils)), Choice(f"schools:{key}", _(schools))]
    return [*told, Choice(Basis.EVEN.value, _("各单位平均"))]


def _group(target: Target) -> str:
    question = questions().get(target.indicator or "")
    words = f"{target.subject} {question.label if question else ''}"
    return next((group for word, group in _STAGES.items() if word in words), "compulsory")


def figures_of(
    target: Target, figures: Iterable[Measurement], divisions: Sequence[tuple[str, str]], on: date
) -> Mapping[str, Measurement]:
    """Where each unit stands by figures of one 口径 and one 时点 that the target can be held against."""
    fits = [one for one in figures if one.unit == target.unit]
    return alike(fits, dict(divisions), on)


def quoted(
    target: Target,
    wanted: str,
    divisions: Sequence[tuple[str, str]],
    stood: Mapping[str, Measurement],
    fixed: Mapping[str, Decimal],
    *,
    city: int,
    where: str,
) -> Told:
    """The target split as it was asked for.

    Args:
        target: of an item.
        wanted: code of a way to split.
        divisions: code and name, in order.
        stood: where they stand.
        fixed: values set by hand, by code.
        city: whose pupils and schools are weighed.
        where: how a refusal calls the place.

    Raises:
        RefusedError: no such way, or it cannot be split so.
    """
    way = next((one for one in choices(target) if one.code == wanted), None)
    if way is None:
        raise RefusedError(Finding(where, "没有选分法", "分法须从所列的中选一种", "请先选分法，再测算"))
    kind, _colon, group = wanted.partition(":")
    basis = Basis(kind)
    measure = _GROUPS[group or _group(target)][0]
    weights = {} if basis is Basis.EVEN else _weights(city, measure, schools=basis is Basis.SCHOOLS)
    question = questions().get(target.indicator or "")
    told = split(
        target,
        [_standing(target, code, name, weights.get(code), stood.get(code)) for code, name in divisions],
        basis,
        better=Better(question.better) if question and question.better else Better.HIGHER,
        fixed=fixed,
        where=where,
    )
    return _told(target, told, way.label, stood)


def _weights(city: int, measure: str, *, schools: bool) -> dict[str, Fraction]:
    """Pupils, or schools and stages, of each county by the last year that was measured."""
    runs = latest_runs(city)
    year = max((one for one, run in runs.items() if measure not in run.unmeasured), default=None)
    found = cells(city, [measure], level=_COUNTY, years=(year,)) if year is not None else []
    return {one.division: Fraction(one.rows) if schools else Fraction(one.above) for one in found if _known(one)}


def _known(one: Cell) -> bool:
    return bool(one.above) and one.rows > 0


def _standing(target: Target, code: str, name: str, weight: Fraction | None, figure: Measurement | None) -> Standing:
    above = below = None
    if figure is not None and target.unit in SHARES:
        if figure.numerator is not None and figure.denominator is not None:
            above, below = Fraction(figure.numerator), Fraction(figure.denominator)
    elif figure is not None:
        above = Fraction(figure.value)
    return Standing(code, name, weight, above, below)


def _told(target: Target, one: Split, basis: str, stood: Mapping[str, Measurement]) -> Told:
    counted = COUNTED.get(target.indicator or "", "") if one.rated else target.unit
    weighed = {Basis.PUPILS: _("学生数"), Basis.SCHOOLS: _("学校数"), Basis.GAP: _("缺口")}
    return Told(
        one,
        basis,
        {quota.division: _line(target, one, quota, stood.get(quota.division), counted) for quota in one.quotas},
        {quota.division: "" if quota.value is None else f"{quota.value:f}" for quota in one.quotas},
        weighed.get(one.basis, ""),
        "" if one.now is None else _amount(one.now, counted),
        _amount(one.goal, counted),
        "" if one.owed is None else _amount(one.owed, counted),
        counted,
    )


def _line(target: Target, one: Split, quota: Quota, figure: Measurement | None, counted: str) -> Line:
    weight = "" if quota.weight is None else showing.number(decimal(quota.weight), 1)
    return Line(*standing_of(figure), weight, owed_words(one, quota, counted) if target.unit else "")


def standing_of(figure: Measurement | None) -> tuple[str, str]:
    """A figure and both its counts as a table shows them."""
    if figure is None:
        return "", ""
    if figure.numerator is None or figure.denominator is None:
        return showing.figure(figure), ""
    return showing.figure(figure), f"{showing.number(figure.numerator)}/{showing.number(figure.denominator)}"


def owed_words(one: Split, quota: Quota, counted: str) -> str:
    """须减 12 个班, 须增 3 所, 保持; empty where it is not known."""
    if quota.owes is None:
        return ""
    if not quota.owes:
        return _("保持")
    amount = _amount(quota.owes, counted)
    return (_("须减 %(amount)s") if one.upper else _("须增 %(amount)s")) % {"amount": amount}


def _amount(value: Decimal, counted: str) -> str:
    return showing.value_with_unit(value, counted)


def rows(target: Target, told: Told, stood: Mapping[str, Measurement]) -> list[Sequence[object]]:
    """The table as a file has it: numbers as numbers, unrounded."""
    heads = (
        *(_("单位"), _("单位代码"), _("分法"), told.weight or _("权数"), _("现数"), _("分子"), _("分母")),
        *(_("分解数"), _("计量单位"), _("还欠"), _("还欠单位"), _("手工固定"), _("口径"), _("时点")),
    )
    return [heads, *(_row(target, told, one, stood.get(one.division)) for one in told.split.quotas)]


def _row(target: Target, told: Told, one: Quota, figure: Measurement | None) -> Sequence[object]:
    return (
        *(one.name, one.division, told.basis, None if one.weight is None else round(decimal(one.weight), 6)),
        *((figure.value, figure.numerator, figure.denominator) if figure else (None, None, None)),
        *(one.value, target.unit, one.owes, told.counted, _("是") if one.by_hand else ""),
        *((figure.definition, figure.on.isoformat()) if figure else ("", "")),
    )
