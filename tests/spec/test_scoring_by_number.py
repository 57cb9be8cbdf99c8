"""Worked examples of evaluation (TV-14), and what every kind of criterion is worth."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from luoshi.scoring.comparing import belief, changes, panel, together
from luoshi.scoring.nouns import Mark
from luoshi.scoring.sampling import sample
from luoshi.scoring.scores import scored, shown
from luoshi.scoring.sheets import marks, unexplained, written, wrongs
from luoshi.scoring.texts import read_back, revised, version
from luoshi.scoring.texts import written as text
from luoshi.words.errors import RefusedError
from tests.rubrics import Duties, Shares

DUTIES, SHARES = Duties.scheme, Shares.scheme
SIX = {
    "leading_all": Mark("14.2"),
    "reform_all": Mark("22.5"),
    "money_all": Mark("17.1"),
    "ground_all": Mark("13.0"),
    "teachers_all": Mark("12.4"),
    "order_all": Mark("8.9"),
}
FULL = {"rate": Mark("100"), "size": Mark("0"), "visits": Mark("all"), "rule": Mark("1"), "hours": Mark("80")}


def test_tv_14a_six_groups_less_a_deduction_are_87_1_and_good() -> None:
    told = scored(DUTIES, SIX)
    assert shown(told.total) == Decimal("88.1")
    told = scored(DUTIES, {**SIX, "lost": Mark("1", why="迟报")})
    assert shown(told.total) == Decimal("87.1")
    assert told.grade.label == "良好"


def test_tv_14b_91_with_an_unsafe_building_is_good_at_most() -> None:
    high = {**SIX, "reform_all": Mark("25"), "money_all": Mark("17.5")}
    assert shown(scored(DUTIES, high).total) == 91
    told = scored(DUTIES, {**high, "unsafe": Mark("1", why="有一栋")})
    assert (told.bare.label, told.grade.label, told.passed) == ("优秀", "良好", True)
    assert [(one.item.label, one.before.label, one.after.label) for one in told.effects] == [
        ("D级危房", "优秀", "良好")
    ]


@pytest.mark.parametrize(
    ("reform", "total", "grade"), [("25", "91", "良好"), ("13.9", "79.9", "合格"), ("0", "66", "合格")]
)
def test_tv_14b_a_dangerous_building_is_never_excellent_and_a_cap_lifts_nobody(
    reform: str, total: str, grade: str
) -> None:
    told = scored(DUTIES, {**SIX, "reform_all": Mark(reform), "money_all": Mark("17.5"), "unsafe": Mark("1", why="有")})
    assert (shown(told.total), told.grade.label) == (Decimal(total), grade)
    assert told.bare.label == ("优秀" if reform == "25" else grade)
    low = scored(DUTIES, {"reform_all": Mark("25"), "unsafe": Mark("1", why="有")})
    assert (low.bare.label, low.grade.label) == ("不合格", "不合格")


def test_a_grade_down_comes_before_a_cap_and_a_veto_last_of_all() -> None:
    high = {**SIX, "reform_all": Mark("25"), "money_all": Mark("20")}
    both = {**high, "unsafe": Mark("1", why="有"), "faked": Mark("1", why="有")}
    assert scored(DUTIES, both).grade.label == "良好"
    vetoed = scored(DUTIES, {**both, "disaster": Mark("1", why="有")})
    assert (vetoed.grade.label, vetoed.vetoed, vetoed.passed) == ("不合格", True, False)
    assert vetoed.total == scored(DUTIES, high).total, "the points stay as they are"


def test_a_number_on_its_way_to_the_target_gets_its_share_and_never_more() -> None:
    worth = [
        (value, scored(SHARES, {"rate": Mark(value)}).parts["rate"].points)
        for value in ("40", "50", "75", "100", "120")
    ]
    assert worth == [("40", 0), ("50", 0), ("75", 10), ("100", 20), ("120", 20)]
    less = [scored(SHARES, {"size": Mark(value)}).parts["size"].points for value in ("12", "10", "2.5", "0")]
    assert less == [0, 0, Fraction(15, 2), 10]


def test_bands_levels_and_yes_are_worth_what_is_declared() -> None:
    assert scored(SHARES, FULL).total == 100
    half = scored(SHARES, {**FULL, "visits": Mark("half"), "rule": Mark(), "hours": Mark("71.99")})
    assert half.total == 20 + 10 + 10 + 0 + 20


def test_what_does_not_apply_gives_its_points_to_the_others_of_its_group() -> None:
    told = scored(SHARES, {**FULL, "rule": Mark(absent=True, why="无"), "visits": Mark("half")})
    assert told.parts["visits"].full == 30
    assert told.parts["visits"].points == 15
    assert told.total == 85
    whole = scored(SHARES, {**FULL, "rule": Mark(absent=True, why="无"), "visits": Mark(absent=True, why="无")})
    assert whole.parts["inner"].absent
    assert whole.parts["rate"].full == 40, "20 of 30 that are left of the 60"
    assert whole.total == 100
    alone = scored(SHARES, {**FULL, "hours": Mark(absent=True, why="无")})
    assert alone.parts["first"].full == 100


def test_deductions_and_extra_points_end_at_their_limits() -> None:
    assert scored(SHARES, {**FULL, "more": Mark("9", why="多")}).total == 104
    assert scored(SHARES, {**FULL, "late": Mark("3", why="三次")}).total == Decimal("98.5")
    assert scored(SHARES, {**FULL, "late": Mark("30", why="多次")}).total == 97
    assert scored(SHARES, {"late": Mark("3", why="三次")}).total == 0


def test_a_sheet_is_told_everything_that_is_missing_or_wrong_at_once() -> None:
    told = {
        "rate": Mark("很高"),
        "size": Mark(absent=True, why="无"),
        "visits": Mark("some"),
        "late": Mark("1.5", why="x"),
    }
    found = [(one.where, one.what) for one in wrongs(SHARES, {**told, "more": Mark("1"), "gone": Mark("1")})]
    assert found == [
        ("各类指标（例）", "没有“gone”这一项"),
        ("开课率", "填的是“很高”"),
        ("大班额比例", "标为不适用"),
        ("家访", "填的是“some”"),
        ("人均学时", "没有填"),
        ("经验推广", "没有写理由"),
        ("迟报", "填的是“1.5”"),
    ]
    assert list(wrongs(SHARES, FULL)) == []


def test_where_nothing_applies_there_is_no_score() -> None:
    gone = {key: Mark(absent=True, why="无") for key, one in SHARES.items.items() if one.counted}
    assert "全部指标都不适用" in [one.what for one in wrongs(SHARES, gone)]
    with pytest.raises(ValueError, match="nothing applies"):
        scored(SHARES, gone)


def test_a_later_sheet_says_why_where_it_differs() -> None:
    own = {**FULL, "rate": Mark("90")}
    later = {**FULL, "rate": Mark("75"), "visits": Mark("half", why="抽查3户未访"), "rule": Mark()}
    assert [(one.where, one.what) for one in unexplained(SHARES, own, later)] == [
        ("开课率", "前一次16分，这一次10分"),
        ("有章程", "前一次10分，这一次0分"),
    ]
    assert [(one.item.key, one.before, one.after) for one in changes(SHARES, own, later)] == [
        ("rate", 16, 10),
        ("visits", 20, 10),
        ("rule", 10, 0),
    ]
    told = belief(SHARES, own, later)
    assert (told.above, told.below, told.share) == (26, 0, Fraction(74, 100))


def test_a_figure_that_the_house_holds_by_now_speaks_for_itself() -> None:
    later = {**FULL, "rate": Mark("75", held="年报，2020-12-31")}
    assert list(unexplained(SHARES, FULL, later)) == []


def test_what_another_criterion_does_not_apply_is_no_change_of_this_one() -> None:
    absent = {**FULL, "rule": Mark(absent=True, why="没有")}
    assert [one.where for one in unexplained(SHARES, FULL, {**absent, "rule": Mark(absent=True)})] == ["有章程"]
    assert list(unexplained(SHARES, FULL, absent)) == []


def test_a_panel_leaves_out_the_highest_and_the_lowest_and_averages_no_veto_away() -> None:
    five = {f"j{at}": {**SIX, "reform_all": Mark(str(at * 5))} for at in range(1, 6)}
    told = panel(replace(DUTIES, judges=5, trim=1), five)
    assert told.left_out == ("j1", "j5")
    assert told.total == scored(DUTIES, five["j3"]).total
    assert told.items["reform_all"].apart
    assert not told.items["leading_all"].apart
    one = {**five, "j2": {**five["j2"], "disaster": Mark("1", why="有")}}
    assert panel(DUTIES, one).vetoes == {"disaster": ("j2",)}
    begun = together(DUTIES, one)
    assert begun["disaster"].value == "1"
    assert begun["leading_all"].value == "14.2"
    assert "reform_all" not in begun
    with pytest.raises(ValueError, match="2 sheets"):
        panel(replace(DUTIES, judges=3, trim=1), {"a": SIX, "b": SIX})


def test_a_sample_can_be_drawn_again_and_holds_those_who_must_be_visited() -> None:
    units = [f"4103{at:02d}" for at in range(2, 19)]
    drawn = sample(units, "LY-2020/483920", 5, {"410303"})
    assert drawn == sample(list(reversed(units)), "LY-2020/483920", 5, {"410303"})
    assert drawn[0] == "410303"
    assert len(set(drawn)) == 5
    assert sample(units, "LY-2020/483921", 5, {"410303"}) != drawn


def test_a_rubric_and_a_sheet_come_back_from_their_texts() -> None:
    assert read_back(text(SHARES)) == SHARES
    assert version(text(SHARES)) == version(text(read_back(text(SHARES))))
    sheet = {**FULL, "late": Mark("2", why="两次", proof=(7, 9)), "rule": Mark(absent=True, why="无")}
    assert marks(written(sheet)) == sheet
    for hostile in ("[]", '{"a": 1}', '{"a": {"proof": "7"}}', "{"):
        with pytest.raises(ValueError, match=r"."):
            marks(hostile)


def test_a_bureau_changes_weights_only_so_that_they_still_add_up() -> None:
    told = revised(SHARES, {"rate.points": "15", "size.points": "15", "rate.label": " 开课 率 ", "grades.yes": "70"})
    assert (told.items["rate"].points, told.items["rate"].label, told.grades[0].least) == (15, "开课 率", 70)
    assert scored(told, FULL).total == 100
    with pytest.raises(RefusedError) as refused:
        revised(SHARES, {"rate.points": "25", "hours.bands.2": "30"})
    assert [(one.where, one.what) for one in refused.value.findings] == [
        ("第一组", "下级分值合计65"),
        ("人均学时", "最高档30分"),
    ]
    with pytest.raises(RefusedError) as refused:
        revised(
            SHARES,
            {"rate.points": "多", "none.points": "1", "rate.marking": "yes", "grades.gone": "1", "size.label": " "},
        )
    assert len(refused.value.findings) == 5
