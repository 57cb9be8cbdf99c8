"""A plan's year as a picture: a lane for each section, marks on the days things are due, days off, report days, today.

A mark is a shape, then a number, never a colour alone: a square is a commitment, a diamond a milestone; full is still to be
done, hollow is done. What lies near together is one mark with how many there are.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from luoshi.bureau.reminders.queries import Dated
from luoshi.tracking.dues import DueKind, monthly_report
from luoshi.words.calendars import Calendar, month_end

LEFT, MONTH, TOP, LANE, HALF = 168, 76, 46, 26, 8
"""Units of the drawing: room for names, width of a month, where the lanes begin, height of one, half the size of a mark."""
WIDTH = LEFT + 12 * MONTH + 12
_NEAR = 20.0
"""Marks whose middles are nearer than this become one."""
_DAY = timedelta(days=1)
_LONG = 3
"""So many days off in a row are a holiday."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Things of one sort and state that are due near together."""

    x: float
    y: float
    shape: str
    """square or diamond."""
    done: bool
    number: int
    said: str
    """For who points at it or hears it."""
    path: str
    """Its outline, as SVG writes it."""


@dataclass(frozen=True, slots=True)
class Lane:
    """One section."""

    name: str
    y: int
    """Where its name stands."""
    line: int
    """The rule under it."""
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the year across all lanes."""

    x: float
    width: float
    said: str


@dataclass(frozen=True, slots=True)
class Month:
    """One month of the axis."""

    number: int
    x: float
    """Where it begins."""
    middle: float
    report: date
    """月报."""
    report_x: float


@dataclass(frozen=True, slots=True)
class Picture:
    """The whole drawing, in its units."""

    width: int
    height: int
    top: int
    bottom: int
    months: tuple[Month, ...]
    holidays: tuple[Span, ...]
    lanes: tuple[Lane, ...]
    today: float | None
    """None when the day lies in another year."""


def across(day: date) -> float:
    """How far along the axis the middle of a day lies; every month is as wide as the next."""
    days = month_end(day.year, day.month).day
    return round(LEFT + MONTH * (day.month - 1 + (day.day - 0.5) / days), 1)


def picture(
    told: Iterable[Dated], names: Sequence[tuple[str, str]], year: int, on: date, calendar: Calendar
) -> Picture:
    """The drawing of a year.

    Args:
        told: what is due; other years are left out.
        names: code and name of the lanes, in order; "" is for what has no section.
        year: which.
        on: the day that is today.
        calendar: which days are worked.
    """
    by_office: dict[str, list[Dated]] = {}
    for one in told:
        if one.due.on.year == year and one.state in {"open", "done"}:
            by_office.setdefault(one.due.office, []).append(one)
    kept = [(code, name) for code, name in names if code in by_office]
    lanes = tuple(
        Lane(name, top + LANE // 2 + 4, top + LANE, tuple(_marks(by_office[code], top + LANE / 2)))
        for top, (code, name) in ((TOP + LANE * place, pair) for place, pair in enumerate(kept))
    )
    bottom = TOP + LANE * max(len(lanes), 1)
    months = tuple(_month(year, number, calendar) for number in range(1, 13))
    today = across(on) if on.year == year else None
    return Picture(WIDTH, bottom + 20, TOP, bottom, months, tuple(_holidays(year, calendar)), lanes, today)


def _month(year: int, number: int, calendar: Calendar) -> Month:
    x, report = LEFT + MONTH * (number - 1), monthly_report(year, number, calendar)
    return Month(number, x, x + MONTH / 2, report, across(report))


def _holidays(year: int, calendar: Calendar) -> Iterable[Span]:
    """Stretches of three days off and more."""
    day, last, run = date(year, 1, 1), date(year, 12, 31), list[date]()
    while day <= last + _DAY:
        if day <= last and not calendar.is_workday(day):
            run.append(day)
        else:
            if len(run) >= _LONG:
                begin, end = across(run[0]), across(run[-1])
                yield Span(begin - 1, round(end - begin + 2, 1), f"{run[0]} — {run[-1]}")
            run = []
        day += _DAY


def _marks(told: Sequence[Dated], y: float) -> Iterable[Mark]:
    """The marks of a lane. What is near together and alike is one; where full and hollow meet, the full one hides none."""
    for shape, kind in (("square", DueKind.ITEM), ("diamond", DueKind.MILESTONE)):
        for done in (True, False):
            alike = sorted(one.due.on for one in told if one.due.kind is kind and (one.state == "done") is done)
            lift = -4 if done else 4
            for days in _clusters(alike):
                middle = round((across(days[0]) + across(days[-1])) / 2, 1)
                span = str(days[0]) if days[0] == days[-1] else f"{days[0]} — {days[-1]}"
                at = y + (lift if _mixed(told) else 0)
                yield Mark(middle, at, shape, done, len(days), span, _outline(shape, middle, at))


def _mixed(told: Sequence[Dated]) -> bool:
    return len({one.state for one in told}) > 1


def _clusters(days: Iterable[date]) -> Iterable[list[date]]:
    cluster: list[date] = []
    for day in days:
        if cluster and across(day) - across(cluster[0]) > _NEAR:
            yield cluster
            cluster = []
        cluster.append(day)
    if cluster:
        yield cluster


def _outline(shape: str, x: float, y: float) -> str:
    if shape == "square":
        return f"M{x - HALF} {y - HALF}h{2 * HALF}v{2 * HALF}h-{2 * HALF}z"
    wide = HALF + 3
    return f"M{x} {y - wide}l{wide} {wide}l-{wide} {wide}l-{wide} -{wide}z"
