"""What is said of a promise that stands again a year later, sentence by sentence."""

from collections.abc import Mapping

import pytest

from luoshi.reading import read_text
from luoshi.tracking import Change, Clause, Comparison, Fate, clauses_of, compare, recognised

PADDING = "3.校园安全。开展校车安全隐患排查。完善门卫值守制度。4.教师发展。组织青年教师汉字书写比赛。"


def plan(year: int, words: str, leads: Mapping[str, str] | None = None) -> tuple[Clause, ...]:
    """演示数据（虚构）: a small plan, of which the first point matters."""
    text = f"星州市教育局{year}年工作要点\n1.学前教育。{words}\n2.体育艺术。举办校园足球联赛。{PADDING}"
    return clauses_of(read_text(text), leads)


def became(before: str, after: str) -> Change:
    """What is told of the one clause that matters."""
    told = compare(plan(2020, before), plan(2021, after)).changes
    return next(one for one in told if (one.before or one.after).key == "1.1")  # type: ignore[union-attr]


def rest(told: Comparison) -> list[Change]:
    """What is not continued unchanged."""
    return [one for one in told.changes if one.kind is not Fate.CONTINUED]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("2020年底前建成公办幼儿园50所。", "2021年底前建成公办幼儿园50所。"),
        ("9月底前建成公办幼儿园50所。", "9月底前建成公办幼儿园50所。"),
        ("2020年9月底前建成公办幼儿园50所。", "2021年9月30日前建成公办幼儿园50所。"),
        ("建成公办幼儿园50所。", "加快建成50所公办幼儿园。"),
        ("加快推进幼儿园课程游戏化。", "大力推进幼儿园课程游戏化。"),
        ("新增学位2万个。", "新增学位20000个。"),
        ("制定《星州市2020年幼儿园招生办法》。", "制定《星州市2021年幼儿园招生办法》。"),
    ],
)
def test_the_same_promise_a_year_later_is_continued(before: str, after: str) -> None:
    told = became(before, after)
    assert (told.kind, told.differences) == (Fate.CONTINUED, ())
    assert told.before is not None
    assert told.after is not None


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("建成公办幼儿园50所。", "建成公办幼儿园60所。", ["目标值：50 所 → 60 所"]),
        ("建成公办幼儿园50所。", "建成公办幼儿园不少于50所。", ["比较方式：50 所 → ≥ 50 所"]),
        ("建成公办幼儿园3-5所。", "建成公办幼儿园3-6所。", ["目标值：3—5 所 → 3—6 所"]),
        ("建成公办幼儿园50所。", "建成一批公办幼儿园。", ["目标值：50 所 → 未写"]),
        ("新增普惠性学位1.2万个。", "新增普惠性学位9000个。", ["目标值：12\u202f000 个 → 9000 个"]),
        ("毛入园率达到90%。", "毛入园率达到92.5%。", ["目标值：≥ 90 % → ≥ 92.5 %"]),
        ("建成公办幼儿园50所。", "力争建成公办幼儿园50所。", ["约束力：约束性 → 预期性"]),
        ("9月底前建成公办幼儿园50所。", "6月底前建成公办幼儿园50所。", ["完成时限：2020-09-30 → 2021-06-30"]),
        ("6月底前出台幼儿园收费办法。", "9月底前出台幼儿园收费办法。", ["完成时限：6月底前 → 9月底前"]),
        ("出台幼儿园收费办法。", "9月底前出台幼儿园收费办法。", ["完成时限：未写 → 9月底前"]),
    ],
)
def test_a_promise_with_another_number_day_or_strength_is_changed(before: str, after: str, said: list[str]) -> None:
    told = became(before, after)
    assert (told.kind, [str(one) for one in told.differences]) == (Fate.CHANGED, said)


def test_a_day_that_the_words_before_give_is_told_apart_from_a_printed_one() -> None:
    words = "{}建成公办幼儿园50所,新增学位2000个。"
    told = rest(compare(plan(2020, words.format("9月底前")), plan(2021, words.format("6月底前"))))
    assert [str(one) for change in told for one in change.differences] == [
        "完成时限：2020-09-30 → 2021-06-30",
        "完成时限随前文调整：2020-09-30 → 2021-06-30",
    ]


def test_what_is_not_promised_again_is_dropped_and_named() -> None:
    told = compare(
        plan(2020, "建成公办幼儿园50所。推行幼儿园阳光厨房。"),
        plan(2021, "建成公办幼儿园50所。"),
    )
    (dropped,) = rest(told)
    assert dropped.kind is Fate.DROPPED
    assert dropped.before is not None
    assert "阳光厨房" in dropped.before.text
    assert dropped.because.startswith("后一年要点中没有相同的任务")
    assert told.counts == {Fate.CONTINUED: len(told.changes) - 1, Fate.CHANGED: 0, Fate.DROPPED: 1, Fate.NEW: 0}


def test_what_was_not_promised_before_is_new() -> None:
    (new,) = rest(compare(plan(2020, "建成公办幼儿园50所。"), plan(2021, "建成公办幼儿园50所。推行幼儿园阳光厨房。")))
    assert (new.kind, new.before) == (Fate.NEW, None)


def test_words_that_differ_are_shown_and_decide_nothing() -> None:
    told = became("加快推进幼儿园课程游戏化。", "大力推进幼儿园课程游戏化。")
    assert [str(one) for one in told.wording] == ["措辞：加快 → 大力"]
    assert told.because == "任务、数值和时限口径不变；措辞有改动"


def test_two_documents_of_one_pattern_are_two_promises() -> None:
    told = compare(plan(2020, "制定《幼儿园食堂管理办法》。"), plan(2021, "制定《托育机构备案管理办法》。"))
    assert [one.kind for one in rest(told)] == [Fate.DROPPED, Fate.NEW]


def test_a_promise_that_became_two_names_both() -> None:
    told = compare(
        plan(2020, "建设幼儿园名师工作室,开展幼儿园自制玩教具评选。"),
        plan(2021, "建设幼儿园名师工作室。开展幼儿园自制玩教具评选。"),
    )
    assert rest(told) == []
    assert {one.text for change in told.changes for one in change.also_after} | {
        change.after.text for change in told.changes if change.after
    } == {one.text for one in plan(2021, "建设幼儿园名师工作室。开展幼儿园自制玩教具评选。")}


def test_parts_of_a_split_promise_are_told_with_it() -> None:
    def clause(key: str, text: str) -> Clause:
        return Clause(key=key, text=text, year=2020)

    whole = clause("1.1", "建设幼儿园名师工作室,开展自制玩教具评选")
    halves = (clause("1.1", "建设幼儿园名师工作室"), clause("1.2", "开展自制玩教具评选"))
    (split,) = compare([whole], halves).changes
    assert (split.kind, split.after, split.also_after) == (Fate.CONTINUED, halves[0], halves[1:])
    assert "拆出 1.2" in split.because
    (merged,) = compare(halves, [whole]).changes
    assert (merged.kind, merged.before, merged.also_before) == (Fate.CONTINUED, halves[0], halves[1:])
    assert "并入 1.2" in merged.because


def test_a_point_that_is_moved_and_renumbered_is_the_same_point() -> None:
    text = "星州市教育局{}年工作要点\n1.{}\n2.{}\n"
    first, second = "体育艺术。举办校园足球联赛。", "学前教育。建成公办幼儿园50所。推行幼儿园阳光厨房。"
    told = compare(
        clauses_of(read_text(text.format(2020, first, second))),
        clauses_of(read_text(text.format(2021, second, first))),
    )
    assert rest(told) == []


def test_nothing_beside_nothing_is_nothing() -> None:
    one = plan(2020, "建成公办幼儿园50所。")
    assert compare([], []).changes == ()
    assert {change.kind for change in compare([], one).changes} == {Fate.NEW}
    assert {change.kind for change in compare(one, []).changes} == {Fate.DROPPED}


def test_an_earlier_promise_is_recognised_with_its_lead_office() -> None:
    earlier = plan(2020, "建成公办幼儿园50所。推行幼儿园阳光厨房。", {"1.1": "JC"})
    match = recognised(plan(2021, "新建成公办幼儿园60所。")[0], earlier)
    assert match is not None
    assert (match.clause.key, match.clause.lead) == ("1.1", "JC")
    assert match.because.startswith("与2020年要点 1.1“建成公办幼儿园50所”为同一任务：")


def test_of_several_years_the_latest_is_recognised() -> None:
    earlier = [*plan(2020, "建成公办幼儿园50所。"), *plan(2019, "建成公办幼儿园40所。")]
    match = recognised(plan(2021, "建成公办幼儿园60所。")[0], earlier)
    assert match is not None
    assert match.clause.year == 2020


def test_what_stands_twice_in_one_plan_is_not_guessed() -> None:
    earlier = [Clause("1.1", "开展专项检查", year=2020), Clause("2.1", "开展专项检查", year=2020)]
    assert recognised(Clause("1.1", "开展专项检查", year=2021), earlier) is None
    assert recognised(Clause("1.1", "推行幼儿园阳光厨房", year=2021), earlier) is None
    assert recognised(Clause("1.1", "开展专项检查", year=2021), []) is None
