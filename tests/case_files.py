"""A case of any procedure, done to step by step as a test tells it."""

from collections.abc import Mapping
from datetime import date

from luoshi.handling.cases import Case, Happening, due, follow
from luoshi.handling.courses import Course, course
from luoshi.handling.declaring import Procedure
from luoshi.handling.parts import PARTS, Hand
from luoshi.handling.permitting import SIGN, lapsing, opened, taken
from luoshi.words.calendars import national

CALENDAR = national()


def hand(part: str, name: str = "") -> Hand:
    """Somebody who plays one part."""
    label = {one.key: one.label for one in PARTS}[part]
    return Hand(f"{part}{name}", f"{label}{name}", frozenset({part}))


class File:
    """One case: every step names who takes it and on which day; signatures follow by themselves."""

    def __init__(self, procedure: type[Procedure], by: str, on: str, told: Mapping[str, str]) -> None:
        self.course: Course = course(procedure)
        self.happened: list[Happening] = [opened(self.course, hand(by), told, date.fromisoformat(on))]

    @property
    def case(self) -> Case:
        """How it stands."""
        return follow(self.course, self.happened, CALENDAR)

    @property
    def state(self) -> str:
        """The name of its state."""
        return self.course.places[self.case.state].label

    @property
    def last(self) -> str:
        """The last day of its clock; empty where none runs."""
        until = due(self.course, self.case, CALENDAR)
        return until.last.isoformat() if until else ""

    def do(self, act: str, by: str, on: str, name: str = "", **answers: str) -> "File":
        """A step, with all the signatures it asks for on the same day."""
        day = date.fromisoformat(on)
        self.happened.append(taken(self.course, self.case, act, hand(by, name), answers, day, CALENDAR))
        way = self.course.ways.get(act)
        for at, part in enumerate(way.signed if way else ()):
            self.happened.append(taken(self.course, self.case, SIGN, hand(part, f"签{at}"), {}, day, CALENDAR))
        return self

    def wait(self, until: str) -> "File":
        """What happens by itself by a day."""
        by_clock = lapsing(self.course, self.case, date.fromisoformat(until), CALENDAR)
        if by_clock:
            self.happened.append(by_clock)
        return self
