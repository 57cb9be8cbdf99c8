"""四查三比对 by the handbook's own examples, and what is doubtful case by case. domain §6, §7. 演示数据（虚构）."""

from datetime import date
from fractions import Fraction

import polars as pl
import pytest

from luoshi.declared.lists import LIST_PLAN
from luoshi.matching import Decision, Doubt, Judged, Listed, compare
from luoshi.matching.pairing import CROWD
from luoshi.words.errors import RefusedError
from tests.lists_of_persons import child, listed, number

ON, KEY = date(2020, 9, 1), b"sixteen bytes of key"


def told(*lists, **also):
    return compare(lists, LIST_PLAN, on=ON, key=KEY, trace=True, **also)


def found(compared, comparison):
    """Lines; where lists are of serials from 1, the serials."""
    return compared.findings.filter(pl.col("comparison") == comparison)["line"].sort().to_list()


def doubts(compared):
    return [(row[0], row[1], row[2], row[3]) for row in compared.doubts.select("doubt", "list", "line", "other").rows()]


def test_tv_07a_who_is_out_of_school_who_dropped_out_and_who_of_them_is_poor() -> None:
    compared = told(
        listed("household", range(1, 11)),
        listed("roll", range(1, 9)),
        listed("elsewhere", [9]),
        listed("present", range(1, 7)),
        listed("away", [7]),
        listed("poor", [8, 10]),
    )
    assert found(compared, "out_of_school") == [10]
    assert found(compared, "dropped_out") == [8]
    poor = compared.findings.filter(pl.col("poor") == "yes")
    assert sorted(zip(poor["list"], poor["line"], strict=True)) == [("household", 10), ("roll", 8)]
    assert compared.doubts.is_empty()
    assert compared.counts().to_dicts() == [
        {"county": "星东县", "out_of_school": 1, "dropped_out": 1, "not_enrolled": 0, "not_placed": 0, "poor": 2, "doubtful": 0}
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("placed", "unplaced", "taught_without_roll", "shown", "passes"),
    [(1046, 79, 0, "92.978", False), (1047, 78, 0, "93.067", True), (1046, 79, 3, "92.711", False)],
    ids=["TV-06a", "TV-06b", "TV-06c"],
)
def test_tv_06_the_share_of_disabled_children_that_are_placed(
    placed, unplaced, taught_without_roll, shown, passes
) -> None:
    days = [f"2012{month:02d}{day:02d}" for month in range(1, 11) for day in range(1, 3)]
    children = [child(serial, born_in_number=day) for day in days for serial in range(57)][: placed + unplaced]
    compared = told(
        listed("disabled", children),
        listed("roll", children[: placed - taught_without_roll]),
        listed("home_taught", children[placed - taught_without_roll : placed]),
    )
    share = compared.share("not_placed")
    assert share == Fraction(placed - taught_without_roll, placed + unplaced)
    assert f"{float(share * 100):.3f}" == shown
    assert (share * 100 >= 93) is passes
    without = compared.findings.filter(pl.col("reason").str.contains("没有学籍，不算安置"))
    assert len(without) == taught_without_roll
    assert compared.share("not_placed", "别的县") is None


def test_a_deferral_excuses_a_disabled_child_and_places_nobody() -> None:
    compared = told(listed("disabled", [1, 2, 3]), listed("roll", [1]), listed("deferred", [2]))
    assert found(compared, "not_placed") == [3]
    assert compared.share("not_placed") == Fraction(1, 2)


@pytest.mark.parametrize(
    "written",
    ["'{}", "{} ", "　{}\t", "“{}”", "G{}", "g{}", "{:.6} {}"],
)
def test_a_number_written_in_a_declared_way_is_the_same_number(written) -> None:
    right = number(7)
    said = f"{right[:6]} {right[6:]}" if ":" in written else written.format(right)
    compared = told(listed("household", [7]), listed("roll", [child(7, number=said, name="甲", born=None)]))
    # The name differs: it is the very number that brings the two together, as a doubtful pair.
    assert {one[0] for one in doubts(compared)} == {Doubt.UNLIKE}
    same = told(listed("household", [7]), listed("roll", [child(7, number=said)]))
    assert same.findings.is_empty()
    assert same.doubts.is_empty()


def test_full_width_digits_and_a_small_x_are_the_same_number_and_fifteen_digits_become_eighteen() -> None:
    serial = next(one for one in range(100) if number(one)[17] == "X")
    wide = "".join(chr(ord(one) + 0xFEE0) for one in number(serial).lower())
    old = "999901" + "990401" + "001"
    new = number(1, "19990401")
    compared = told(
        listed("household", [child(serial), child(1, number=new, born=None)]),
        listed("roll", [child(serial, number=wide), child(1, number=old, born=None)]),
    )
    assert compared.findings.is_empty()
    assert compared.doubts.is_empty()


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (None, "没有身份证件号"), ("9.999012E+17", "科学计数"), ("9999", "不是 15 位或 18 位"), (number(5)[:17] + "0", "校验码不对"),
        ("440524188001010014", "出生日期不可能"), (number(5, "20991231"), "出生日期不可能"), ("不详", "不是 15 位或 18 位"),
    ],
)  # fmt: skip
def test_a_wrong_number_is_a_persons_to_decide_and_never_joined(written, said) -> None:
    assert number(5)[17] != "0"
    compared = told(listed("household", [5]), listed("roll", [child(5, number=written, born="2012-04-01")]))
    assert compared.findings.is_empty()
    assert sorted(doubts(compared)) == [(Doubt.ALIKE, "household", 1, "roll"), (Doubt.NUMBER, "roll", 1, "")]
    assert any(said in one for one in compared.doubts["reason"])


def test_a_wrong_number_that_is_like_nobody_is_asked_about_alone_until_a_person_says_so() -> None:
    lists = listed("household", [child(5, number=None)]), listed("roll", [6])
    first = told(*lists)
    assert doubts(first) == [(Doubt.NUMBER, "household", 1, "")]
    decision = Decision(first.doubts["pair"][0], Judged.DIFFERENT, "县教育局甲")
    assert found(told(*lists, decisions=[decision]), "out_of_school") == [1]
    nothing = Decision(first.doubts["pair"][0], Judged.SAME, "县教育局甲")
    assert told(*lists, decisions=[nothing]).doubts.equals(first.doubts)


def test_the_same_number_with_another_name_is_asked_and_both_answers_count() -> None:
    lists = listed("household", [1]), listed("roll", [child(1, name="改名")])
    first = told(*lists)
    assert doubts(first) == [(Doubt.UNLIKE, "household", 1, "roll")]
    assert first.doubts["reason"][0] == "号码相同，姓名不同"
    pair = first.doubts["pair"][0]
    same = told(*lists, decisions=[Decision(pair, Judged.SAME, "甲")])
    assert same.findings.is_empty()
    assert same.doubts.is_empty()
    other = told(*lists, decisions=[Decision(pair, Judged.DIFFERENT, "甲")])
    assert found(other, "out_of_school") == [1]
    assert other.doubts.is_empty()


def test_a_decision_ends_when_a_row_says_something_else() -> None:
    pair = told(listed("household", [1]), listed("roll", [child(1, name="改名")])).doubts["pair"][0]
    later = told(
        listed("household", [1]), listed("roll", [child(1, name="又改")]), decisions=[Decision(pair, Judged.SAME, "甲")]
    )
    assert len(later.doubts) == 1
    assert any("1 个认定没有对上" in one.what for one in later.told)


def test_a_decision_lives_on_when_rows_change_their_places() -> None:
    pair = told(listed("household", [1]), listed("roll", [child(1, name="改名")])).doubts["pair"][0]
    later = told(
        listed("household", [2, 1]),
        listed("roll", [2, 3, child(1, name="改名")]),
        decisions=[Decision(pair, Judged.SAME, "甲")],
    )
    assert later.doubts.is_empty()
    assert later.findings.is_empty()


def test_a_child_twice_on_the_roll_is_asked_and_becomes_one() -> None:
    lists = listed("household", [1]), listed("roll", [1, 1])
    first = told(*lists)
    assert sorted(doubts(first)) == [
        (Doubt.CROWDED, "household", 1, "roll"), (Doubt.CROWDED, "household", 1, "roll"),
        (Doubt.TWICE, "roll", 1, "roll"), (Doubt.TWICE, "roll", 2, "roll"),
    ]  # fmt: skip
    pair = first.doubts.filter(pl.col("doubt") == Doubt.TWICE)["pair"].unique().to_list()
    assert len(pair) == 1
    second = told(*lists, decisions=[Decision(pair[0], Judged.SAME, "甲")])
    assert second.findings.is_empty()
    assert second.doubts.is_empty()
    assert ("merged", 1) in second.tally.select("outcome", "rows").rows()


def test_one_name_and_birthday_in_one_county_under_another_number_is_offered_and_not_joined() -> None:
    compared = told(listed("household", [1]), listed("roll", [child(1, number=number(2))]))
    assert doubts(compared) == [(Doubt.ALIKE, "household", 1, "roll")]
    assert compared.findings.is_empty()
    elsewhere = told(listed("household", [1]), listed("roll", [child(1, number=number(2), county="星西县")]))
    assert found(elsewhere, "out_of_school") == [1]
    guarded = [child(1, number=number(2), county="星西县", guardian="王甲")]
    by_guardian = told(listed("household", [child(1, guardian="王甲")]), listed("roll", guarded))
    assert doubts(by_guardian) == [(Doubt.ALIKE, "household", 1, "roll")]


def test_whoever_stands_there_under_an_own_number_is_not_offered_for_another() -> None:
    twin = child(2, name=child(1)["name"])
    compared = told(listed("household", [1, twin]), listed("roll", [twin]))
    assert found(compared, "out_of_school") == [1]
    assert compared.doubts.is_empty()


def test_a_name_that_too_many_bear_says_nothing() -> None:
    many = [child(serial, name="同名") for serial in range(100, 101 + CROWD)]
    compared = told(listed("household", [child(1, name="同名")]), listed("roll", many))
    assert found(compared, "out_of_school") == [1]
    fewer = told(listed("household", [child(1, name="同名")]), listed("roll", many[:-1]))
    assert len(fewer.doubts) == CROWD


def test_whether_a_child_is_poor_may_be_doubtful_too() -> None:
    compared = told(listed("household", [1]), listed("roll", [2]), listed("poor", [child(1, number=None)]))
    assert compared.findings["poor"].to_list() == ["doubtful"]
    pair = compared.doubts.filter(pl.col("doubt") == Doubt.ALIKE)["pair"][0]
    decided = told(
        listed("household", [1]),
        listed("roll", [2]),
        listed("poor", [child(1, number=None)]),
        decisions=[Decision(pair, Judged.SAME, "甲")],
    )
    assert decided.findings["poor"].to_list() == ["yes"]


def test_a_county_gets_its_own_rows_and_they_are_its_part_of_the_whole() -> None:
    rows = [child(1), child(2, county="星西县"), child(3, county=None)]
    lists = [listed("household", rows, county="星南县"), listed("roll", [9])]
    whole = told(*lists)
    assert whole.findings["county"].sort().to_list() == ["星东县", "星南县", "星西县"]
    part = told(*lists, county="星西县")
    assert part.findings.equals(whole.of("星西县").findings)
    assert part.findings["line"].to_list() == [2]
    assert part.tally["rows"].sum() == 1


def test_names_and_numbers_are_masked_unless_the_whole_is_asked_for() -> None:
    lists = listed("household", [child(1, name="童小明")]), listed("roll", [2])
    row = told(*lists).findings.row(0, named=True)
    assert (row["name"], row["number"]) == ("童*明", f"9999**********{number(1)[-4:]}")
    row = told(*lists, whole=True).findings.row(0, named=True)
    assert (row["name"], row["number"]) == ("童小明", number(1))
    without = compare(lists, LIST_PLAN, on=ON)
    assert without.findings["code"].to_list() == [None]


def test_the_code_of_a_child_is_that_of_the_rolls_under_the_same_key() -> None:
    from luoshi.checking.rosters import Coder

    compared = told(listed("household", [1]), listed("roll", [2]))
    assert compared.findings["code"].to_list() == Coder(KEY).coded(pl.Series([number(1)])).to_list()


def test_what_is_missing_is_told() -> None:
    compared = told(listed("household", [1]), listed("roll", [1]))
    assert [one.where for one in compared.told] == ["疑似失学", "贫困疑似"]
    assert "外地学籍核实、缓学免学、已完成义务教育" in compared.told[0].what


@pytest.mark.parametrize(
    ("lists", "also", "said"),
    [
        ([listed("household", [1])], {}, "比对不成"),
        ([listed("household", [1]), listed("roll", [1]), listed("roll", [1])], {}, "给出了 2 份"),
        ([listed("household", [1]), listed("roll", [1]), listed("nobody", [1])], {}, "没有这种名单"),
        ([listed("household", [1]), Listed("roll", pl.DataFrame({"name": ["甲"]}))], {}, "没有“身份证件号”一列"),
        ([listed("household", [1]), listed("roll", [1])], {"key": b"short"}, "密钥只有 5 字节"),
        (
            [listed("household", [1]), listed("roll", [1])],
            {"key": None, "decisions": [Decision("x", Judged.SAME, "甲")]},
            "没有给出密钥",
        ),
        (
            [listed("household", [1]), listed("roll", [1])],
            {"decisions": [Decision("x", Judged.SAME, "甲"), Decision("x", Judged.DIFFERENT, "乙")]},
            "既认定为同一人",
        ),
    ],
)
def test_what_cannot_be_compared_is_refused_in_four_parts(lists, also, said) -> None:
    with pytest.raises(RefusedError) as refused:
        compare(lists, LIST_PLAN, on=ON, **({"key": KEY} | also))
    finding = refused.value.findings[0]
    assert said in finding.what
    assert finding.where
    assert finding.rule
    assert finding.remedy
