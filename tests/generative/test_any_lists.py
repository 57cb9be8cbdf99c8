"""Any small lists, however dirty: the fast engine says of every row what a slow and plain one says. 演示数据（虚构）."""

from datetime import date

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luoshi.declared.lists import LIST_PLAN
from luoshi.matching import Decision, Judged, Listed, compare
from luoshi.words.identifiers import person_check
from tests.lists_of_persons import COLUMNS, number
from tests.slow_lists import slow

ON, KEY = date(2020, 9, 1), b"sixteen bytes of key"
RIGHT = [number(serial, born) for serial in range(3) for born in ("20120401", "20130502")]
OLD = RIGHT[0][:6] + RIGHT[0][8:17]
DIRTY = [
    None, "", " ", "没有", "4.10302E+17", "410302", RIGHT[0][:17] + "0", RIGHT[1][:17] + "x", RIGHT[2].lower(),
    f"'{RIGHT[0]}", f" {RIGHT[1][:6]} {RIGHT[1][6:]}", "".join(chr(ord(one) + 0xFEE0) for one in RIGHT[2]), f"G{RIGHT[3]}",
    f"J{RIGHT[0]}", f"J{RIGHT[0][:17]}0", "L999901201204011234", "L99990120120401123x", OLD, "9" * 15, "99990120121301001X",
    "440524188001010014", number(1, "20991231"), f"{RIGHT[4]}\t", f"{RIGHT[4]}1", "J" + OLD, "１２",
]  # fmt: skip
NAMES = [None, "张一", " 张 一 ", "李二", "买买提·甲", "买买提.甲", "ＡＢ", "ab"]
BORN = [
    None,
    "2012-04-01",
    "20120401",
    "2012/4/1",
    "2012年4月1日",
    "2012-04-01 00:00:00",
    "2013-05-02",
    "2012-02-30",
    "不详",
]

rows = st.fixed_dictionaries(
    {
        "number": st.one_of(st.sampled_from(RIGHT), st.sampled_from(DIRTY)),
        "name": st.sampled_from(NAMES),
        "born": st.sampled_from(BORN),
        "guardian": st.sampled_from([None, "", "王甲", "王乙"]),
        "county": st.sampled_from([None, "", "星东县", " 星西县"]),
        "school": st.none(),
    }
)


@st.composite
def given_lists(draw):
    keys = draw(st.lists(st.sampled_from([one.key for one in LIST_PLAN.lists]), unique=True, max_size=4))
    pair = draw(st.sampled_from([("household", "roll"), ("roll", "present"), ("disabled", "roll")]))
    told = []
    for key in dict.fromkeys((*pair, *keys)):
        some = draw(st.lists(rows, max_size=5))
        frame = pl.DataFrame(some, schema=dict.fromkeys(COLUMNS, pl.String))
        told.append(Listed(key, frame, county=draw(st.sampled_from(["", "星东县"])), first=draw(st.integers(1, 3))))
    return told


def _told(compared):
    doubts = compared.doubts.select("comparison", "doubt", "list", "line", "other", "other_line", "pair").rows()
    found = {
        (row["comparison"], row["line"]): {"poor": row["poor"]} if row["poor"] else {}
        for row in compared.findings.iter_rows(named=True)
    }
    outcomes = {(row[0], row[1]): (row[3], row[4]) for row in compared.trace.rows()}
    assert len(doubts) == len(set(doubts))
    assert len(outcomes) == len(compared.trace)
    return outcomes, found, set(doubts)


def _same(lists, decided):
    decisions = [Decision(pair, Judged(judged), "县教育局") for pair, judged in decided.items()]
    fast = compare(lists, LIST_PLAN, on=ON, key=KEY, decisions=decisions, trace=True)
    plain = slow(lists, LIST_PLAN, ON, KEY, decided)
    assert _told(fast) == (plain.outcomes, plain.found, plain.doubts)
    assert fast.tally["rows"].sum() == len(plain.outcomes) == sum(map(_rows, lists))
    return fast


def _rows(one):
    """Rows with anything in them."""
    return sum(any((cell or "").strip() for cell in row) for row in one.rows.rows())


def _parts(fast, lists):
    counties = fast.tally["county"].unique().to_list()
    parts = [compare(lists, LIST_PLAN, on=ON, key=KEY, county=one) for one in counties]
    for name in ("findings", "doubts", "tally"):
        whole = getattr(fast, name)
        together = pl.concat([getattr(one, name) for one in parts]) if parts else whole
        assert sorted(map(str, together.rows())) == sorted(map(str, whole.rows()))


def _either_way(lists, data) -> None:
    fast = _same(lists, {})
    codes = sorted(set(fast.doubts["pair"].to_list()))
    if codes:
        chosen = data.draw(st.dictionaries(st.sampled_from(codes), st.sampled_from(["same", "different"])))
        _same(lists, chosen)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(given_lists(), st.data())
def test_every_row_of_any_lists_is_told_once_and_as_the_slow_engine_tells_it(lists, data) -> None:
    _either_way(lists, data)


@pytest.mark.prove
@settings(max_examples=600, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(given_lists(), st.data())
def test_so_it_is_of_many_more(lists, data) -> None:
    _either_way(lists, data)


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(given_lists())
def test_the_counties_parts_together_are_the_whole(lists) -> None:
    _parts(compare(lists, LIST_PLAN, on=ON, key=KEY), lists)


def test_the_dirty_numbers_are_what_they_seem() -> None:
    assert person_check(RIGHT[0][:17]) != "0"
    assert all(one[17] != "X" or one.lower() != one for one in RIGHT)
