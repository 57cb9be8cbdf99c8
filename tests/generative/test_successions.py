"""Any history of mergers, splits, new names and new codes: every day is whole, and everybody who owed has somebody who answers."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.words.divisions import Division, How, Succession
from luoshi.words.successions import Tree, faults, tree

FIRST, DAY = date(2000, 1, 1), timedelta(days=1)
EVENTS = st.lists(st.tuples(st.sampled_from(sorted(How)), st.integers(0, 30), st.integers(0, 30)), max_size=12)


class History:
    """Six counties with two townships each; something becomes of some of them each year."""

    def __init__(self) -> None:
        self.open = [Division(f"9901{at:02}", f"县{at}", "county", begun=FIRST) for at in range(1, 7)]
        self.closed: list[Division] = []
        self.steps: list[Succession] = []
        self.next = 10
        self.below = [
            Division(f"{one.code}{at:03}000", f"镇{at}", "town", one.code, begun=FIRST)
            for one in self.open
            for at in (1, 2)
        ]

    def happen(self, how: How, one: int, other: int, on: date) -> None:
        """One event among those who stand."""
        first, second = self.open[one % len(self.open)], self.open[other % len(self.open)]
        if how is How.MERGED and first != second:
            self.follow([first, second], [self.new(on)], on, how)
        elif how is How.SPLIT:
            self.follow([first], [self.new(on), self.new(on)], on, how)
        elif how is How.RECODED:
            self.follow([first], [self.new(on)], on, how)
        elif how is How.RENAMED:
            again = Division(first.code, first.name + "新", "county", begun=on)
            self.follow([first], [again], on, how)
        elif how is How.PART and first != second:
            self.steps.append(Succession(first.code, second.code, on, how))

    def new(self, on: date) -> Division:
        """A county nobody knew."""
        self.next += 1
        return Division(f"9901{self.next}", f"区{self.next}", "district", begun=on)

    def follow(self, old: list[Division], new: list[Division], on: date, how: How) -> None:
        """The old end the day before."""
        for one in old:
            self.open.remove(one)
            ended = Division(one.code, one.name, one.kind, begun=one.begun, until=on - DAY)
            self.closed.append(ended)
            self.steps += [Succession(one.code, after.code, on, how) for after in new]
        self.open += new

    def tree(self) -> Tree:
        """What became."""
        return tree([*self.open, *self.closed, *self.below], self.steps)


def _history(events: list[tuple[How, int, int]]) -> tuple[History, list[date]]:
    told, days = History(), [FIRST]
    for at, (how, one, other) in enumerate(events, 1):
        on = date(2000 + at, 3, 1)
        told.happen(how, one, other, on)
        days += [on - DAY, on]
    return told, days


@settings(max_examples=60, deadline=None)
@given(EVENTS)
def test_what_can_happen_has_no_fault_and_every_day_has_each_unit_once(events: list[tuple[How, int, int]]) -> None:
    told, days = _history(events)
    of = told.tree()
    assert list(faults(of)) == []
    for day in days:
        standing = of.standing(day)
        assert len({one.code for one in standing}) == len(standing)
        assert len(standing) == sum(one.stands(day) for listed in of.periods.values() for one in listed)


@settings(max_examples=60, deadline=None)
@given(EVENTS)
def test_no_township_is_ever_without_a_county_and_every_old_debt_has_an_heir(
    events: list[tuple[How, int, int]],
) -> None:
    told, days = _history(events)
    of, last = told.tree(), days[-1]
    for one in told.below:
        assert all(len(of.line(one.code, day)) == 2 for day in days)
    standing = {one.code for one in of.standing(last)}
    for listed in of.periods.values():
        for one in listed:
            heirs = of.heirs(one.code, one.begun or FIRST, last)
            assert heirs
            assert set(heirs) <= standing
            assert all(one.code in of.answered(code, last) for code in heirs)


@settings(max_examples=60, deadline=None)
@given(EVENTS)
def test_a_series_breaks_only_where_ground_or_people_moved(events: list[tuple[How, int, int]]) -> None:
    told, days = _history(events)
    of, last = told.tree(), days[-1]
    for one in told.open:
        broken = of.broken(one.code, FIRST, last)
        assert all(step.how in {How.MERGED, How.SPLIT, How.PART} for step in broken)
        assert bool(broken) >= bool([step for step in told.steps if step.after == one.code and step.how is How.MERGED])


def test_what_cannot_be_is_told() -> None:
    day = date(2010, 1, 1)
    two = [Division("990101", "甲县", "county"), Division("990101", "甲区", "district", begun=day)]
    assert [why for _, why in faults(tree(two, ()))] == ["“甲县”与“甲区”的起止日期重叠"]
    back = [Division("990101", "甲县", "county", begun=day, until=date(2009, 1, 1))]
    assert [why for _, why in faults(tree(back, ()))] == ["“甲县”的最后一天早于第一天"]
    lost = [Division("990101001000", "一镇", "town", "990109")]
    assert [why for _, why in faults(tree(lost, ()))] == ["“一镇”的上级 990109 不在名册中"]
    ends = [Division(code, code, "county", until=day - DAY) for code in ("990101", "990102")]
    ring = [Succession("990101", "990102", day, How.MERGED), Succession("990102", "990101", day, How.MERGED)]
    assert {why for _, why in faults(tree(ends, ring))} >= {"接续成环"}
    outlived = [Division("990101001000", "一镇", "town", "990101"), Division("990101", "甲县", "county", until=day)]
    assert [why for _, why in faults(tree(outlived, ()))] == ["“一镇”的起止日期超出上级 990101"]


def test_a_code_that_is_given_again_has_no_forebears_of_the_first_time() -> None:
    old, new = date(1995, 1, 1), date(2005, 1, 1)
    units = [
        Division("990101", "旧县", "county", until=old - DAY),
        Division("990102", "丙县", "county", until=date(1990, 1, 1) - DAY),
        Division("990103", "乙县", "county", begun=old),
        Division("990101", "新县", "county", begun=new),
    ]
    steps = [
        Succession("990102", "990101", date(1990, 1, 1), How.MERGED),
        Succession("990101", "990103", old, How.RECODED),
    ]
    of = tree(units, steps)
    assert of.answered("990101", date(2020, 1, 1)) == {"990101"}
    assert of.answered("990103", date(2020, 1, 1)) == {"990101", "990102", "990103"}
    assert of.heirs("990101", date(1992, 1, 1), date(2020, 1, 1)) == ["990103"]
    assert of.heirs("990101", date(2006, 1, 1), date(2020, 1, 1)) == ["990101"]
