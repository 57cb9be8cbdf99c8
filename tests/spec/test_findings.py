"""问题整改台账: 问题—措施—时限—责任—佐证—销号, domain.md §22 and users.md §7."""

import pytest

from luoshi.declared.procedures.findings import Problem
from luoshi.handling.permitting import DECLINE, EXTEND, SIGN
from luoshi.words.errors import RefusedError
from tests.case_files import File

PROBLEM = {
    "source_of": "patrol", "document": "星巡〔2020〕3号（虚构）", "found_on": "2020-09-01", "number": "7", "problem": "食堂账目不清（演示数据，虚构）",
    "lasting": "term", "lead": "CW",
}  # fmt: skip
MEASURE = {"measure": "清理账目并公示", "owner": "财务科负责人", "leader_in_charge": "丁副局长", "due_on": "2020-10-05"}
DONE = {"result": "账目已清理并公示", "evidence": "佐证"}


def mending() -> File:
    file = File(Problem, "oversight", "2020-09-01", PROBLEM)
    return file.do("plan", "handler", "2020-09-10", **MEASURE).do("agree", "oversight", "2020-09-11")


def test_a_problem_goes_from_the_measure_over_progress_and_three_signatures_to_being_struck_off() -> None:
    file = mending().do("report", "handler", "2020-09-25", progress="已清理三个月账目")
    assert (file.state, file.last) == ("整改中", "2020-10-09")
    file.do("strike", "handler", "2020-09-30", **DONE)
    assert file.state == "已销号"
    signed = [one.part for one in file.happened if one.step == "strike"]
    assert signed == ["handler", "handler", "leader", "oversight"]


def test_a_day_agreed_on_a_holiday_moves_behind_it_and_only_the_leader_gives_thirty_days_more() -> None:
    file = mending()
    assert file.last == "2020-10-09"
    with pytest.raises(RefusedError, match="分管局领导"):
        file.do(EXTEND, "handler", "2020-09-20", reason="施工未完")
    assert file.do(EXTEND, "leader", "2020-09-20", reason="施工未完").last == "2020-11-04"


def test_without_evidence_nothing_is_struck_off_and_a_signature_may_send_it_back() -> None:
    with pytest.raises(RefusedError, match="佐证材料"):
        mending().do("strike", "handler", "2020-09-30", result="已整改")
    file = mending()
    asked = file.do("strike", "handler", "2020-09-30", **DONE)
    del asked.happened[-2:]
    assert asked.state == "整改中"
    assert asked.do(DECLINE, "leader", "2020-09-30", reason="佐证缺公示照片").state == "整改中"
    with pytest.raises(RefusedError, match="没有这一步"):
        asked.do(SIGN, "oversight", "2020-09-30")


def test_a_look_back_finds_it_kept_or_takes_it_up_again_with_a_new_day_and_all_its_history() -> None:
    file = mending().do("strike", "handler", "2020-09-30", **DONE)
    file.do("look", "oversight", "2020-12-01", looked_on="2020-12-01", reason="季度回头看")
    kept = file.do("stayed", "oversight", "2020-12-01", "另一人", looked="公示栏仍按月更新")
    assert kept.state == "已销号"
    again = kept.do("look", "oversight", "2021-03-01", looked_on="2021-03-01", reason="年度回头看")
    again.do("again", "oversight", "2021-03-01", looked="账目再次不清", due_on="2021-04-30")
    assert (again.state, again.last) == ("整改中", "2021-04-30")
    assert [one.step for one in again.happened if one.step in {"strike", "look", "again"}].count("look") == 2


def test_who_planned_the_measure_does_not_agree_to_it_and_what_is_not_theirs_goes_elsewhere() -> None:
    file = File(Problem, "oversight", "2020-09-01", PROBLEM)
    assert (
        file.do("not_ours", "oversight", "2020-09-02", lead="SJ", why_elsewhere="属审计职责").case.held["lead"] == "SJ"
    )
    with pytest.raises(RefusedError, match="督查室"):
        file.do("plan", "handler", "2020-09-10", **MEASURE).do("agree", "handler", "2020-09-11")
