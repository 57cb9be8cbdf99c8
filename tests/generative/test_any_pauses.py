"""Any pauses and any shares against slow obvious versions of themselves: every day looked at, every share counted."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from luoshi.spine import Comparator, State
from luoshi.tracking import Matter, Pause, even, judge, weigh
from luoshi.tracking.pausing import days_of, moved, so_far, time_gone
from tests.xingzhou import BEGUN, DUE, figure, target

DAYS = st.integers(0, 500).map(lambda number: date(2020, 12, 1) + timedelta(number))
PAUSES = st.lists(
    st.builds(
        lambda first, length, extends: Pause(first, None if length is None else first + timedelta(length), extends),
        DAYS,
        st.none() | st.integers(-1, 120),
        st.booleans(),
    ),
    max_size=4,
).map(tuple)


def _stands(pauses: tuple[Pause, ...], day: date, on: date) -> bool:
    return any(one.begun <= day <= (one.until or on) for one in pauses)


@given(PAUSES, DAYS, DAYS, DAYS)
def test_paused_days_are_those_that_looking_at_every_day_finds(pauses, after, to, on) -> None:
    span = (after + timedelta(number) for number in range(1, (to - after).days + 1))
    assert days_of(so_far(pauses, on), after, to) == sum(_stands(pauses, day, on) for day in span)


@given(PAUSES, DAYS)
def test_a_due_day_never_comes_earlier_and_stays_unless_an_approval_moves_it(pauses, on) -> None:
    later = moved(DUE, so_far(pauses, on), BEGUN)
    assert later >= DUE
    if not any(one.extends for one in pauses):
        assert later == DUE
    gone = time_gone(BEGUN, later, on, so_far(pauses, on))
    assert gone is not None
    assert 0 <= gone <= 1


@given(PAUSES, DAYS, st.integers(0, 60), DAYS)
def test_while_a_pause_holds_nothing_is_bad(pauses, on, value, told) -> None:
    matter = Matter(target(Comparator.EXACTLY, 50), on, BEGUN, pauses=pauses)
    state = judge(matter, [figure(value, on=told)]).state
    if matter.paused:
        assert state in {State.PAUSED, State.DONE}
    else:
        assert state is not State.PAUSED


@given(st.integers(0, 10_000), st.integers(2, 40))
def test_even_shares_add_up_and_differ_by_one_at_most(value, units) -> None:
    aim = target(Comparator.EXACTLY, value)
    shares = even(aim, [str(number) for number in range(units)])
    given_out = [share for share in shares.values() if share is not None]
    assert sum(given_out) == value
    assert max(given_out) - min(given_out) <= Decimal(1)
    assert weigh(aim, shares, "1.1") is None
