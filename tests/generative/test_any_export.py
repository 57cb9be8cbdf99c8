"""A flat export of any blocks, in any order and any manner, is taken cell by cell."""

from functools import cache

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.checking import import_sheets
from luoshi.declared.layouts import LAYOUTS
from luoshi.imagining import City
from luoshi.imagining.filing.exports import NEW, OLD, Manner, flat_export
from luoshi.imagining.filing.records import records
from tests.spec.annual_files import carried, sheet

_CITY = City(20, seed=5)
_BLOCKS = ("other", "kindergarten", "children", "titles", "building", "land")


@cache
def _frames(year: int):
    return _CITY.annual_frames(range(20), year)


def _titles(numbers, chosen) -> set[str]:
    single = {getattr(numbers, name) for name in _BLOCKS if name in chosen}
    many = [
        one
        for name in ("classes", "pupils", "staff", "degrees")
        if name in chosen
        for one in getattr(numbers, name).values()
    ]
    return {*single, *many}


@settings(max_examples=12, deadline=None)
@given(
    st.sampled_from([NEW, OLD]),
    st.sets(st.sampled_from([*_BLOCKS, "classes", "pupils", "staff", "degrees"]), min_size=1),
    st.one_of(st.none(), st.integers(0, 999)),
    st.booleans(),
    st.sampled_from(["both", "word", "code"]),
    st.integers(2020, 2023),
)
def test_any_blocks_in_any_order_are_taken_cell_by_cell(numbers, chosen, shuffled, extra, words, year) -> None:
    titles, frames = _titles(numbers, chosen), _frames(year)
    manner = Manner(numbers, shuffled, extra, words, quoted=extra)
    page = flat_export(records(frames), manner, only=lambda path: len(path) == 1 or path[0] in titles)
    layout = [one for one in LAYOUTS if one.key == ("flat-2019" if numbers is OLD else "flat-2020")]
    imported = import_sheets([sheet(page)], layout)
    for part in imported.parts:
        wanted = carried(part.of.key, frames)
        got = part.rows.sort(list(part.of.keys))
        stages = got["stage"].unique() if "stage" in got.columns else None
        wanted = wanted if stages is None else wanted.filter(pl.col("stage").is_in(stages.implode()))
        assert got.height == wanted.height
        for name in got.columns:
            if name in wanted.columns:
                told = got[name].is_not_null()
                assert got[name].filter(told).equals(wanted[name].filter(told)), (part.of.key, name)
        assert got["school"].to_list() == wanted["school"].to_list()
