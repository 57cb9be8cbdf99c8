"""Where one target stands on its way and where its figures go: for the item's page, and for 领导参阅 what falls short."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from luoshi import spine
from luoshi.bureau.board import points, shown
from luoshi.bureau.board.indicated import Question, questions
from luoshi.bureau.board.indicator_told import ahead_told, apart_of
from luoshi.bureau.board.points import Point
from luoshi.bureau.board.series_picture import line
from luoshi.bureau.ledger.queries import Item, Stood
from luoshi.spine import Measurement, State
from luoshi.tracking import Day, showing
from luoshi.tracking.course import Course, course, moved_to
from luoshi.tracking.forecasting import Forecast
from luoshi.tracking.holding import decimal
from luoshi.tracking.matter import Matter
from luoshi.tracking.standing import matter_of


@dataclass(frozen=True, slots=True)
class Way:
    """One target with everything that is known of its way."""

    question: Question
    matter: Matter
    figure: Measurement
    """That speaks."""
    course: Course
    stretches: tuple[tuple[Point, ...], ...]
    """The whole city's figures, those joined that may be."""
    speaks: tuple[Point, ...]
    """The stretch of the figure that speaks."""

    @property
    def forecast(self) -> Forecast | None:
        """按当前进度测算: where the speaking stretch would stand on the due day. For 领导参阅 only."""
        due = self.matter.due
        if due is None or self.matter.forbids:
            return None
        stretch = list(self.speaks)
        if self.matter.gathers and self.matter.begun and stretch and stretch[0].on > self.matter.begun:
            origin = replace(stretch[0], on=self.matter.begun, value=Decimal(0))
            stretch.insert(0, origin)  # what is gathered was nothing on the day the plan began
        return points.ahead(self.question, stretch, due)


def way_of(item: Item, one: Stood, today: Day) -> Way | None:
    """The way of a target; None where no figure was held against it."""
    key, figure = one.target.indicator or "", one.status.measurement
    question = questions().get(key)
    if question is None or figure is None or figure.division:
        return None
    matter = matter_of(today, one.target, spine.Kind(item.row.kind), item.terms)
    figures = [one for one in today.figures.get(key, ()) if one.known <= today.on and not one.division]
    found = course(matter, figure, figures)
    if found is None:
        return None
    mine = [one for one in figures if one.unit == figure.unit and _counts(one, matter)]
    if figure not in mine:
        mine.append(figure)
    stretches = points.stretches(points.published(mine), {}, ())
    speaks = next((some for some in stretches if _holds(some, figure)), [])
    return Way(question, matter, figure, found, tuple(map(tuple, stretches)), tuple(speaks))


def _counts(one: Measurement, matter: Matter) -> bool:
    """Whether a figure belongs to the way: what is gathered, or must not happen, begins anew with each plan."""
    anew = (matter.gathers or matter.forbids) and matter.begun is not None
    return not anew or (matter.begun is not None and one.on >= matter.begun)


def _holds(stretch: Sequence[Point], figure: Measurement) -> bool:
    return any(one.on == figure.on and one.definition == figure.definition for one in stretch)


def told(item: Item, one: Stood, today: Day, *, leaders: bool) -> dict[str, Any] | None:
    """What the item's page shows of a way: distance, since when it is stale, the picture; the forecast only to leaders."""
    way = way_of(item, one, today)
    if way is None:
        return None
    going = way.forecast if leaders and one.status.state is not State.DONE else None
    goal = (decimal(way.course.bound), f"{_('目标')} {showing.amount(one.target)}")
    path = [(on, decimal(value)) for on, value in way.course.path]
    return {
        "apart": shown.distance_in_words(way.course.apart, way.question.key),
        "days": shown.days_in_words(way.course.apart),
        "stale": way.course.stale,
        "season": way.course.season,
        "drawn": line(way.stretches, goal, going, _("按当前进度测算"), path),
        "going": ahead_told(way.question, going, _goal(way), way.figure.denominator) if going else None,
        "source": way.figure.source.title,
        "unit": way.figure.unit,
        "on": way.figure.on,
        "definition": way.figure.definition,
    }


def _goal(way: Way) -> spine.Target:
    """The target as a number in the figure's unit: what hangs on last year's figure has its bound by now."""
    target, bound = moved_to(way.matter), decimal(way.course.bound)
    held = spine.Comparator.AT_MOST if way.matter.upper else spine.Comparator.AT_LEAST
    return replace(target, comparator=held, value=bound, value_max=None, unit=way.figure.unit)


@dataclass(frozen=True, slots=True)
class Reckoned:
    """What one target would come to on its day, as it goes."""

    label: str
    key: str
    target: str
    now: str
    on: date
    central: str
    between: str
    """The interval; the one value where it has no width."""
    apart: str
    due: date
    met: bool
    """Whether it would be reached."""
    surely: bool
    """Whether not even the better end of the interval reaches the target."""


def reckoned(item: Item, one: Stood, today: Day) -> Reckoned | None:
    """What a target comes to by its forecast; None where it is done already, or its series is too short."""
    way = way_of(item, one, today) if one.status.state is not State.DONE else None
    going = way.forecast if way else None
    if way is None or going is None:
        return None
    goal, better = _goal(way), going.low if way.matter.upper else going.high
    apart, best = (apart_of(way.question, goal, value, going.due) for value in (going.central, better))
    if apart is None or best is None:
        return None
    said = ahead_told(way.question, going, goal, way.figure.denominator)
    return Reckoned(
        way.question.label,
        way.question.key,
        showing.amount(one.target),
        showing.figure(way.figure),
        way.figure.on,
        said["central"],
        said["between"],
        said["apart"],
        going.due,
        apart.met,
        not best.met,
    )
