"""What holds for every target and every set of figures, whatever they are."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from luoshi.spine import Better, Comparator, Kind, Measurement, Standing, State, Strength, Target
from luoshi.tracking import DEFAULT, Matter, combine, judge
from tests.examples import some
from tests.xingzhou import BEGUN, DUE, figure

GOOD = {State.DONE, State.AHEAD, State.ON_COURSE}
BAD = {State.BEHIND, State.OVERDUE}
ORDER = [State.OVERDUE, State.BEHIND, State.UNKNOWN, State.ON_COURSE, State.AHEAD, State.DONE]

days = st.dates(date(2020, 1, 1), date(2023, 6, 30))
numbers = st.decimals(0, 200, places=2)
units = st.sampled_from(["所", "%", "‰", "起", "万元", "元", "个百分点"])


@st.composite
def figures(draw: st.DrawFn, unit: str = "%") -> Measurement:
    on = draw(days)
    known = on + timedelta(days=draw(st.integers(0, 90)))
    counted = draw(st.booleans())
    return figure(
        str(draw(numbers)),
        draw(st.sampled_from([unit, unit, unit, "%", "所"])),
        on=on,
        known=known,
        about=draw(st.booleans()),
        standing=draw(st.sampled_from(Standing)),
        definition=draw(st.sampled_from(["甲口径", "乙口径"])),
        division=draw(st.sampled_from(["", "", "", "990102"])),
        numerator=draw(numbers) if counted else None,
        denominator=draw(numbers) if counted else None,
    )


@st.composite
def matters(draw: st.DrawFn) -> Matter:
    held, unit, value = draw(st.sampled_from(Comparator)), draw(units), draw(numbers)
    aim = Target(
        held,
        value,
        unit,
        0,
        1,
        value_max=value + draw(numbers) if held is Comparator.BETWEEN else None,
        due=draw(st.one_of(st.none(), st.just(DUE), days)),
        implicit=held in {Comparator.ALL, Comparator.NONE, Comparator.NEVER_LESS},
        strength=draw(st.sampled_from(Strength)),
    )
    return Matter(
        aim,
        draw(days),
        draw(st.one_of(st.none(), st.just(BEGUN), days)),
        kind=draw(st.sampled_from([Kind.QUANTITY, Kind.RECOGNITION])),
        better=draw(st.sampled_from(Better)),
        baseline=draw(st.one_of(st.none(), figures(unit))),
        yearly=draw(st.booleans()),
    )


@st.composite
def judged(draw: st.DrawFn) -> tuple[Matter, list[Measurement]]:
    matter = draw(matters())
    unit = "%" if matter.in_points else matter.target.unit
    return matter, draw(st.lists(figures(unit), max_size=5))


@given(judged())
@settings(max_examples=some(150), deadline=None)
def test_every_state_has_a_because_and_shares_stay_within_bounds(case) -> None:
    status = judge(*case)
    assert status.because
    assert status.rules
    assert status.completion is None or 0 <= status.completion <= Decimal("1.2")
    assert status.pace is None or 0 <= status.pace <= 1


@given(judged())
@settings(max_examples=some(150), deadline=None)
def test_nothing_is_good_without_a_figure_of_the_division_that_was_known_and_is_fresh(case) -> None:
    matter, known = case
    status = judge(matter, known)
    if status.state not in GOOD:
        return
    decided = status.measurement
    assert decided is not None
    assert decided.division == matter.division
    assert max(decided.known, decided.on) <= matter.on
    due = matter.target.due
    if due and decided.on >= due:
        return
    if matter.gathers:
        assert matter.begun is None or decided.on >= matter.begun
    elif not matter.yearly:
        assert (matter.on - decided.on).days <= DEFAULT.stale_days
        assert due is None or matter.on <= due


@given(judged())
@settings(max_examples=some(150), deadline=None)
def test_soft_words_and_the_decisions_of_others_are_never_bad_by_themselves(case) -> None:
    matter, known = case
    soft = replace(matter, target=replace(matter.target, strength=Strength.ASPIRATIONAL), kind=Kind.QUANTITY)
    others = replace(matter, target=replace(matter.target, strength=Strength.BINDING), kind=Kind.RECOGNITION)
    hard = replace(others, kind=Kind.QUANTITY)
    states = {judge(one, known).state for one in (soft, others)}
    assert not states & BAD
    plain = judge(hard, known).state
    assert states == {State.UNKNOWN if plain in BAD else plain}, "soft words change nothing but what would be bad"


@given(judged(), figures(), st.integers(1, 400))
@settings(max_examples=some(150), deadline=None)
def test_a_figure_not_yet_known_changes_nothing(case, unborn, later) -> None:
    matter, known = case
    unborn = replace(unborn, known=matter.on + timedelta(days=later))
    assert judge(matter, [*known, unborn]) == judge(matter, known)


@given(judged(), st.randoms(use_true_random=False))
@settings(max_examples=some(150), deadline=None)
def test_the_order_of_the_figures_does_not_matter(case, chance) -> None:
    matter, known = case
    shuffled = list(known)
    chance.shuffle(shuffled)
    assert judge(matter, shuffled) == judge(matter, known)


@given(matters(), figures(), numbers, numbers)
@settings(max_examples=some(500), deadline=None)
def test_a_better_value_never_gives_a_worse_state(matter, one, first, second) -> None:
    unit = "%" if matter.in_points else matter.target.unit
    plain = replace(one, unit=unit, division="", numerator=None, denominator=None)
    never_less = matter.target.comparator is Comparator.NEVER_LESS
    upper = matter.upper and not never_less
    low, high = sorted([first, second])
    worse, better = (high, low) if upper else (low, high)
    states = [judge(matter, [replace(plain, value=value)]).state for value in (worse, better)]
    assert ORDER.index(states[0]) <= ORDER.index(states[1])


@given(st.lists(judged(), min_size=1, max_size=5))
@settings(max_examples=some(100), deadline=None)
def test_several_targets_together_are_never_better_than_the_gravest_and_all_are_counted(several) -> None:
    statuses = [judge(*one) for one in several]
    told = combine(statuses)
    assert told is not None
    gravest = min(statuses, key=lambda one: ORDER.index(one.state)).state
    assert told.state is gravest
    if len(statuses) > 1:
        for state in {one.state for one in statuses}:
            assert f"{state.label} {sum(one.state is state for one in statuses)}" in told.because


@given(judged())
@settings(max_examples=some(100), deadline=None)
def test_a_figure_of_another_division_changes_no_state(case) -> None:
    matter, known = case
    assume(any(not one.division for one in known))
    county = [replace(one, division="990103", value=Decimal(0)) for one in known]
    assert judge(matter, [*known, *county]).state is judge(matter, known).state
