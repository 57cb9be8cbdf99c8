"""Points, sections, what stands between them, and what headings and brackets lend to their sentences. All made up."""

from datetime import date

import pytest

from luoshi.reading import read_text
from luoshi.spine import Kind, Plan

HEAD = "星州市教育局2021年工作要点\n"


def clauses(plan: Plan) -> dict[str, str]:
    return {one.id: plan.text[one.start : one.end] for one in plan.commitments}


def test_points_are_numbered_as_printed_and_stand_in_their_sections() -> None:
    plan = read_text(
        f"{HEAD}一、打基础\n1.建学校。新建学校3所。\n2.招教师。招聘教师20名。\n二、提质量\n3.抓教研。开展教研20场。\n"
    )
    assert [(point.number, point.title, point.section) for point in plan.points] == [
        ("1", "建学校", "一"),
        ("2", "招教师", "一"),
        ("3", "抓教研", "二"),
    ]


def test_a_month_right_behind_a_number_belongs_to_the_sentence() -> None:
    plan = read_text(f"{HEAD}1.建学校。新建学校3所。\n2.9月底前招聘教师20名。\n3.2021年开展教研20场。\n")
    assert [point.number for point in plan.points] == ["1", "2", "3"]
    assert clauses(plan)["2.1"] == "9月底前招聘教师20名"
    assert plan.commitments[1].targets[0].due == date(2021, 9, 30)


def test_an_excerpt_may_begin_anywhere() -> None:
    plan = read_text(
        f"{HEAD}二、打基础\n14.建学校。新建学校3所。\n15.招教师。招聘教师20名。\n16.抓教研。开展教研20场。\n"
    )
    assert [point.number for point in plan.points] == ["14", "15", "16"]


def test_a_list_inside_one_point_does_not_carry_the_plan() -> None:
    body = "加强统筹协调，健全工作机制，完善考核办法，推动各项任务落到实处。" * 4
    plan = read_text(
        f"{HEAD}（一）建学校。{body}\n（二）招教师。{body}\n1.招聘20名。\n2.培训30名。\n（三）抓教研。{body}\n"
    )
    assert [point.number for point in plan.points] == ["一", "二", "三"]


def test_paragraphs_right_below_a_heading_are_read_and_numbered_on() -> None:
    plan = read_text(
        f"{HEAD}一、打基础\n新建学校3所。\n1.招教师。招聘教师20名。\n2.建机制。健全机制。\n二、提质量\n开展教研20场。\n3.抓安全。排查隐患。\n"
    )
    assert clauses(plan) == {
        "0.1": "新建学校3所",
        "1.1": "招聘教师20名",
        "2.1": "健全机制",
        "0.2": "开展教研20场",
        "3.1": "排查隐患",
    }


def test_numbers_that_start_anew_are_told_apart_by_section() -> None:
    plan = read_text(
        f"{HEAD}一、打基础\n1.建学校。新建学校3所。\n2.招教师。招聘教师20名。\n二、提质量\n1.抓教研。开展教研20场。\n2.抓安全。开展演练4次。\n"
    )
    ids = [one.id for one in plan.commitments]
    assert len(ids) == len(set(ids)) == 4
    assert [point.number for point in plan.points] == ["一.1", "一.2", "二.1", "二.2"]


def test_a_plan_without_numbers_is_read_paragraph_by_paragraph() -> None:
    plan = read_text("星州市2021年民生实事\n新建学校3所。\n招聘教师20名，开展培训2期。\n")
    assert [plan.text[one.start : one.end] for one in plan.commitments] == [
        "新建学校3所",
        "招聘教师20名",
        "开展培训2期",
    ]


@pytest.mark.parametrize(
    ("heading", "due"),
    [
        ("（一）2022年", date(2022, 12, 31)),
        ("（一）2022年工作安排", date(2022, 12, 31)),
        ("（一）“十四五”时期主要目标", date(2025, 12, 31)),
        ("（一）落实“十四五”规划", date(2021, 12, 31)),
    ],
)
def test_a_heading_that_names_a_time_lends_it(heading: str, due: date) -> None:
    plan = read_text(f"{HEAD}{heading}\n新建学校3所。\n（二）其他\n加强管理。\n")
    assert plan.commitments[0].due == due


def test_a_review_of_the_past_holds_no_promise() -> None:
    plan = read_text(
        "星州市2021年政府工作报告\n一、2020年工作回顾\n新建学校9所，招聘教师99名。\n二、2021年工作安排\n新建学校3所。\n"
    )
    assert [plan.text[one.start : one.end] for one in plan.commitments] == ["新建学校3所"]


@pytest.mark.parametrize(
    ("printed", "offices"),
    [
        ("（牵头单位：学前教育科，配合单位：计财科、人事科）", ("学前教育科", "计财科", "人事科")),
        ("（责任科室：学前教育科；配合科室：计财科）", ("学前教育科", "计财科")),
        ("（学前教育科牵头，计财科、人事科配合）", ("学前教育科", "计财科", "人事科")),
        ("（学前教育科、计财科按职责分工负责）", ("学前教育科", "计财科")),
        ("【责任单位：学前教育科】", ("学前教育科",)),
        ("\n责任单位：学前教育科、计财科", ("学前教育科", "计财科")),
        ("（含民办园）", ()),
    ],
)
def test_offices_are_read_as_plans_print_them(printed: str, offices: tuple[str, ...]) -> None:
    plan = read_text(f"{HEAD}1.建园所。新建幼儿园3所。{printed}\n2.抓管理。加强管理。\n")
    assert plan.commitments[0].offices == offices
    assert plan.commitments[-1].offices == ()
    assert [one for one in plan.commitments if "科" in plan.text[one.start : one.end]] == []


def test_a_bracket_of_offices_belongs_to_the_sentence_before_it() -> None:
    plan = read_text(
        f"{HEAD}1.打基础。新建学校3所。（责任科室：计财科）招聘教师20名。（责任科室：人事科）\n2.抓管理。加强管理。\n"
    )
    assert [one.offices for one in plan.commitments] == [("计财科",), ("人事科",), ()]


@pytest.mark.parametrize(
    ("clause", "act", "subject"),
    [
        ("继续贯彻落实《教师法》", "贯彻落实", "《教师法》"),
        ("以“三个一”建设为抓手,推动创建活动深入开展", "推动", "创建活动深入开展"),
        ("按照上级关于全面提升年的要求,加强检查", "加强", "检查"),
        ("把师德作为评价教师的第一标准", "作为", "评价教师的第一标准"),
        ("抓好资助工作,保障学生学业", "抓好", "资助工作"),
        ("加快星州职业学院新校区建设", "加快", "星州职业学院新校区建设"),
        ("在全市组建宣讲团,推动理论创新", "组建", "宣讲团"),
        ("对示范校进行复查", "复查", "对示范校进行复查"),
    ],
)
def test_the_act_is_looked_for_where_the_promise_is_made(clause: str, act: str, subject: str) -> None:
    plan = read_text(f"{HEAD}1.打基础。{clause}。\n2.抓管理。加强管理。\n")
    assert (plan.commitments[0].action, plan.commitments[0].subject) == (act, subject)


@pytest.mark.parametrize(
    ("clause", "kind"),
    [
        ("新建学校3所", Kind.QUANTITY),
        ("出台《星州市教师管理办法》", Kind.DOCUMENT),
        ("启动“十五五”规划编制工作", Kind.DOCUMENT),
        ("落实《教职工编制标准》", Kind.STANDING),
        ("召开全市教育大会", Kind.EVENT),
        ("建立联席会议制度", Kind.MILESTONE),
        ("力争2所学校被评定为省级示范校", Kind.RECOGNITION),
        ("加强师德师风建设", Kind.STANDING),
    ],
)
def test_every_promise_has_its_kind(clause: str, kind: Kind) -> None:
    plan = read_text(f"{HEAD}1.打基础。{clause}。\n2.抓管理。加强管理。\n")
    assert plan.commitments[0].kind is kind


def test_named_bodies_are_organisations_and_kinds_of_schools_are_not() -> None:
    plan = read_text(f"{HEAD}1.打基础。支持星州师范学院与中小学、公办幼儿园、市社区大学合作。\n2.抓管理。加强管理。\n")
    assert plan.commitments[0].organisations == ("星州师范学院",)
