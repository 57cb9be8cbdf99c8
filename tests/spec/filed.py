"""A case of any procedure, done to step by step by hands of every part."""

from collections.abc import Mapping
from datetime import date

from luoshi.handling.cases import Case, Happening, due, follow
from luoshi.handling.courses import Course
from luoshi.handling.parts import CITIZEN, COUNTY, HANDLER, HOST, LEADER, UNIT, Hand
from luoshi.handling.permitting import begun, lapsing, opened, permits, taken
from luoshi.words.calendars import national

CALENDAR = national()
SCHOOL = Hand("school", "学校安全员", frozenset({UNIT.key}))
SECOND = Hand("second", "学校副校长", frozenset({UNIT.key}))
COUNTY_CLERK = Hand("county", "县局安全股", frozenset({COUNTY.key}))
COUNTY_SECOND = Hand("county2", "县局复查人员", frozenset({COUNTY.key}))
CITY = Hand("city", "市局安全科", frozenset({HOST.key}))
HEAD = Hand("head", "分管局长", frozenset({LEADER.key}))
BUILDER = Hand("builder", "整改单位", frozenset({HANDLER.key}))
PARENT = Hand("parent", "家长", frozenset({CITIZEN.key}))


class Filed:
    """One case by a course."""

    def __init__(
        self,
        course: Course,
        told: Mapping[str, str],
        on: date,
        by: Hand | None = None,
        entry: Mapping[str, str] | None = None,
    ) -> None:
        self.course = course
        first = opened(course, by, told, on, entry) if by else begun(course, on, entry)
        self.happened: list[Happening] = [first]

    @property
    def case(self) -> Case:
        return follow(self.course, self.happened, CALENDAR)

    @property
    def state(self) -> str:
        return self.case.state

    @property
    def held(self) -> Mapping[str, str]:
        return self.case.held

    @property
    def last(self) -> date | None:
        until = due(self.course, self.case, CALENDAR)
        return until.last if until else None

    def do(self, act: str, hand: Hand, on: date, **answers: str) -> "Filed":
        self.happened.append(taken(self.course, self.case, act, hand, answers, on, CALENDAR))
        return self

    def pass_to(self, on: date) -> "Filed":
        """What the clock does by a day."""
        step = lapsing(self.course, self.case, on, CALENDAR)
        if step is not None:
            self.happened.append(step)
        return self

    def may(self, hand: Hand, on: date) -> set[str]:
        """What a hand may do now."""
        return {one.act for one in permits(self.course, self.case, hand, on, CALENDAR) if one.why is None}
