"""The values of one parameter through the years: a lane for documents, one a region, one for the bureau's own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from luoshi.spine import Parameter
from luoshi.words.parameters import shown

WIDTH, LEFT, RIGHT, LANE, TOP, BOTTOM = 760, 76, 12, 40, 18, 26
"""Units of the drawing: its width, room for the lanes' names, height of a lane, what is above and below."""
_NARROW = 12
_Told = tuple[date, date | None, str, str, bool]
"""First and last day, value with unit, source, whether it is in doubt."""
_MOST_TICKS = 9


@dataclass(frozen=True, slots=True)
class Stretch:
    """One value from its day on."""

    x: float
    y: float
    width: float
    said: str
    full: str
    """All of it, for who points at it or hears it."""
    last: bool
    """Whether nothing ends it yet."""
    doubtful: bool


@dataclass(frozen=True, slots=True)
class Lane:
    """The values of one giver."""

    name: str
    y: float
    own: bool
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class Tick:
    """A year of the axis."""

    x: float
    said: str


@dataclass(frozen=True, slots=True)
class Values:
    """The picture."""

    width: int
    height: int
    left: int
    right: int
    bottom: int
    lanes: tuple[Lane, ...]
    ticks: tuple[Tick, ...]
    day: float
    """Where the chosen day stands."""
    on: date


@dataclass(frozen=True, slots=True)
class _Axis:
    first: date
    days: int

    def x(self, on: date) -> float:
        days = min(max((on - self.first).days, 0), self.days)
        return round(LEFT + (WIDTH - LEFT - RIGHT) * days / self.days, 1)


def picture(lanes: Sequence[tuple[str, Sequence[Parameter]]], own: Sequence[Parameter], mine: str, on: date) -> Values:
    """The drawing.

    Args:
        lanes: name and dated values of each giver of documents.
        own: the bureau's own values.
        mine: what the lane of the bureau is called.
        on: the chosen day.
    """
    told: list[tuple[str, bool, list[_Told]]] = [(name, False, [_told(one) for one in some]) for name, some in lanes]
    if own:
        rows: list[_Told] = [_told(one) for one in own]
        told.append((mine, True, rows))
    days = [row[0] for _name, _own, rows in told for row in rows]
    first = date(min(*days, on).year, 1, 1)
    axis = _Axis(first, max((date(max(*days, on).year + 2, 1, 1) - first).days, 1))
    height = TOP + LANE * len(told) + BOTTOM
    drawn = tuple(
        Lane(name, TOP + LANE * at, mark, _lane(rows, axis, TOP + LANE * at))
        for at, (name, mark, rows) in enumerate(told)
    )
    return Values(WIDTH, height, LEFT, WIDTH - RIGHT, height - BOTTOM, drawn, _ticks(axis), axis.x(on), on)


def _told(one: Parameter) -> _Told:
    return one.begun, one.until, shown(one.value, one.unit), one.source, bool(one.doubt)


def _lane(rows: Sequence[_Told], axis: _Axis, y: float) -> tuple[Stretch, ...]:
    ordered = sorted(rows, key=lambda row: row[0])
    told = []
    for place, (begun, until, said, source, doubt) in enumerate(ordered):
        after = ordered[place + 1][0] - timedelta(days=1) if place + 1 < len(ordered) else None
        end = until or after
        x = axis.x(begun)
        width = round((axis.x(end) if end else WIDTH - RIGHT) - x, 1)
        full = f"{begun} — {end or ''} {said} {source}"
        short = said if width > _NARROW * len(said) else ""
        told.append(Stretch(x, y, max(width, 3), short or (said if end is None else ""), full, end is None, doubt))
    return tuple(told)


def _ticks(axis: _Axis) -> tuple[Tick, ...]:
    last = (axis.first + timedelta(days=axis.days)).year
    step = max(1, -(-(last - axis.first.year) // _MOST_TICKS))
    return tuple(Tick(axis.x(date(year, 1, 1)), str(year)) for year in range(axis.first.year, last, step))
