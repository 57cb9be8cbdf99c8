"""A procedure that cannot be right is refused where it is written."""

import re
from datetime import date

import pytest

import luoshi.declared.procedures
from luoshi.handling.bounds import not_before, not_over
from luoshi.handling.courses import course, read_back, written
from luoshi.handling.declaring import Procedure
from luoshi.handling.diagrams import clock_of, svg
from luoshi.handling.fields import Kind, choice, day, line, number, reckoned, when, words
from luoshi.handling.gathering import procedures
from luoshi.handling.nouns import Begin, Clock, End, State, once
from luoshi.handling.parts import HOST, LEADER
from luoshi.handling.proving import DeclarationError
from luoshi.handling.registers import Lasting, Register
from luoshi.handling.terms import days, months, plus_months, that_day, workdays
from luoshi.words.calendars import national
from luoshi.words.errors import RefusedError
from tests.case_files import File


def test_a_state_nobody_reaches_and_one_nobody_leaves_are_refused_with_their_names() -> None:
    with pytest.raises(DeclarationError) as refused:

        class Lost(Procedure, key="lost", label="迷路"):
            begun = Begin("已登记", by=HOST)
            stuck = State("无出路")
            island = State("到不了")
            ended = End("已办结")
            into = begun.to(stuck, "进去", by=HOST)
            close = begun.to(ended, "办结", by=HOST)
            leave = island.to(ended, "离开", by=HOST)

    assert "nobody reaches 到不了" in str(refused.value)
    assert "nobody who is in 无出路 comes to an end" in str(refused.value)


def test_two_beginnings_are_refused() -> None:
    with pytest.raises(DeclarationError, match="one beginning, this one has 2"):

        class Twice(Procedure, key="twice", label="两次"):
            begun = Begin("已登记", by=HOST)
            again = Begin("又登记", by=HOST)
            ended = End("已办结")
            close = begun.to(ended, "办结", by=HOST)
            close_again = again.to(ended, "办结", by=HOST)


def test_a_step_out_of_an_end_is_refused_unless_it_takes_the_case_up_again() -> None:
    with pytest.raises(DeclarationError, match="回去: only what is taken up again leaves an end"):

        class Back(Procedure, key="back", label="回头"):
            begun = Begin("已登记", by=HOST)
            ended = End("已办结")
            close = begun.to(ended, "办结", by=HOST)
            back = ended.to(begun, "回去", by=HOST)

    class Again(Procedure, key="again", label="再办"):
        begun = Begin("已登记", by=HOST)
        ended = End("已办结")
        close = begun.to(ended, "办结", by=HOST)
        again = ended.reopens(begun, "重新办理", by=LEADER, needs=())

    assert course(Again).ways["again"].reopens


def test_fields_clocks_and_conditions_that_lead_nowhere_are_refused_all_at_once() -> None:
    other = choice("别处的", options={"a": "甲"})
    with pytest.raises(DeclarationError) as refused:

        class Loose(Procedure, key="loose", label="松散"):
            unasked = line("从不填")
            level = choice("分级", options={"low": "低"})
            idle = Clock("没有用的期限", days(3))
            mixed = Clock("混着延", workdays(3), extend=once(days(3), LEADER))
            begun = Begin("已登记", mixed, by=HOST, asks=[level])
            ended = End("已办结")
            close = begun.to(ended, "办结", by=HOST, when=level.is_("high"))
            close_other = begun.to(ended, "别样办结", by=HOST, when=other.is_("a"))
            nobody = begun.to(ended, "没人办", by=())

    for said in (
        "从不填 is never asked", "no state carries the clock 没有用的期限", "混着延 counts one thing and is extended by another",
        "办结: depends on an answer that 分级 does not have", "别样办结: depends on a field of another procedure",
        "nobody may take 没人办",
    ):  # fmt: skip
        assert said in str(refused.value)


def test_only_a_decided_case_changes_a_list_and_it_must_hold_what_the_list_asks() -> None:
    class Listed(Register, key="listed", label="名单"):
        title = line("名称")

    with pytest.raises(DeclarationError) as refused:

        class Entering(Procedure, key="entering", label="入名单"):
            begun = Begin("已登记", by=HOST)
            checked = State("已核")
            ended = End("已办结")
            check = begun.to(checked, "核", by=HOST, enters=Listed)
            close = checked.to(ended, "办结", by=HOST, enters=Listed)

    assert "核: a decided case changes a list, and 已核 is no end" in str(refused.value)
    assert "办结: the list 名单 asks for ['名称'], which no case here holds" in str(refused.value)


def test_what_tells_of_a_person_is_never_in_the_public_part_of_a_list() -> None:
    with pytest.raises(TypeError, match="not public"):

        class Told(Register, key="told", label="名单"):
            title = words("姓名", private=True)
            public = (title,)


@pytest.mark.parametrize(
    ("start", "count", "last"),
    [
        (date(2020, 1, 31), 1, date(2020, 2, 29)),
        (date(2020, 3, 10), 12, date(2021, 3, 10)),
        (date(2020, 8, 31), 6, date(2021, 2, 28)),
        (date(2020, 12, 1), 1, date(2021, 1, 1)),
        (date(2020, 3, 31), -1, date(2020, 2, 29)),
    ],
)
def test_a_month_ends_on_its_corresponding_day_or_its_last(start: date, count: int, last: date) -> None:
    assert plus_months(start, count) == last


def test_a_term_of_days_or_months_moves_behind_a_holiday_and_one_of_working_days_needs_not() -> None:
    calendar = national()
    assert days(15).last(date(2020, 9, 16), calendar) == date(2020, 10, 9)
    assert months(1).last(date(2020, 9, 1), calendar) == date(2020, 10, 9)
    assert workdays(5).last(date(2020, 1, 16), calendar) == date(2020, 1, 22)
    assert workdays(3).before(date(2020, 10, 9), calendar) == date(2020, 9, 28)


def test_a_decision_that_is_in_force_while_it_is_reviewed_changes_a_list_before_the_end() -> None:
    class Barred(Register, key="barred", label="限制名单"):
        title = line("名称")

    class Sanction(Procedure, key="sanction", label="处理"):
        name = Barred.title
        begun = Begin("已登记", by=HOST, asks=[name])
        served = State("已送达", in_force=True)
        ended = End("已归档")
        serve = begun.to(served, "送达", by=HOST, enters=Barred)
        close = served.to(ended, "归档", by=HOST)

    assert course(Sanction).ways["serve"].enters == "barred"


def test_a_case_about_an_entry_takes_it_off_without_holding_its_fields_and_any_other_case_may_not() -> None:
    class Known(Register, key="known", label="名单"):
        title = line("名称")

    class Checked(Procedure, key="checked", label="检查"):
        begun = Begin("待检查", by=HOST, of=Known)
        gone = End("已撤销")
        withdraw = begun.to(gone, "撤销", by=HOST, withdraws=Known)

    assert course(Checked).ways["withdraw"].withdraws == "known"
    with pytest.raises(DeclarationError, match="which no case here holds"):

        class Stray(Procedure, key="stray", label="无关"):
            begun = Begin("已登记", by=HOST)
            gone = End("已撤销")
            withdraw = begun.to(gone, "撤销", by=HOST, withdraws=Known)


def test_a_clock_that_ends_on_an_agreed_day_says_which_field_holds_it() -> None:
    with pytest.raises(DeclarationError, match="整改时限 ends on a day that no field says"):

        class Undated(Procedure, key="undated", label="无期"):
            mending = Clock("整改时限", that_day())
            begun = Begin("整改中", mending, by=HOST)
            ended = End("已整改")
            close = begun.to(ended, "办结", by=HOST)

    class Dated(Procedure, key="dated", label="有期"):
        due_on = day("约定日", future=True)
        mending = Clock("整改时限", that_day(), start=due_on)
        begun = Begin("整改中", mending, by=HOST, asks=[due_on])
        ended = End("已整改")
        close = begun.to(ended, "办结", by=HOST)

    assert clock_of(course(Dated), "begun") == "至约定日"


_LEVEL = {"low": "低", "high": "高"}


@pytest.mark.parametrize(
    ("members", "said"),
    [
        ({"level": choice("分级", options=_LEVEL), "valid": months(6), "until": day("到期")}, "ends in one way"),
        ({"adds": months(48)}, "only terms add up"),
    ],
)
def test_a_list_whose_entries_cannot_say_their_end_is_refused(members: dict[str, object], said: str) -> None:
    with pytest.raises(TypeError, match=said):
        type("Endless", (Register,), {"title": line("名称"), **members}, key="endless", label="名单")


def test_the_day_an_entry_counts_from_is_a_field_of_its_list() -> None:
    class Other(Register, key="other", label="别的名单"):
        title = line("名称")
        decided_on = day("决定日期")

    with pytest.raises(TypeError, match="fields of its own"):

        class Lost(Register, key="lost_list", label="名单"):
            title = line("名称")
            level = choice("分级", options=_LEVEL)
            lasting = Lasting(Other.decided_on, {})


def test_every_option_of_what_an_entry_lasts_by_says_how_long() -> None:
    with pytest.raises(TypeError, match="every option of 分级 says how long"):

        class Partly(Register, key="partly", label="名单"):
            title = line("名称")
            level = choice("分级", options=_LEVEL)
            lasting = Lasting(level, {"low": months(6)})


@pytest.mark.parametrize("told", procedures(luoshi.declared.procedures).values(), ids=lambda one: one.key)
def test_no_words_of_a_picture_run_into_its_arrows_or_out_of_their_box(told: type[Procedure]) -> None:
    picture = svg(course(told))
    lanes = min(int(one) for one in re.findall(r'<path d="M\d+ \d+H(\d+)', picture))
    for begins, said in re.findall(r'<text class="step" x="(\d+)"[^>]*>([^<]+)<', picture):
        assert int(begins) + 13 * sum(2 - one.isascii() for one in said) / 2 <= lanes, said
    for width, said in re.findall(r'<rect [^>]*width="(\d+)"[^>]*/><text [^>]*>([^<]+)<', picture):
        assert 13 * len(said) <= int(width) - 8, said


def test_what_belongs_in_the_head_of_a_procedure_is_not_lost_in_its_body() -> None:
    with pytest.raises(DeclarationError, match="platform is said in the head of the class"):

        class Lost(Procedure, key="lost", label="丢失"):
            platform = "国家系统"
            begun = Begin("已登记", by=HOST)
            ended = End("已办结")
            close = begun.to(ended, "办结", by=HOST)

    class Kept(Procedure, key="kept", label="留下", platform="国家系统"):
        begun = Begin("已登记", by=HOST)
        ended = End("已办结")
        close = begun.to(ended, "办结", by=HOST)

    assert Kept.platform == "国家系统"


def test_two_answers_are_held_against_one_another_where_they_can_be_and_that_is_proved() -> None:
    with pytest.raises(DeclarationError) as refused:

        class Crossed(Procedure, key="crossed", label="两栏"):
            begun_on, ended_on = day("开始日期"), day("结束日期", private=True)
            sum_ = number("金额")
            later = reckoned("学年末", Kind.DAY, "school_year_end", begun_on)
            bounds = (
                not_before(ended_on, begun_on)
                + not_before(begun_on, begun_on)
                + not_over(sum_, begun_on)
                + not_over(number("别处"), sum_)
                + not_before(later, begun_on)
            )
            begun = Begin("已登记", by=HOST, asks=[begun_on, ended_on, sum_])
            ended = End("已办结")
            close = begun.to(ended, "办结", by=HOST)

    for said in (
        "结束日期 and 开始日期: what tells of a person is sealed, and nothing is held against it",
        "开始日期 is held against itself",
        "金额 and 开始日期: only days lie before one another, and only numbers over one another",
        "别处 and 金额: held against a field of another procedure",
        "学年末 is reckoned: nobody could put it right",
    ):
        assert said in str(refused.value), said


def test_a_day_before_and_a_sum_over_another_are_refused_with_all_else_in_four_parts() -> None:
    class Repaid(Procedure, key="repaid", label="退费"):
        taken, taken_on = number("收取金额"), day("收取日期")
        repaid, repaid_on, how = number("退还金额"), day("退还日期"), words("说明")
        bounds = not_before(repaid_on, taken_on) + not_over(repaid, taken, because="退还的不多于收取的")
        begun = Begin("已登记", by=HOST, asks=[taken, taken_on])
        ended = End("已退还")
        pay = begun.to(ended, "退还", by=HOST, needs=[repaid, repaid_on, how])

    def file() -> File:
        return File(Repaid, "host", "2020-09-16", {"taken": "500", "taken_on": "2020-09-14"})

    with pytest.raises(RefusedError) as refused:
        file().do("pay", "host", "2020-09-16", repaid="500.5", repaid_on="2020-09-13")
    assert [(one.where, one.what, one.rule, one.remedy) for one in refused.value.findings] == [
        ("说明", "没有填", "这一步必填", "请填写“说明”后再提交"),
        (
            "退还日期",
            "填的是2020-09-13，“收取日期”是2020-09-14",
            "“退还日期”不早于“收取日期”",
            "请核对“退还日期”和“收取日期”",
        ),
        ("退还金额", "填的是500.5，“收取金额”是500", "退还的不多于收取的", "请核对“退还金额”和“收取金额”"),
    ]
    assert file().do("pay", "host", "2020-09-16", repaid="500", repaid_on="2020-09-14", how="全额").state == "已退还"
    made = course(Repaid)
    assert read_back(written(made)).bounds == made.bounds
    old = re.sub(r',"bounds":.*?\]', "", written(made))
    assert read_back(old).bounds == (), "a case that began before goes on without"


def test_what_another_answer_made_needless_is_neither_kept_nor_wrong() -> None:
    class Sorted(Procedure, key="sorted", label="分流"):
        kind, stopped_on = choice("类别", options={"a": "甲", "b": "乙"}), day("停用日期")
        begun = Begin("已登记", by=HOST, asks=[kind, when(kind.is_("a"), stopped_on)])
        ended = End("已办结")
        close = begun.to(ended, "办结", by=HOST)

    for typed in ("2020-09-14", "昨天", "2099-01-01"):
        file = File(Sorted, "host", "2020-09-16", {"kind": "b", "stopped_on": typed})
        assert dict(file.case.held) == {"kind": "b"}
    with pytest.raises(RefusedError, match="昨天"):
        File(Sorted, "host", "2020-09-16", {"kind": "a", "stopped_on": "昨天"})
