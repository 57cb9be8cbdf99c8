"""按当前进度测算: where a short yearly series would stand on a day if it goes on as it went, with an interval.

The value is taken to drift: over t days it changes by a normal amount of mean μt and variance σ²t (a random walk with drift, the
"drift method" of Hyndman and Athanasopoulos, Forecasting: Principles and Practice, 3rd ed., 5.2 and 5.5, with time in days
so that returns need not lie a year apart). From points y at days t, with T days between the first and the last and n − 1
changes Δy over Δt days,

    μ = (yₙ − y₁) / T,   s² = Σ (Δy − μΔt)² / Δt / (n − 2)
    central = yₙ + μh,   low, high = central ∓ t(n − 2) · √(s² · h · (1 + h / T))

h days after the last point. The ratio is exactly Student's t with n − 2 degrees of freedom, so the interval is as wide as three
points deserve. Fractions up to the root; the interval is rounded outwards. `docs/explanation/forecasts.md` says why this one.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from itertools import pairwise

LEVEL = 80
"""Of a hundred days told in this way, the value lies within the interval on about so many."""
LEAST, MOST = 3, 10
"""Points that are needed, and how many of the newest are looked at."""
PLACES = 6
_WIDE = Context(prec=60)
_QUANTILES = (
    "3.077684 1.885618 1.637744 1.533206 1.475884 1.439756 1.414924 1.396815",
    "1.383029 1.372184 1.363430 1.356217 1.350171 1.345030 1.340606 1.336757",
)
QUANTILES = tuple(Decimal(one) for line in _QUANTILES for one in line.split())
"""Nine tenths of Student's t lie below these, by degrees of freedom from 1 on (one tenth on either side is left out)."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """Where a series would stand on a day, in its own unit. To be shown to 领导参阅 only."""

    due: date
    central: Decimal
    low: Decimal
    high: Decimal
    points: int
    """How many figures it was made from."""
    since: date
    """时点 of the first of these."""
    last: date
    """时点 of the last of these."""

    @property
    def still(self) -> bool:
        """Whether the series never strayed from its way, so that the interval has no width and proves nothing."""
        return self.low == self.high


def whole(going: Forecast, *, upper: bool) -> Forecast:
    """The same of things that are there whole or not at all: its middle as the worse of both numbers, its interval outwards.

    Args:
        going: the forecast of a count.
        upper: whether less of it is better.
    """
    worse = ROUND_CEILING if upper else ROUND_FLOOR
    return replace(
        going,
        central=going.central.to_integral_value(worse),
        low=going.low.to_integral_value(ROUND_FLOOR),
        high=going.high.to_integral_value(ROUND_CEILING),
    )


def forecast(
    series: Sequence[tuple[date, Fraction | Decimal]],
    due: date,
    *,
    breaks: Sequence[date] = (),
    within: tuple[Decimal | None, Decimal | None] = (Decimal(0), None),
) -> Forecast | None:
    """Where the series would stand on the due day; None with fewer than three points after its last break, or when none is ahead.

    Args:
        series: 时点 and value in one unit, in any order; of two on one day the later told counts.
        due: the day that is asked for; it must lie after the last point.
        breaks: first days on which another 口径 or another boundary counts: what lies before the last of them is left out.
        within: the least and the most the value can be; what is reckoned beyond is set to it, which changes no coverage.
    """
    points = _whole_part(series, breaks)
    if len(points) < LEAST or due <= points[-1][0]:
        return None
    (first, begun), (last, stood) = points[0], points[-1]
    span, ahead = (last - first).days, (due - last).days
    drift = (stood - begun) / span
    strayed = [
        (later - earlier - drift * (to - since).days) ** 2 / (to - since).days
        for (since, earlier), (to, later) in pairwise(points)
    ]
    freedom = len(points) - 2
    variance = sum(strayed, Fraction(0)) / freedom * ahead * (1 + Fraction(ahead, span))
    central = stood + drift * ahead
    half = Fraction(QUANTILES[freedom - 1]) * _root(variance)
    return Forecast(
        due,
        _kept(central, ROUND_HALF_UP, within),
        _kept(central - half, ROUND_FLOOR, within),
        _kept(central + half, ROUND_CEILING, within),
        len(points),
        first,
        last,
    )


def _whole_part(
    series: Sequence[tuple[date, Fraction | Decimal]], breaks: Sequence[date]
) -> list[tuple[date, Fraction]]:
    """The newest points since the last break that has any after it."""
    told = {on: Fraction(value) for on, value in series}
    newest = max(told, default=None)
    cut = max((one for one in breaks if newest is not None and one <= newest), default=None)
    return [(on, told[on]) for on in sorted(told) if cut is None or on >= cut][-MOST:]


def _root(value: Fraction) -> Fraction:
    """The square root, to 60 digits, never too small."""
    told = _WIDE.divide(Decimal(value.numerator), Decimal(value.denominator))
    root = _WIDE.sqrt(told)
    return Fraction(root if Fraction(root) ** 2 >= value else _WIDE.next_plus(root))


def _kept(value: Fraction, rounding: str, within: tuple[Decimal | None, Decimal | None]) -> Decimal:
    least, most = within
    told = _WIDE.divide(Decimal(value.numerator), Decimal(value.denominator))
    kept = told.quantize(Decimal(1).scaleb(-PLACES), rounding=rounding, context=_WIDE)
    kept = kept if least is None else max(kept, least)
    return kept if most is None else min(kept, most)
