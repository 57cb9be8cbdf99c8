"""What is enough: every need has a piece of its own, as many as the pieces allow, and nothing unlooked-at counts."""

from datetime import date
from itertools import permutations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luoshi.declared import ENOUGH, PAPERS
from luoshi.spine import Kind
from luoshi.tracking.sufficing import Shown, fault, hold
from luoshi.words.evidence import Need

PAPER = {one.key: one for one in PAPERS}
ON = date(2021, 12, 31)


def shown(kind: str, place: int = 1, *, accepted: bool | None = True, numbered: bool = True, on: date = ON) -> Shown:
    return Shown(place, f"材料{place}", kind, numbered, on, accepted)


PIECES = st.lists(
    st.builds(
        Shown,
        st.integers(1, 9),
        st.just("材料"),
        st.sampled_from([one.key for one in PAPERS]),
        st.booleans(),
        st.dates(date(2021, 1, 1), ON),
        st.sampled_from([True, False, None]),
    ),
    max_size=5,
)
NEEDS = st.lists(
    st.builds(
        Need,
        st.just("材料"),
        st.lists(st.sampled_from([one.key for one in PAPERS]), min_size=1, max_size=3).map(tuple),
        st.booleans(),
        st.sampled_from([0, 6]),
    ),
    max_size=3,
)


def most(needs: list[Need], pieces: list[Shown]) -> int:
    """The same by trying every order of the pieces: slow and obvious."""
    padded = [*pieces, *[None] * len(needs)]
    return max(
        sum(
            one is not None and bool(one.accepted) and fault(need, PAPER, one, ON) == ""
            for need, one in zip(needs, order, strict=False)
        )
        for order in permutations(padded, len(needs))
    )


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(NEEDS, PIECES, st.booleans())
def test_as_many_needs_are_met_as_the_pieces_allow(needs: list[Need], pieces: list[Shown], figure) -> None:
    told = hold(needs, PAPER, pieces, ON, figure=figure)
    by_figure = [one for one in told if one.figure]
    assert len(by_figure) == sum(need.figure and figure for need in needs)
    rest = [need for need in needs if not (need.figure and figure)]
    met = [one.by for one in told if one.by]
    assert len(met) == most(rest, pieces)
    assert len({id(one) for one in met}) == len(met)
    assert all(bool(one.lack) != bool(one.by or one.figure) for one in told)


@pytest.mark.parametrize("kind", list(Kind))
def test_photographs_alone_are_enough_for_nothing(kind: Kind) -> None:
    photographs = [shown("photo", place) for place in range(9)]
    assert all(one.lack for one in hold(ENOUGH[kind], PAPER, photographs, ON))


def test_one_paper_does_not_meet_two_needs() -> None:
    first, second = hold(ENOUGH[Kind.EVENT], PAPER, [shown("minutes")], ON)
    assert (bool(first.lack), bool(second.lack)) == (False, True)
    told = hold(ENOUGH[Kind.EVENT], PAPER, [shown("minutes"), shown("notice", 2)], ON)
    assert [one.lack for one in told] == ["", ""]


@pytest.mark.parametrize(
    ("piece", "lack"),
    [
        (shown("summary", on=date(2021, 6, 30)), ""),
        (shown("summary", on=date(2021, 6, 29)), "缺近半年的工作小结（“材料1”是 2021-06-29 报送的，已超过 6 个月）"),
        (shown("summary", accepted=None), "缺近半年的工作小结（“材料1”待核验）"),
        (shown("summary", accepted=False), "缺近半年的工作小结（“材料1”已退回）"),
        (shown("photo"), "缺近半年的工作小结"),
    ],
)
def test_a_standing_item_asks_for_a_summary_of_the_last_half_year(piece: Shown, lack: str) -> None:
    (told,) = hold(ENOUGH[Kind.STANDING], PAPER, [piece], ON)
    assert told.lack == lack


def test_every_kind_of_item_says_what_is_enough_in_papers_that_are_declared_and_count() -> None:
    assert set(ENOUGH) == set(Kind)
    asked = {key for needs in ENOUGH.values() for need in needs for key in need.papers}
    assert {key for key in asked if not PAPER[key].counts} == set()
