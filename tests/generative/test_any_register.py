"""Any entries of any list: periods add up and never beyond the most, renewals leave no gap, and a day is in one standing only."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from luoshi.declared.procedures.ethics_cases import EthicsLimits
from luoshi.declared.procedures.inclusive_gardens import InclusiveGardens
from luoshi.handling.registers import Span, Standing, added, barring, entered, renewed, standing_on
from luoshi.handling.terms import Term, days, months
from luoshi.words.calendars import national

DAYS = st.dates(date(2015, 1, 1), date(2035, 12, 31))
TERMS = st.one_of(st.integers(1, 60).map(months), st.integers(1, 2000).map(days))
SPANS = st.builds(lambda since, term: Span(since, term.end(since)), DAYS, TERMS)
SANCTIONS = st.sampled_from(["warning", "demerit", "demotion", "removal", "limits"])
MOST = months(48)


@given(TERMS, DAYS, st.lists(SPANS, max_size=5))
def test_added_periods_lie_between_the_new_one_alone_and_the_most(term: Term, since: date, before: list[Span]) -> None:
    until = added(term, since, before, MOST)
    assert min(term.end(since), MOST.end(since)) <= until <= MOST.end(since)
    assert added(term, since, [], MOST) == min(term.end(since), MOST.end(since))


@given(TERMS, DAYS, st.lists(SPANS, max_size=5), SPANS)
def test_one_more_entry_never_makes_the_sum_shorter_and_their_order_does_not_matter(
    term: Term, since: date, before: list[Span], more: Span
) -> None:
    assert added(term, since, [*before, more], MOST) >= added(term, since, before, MOST)
    assert added(term, since, [*before, more], MOST) == added(term, since, [more, *reversed(before)], MOST)


@given(DAYS, st.lists(st.tuples(SANCTIONS, st.integers(0, 900)), min_size=1, max_size=6))
def test_a_later_sanction_never_ends_before_an_earlier_one(begun: date, told: list[tuple[str, int]]) -> None:
    spans, on = list[Span](), begun
    for sanction, wait in told:
        on += timedelta(days=wait)
        spans.append(entered(EthicsLimits, {"sanction": sanction, "decided_on": on.isoformat()}, on, spans))
    ends = [one.until or date.max for one in spans]
    assert ends == sorted(ends)
    assert all(one.until and one.until <= MOST.end(one.since) for one in spans)


@given(DAYS, st.lists(st.integers(0, 1200), min_size=1, max_size=6))
def test_renewals_in_time_follow_without_a_gap_and_late_ones_begin_on_their_own_day(
    begun: date, waits: list[int]
) -> None:
    span, on = entered(InclusiveGardens, {}, begun), begun
    for wait in waits:
        on += timedelta(days=wait)
        assert span.until is not None
        after = renewed(InclusiveGardens, {}, on, span)
        assert after.since == (on if on > span.until else span.until + timedelta(days=1))
        assert after.until is not None
        assert after.until > span.until
        span = after


@given(DAYS, SPANS, st.booleans())
def test_an_entry_is_near_its_end_only_within_its_days(on: date, span: Span, withdrawn: bool) -> None:  # noqa: FBT001
    stands = standing_on(InclusiveGardens, span, on, national(), withdrawn=withdrawn)
    assert (stands is Standing.WITHDRAWN) == withdrawn
    if not withdrawn:
        assert (stands in {Standing.VALID, Standing.NEAR}) == span.holds(on)
        assert (stands is Standing.AHEAD) == (on < span.since)


@given(DAYS, st.lists(SPANS, max_size=5))
def test_awards_are_barred_exactly_on_the_days_of_an_entry_until_the_longest(on: date, spans: list[Span]) -> None:
    found = barring("评优评先", [(EthicsLimits, one) for one in spans], on)
    assert (found is not None) == any(one.holds(on) for one in spans)
    if found:
        assert all((one.until or date.max) <= (found.until or date.max) for one in spans if one.holds(on))
    assert barring("生源", [(EthicsLimits, one) for one in spans], on) is None
