"""The truth table: every sort of target against every sort of figure, judged beside a slow oracle that knows the rules.

The oracle never sees a value. A case says how far the figure falls short of its bound (`short`: positive is not enough,
whichever way the indicator should move), and the rules are told in those terms, one by one, as the house plan and the
handbook give them (statuses are honest; supervision ledger practice). Where the engine computes, the oracle looks up.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import islice, product

import pytest

from luoshi.spine import Better, Comparator, Kind, Measurement, State, Status, Strength, Target
from luoshi.tracking import Matter, judge
from tests.xingzhou import BEGUN, DUE, figure, target

DAYS = {"before": date(2021, 8, 10), "on": DUE, "after": date(2022, 1, 15)}
TAKEN = {
    "missing": None,
    "stale": date(2021, 2, 28),
    "summer": date(2021, 7, 31),
    "september": date(2021, 9, 15),
    "the year's return": date(2021, 9, 15),
    "due day": DUE,
}
SHORT = (25.0, 19.0, 8.0, 6.0, 0.5, 0.0, -0.5, -10.0)
"""How far from the bound; 25 is worse than the base, 0 is the bound itself, below it lies over-fulfilment."""
BASES = {"absent": None, "worse": 20.0, "equals": 0.0, "better": -5.0}
SOFTNESS = tuple(product(Strength, (Kind.QUANTITY, Kind.RECOGNITION)))
GATHERING, REACHING = {"eq", "ge", "between"}, {"eq", "between"}


@dataclass(frozen=True, slots=True)
class Case:
    """One line of the table."""

    held: str
    better: str
    short: float
    base: str
    taken: str
    day: str
    strength: str
    kind: str
    about: bool
    unit: str

    @property
    def upper(self) -> bool:
        """A bound from above: at most, none, and for less-is-better a bare count or a range too."""
        return self.held in {"le", "none"} or (self.held in REACHING and self.better == "lower")

    @property
    def bound(self) -> float:
        if self.held == "between":
            return 60.0 if self.upper else 50.0
        return {"none": 0.0, "all": 100.0}.get(self.held, 50.0)

    def off(self, short: float) -> float:
        """The value that falls so far short; there is no less than none."""
        return self.bound + short if self.upper else self.bound - short


def cases(held: str) -> Iterator[Case]:
    """Every line of one comparator."""
    for better, short, base, taken, day in product(Better, SHORT, BASES, TAKEN, DAYS):
        for (strength, kind), about, unit in product(SOFTNESS, (False, True), ("所", "%", "起")):
            if held == "none" and short < 0:
                continue
            yield Case(held, better, short, base, taken, day, strength, kind, about, unit)


def oracle(case: Case) -> State:  # noqa: C901, PLR0911, PLR0912 one rule after the other is the point of it
    """The state, rule by rule."""
    day, taken, rate = DAYS[case.day], TAKEN[case.taken], case.unit == "%"
    soft = case.strength == "aspirational" or case.kind == "recognition"
    bad = State.UNKNOWN if soft else None

    # What is not known on the day does not exist.
    if taken is None or taken > day:
        return State.UNKNOWN
    # A count says nothing of a whole list; without last year's value nothing is known of 只增不减.
    if (case.held == "all" and not rate) or (case.held == "nondecreasing" and case.base == "absent"):
        return State.UNKNOWN

    short, incidents = case.short, case.upper and case.unit == "起"
    gathers = case.held in GATHERING and not case.upper and not rate and case.base == "absent"
    began_met = case.held == "nondecreasing" or case.base in {"equals", "better"}
    too_near = case.about and abs(short) <= abs(case.off(short)) * 0.02
    returned = case.taken == "the year's return" and not incidents
    speaks = taken >= DUE or returned
    stale = not speaks and (day - taken).days > 120

    # An incident is an incident, whenever it was told.
    if incidents and short > 0 and not too_near:
        return bad or (State.OVERDUE if day > DUE else State.BEHIND)

    if short <= 0 and not too_near:
        # Things that stay once they are there are finished when they are there.
        if gathers:
            return State.DONE
        # After the day only a figure that speaks for it counts; before it only a recent one.
        if day > DUE:
            return State.DONE if speaks else State.UNKNOWN
        if stale:
            return State.UNKNOWN
        # What must still hold on its day is on course until then, or ahead when it came from worse.
        must_last = (
            incidents or case.held in {"le", "nondecreasing"} or (case.upper and case.held != "none") or began_met
        )
        if speaks or not must_last:
            return State.DONE
        came = case.base == "worse" and case.held != "nondecreasing"
        return State.AHEAD if came and _gone(taken) <= 0.9 else State.ON_COURSE

    # Not met, or told only 约 and too near to say.
    if day > DUE:
        if not speaks or (gathers and taken < DUE) or too_near:
            return State.UNKNOWN
        return bad or State.OVERDUE
    if stale:
        return State.UNKNOWN
    # The year's one figure is in: no other will come before the day.
    if speaks and not gathers:
        return State.UNKNOWN if too_near else bad or State.BEHIND
    # Fallen from what it was: no way to go, only a way back.
    if began_met:
        return State.UNKNOWN if too_near else bad or State.BEHIND
    if case.base == "absent" and not gathers:
        return State.UNKNOWN

    # On the way: how much of it is done beside how much of the time was gone when the figure was taken.
    done = (case.bound - short) / case.bound if gathers else (20.0 - short) / 20.0
    if done < _gone(taken) - 0.05:
        return State.UNKNOWN if too_near else bad or State.BEHIND
    return State.AHEAD if done >= _gone(taken) + 0.10 else State.ON_COURSE


def _gone(taken: date) -> float:
    return (taken - date(2021, 1, 1)).days / 364


@cache
def _figure(value: float, unit: str, on: date, *, about: bool = False) -> Measurement:
    return figure(str(value), unit, on=on, about=about)


@cache
def _aim(held: str, bound: float, unit: str, strength: str) -> Target:
    value = {"nondecreasing": None, "between": 50}.get(held, bound)
    top = Decimal(60) if held == "between" else None
    implicit = held in {"all", "none", "nondecreasing"}
    told = None if value is None else str(value)
    return target(Comparator(held), told, unit, value_max=top, implicit=implicit, strength=Strength(strength))


def engine(case: Case) -> Status:
    """The same case put before the engine as figures and targets."""
    from_bound = BASES[case.base] if case.held != "nondecreasing" or case.base == "absent" else 0.0
    base = None if from_bound is None else _figure(case.off(from_bound), case.unit, date(2020, 12, 31))
    taken = TAKEN[case.taken]
    known = [] if taken is None else [_figure(case.off(case.short), case.unit, taken, about=case.about)]
    matter = Matter(
        _aim(case.held, case.bound, case.unit, case.strength),
        DAYS[case.day],
        BEGUN,
        kind=Kind(case.kind),
        better=Better(case.better),
        baseline=base,
        yearly=case.taken == "the year's return",
    )
    return judge(matter, known)


STEP = 1 if os.environ.get("LUOSHI_PROVE") else 5
"""Every line in the long proofs. Otherwise every fifth: no dimension has a multiple of five values, so the step
falls on every value of each."""


@pytest.mark.parametrize("held", [one.value for one in Comparator])
def test_the_engine_says_what_the_rules_say_for_every_line(held: str) -> None:
    wrong, lines, met = [], 0, set()
    for case in islice(cases(held), 0, None, STEP):
        status = engine(case)
        lines += 1
        met.add(status.state)
        if status.state is not oracle(case):
            wrong.append(f"{case}: {status.state}, the rules say {oracle(case)}: {status.because}")
        if not status.because:
            wrong.append(f"{case}: no because")
    assert not wrong, f"{len(wrong)} of {lines}\n" + "\n".join(wrong[:5])
    assert met >= {State.DONE, State.ON_COURSE, State.BEHIND, State.OVERDUE, State.UNKNOWN}
