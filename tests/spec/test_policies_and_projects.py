"""政策文件制发 and 项目形象进度: users.md §7, domain.md §22 (edge cases), M9.2, M16.2."""

from datetime import date

import pytest

from luoshi.declared.procedures.policies import Policies, Policy
from luoshi.declared.procedures.projects import Project
from luoshi.handling.permitting import PAUSE, RESUME
from luoshi.handling.registers import Span, entered
from luoshi.words.errors import RefusedError
from tests.case_files import File

PLANNED = {
    "name": "星州市职业教育改革发展实施方案（演示数据，虚构）", "kind": "normative", "drafter": "ZC", "basis": "工作要点第9条", "due_on": "2020-12-31",
}  # fmt: skip
ISSUED = {"document_no": "星教〔2020〕40号", "issued_on": "2020-11-27", "valid_until": "2025-11-26"}
PROJECT = {
    "name": "演示小学新建（虚构）", "kind": "compulsory", "responsible": "GH", "budget": "8600", "approval_no": "星发改〔2020〕1号",
    "as_of": "2020-08-31",
}  # fmt: skip
MONTH = {"as_of": "2020-09-30", "stage": "frame", "share": "45.5", "problem": "no"}


def in_review(**told: str) -> File:
    file = File(Policy, "sponsor", "2020-06-01", {**PLANNED, **told})
    file.do("consult", "handler", "2020-07-01", draft="送审稿", asked_of="各县(市、区)、公众")
    return file.do("gather", "handler", "2020-07-15", opinions="采纳表").do(
        "submit", "handler", "2020-07-20", draft="送审稿", market="yes"
    )


def passed() -> File:
    file = in_review().do("review", "host", "2020-08-03", lawful="意见", fair="审查表")
    return file.do("decide", "host", "2020-11-20", council="party", minutes="1号", met_on="2020-11-19")


def test_a_document_is_drafted_asked_about_reviewed_decided_issued_explained_and_filed() -> None:
    file = passed().do("issue", "host", "2020-11-27", **ISSUED)
    assert (file.state, file.last) == ("已印发，待解读", "2020-12-02")
    file.do("explain", "handler", "2020-12-01", explained="局网站")
    assert (file.state, file.last) == ("已解读，待备案", "2020-12-28")
    assert file.do("file", "host", "2020-12-10", filed_no="备1", copies="3").state == "已办结"
    assert entered(Policies, file.case.held, date(2020, 11, 27)) == Span(date(2020, 11, 27), date(2025, 11, 26))


def test_review_of_lawfulness_takes_fifteen_working_days_and_returns_go_back_to_the_drafter() -> None:
    file = in_review()
    assert file.last == "2020-08-10"
    file.do("unlawful", "host", "2020-08-05", why_back="第三条无上位法依据")
    assert file.state == "待送审"
    file.do("submit", "handler", "2020-08-10", draft="第二稿", market="no").do(
        "review", "host", "2020-08-12", lawful="意见"
    )
    file.do("not_yet", "host", "2020-08-20", minutes="2号", why_back="补充经费安排")
    assert file.do("consult_again", "handler", "2020-08-21", asked_of="财政局").state == "征求意见中"


def test_what_touches_markets_needs_the_review_of_fair_competition_and_nothing_is_issued_past_council() -> None:
    with pytest.raises(RefusedError, match="公平竞争审查表"):
        in_review().do("review", "host", "2020-08-03", lawful="意见")
    with pytest.raises(RefusedError, match="从待印发办起"):
        in_review().do("issue", "host", "2020-08-03", **ISSUED)


def test_only_a_normative_document_is_filed() -> None:
    file = (
        passed().do("issue", "host", "2020-11-27", **ISSUED).do("explain", "handler", "2020-12-01", explained="局网站")
    )
    with pytest.raises(RefusedError, match="只在“文件类型”为其他政策文件"):
        file.do("no_filing", "host", "2020-12-10")


def test_each_monthly_report_falls_due_a_month_after_the_day_of_the_last_one() -> None:
    file = File(Project, "host", "2020-09-03", PROJECT)
    assert file.last == "2020-09-30"
    file.do("report", "handler", "2020-10-09", **MONTH).do("verify", "host", "2020-10-12")
    assert (file.state, file.last) == ("在建", "2020-10-30")


def test_a_problem_is_coordinated_and_a_project_without_one_is_not() -> None:
    file = File(Project, "host", "2020-09-03", PROJECT)
    with pytest.raises(RefusedError, match="需协调解决的问题"):
        file.do("report", "handler", "2020-10-09", **{**MONTH, "problem": "yes"})
    file.do("report", "handler", "2020-10-09", **{**MONTH, "problem": "yes"}, obstacle="征地未完")
    with pytest.raises(RefusedError, match="只在“是否有需协调解决的问题”为没有"):
        file.do("verify", "host", "2020-10-12")
    file.do("coordinate", "host", "2020-10-12")
    assert (file.state, file.last) == ("问题协调中", "2020-10-26")
    assert file.do("solve", "host", "2020-10-20", solved="县政府已协调").state == "在建"


def test_a_project_paused_with_approval_owes_no_report_and_one_stopped_may_begin_again() -> None:
    file = File(Project, "host", "2020-09-03", PROJECT).do(PAUSE, "leader", "2020-09-10", reason="疫情")
    assert file.last == ""
    assert file.do(RESUME, "leader", "2020-09-20", reason="复工").last == "2020-10-10"
    file.do("stop", "host", "2020-10-09", why_stopped="布局调整")
    file.do("resume", "host", "2021-03-01", as_of="2021-02-28", approval_no="星发改〔2021〕2号", reason="恢复")
    assert (file.state, file.last) == ("在建", "2021-03-29")


def test_a_finished_project_is_closed_by_its_places_with_two_signatures() -> None:
    file = File(Project, "host", "2020-09-03", PROJECT)
    file.do("finish", "handler", "2020-09-20", accepted_on="2020-09-18", acceptance="验收书")
    assert file.do("use", "handler", "2020-09-30", used_on="2020-09-28", places="1620").state == "已投入使用"
