"""Σ: the count of a whole from its divisions' figures, and whether a told total agrees with it.

Only figures of one 口径, one unit and one 时点 are summed, numerators and denominators each by itself; a rate is never
averaged. Nothing is summed in silence from a part: who is missing is named.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from luoshi.spine import Measurement, Standing
from luoshi.tracking import showing
from luoshi.tracking.choosing import known_by
from luoshi.tracking.holding import decimal
from luoshi.tracking.units import SHARES
from luoshi.words.findings import Finding, Severity
from luoshi.words.provenance import Source
from luoshi.words.rounding import rounded

SUMMED = "各单位数加总"
"""Title of the source of a sum."""
_ORDER = (Standing.PRESS, Standing.REPORTED, Standing.VERIFIED, Standing.PUBLISHED)
_WHOLE = {"%": 100, "‰": 1000}
_PLACES = 6
_NAMED = 5
"""So many missing units are named one by one."""
_Key = tuple[date, str, str]
"""时点, 口径, unit."""


@dataclass(frozen=True, slots=True)
class Total:
    """What the divisions' figures say together."""

    figure: Measurement | None
    """The sum; None where it would be one of a part."""
    missing: tuple[str, ...] = ()
    """Codes of divisions without a figure of the 口径 and 时点 that most have."""
    because: str = ""
    """Why there is no sum, or what is newer than it; "" when there is nothing to say."""


def total(figures: Sequence[Measurement], divisions: Mapping[str, str], on: date) -> Total:
    """The newest sum that all divisions have figures for.

    Args:
        figures: all figures of one indicator, of any division.
        divisions: names by code of the divisions that share the target.
        on: the day; what was not known by then does not exist.
    """
    told = _by_key(figures, divisions, on)
    if not told:
        return Total(None, tuple(divisions), f"{len(divisions)} 个单位都还没有数")
    whole = [key for key, listed in told.items() if len(listed) == len(divisions)]
    newest = max(told, key=lambda key: (key[0], len(told[key]), key))
    if not whole:
        fullest = max(told, key=lambda key: (len(told[key]), key))
        missing = tuple(code for code in divisions if code not in told[fullest])
        return Total(None, missing, f"时点 {fullest[0]} {_lacking(missing, divisions)}，不作合计")
    best = max(whole)
    figure = _sum(list(told[best].values()))
    if figure is None:
        return Total(None, (), f"时点 {best[0]} 的比率没有都报分子和分母，不能加总")
    if newest[0] <= best[0]:
        return Total(figure)
    missing = tuple(code for code in divisions if code not in told[newest])
    return Total(figure, missing, f"时点 {newest[0]} {_lacking(missing, divisions)}，仍用 {best[0]} 的合计")


def alike(figures: Sequence[Measurement], divisions: Mapping[str, str], on: date) -> Mapping[str, Measurement]:
    """Figures by division that may stand side by side: of the newest 时点 and 口径 that all have, else of the one that most have.

    Args:
        figures: all figures of one indicator, of any division.
        divisions: names by code.
        on: the day; what was not known by then does not exist.
    """
    told = _by_key(figures, divisions, on)
    return told[max(told, key=lambda key: (len(told[key]), key))] if told else {}


def _by_key(
    figures: Sequence[Measurement], divisions: Mapping[str, str], on: date
) -> dict[_Key, dict[str, Measurement]]:
    """The best known figure of each division by 时点, 口径 and unit."""
    told: dict[_Key, dict[str, Measurement]] = {}
    apart: dict[str, list[Measurement]] = {code: [] for code in divisions}
    for one in figures:
        if one.division in apart:
            apart[one.division].append(one)
    for code, listed in apart.items():
        for one in (one for one in known_by(listed, on, code) if not one.reference):
            told.setdefault((one.on, one.definition, one.unit), {})[code] = one  # the best known comes last
    return told


def _lacking(missing: Sequence[str], divisions: Mapping[str, str]) -> str:
    """缺3个县区（斗城区、角阳县、轸台市）."""
    names = "、".join(divisions[code] for code in missing[:_NAMED]) + ("等" if len(missing) > _NAMED else "")
    return f"缺 {len(missing)} 个县区（{names}）"


def _sum(parts: Sequence[Measurement]) -> Measurement | None:
    """The figures as one; None where a rate cannot be summed because a count of it is not known."""
    first = parts[0]
    above = [one.numerator for one in parts if one.numerator is not None]
    below = [one.denominator for one in parts if one.denominator is not None]
    counted = len(above) == len(below) == len(parts) and sum(below) > 0
    if first.unit in SHARES:
        if not counted:
            return None
        share = Fraction(sum(above)) * _WHOLE[first.unit] / Fraction(sum(below))
        value = rounded(decimal(share), _PLACES)
    elif "/" in first.unit:
        return None
    else:
        value = sum((one.value for one in parts), Decimal(0))
    return Measurement(
        indicator=first.indicator,
        on=first.on,
        known=max(one.known for one in parts),
        value=value,
        unit=first.unit,
        definition=first.definition,
        standing=min((one.standing for one in parts), key=_ORDER.index),
        source=Source(SUMMED),
        numerator=sum(above, Decimal(0)) if counted else None,
        denominator=sum(below, Decimal(0)) if counted else None,
        about=any(one.about for one in parts),
        doubt="；".join(dict.fromkeys(one.doubt for one in parts if one.doubt)),
    )


def disagreement(summed: Measurement | None, figures: Sequence[Measurement], on: date) -> Finding | None:
    """核对提示: the whole city's figure of the same 时点 and 口径 says something else than the sum; None when it does not."""
    if summed is None:
        return None
    alike = [
        one
        for one in known_by(figures, on)
        if (one.on, one.definition, one.unit) == (summed.on, summed.definition, summed.unit)
    ]
    if not alike or (alike[-1].value == summed.value and not _other_counts(alike[-1], summed)):
        return None
    return Finding(
        "指标值",
        f"时点 {summed.on}：全市数 {_told(alike[-1])}，{SUMMED} {_told(summed)}",
        "同一口径、同一时点，全市数应等于各单位数之和",
        "核对提示：请对数，核定前两个数都留存",
        Severity.ASKS,
    )


def _other_counts(one: Measurement, other: Measurement) -> bool:
    if one.numerator is None or other.numerator is None:
        return False
    return (one.numerator, one.denominator) != (other.numerator, other.denominator)


def _told(one: Measurement) -> str:
    counts = one.numerator is not None and one.denominator is not None
    beside = f"（{showing.number(one.numerator)} ÷ {showing.number(one.denominator)}）" if counts else ""  # type: ignore[arg-type]
    return showing.figure(one) + beside
