"""One indicator over years as a line: full dots of rows, hollow squares of papers, breaks left open, the target dashed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import pairwise
from math import floor, log10

from luoshi.bureau.board.points import Point
from luoshi.tracking import showing
from luoshi.tracking.forecasting import Forecast

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 720, 250, 62, 40, 26, 36
"""Units of the drawing, and what is left free around the axes."""
_HALF = 5
_STEPS = (1, 2, 5, 10)
_TICKS = 4
_DAYS = 120


@dataclass(frozen=True, slots=True)
class Dot:
    """One value."""

    x: float
    y: float
    said: str
    """Its value beside it."""
    full: str
    """All of it, for who points at it or hears it."""
    rows: bool
    """Whether it was measured of rows."""
    above: bool
    """Whether its value stands above it."""
    anchor: str
    """start for the first of the axis, so that its words do not lie over the axis's; middle for others."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across with what it says at its end."""

    y: float
    said: str
    low: float = 0
    """Where its words stand: apart from other rules."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A year of the axis, or a break."""

    x: float
    said: str


@dataclass(frozen=True, slots=True)
class Ahead:
    """The forecast: from the last dot to its middle, and the interval."""

    x: float
    y: float
    low: float
    high: float
    begun_x: float
    begun_y: float
    said: str


@dataclass(frozen=True, slots=True)
class Line:
    """The picture."""

    width: int
    height: int
    left: int
    right: int
    bottom: int
    dots: tuple[Dot, ...]
    paths: tuple[str, ...]
    """One a stretch: "x,y x,y"."""
    breaks: tuple[Mark, ...]
    years: tuple[Mark, ...]
    rules: tuple[Rule, ...]
    target: Rule | None
    ahead: Ahead | None
    path: str = ""
    """序时应达 from begin to due day: "x,y x,y"; empty where none is told."""


@dataclass(frozen=True, slots=True)
class _Scale:
    first: date
    days: int
    low: Decimal
    high: Decimal

    def x(self, on: date) -> float:
        return round(LEFT + (WIDTH - LEFT - RIGHT) * (on - self.first).days / self.days, 1)

    def y(self, value: Decimal) -> float:
        share = (value - self.low) / (self.high - self.low)
        return round(float(HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * share), 1)


def line(
    stretches: Sequence[Sequence[Point]],
    target: tuple[Decimal, str] | None = None,
    forecast: Forecast | None = None,
    said: str = "",
    path: Sequence[tuple[date, Decimal]] = (),
) -> Line | None:
    """The drawing; None with fewer than two values, or with none where a path is told.

    Args:
        stretches: points that may be joined, in the order of their first days.
        target: its value in the unit of the points, and how it is told.
        forecast: where the last stretch goes, only for who may see it.
        said: how the forecast is told.
        path: 序时应达, at the days on which it bends.
    """
    stretches = [_last_of_days(some) for some in stretches]
    every = [one for some in stretches for one in some]
    if len(every) < (1 if path else 2):  # one dot is no line
        return None
    scale, ticks = _scale(every, target, forecast, path)
    dots = tuple(_apart_from(_dot(one, scale, every) for one in every))
    last = (
        every[-1]
        if forecast is None
        else max((one for one in every if one.on == forecast.last), default=every[-1], key=lambda one: one.run)
    )
    return Line(
        WIDTH,
        HEIGHT,
        LEFT,
        WIDTH - RIGHT,
        HEIGHT - BOTTOM,
        dots,
        tuple(_path(some, scale) for some in stretches if len(some) > 1),
        tuple(_breaks(stretches, scale)),
        tuple(Mark(scale.x(on), text) for on, text in _years(every, forecast, path)),
        tuple(Rule(scale.y(one), showing.number(one, 4)) for one in ticks),
        Rule(scale.y(target[0]), target[1], _apart(scale.y(target[0]))) if target else None,
        _ahead(forecast, last, scale, said) if forecast else None,
        " ".join(f"{scale.x(on)},{scale.y(value)}" for on, value in path),
    )


def _last_of_days(some: Sequence[Point]) -> list[Point]:
    """Of several figures of one day the last: which came before it stands in the table."""
    return list({one.on: one for one in some}.values())


_LINE = 18
"""Room that a line of words takes, below a dot."""
_WORDS = 46
"""Room that a value's words take."""


def _apart_from(dots: Iterable[Dot]) -> list[Dot]:
    """Dots from the last to the first; a value that would lie over a later one's words keeps them to its title."""
    told = list[Dot]()
    for one in sorted(dots, key=lambda dot: dot.x, reverse=True):
        near = any(other.said and abs(other.x - one.x) < _WORDS for other in told)
        told.append(replace(one, said="") if near else one)
    return told[::-1]


def _apart(y: float) -> float:
    return max(min(y - 5, HEIGHT - BOTTOM - 5), TOP + 8)


def _scale(
    every: Sequence[Point],
    target: tuple[Decimal, str] | None,
    forecast: Forecast | None,
    path: Sequence[tuple[date, Decimal]] = (),
) -> tuple[_Scale, list[Decimal]]:
    values = [one.value for one in every if one.value is not None]
    values += [target[0]] if target else []
    values += [forecast.low, forecast.high] if forecast else []
    values += [value for _on, value in path]
    low, high, step = _round(min(values), max(values))
    days = [one.on for one in every] + ([forecast.due] if forecast else []) + [on for on, _value in path]
    ticks = [low + step * at for at in range(int((high - low) / step) + 1)]
    return _Scale(min(days), max((max(days) - min(days)).days, _DAYS), low, high), ticks


def _round(least: Decimal, most: Decimal) -> tuple[Decimal, Decimal, Decimal]:
    """Ends of the axis and its step: 1, 2 or 5 of a power of ten. It begins at 0 unless all lies far above."""
    spread = most - least or abs(most) or Decimal(1)
    low = Decimal(0) if least >= 0 and (spread * 3 >= most or least == most) else least
    rough = (most - low or Decimal(1)) / _TICKS
    power = Decimal(10) ** floor(log10(rough))
    step = next(power * one for one in _STEPS if power * one >= rough)
    begun = (low / step).to_integral_value("ROUND_FLOOR") * step
    ended = (most / step).to_integral_value("ROUND_CEILING") * step
    return begun, ended if ended > begun else begun + step, step


def _dot(one: Point, scale: _Scale, every: Sequence[Point]) -> Dot:
    value = one.value or Decimal(0)
    beside = [other.value for other in every if other.value is not None and other is not one]
    nearest = min(beside, key=lambda other: abs(other - value), default=value)
    fraction = f" {one.fraction}" if one.fraction else ""
    full = f"{one.at} {one.shown}{fraction} {one.definition} {one.standing}"
    return Dot(
        scale.x(one.on),
        scale.y(value),
        one.shown,
        full,
        bool(one.run),
        value >= nearest or scale.y(value) > HEIGHT - BOTTOM - _LINE,  # below it would lie over the years
        "start" if one.on == scale.first else "middle",
    )


def _path(some: Sequence[Point], scale: _Scale) -> str:
    return " ".join(f"{scale.x(one.on)},{scale.y(one.value or Decimal(0))}" for one in some)


def _breaks(stretches: Sequence[Sequence[Point]], scale: _Scale) -> list[Mark]:
    """Where one stretch ends before another begins."""
    told = list[Mark]()
    for earlier, later in pairwise(stretches):
        end, start = scale.x(earlier[-1].on), scale.x(later[0].on)
        if start > end:
            x = round((start + end) / 2, 1)
            if not told or x - told[-1].x > _WORDS:
                told.append(Mark(x, later[0].definition))
    return told


def _years(
    every: Sequence[Point], forecast: Forecast | None, path: Sequence[tuple[date, Decimal]]
) -> list[tuple[date, str]]:
    yearly = all((one.on.month, one.on.day) == (9, 1) for one in every)
    told = {one.on: f"{one.on:%Y}" if yearly else f"{one.on:%Y-%m}" for one in every}
    for on in (*([forecast.due] if forecast else []), *(on for on, _value in (*path[:1], *path[-1:]))):
        told.setdefault(on, f"{on:%Y-%m}")
    kept = list[tuple[date, str]]()
    for on, text in sorted(told.items()):
        if not kept or (on - kept[-1][0]).days * 9 >= (max(told) - min(told)).days:
            kept.append((on, text))
    return kept


def _ahead(forecast: Forecast, last: Point, scale: _Scale, said: str) -> Ahead:
    return Ahead(
        scale.x(forecast.due),
        scale.y(forecast.central),
        scale.y(forecast.low),
        scale.y(forecast.high),
        scale.x(last.on),
        scale.y(last.value or Decimal(0)),
        said,
    )
