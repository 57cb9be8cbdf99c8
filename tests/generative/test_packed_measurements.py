"""Whatever rows came to is read back from packed sheaves as it was, and divided as it was."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from luoshi.bureau.indicators.packing import COUNTED, Division, Form, Moment, divisions, legend, measured, pack, slots
from luoshi.words import showing

_COUNTS = st.integers(0, 10**10).map(str)
_AMOUNTS = st.decimals(0, 10**15, places=12).map(lambda one: format(one, "f"))
_SIDES = st.one_of(st.just(""), _COUNTS, _AMOUNTS)
_FORMS = {"rate": Form(100, 2, "%"), "count": Form(COUNTED, 2, "个"), "cv": Form(places=4)}


@st.composite
def _moments(draw: st.DrawFn) -> list[Moment]:
    units = draw(
        st.lists(
            st.tuples(st.integers(1, 40), st.sampled_from("甲乙 ")),
            min_size=1,
            max_size=12,
            unique_by=lambda one: one[0],
        )
    )
    told = []
    for number, name in units:
        for key in draw(st.sets(st.sampled_from(sorted(_FORMS)), min_size=1)):
            rows = draw(st.integers(0, 10**6))
            value = draw(st.one_of(st.just(""), _AMOUNTS)) if key == "cv" else ""
            told.append(
                Moment(
                    key,
                    draw(st.shared(st.sampled_from(["school", "county"]), key="level")),
                    f"99{number:04}",
                    f"9901{number % 3:02}",
                    name.strip(),
                    draw(_SIDES),
                    draw(_SIDES),
                    value,
                    f"约{value}" if key == "cv" else "",
                    rows,
                    draw(st.integers(0, rows)),
                )
            )
    return told


@given(_moments())
def test_what_was_packed_is_there_to_the_last_digit(moments: list[Moment]) -> None:
    packing = pack(moments, _FORMS.__getitem__)
    named = {(one.level, one.county): divisions(one.body) for one in packing.rosters}
    back = {}
    for sheaf in packing.sheaves:
        listed = named[sheaf.level, sheaf.county]
        for place, slot in slots(sheaf.body, sheaf.form, range(len(listed))):
            back[sheaf.measure, listed[place].code] = (listed[place], slot)
    assert back.keys() == {(one.measure, one.division) for one in moments}
    for one in moments:
        division, slot = back[one.measure, one.division]
        assert (division.county, slot.part, slot.whole, slot.rows, slot.used) == (
            *(one.county, one.part, one.whole, one.rows, one.used),
        )
        assert slot.value == _value(one)
        if one.measure == "cv":
            assert slot.shown == one.shown


def _value(one: Moment) -> Decimal | None:
    if one.measure == "cv":
        return Decimal(one.value) if one.value else None
    if one.measure == "count":
        return Decimal(one.part) if one.part else None
    if not one.part or not one.whole or not Decimal(one.whole):
        return None
    exact = showing.decimal_of(Fraction(one.part) / Fraction(one.whole) * 100)
    return Decimal(f"{exact:.28g}")


@given(_moments())
def test_a_single_division_is_the_same_as_among_all(moments: list[Moment]) -> None:
    packing = pack(moments, _FORMS.__getitem__)
    sizes = {(one.level, one.county): len(divisions(one.body)) for one in packing.rosters}
    for sheaf in packing.sheaves:
        every = dict(slots(sheaf.body, sheaf.form, range(sizes[sheaf.level, sheaf.county])))
        for place, slot in every.items():
            assert dict(slots(sheaf.body, sheaf.form, [place])) == {place: slot}


@given(_moments())
def test_a_profile_says_of_a_division_what_the_sheaves_say(moments: list[Moment]) -> None:
    packing = pack(moments, _FORMS.__getitem__)
    named = {(one.level, one.county): divisions(one.body) for one in packing.rosters}
    by_sheaf = {
        (sheaf.measure, sheaf.form, listed[place]): slot
        for sheaf in packing.sheaves
        for listed in [named[sheaf.level, sheaf.county]]
        for place, slot in slots(sheaf.body, sheaf.form, range(len(listed)))
    }
    words = legend(packing.legend)
    by_profile = {
        (key, form, Division(one.division, one.county, one.name)): slot
        for one in packing.profiles
        for key, form, slot in measured(one.body, words)
    }
    assert by_profile == by_sheaf
    only = {key: words[key] for key in list(words)[:1]}
    for one in packing.profiles:
        every = {key: slot for key, _form, slot in measured(one.body, words)}
        assert {key: slot for key, _form, slot in measured(one.body, only)} == {
            key: slot for key, slot in every.items() if key in only
        }
