"""Parameters of rules: the values that count on the period's day, a bureau's own before the declared ones."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache

from luoshi.spine import Return
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding
from luoshi.words.parameters import REACH, Own, in_force, reckonable
from luoshi.words.returns import Threshold


def counting(of: type[Return], on: date | None, own: Own = ()) -> dict[str, Decimal]:
    """The value of each parameter the rules of a return read; one without a value on that day is not there.

    Args:
        of: the return.
        on: the period's day; None for the youngest values.
        own: the bureau's own.

    Raises:
        RefusedError: an own value has another unit than the parameter, or is no number from 0 to 10^12 of at most 6 places.
    """
    read = _read(of)
    if not read:
        return {}
    mine = _fit(read, own)
    declared = (dated for one in read.values() for dated in one.dated)
    values = in_force(declared, on, mine)
    for key, value in values.items():
        _refuse_odd(read[key], value)
    return values


@lru_cache(maxsize=256)
def _read(of: type[Return]) -> Mapping[str, Threshold]:
    return {one.key: one for rule in of.rules.values() for one in rule.thresholds}


def _fit(read: Mapping[str, Threshold], own: Own) -> Own:
    """Those that are read, in the unit they are read in."""
    if isinstance(own, Mapping):
        return {key: value for key, value in own.items() if key in read}
    mine = [one for one in own if one.key in read]
    for one in mine:
        unit = read[one.key].unit
        if one.unit != unit:
            what = f"单位是“{one.unit}”"
            raise RefusedError(Finding(f"参数 {one.key}", what, f"单位须为“{unit}”", f"请把值折成{unit}"))
    return mine


def _refuse_odd(one: Threshold, value: Decimal) -> None:
    if not reckonable(value):
        raise RefusedError(Finding(f"参数 {one.key}", f"值是 {value}", REACH, f"请改正，单位是{one.unit}"))
