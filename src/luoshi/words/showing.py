"""A measured value for show: half up, with its unit; nothing here is ever compared."""

from decimal import Context, Decimal
from fractions import Fraction

from luoshi.words.measures import Measure
from luoshi.words.rounding import rounded

_WIDE = Context(prec=60)
LEVEL = "持平"
"""What is shown where nothing changed, as far as it is shown."""
NOTHING = "无数据"
"""What is shown where nothing is known: neither 0 nor 100 %."""


def decimal_of(value: Fraction | Decimal | int) -> Decimal:
    """A fraction to 60 digits."""
    if isinstance(value, Fraction):
        return _WIDE.divide(Decimal(value.numerator), Decimal(value.denominator))
    return Decimal(value)


def shown(measure: Measure, value: Fraction | Decimal | None) -> str:
    """A value half up to the measure's places, with its unit: 2.94 %, 4.40 平方米; counts without places."""
    told = None if value is None else decimal_of(value)
    return worded(told, measure.places, measure.unit, counted=measure.counted)


def worded(value: Decimal | None, places: int, unit: str, *, counted: bool) -> str:
    """The same, where the measure is known by its places and unit only."""
    if value is None:
        return NOTHING
    digits = 0 if counted and value == value.to_integral_value() else places
    return f"{rounded(value, digits)} {unit}" if unit else str(rounded(value, digits))


def amount(value: int | Decimal | None, places: int = 2) -> str:
    """A part or a whole: whole numbers as they are, others to so many places."""
    if value is None:
        return ""
    return str(value) if isinstance(value, int) else str(rounded(value, places))


def change(now: Fraction | Decimal | None, before: Fraction | Decimal | None) -> Decimal | None:
    """How much a value changed since last year, to 60 digits: in 百分点 for a rate; None where either is not known."""
    return None if now is None or before is None else _WIDE.subtract(decimal_of(now), decimal_of(before))


def change_shown(measure: Measure, value: Fraction | Decimal | None) -> str:
    """The change with its sign; rates change by 百分点, never by %."""
    if value is None:
        return ""
    places = 0 if measure.counted else measure.places
    told = rounded(decimal_of(value), places)
    unit = {"%": " 百分点", "": ""}.get(measure.unit, f" {measure.unit}")
    return f"{told:+f}{unit}" if told else LEVEL
