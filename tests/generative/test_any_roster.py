"""Whatever columns a file has, in whatever order: it is taken whole and right, or refused whole."""

from datetime import date
from functools import cache

import polars as pl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luoshi.checking.rosters import Coder, Rostered, import_roster
from luoshi.checking.rosters.grades import place
from luoshi.declared.returns import RETURNS
from luoshi.declared.rosters import ROSTERS
from luoshi.imagining import City
from luoshi.imagining.rosters import Filed, Looks, class_list, roster
from luoshi.reading.deliveries import read_delivery
from luoshi.words.errors import RefusedError
from luoshi.words.sheets import Sheet

ON = date(2021, 9, 10)
_CALM = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


@cache
def _frames() -> dict[str, pl.DataFrame]:
    """A small city, its pupils thinned to every ninth."""
    return City(5, 3).whole(2021)


@cache
def _filed(kind: str) -> Filed:
    return class_list(_frames()) if kind == "classes" else roster(_frames())


_looks = st.builds(
    Looks,
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16"]),
    titles=st.integers(0, 6),
    shuffled=st.integers(0, 1000),
    quoted=st.booleans(),
    wide=st.booleans(),
)


def _tried(*sheets: Sheet) -> Rostered | RefusedError:
    """What comes of sheets: rows, or the refusal."""
    try:
        return import_roster(
            sheets, ROSTERS, _frames()["institutions"], on=ON, returns=RETURNS, coder=Coder(b"a key of the bureau")
        )
    except RefusedError as refusal:
        return refusal


@_CALM
@given(kind=st.sampled_from(["classes", "pupils"]), looks=_looks, drawn=st.data())
def test_any_subset_of_columns_is_taken_right_or_refused_whole(kind, looks, drawn) -> None:
    filed = _filed(kind)
    kept = drawn.draw(st.sets(st.sampled_from(filed.frame.columns), min_size=3))
    some = Filed(filed.title, filed.frame.select(one for one in filed.frame.columns if one in kept))
    told = _tried(*read_delivery([("表.csv", some.csv(looks))]))
    enough = {"年级", "班级"} <= kept and bool({"学校标识码", "学校名称"} & kept) and bool({"班级人数", "姓名"} & kept)
    if isinstance(told, RefusedError):
        assert not enough, str(told)
        return
    rows = told.rows("classes")
    assert rows is not None
    if enough:
        want, columns = _frames()["classes"].sort("class_id"), ("class_id", "grade", "size")
        assert rows.sort("class_id").select(columns).equals(want.select(columns))
    assert rows["size"].sum() <= _frames()["classes"]["size"].sum()


@_CALM
@given(kind=st.sampled_from(["classes", "pupils"]), drawn=st.data())
def test_spoiled_headings_never_half_import(kind, drawn) -> None:
    filed = _filed(kind)
    spoiled = drawn.draw(st.sets(st.sampled_from(filed.frame.columns), min_size=1))
    frame = filed.frame.rename({name: f"{name}新栏" for name in spoiled})
    told = _tried(Filed(filed.title, frame).sheet())
    if isinstance(told, RefusedError):
        assert "缺少" in str(told) or "没有一个认得的列名" in str(told)
        return
    rows = told.rows("classes")
    assert rows is not None
    assert set(rows["school"]) == set(_frames()["classes"]["school"])
    assert rows["size"].sum() == _frames()["classes"]["size"].sum()


@_CALM
@given(st.lists(st.lists(st.text(max_size=8) | st.none(), min_size=4, max_size=4), min_size=1, max_size=12))
def test_any_table_of_words_is_refused_in_four_parts(rows) -> None:
    told = _tried(Sheet("表", pl.DataFrame(rows, schema=dict.fromkeys("abcd", pl.String), orient="row")))
    assert isinstance(told, RefusedError)
    assert all(one.what and one.rule and one.remedy for one in told.findings)


@settings(max_examples=300, deadline=None)
@given(
    st.text(alphabet="一二三四五六七八九十0123456789小初高中级届班年()（）第-. ", max_size=10),
    st.text(alphabet="一二三四五六七八九十0123456789小初高中级届班年()（）第-. ", max_size=10),
    st.sampled_from(["", "primary", "junior", "senior", "vocational", "special"]),
    st.sampled_from(["", "211", "311", "312", "341", "342", "345", "365", "514", "111"]),
)
def test_any_words_are_a_grade_from_1_to_12_or_a_doubt(grade, klass, stage, kind) -> None:
    told = place(grade, klass, stage, "", kind, ON)
    assert told.grade is None or 1 <= told.grade <= 12
    assert told.grade or told.doubt or kind == "111" or stage == "preschool"
    assert told.number is None or 0 <= told.number <= 999


def test_layouts_have_each_heading_once() -> None:
    for layout in ROSTERS.layouts:
        said = [one for column in layout.columns for one in column.headings]
        assert sorted(one for one in set(said) if said.count(one) > 1) == [], layout.key
