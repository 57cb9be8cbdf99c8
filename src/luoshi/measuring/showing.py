"""A measured value for show: half up, with its unit; nothing here is ever compared."""

from decimal import Context, Decimal
from fractions import Fraction

from luoshi.measuring.moments import Measured, Number
from luoshi.words.measures import Measure
from luoshi.words.rounding import rounded

_WIDE = Context(prec=60)
NOTHING = "无数据"
"""What is shown where nothing is known: neither 0 nor 100 %."""


def decimal_of(value: Fraction | Decimal | int) -> Decimal:
    """A fraction to 60 digits."""
    if isinstance(value, Fraction):
        return _WIDE.divide(Decimal(value.numerator), Decimal(value.denominator))
    return Decimal(value)


def shown(measure: Measure, value: Fraction | Decimal | None) -> str:
    """A value half up to the measure's places, with its unit: 2.94 %, 4.40 平方米; counts without places."""
    if value is None:
        return NOTHING
    places = 0 if measure.counted and decimal_of(value) == decimal_of(value).to_integral_value() else measure.places
    unit = f" {measure.unit}" if measure.unit else ""
    return f"{rounded(decimal_of(value), places)}{unit}"


def amount(value: Number | None) -> str:
    """A part or a whole: whole numbers as they are, others to two places."""
    if value is None:
        return ""
    return str(value) if isinstance(value, int) else str(rounded(value, 2))


def change(now: Measured, before: Measured | None) -> Fraction | Decimal | None:
    """How much the value changed since last year, unrounded: in 百分点 for a rate; None where either is not known."""
    if before is None or now.value is None or before.value is None:
        return None
    if isinstance(now.value, Decimal) or isinstance(before.value, Decimal):
        return decimal_of(now.value) - decimal_of(before.value)
    return now.value - before.value


def change_shown(measure: Measure, value: Fraction | Decimal | None) -> str:
    """The change with its sign; rates change by 百分点, never by %."""
    if value is None:
        return ""
    places = 0 if measure.counted else measure.places
    told = rounded(decimal_of(value), places)
    unit = {"%": " 百分点", "": ""}.get(measure.unit, f" {measure.unit}")
    return f"{told:+f}{unit}" if told else f"0{unit}"
