"""县区分解: one target divided among divisions, and whether the shares add up to it.

A count is divided (26 kindergartens among 15 counties); a rate is not (a class-size rate of 3 % is every county's own
3 %), and neither is 全部, 无 or 只增不减. Such targets are handed down as they are.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from luoshi.spine import Comparator, Target
from luoshi.tracking import showing
from luoshi.tracking.units import POINTS, SHARES
from luoshi.words.findings import Finding, Severity

_COUNTED = frozenset({Comparator.EXACTLY, Comparator.AT_LEAST, Comparator.AT_MOST, Comparator.BETWEEN})


@dataclass(frozen=True, slots=True)
class Share:
    """What one division answers for of a target."""

    division: str
    """Code of the division."""
    value: Decimal | None
    """In the target's unit; None where the target has no number of its own (只增不减)."""
    due: date | None = None
    """Its own day; None is the target's."""
    words: str = ""
    """责任: who there, and what."""


def adds_up(target: Target) -> bool:
    """Whether the target is a count that can be divided; else every division has the whole of it."""
    rate = target.unit in SHARES | POINTS or "/" in target.unit
    return target.comparator in _COUNTED and target.value is not None and not rate and not target.implicit


def even(target: Target, divisions: Sequence[str]) -> dict[str, Decimal | None]:
    """The target among divisions as evenly as whole things can be: the first ones take what is left over.

    A count written with a fraction is divided to its own last place. What does not add up goes down as it is.
    """
    if not adds_up(target) or target.value is None or not divisions:
        return dict.fromkeys(divisions, target.value)
    place = place_of(target.value)
    pieces = int(target.value / place)
    each, left = divmod(pieces, len(divisions))
    return {code: (each + (at < left)) * place for at, code in enumerate(divisions)}


def place_of(value: Decimal) -> Decimal:
    """The last place a number is written with, 1 for whole numbers: 3.5 is divided by tenths."""
    written = value.normalize().as_tuple().exponent
    return Decimal(1).scaleb(min(written if isinstance(written, int) else 0, 0))


def weigh(target: Target, shares: Mapping[str, Decimal | None], where: str) -> Finding | None:
    """The sum of the shares against the target: None when it fits, else a finding a person may answer with a reason.

    A range fits from its lower to its upper bound.
    """
    if not adds_up(target) or target.value is None:
        return None
    total = sum((value for value in shares.values() if value is not None), Decimal(0))
    most = target.value_max if target.value_max is not None else target.value
    if target.value <= total <= most:
        return None
    apart = total - (most if total > most else target.value)
    told = showing.value_with_unit(total, target.unit)
    more = f"多 {showing.value_with_unit(apart, target.unit)}" if apart > 0 else ""
    gap = more or f"少 {showing.value_with_unit(-apart, target.unit)}"
    return Finding(
        where,
        f"{len(shares)} 个单位加总 {told}，目标值 {showing.amount(target)}，{gap}",
        "各单位分解数之和应与目标值相等",
        "请改分解数；确要不等的，写明理由后再办",
        Severity.ASKS,
    )


def target_of(target: Target, share: Share) -> Target:
    """The target as it binds one division."""
    return replace(target, value=share.value, value_max=None, due=share.due or target.due)
