"""What a unit came of and what came of it, as a picture: a bar for each unit from its first day to its last, joined by steps."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from luoshi.reading.units.rows import Unit
from luoshi.words.divisions import Succession

LEFT, WIDTH, TOP, LANE, BAR = 150, 720, 30, 30, 14
"""Units of the drawing: room for names, its width, where the lanes begin, height of one, thickness of a bar."""
_CHARACTER = 12.5
_AXIS = 12
"""Most years that are named."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One unit in one period."""

    x: float
    y: int
    width: float
    middle: int
    name: str
    code: str
    here: bool
    """Whether it is the unit of the page."""
    open_left: bool
    """Nobody says since when."""
    open_right: bool
    """It stands."""
    said: str


@dataclass(frozen=True, slots=True)
class Join:
    """One step."""

    x: float
    y: int
    to: int
    part: bool
    """A part was cut off; drawn dashed."""
    said: str


@dataclass(frozen=True, slots=True)
class History:
    """The picture."""

    height: int
    bars: tuple[Bar, ...]
    joins: tuple[Join, ...]
    years: tuple[tuple[float, int], ...]
    day: float
    """Where the day that was asked for stands."""


def history(periods: Sequence[Unit], steps: Sequence[Succession], code: str, on: date) -> History | None:
    """The picture; None where there is one unit and no step.

    Args:
        periods: of the unit, of what it came of and of what came of it.
        steps: between them.
        code: of the unit of the page.
        on: the day that was asked for.
    """
    days = [day for one in periods for day in (one.begun, one.until) if day] + [one.on for one in steps]
    if (len(periods) < 2 and not steps) or not days:  # noqa: PLR2004  # one period has no history
        return None
    first, last = min(days) - timedelta(days=730), max(*days, on) + timedelta(days=365)
    room = WIDTH - LEFT - 12

    def x(day: date) -> float:
        return round(LEFT + room * (day - first).days / (last - first).days, 1)

    lanes = {key: at for at, key in enumerate(dict.fromkeys(one.code for one in _ordered(periods)))}
    bars = tuple(_bar(one, lanes, code, x(one.begun or first), x(one.until or last)) for one in periods)
    joins = tuple(
        Join(
            x(one.on),
            _middle(lanes[one.before]),
            _middle(lanes[one.after]),
            not one.how.ends,
            f"{one.on} {one.how.label}",
        )
        for one in steps
        if one.before in lanes and one.after in lanes and one.before != one.after
    )
    every = max(1, (last.year - first.year) // _AXIS + 1)
    years = tuple((x(date(year, 1, 1)), year) for year in range(first.year + 1, last.year + 1) if year % every == 0)
    return History(TOP + LANE * len(lanes) + 8, bars, joins, years, x(on))


def _ordered(periods: Sequence[Unit]) -> list[Unit]:
    return sorted(periods, key=lambda one: (one.until is None, one.until or date.max, one.begun or date.min, one.code))


def _middle(lane: int) -> int:
    return TOP + LANE * lane + LANE // 2


def _bar(one: Unit, lanes: dict[str, int], code: str, left: float, right: float) -> Bar:
    middle = _middle(lanes[one.code])
    said = f"{one.name}（{one.code}）{one.begun or '——'} 至 {one.until or '今'}"
    return Bar(
        left, middle - BAR // 2, round(max(2.0, right - left), 1), middle, one.name, one.code, one.code == code,
        one.begun is None, one.until is None, said,
    )  # fmt: skip
