"""Any plan of items for schools: what is cut keeps it to its cap, loads add up, and an overlap is one from both sides."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from luoshi.checking.burdens import Reach, beyond, cap, loaded, loads, overlap

COUNTS = st.integers(0, 500)
SHARES = st.decimals(0, 1, places=2)
SCHOOLS = st.sampled_from("ABCDE")
VISITS = st.lists(st.tuples(SCHOOLS, st.dates(date(2020, 9, 1), date(2021, 8, 31))), max_size=40)
SETS = st.frozensets(SCHOOLS, max_size=3)
REACHES = st.builds(
    Reach,
    st.text("食堂校车安全环保知识竞赛", min_size=1, max_size=8),
    SETS,
    SETS,
    st.frozensets(st.integers(1, 12), max_size=4),
    SETS,
)


@given(COUNTS, COUNTS, SHARES)
def test_what_is_cut_keeps_a_plan_to_its_cap_and_nothing_more_is_cut(items: int, baseline: int, share: Decimal) -> None:
    cut = beyond(items, baseline, share)
    assert items - cut <= cap(baseline, share) or not items
    assert cut == 0 or items - cut == cap(baseline, share)
    assert cap(baseline, share) <= share * baseline


@given(VISITS, st.dates(date(2020, 9, 1), date(2021, 8, 31)), st.integers(0, 6))
def test_two_terms_together_load_a_school_as_the_year_does(
    visits: list[tuple[str, date]], middle: date, most: int
) -> None:
    year = loads(visits, date(2020, 9, 1), date(2021, 8, 31))
    first = loads(visits, date(2020, 9, 1), middle)
    assert sum(year.values()) == len(visits)
    assert all(first[one] <= year[one] for one in year)
    over = loaded(visits, date(2020, 9, 1), date(2021, 8, 31), most)
    assert set(over) == {one for one, count in year.items() if count > most}


@given(REACHES, REACHES)
def test_an_overlap_is_one_from_both_sides_and_never_where_schools_or_months_part(one: Reach, other: Reach) -> None:
    assert bool(overlap(one, other)) == bool(overlap(other, one))
    apart = one.schools and other.schools and not one.schools & other.schools
    if apart or not one.months & other.months:
        assert overlap(one, other) == ""
