"""A case: what happened, one thing after another, and how it stands after them. The same happenings always give the same case."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from luoshi.handling.courses import Course, Timer, Way
from luoshi.handling.terms import Counted, Term
from luoshi.words.calendars import Calendar


class Did(StrEnum):
    """What kind of thing happened."""

    OPENED = "opened"
    TOOK = "took"
    """A step, at once."""
    ASKED = "asked"
    """A step that waits for signatures."""
    SIGNED = "signed"
    DECLINED = "declined"
    """What was to be signed was sent back."""
    EXTENDED = "extended"
    PAUSED = "paused"
    RESUMED = "resumed"
    LAPSED = "lapsed"
    """The clock ran out and the case went on by itself."""


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happened to a case; never changed."""

    did: Did
    step: str
    """Key of the step; empty for what only concerns the clock."""
    on: date
    login: str
    name: str
    part: str
    """Key of the part it was done in."""
    answers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Running:
    """A clock that runs, or stands still."""

    clock: str
    start: date
    longer: int = 0
    """How many were added by extensions, of what it counts."""
    times: int = 0
    """How often it was extended."""
    paused: int = 0
    """How many stood still until now, calendar days or working days."""
    still: date | None = None
    """Since when it stands still; None while it runs."""


@dataclass(frozen=True, slots=True)
class Pending:
    """A step that waits for signatures."""

    step: str
    login: str
    answers: Mapping[str, str]
    signed: tuple[str, ...] = ()
    """Parts that signed, in order."""
    hands: tuple[str, ...] = ()
    """Their logins."""


@dataclass(frozen=True, slots=True)
class Case:
    """How a case stands."""

    state: str
    since: date
    """The day it came into its state."""
    on: date
    """The day of what happened last: nothing happens before it."""
    held: Mapping[str, str]
    """The last answer to each field; an empty one takes it away."""
    hands: Mapping[str, tuple[str, ...]]
    """Logins of those who took each step, by its key; of who opened it under “”."""
    running: Running | None = None
    pending: Pending | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """Until when something must be done."""

    last: date
    warned: date
    """From which day on it is near."""


def follow(course: Course, happenings: Iterable[Happening], calendar: Calendar) -> Case:
    """How a case stands after all that happened.

    Raises:
        ValueError: these happenings are no case of this course.
    """
    case = None
    for one in happenings:
        case = after(course, case, one, calendar)
    if case is None:
        message = "a case begins with being opened"
        raise ValueError(message)
    return case


def after(course: Course, case: Case | None, one: Happening, calendar: Calendar) -> Case:
    """How it stands after one more thing.

    Raises:
        ValueError: it cannot have happened to this case.
    """
    if case is None:
        if one.did is not Did.OPENED:
            message = "a case begins with being opened"
            raise ValueError(message)
        return _opened(course, one)
    if one.on < case.on:
        message = f"{one.on} lies before {case.on}"
        raise ValueError(message)
    going = replace(case, on=one.on)
    match one.did:
        case Did.TOOK | Did.LAPSED:
            return _moved(course, going, course.ways[one.step], one.answers, (one.login,))
        case Did.ASKED:
            return replace(going, pending=Pending(one.step, one.login, one.answers))
        case Did.SIGNED:
            return _signed(course, going, one)
        case Did.DECLINED:
            return replace(going, pending=None)
        case Did.EXTENDED | Did.PAUSED | Did.RESUMED:
            return replace(going, running=_timed(course, going, one, calendar))
        case _:
            message = f"{one.did} happens to no case that is open"
            raise ValueError(message)


def _opened(course: Course, one: Happening) -> Case:
    held = {key: value for key, value in one.answers.items() if value}
    running = _started(course, course.begin, None, held, one.on)
    return Case(course.begin, one.on, one.on, held, {"": (one.login,)}, running)


def _started(course: Course, state: str, before: Running | None, held: Mapping[str, str], on: date) -> Running | None:
    """The clock of a state: the one that runs already where it is the same, else a new one."""
    timer = course.timer(state)
    if timer is None:
        return None
    if before is not None and before.clock == timer.key:
        return before
    told = held.get(timer.start, "")
    return Running(timer.key, date.fromisoformat(told) if told else on)


def _moved(course: Course, case: Case, way: Way, answers: Mapping[str, str], logins: tuple[str, ...]) -> Case:
    held = {key: value for key, value in {**case.held, **answers}.items() if value}
    hands = {**case.hands, way.key: (*case.hands.get(way.key, ()), *logins)}
    running = _started(course, way.target, case.running, held, case.on)
    since = case.since if way.target == case.state else case.on
    return Case(way.target, since, case.on, held, hands, running)


def _signed(course: Course, case: Case, one: Happening) -> Case:
    if case.pending is None:
        message = "nothing waits to be signed"
        raise ValueError(message)
    way = course.ways[case.pending.step]
    signed = (*case.pending.signed, one.part)
    waiting = replace(case.pending, signed=signed, hands=(*case.pending.hands, one.login))
    if signed != way.signed:
        return replace(case, pending=waiting)
    return _moved(course, replace(case, pending=None), way, waiting.answers, (waiting.login, *waiting.hands))


def _timed(course: Course, case: Case, one: Happening, calendar: Calendar) -> Running:
    running = case.running
    if running is None:
        message = "no clock runs"
        raise ValueError(message)
    timer = course.clocks[running.clock]
    if one.did is Did.PAUSED:
        return replace(running, still=one.on)
    if one.did is Did.RESUMED:
        return replace(running, paused=running.paused + _stood(timer, running, one.on, calendar), still=None)
    more = timer.extend.term.count if timer.extend else 0
    return replace(running, longer=running.longer + more, times=running.times + 1)


def _stood(timer: Timer, running: Running, on: date, calendar: Calendar) -> int:
    """How many of what a clock counts it stood still until a day."""
    if running.still is None:
        return 0
    if timer.within.counted is Counted.WORKDAYS:
        return calendar.workdays_between(running.still, on)
    return (on - running.still).days


def due(course: Course, case: Case, calendar: Calendar) -> Due | None:
    """Until when the next step must be taken; None where no clock runs or it stands still."""
    running = case.running
    if running is None or running.still is not None:
        return None
    timer = course.clocks[running.clock]
    last = Term(timer.within.count + running.longer, timer.within.counted).last(
        running.start, calendar, paused=running.paused
    )
    return Due(last, timer.warn.before(last, calendar) if timer.warn else last)
