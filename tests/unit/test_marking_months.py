"""逾期 item-months against a slow count that walks every day."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.tracking import Pause
from luoshi.tracking.marking import Life, is_late, overdue_ends
from tests.examples import some

DAY = timedelta(days=1)
BEGUN = date(2021, 1, 1)
DAYS = st.dates(BEGUN, date(2022, 12, 31))
ENDS = [day for day in (BEGUN + n * DAY for n in range(730)) if (day + DAY).day == 1]


@st.composite
def lives(draw: st.DrawFn) -> Life:
    """An item that was verified, closed, opened and paused at any time and in any order."""
    cuts = sorted(draw(st.sets(DAYS, max_size=4)))
    closed = [(cuts[at], cuts[at + 1] if at + 1 < len(cuts) else None) for at in range(0, len(cuts), 2)]
    pauses = []
    for begun, length, waited, extends in draw(
        st.lists(st.tuples(DAYS, st.none() | st.integers(0, 200), st.integers(-30, 60), st.booleans()), max_size=2)
    ):
        until = None if length is None else begun + length * DAY
        pauses.append((begun + waited * DAY, Pause(begun, until, extends)))
    verified = draw(st.lists(st.tuples(DAYS, st.booleans()), max_size=4))
    return Life(draw(st.none() | DAYS), tuple(verified), tuple(closed), tuple(pauses))


def _slowly(life: Life) -> tuple[date, ...]:
    """Each month end looked at alone: who knew what by then, and the due day moved by one paused day after another."""
    return () if life.due is None else tuple(end for end in ENDS if _is_overdue(life, life.due, end))


def _is_overdue(life: Life, due: date, end: date) -> bool:
    is_closed, opened = _walked(life, end)
    done = False
    for told, said in life.verified:
        if told <= end:
            done = said and told >= opened
    known = sorted((one for since, one in life.pauses if since <= end), key=lambda one: (one.begun, one.until or end))
    paused = any(one.begun <= end <= (one.until or date.max) for one in known)
    return not (paused or is_closed or done) and _moved(due, known, end) < end


def _walked(life: Life, end: date) -> tuple[bool, date]:
    """Whether it is closed on a day, and the last day it was opened again."""
    is_closed, opened, day = False, date.min, BEGUN
    while day <= end:
        for first, again in life.closed:
            if again == day:
                is_closed, opened = False, day
            if first == day:
                is_closed = True
        day += DAY
    return is_closed, opened


def _moved(due: date, known: list[Pause], end: date) -> date:
    last = BEGUN
    for one in known:
        if one.begun > end and one.until is None:
            continue
        days = [one.begun + n * DAY for n in range(((one.until or end) - one.begun).days + 1)]
        new = [day for day in days if day > last]
        if one.extends and one.begun <= due and new:
            due, last = due + len(new) * DAY, new[-1]
    return due


@given(lives())
@settings(max_examples=some(150), deadline=None)
def test_the_months_are_those_of_a_slow_count(life: Life) -> None:
    assert overdue_ends(life, ENDS, BEGUN) == _slowly(life)


def test_an_item_counts_from_the_first_month_end_after_its_day() -> None:
    assert overdue_ends(Life(date(2021, 6, 30)), ENDS[:8], BEGUN) == (date(2021, 7, 31), date(2021, 8, 31))
    assert overdue_ends(Life(date(2021, 6, 29)), ENDS[:7], BEGUN) == (date(2021, 6, 30), date(2021, 7, 31))
    assert overdue_ends(Life(None), ENDS, BEGUN) == ()


def test_only_what_was_verified_by_the_month_end_and_after_the_last_opening_counts_as_done() -> None:
    done = Life(date(2021, 6, 30), verified=((date(2021, 8, 5), True),))
    assert overdue_ends(done, ENDS[:12], BEGUN) == (date(2021, 7, 31),)
    opened = Life(date(2021, 6, 30), done.verified, ((date(2021, 8, 6), date(2021, 10, 2)),))
    assert overdue_ends(opened, ENDS[:11], BEGUN) == (date(2021, 7, 31), date(2021, 10, 31), date(2021, 11, 30))


def test_an_answer_is_late_from_the_day_behind_its_last() -> None:
    by = date(2021, 9, 6)
    assert not is_late(by, by, date(2021, 12, 31))
    assert is_late(by, by + DAY, date(2021, 12, 31))
    assert not is_late(by, None, by)
    assert is_late(by, None, by + DAY)
    assert not is_late(by, date(2021, 9, 20), by), "what came later is not known yet"
