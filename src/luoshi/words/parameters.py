"""Parameters: thresholds that documents or a bureau set, with the days they count, and which value counts on a day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Parameter:
    """A threshold with unit, dates, document, region, and its doubt."""

    key: str
    label: str
    value: Decimal
    unit: str
    begun: date
    source: str
    until: date | None = None
    region: str = ""
    doubt: str = ""
    """What is to be verified, in Chinese; empty when sure."""
    aliases: tuple[str, ...] = field(default=())

    def counts(self, on: date | None) -> bool:
        """Whether it counts on a day; without a day all do."""
        return on is None or (self.begun <= on and (self.until is None or on <= self.until))


_MOST, PLACES = Decimal(10) ** 12, 6
REACH = f"须为0至1万亿之间的数，至多{PLACES}位小数"
"""What a value that cannot be reckoned with is told."""
Own = Mapping[str, Decimal] | Iterable[Parameter]
"""A bureau's own values: by key, or dated."""


def in_force(parameters: Iterable[Parameter], on: date | None, own: Own = ()) -> dict[str, Decimal]:
    """The value of each parameter that counts on a day; of several the youngest, a region's before the nation's.

    Args:
        parameters: declared ones, of the nation and of the regions the bureau lies in.
        on: a day of the period; None for the youngest of all.
        own: the bureau's own values, which go before all: those that are dated from their day on.
    """
    if isinstance(own, Mapping):
        return {**in_force(parameters, on), **own}
    return {key: one.value for key, one in counting(parameters, on, own).items()}


def counting(parameters: Iterable[Parameter], on: date | None, own: Iterable[Parameter] = ()) -> dict[str, Parameter]:
    """The parameters themselves that count on a day, with where their values come from; arguments as of `in_force`."""
    return {one.key: one for one in (*_ordered(parameters, on), *_ordered(own, on))}


def reckonable(value: Decimal) -> bool:
    """Whether a value can be reckoned with on every engine: 0 to 10^12, at most 6 places."""
    return value.is_finite() and 0 <= value < _MOST and value == round(value, PLACES)


_RANGES: Mapping[str, tuple[Decimal, Decimal]] = {
    "%": (Decimal(0), Decimal(1000)),
    "百分点": (Decimal(0), Decimal(100)),
    "比": (Decimal(0), Decimal(1)),
    "分": (Decimal(0), Decimal(100)),
    "岁": (Decimal(0), Decimal(120)),
    "天": (Decimal(0), Decimal(3660)),
}
"""Of units whose values lie between known ends; a share may be of something it exceeds (学位), so 1000 and not 100."""


def out_of_range(value: Decimal, unit: str) -> str:
    """The rule a value breaks, in Chinese; empty where it may be set. Of a unit without ends only `reckonable` is asked."""
    if not reckonable(value):
        return REACH
    low, high = _RANGES.get(unit, (value, value))
    return "" if low <= value <= high else f"单位是{unit}的值须在{low}至{high}之间"


def shown(value: Decimal, unit: str) -> str:
    """A value with its unit, as a sentence says it: 20%, 30人; apart where the unit would run into it: 5 5分记录, 6 D."""
    apart = " " if unit[:1].isascii() and unit[:1].isalnum() else ""
    return f"{value.normalize():f}{apart}{unit}"


def _ordered(parameters: Iterable[Parameter], on: date | None) -> list[Parameter]:
    return sorted((one for one in parameters if one.counts(on)), key=lambda one: (bool(one.region), one.begun))
