"""What rubrics share, each through one of them: titles and their re-check, contests, appraisals, and whom the clock asks. 演示数据（虚构）."""

from datetime import date

import pytest

from luoshi.bureau.cases import queries, sheets
from luoshi.bureau.cases.actions import Bringing, Shown, lapse_due, open_case, open_timed, set_conduct, take
from luoshi.bureau.cases.actions.conducting import Setting
from luoshi.bureau.cases.listing import same_as
from luoshi.bureau.cases.models import Case, Listing
from luoshi.bureau.jobs.worker import WORKER
from luoshi.bureau.journal.actions import Actor
from luoshi.bureau.people.models import City, Institution
from luoshi.bureau.people.queries import calendar_of
from luoshi.bureau.rubrics.actions import name_judge
from luoshi.declared.procedures.arts_exams import ArtsTest
from luoshi.declared.procedures.civics_contests import CivicsLesson
from luoshi.declared.procedures.civilised_campuses import CivilisedCampus
from luoshi.declared.procedures.ethics_appraisals import EthicsAppraisal
from luoshi.declared.procedures.ethics_cases import EthicsLimits
from luoshi.declared.procedures.kindergarten_conduct import KindergartenConduct
from luoshi.declared.procedures.member_points import MemberPoint
from luoshi.declared.procedures.safe_campuses import SafetyVetoes
from luoshi.handling.permitting import SIGN
from luoshi.scoring.nouns import Mark
from luoshi.scoring.sheets import written
from luoshi.words.errors import RefusedError
from tests.bureau.scoring_year import best, judging, step
from tests.bureau.xingzhou import actor

SCHOOL, COUNTY, ON = "9900000001", "990121", date(2021, 3, 1)
PAPER = {"document": [("命名.txt", "命名文件（演示数据，虚构）".encode())]}
TEACHER = {"teacher": "演示教师", "teacher_no": "T0001"}


@pytest.fixture
def schools(city: City) -> City:
    for at, (kind, operator) in enumerate([("211", "public"), ("311", "private"), ("111", "private"), ("365", "")], 1):
        Institution.objects.create(
            city=city, code=f"990000000{at}", name=f"演示学校{at}", kind=kind, county=COUNTY, operator=operator
        )
    return city


def native(city: City, key: str, *judges: str) -> None:
    set_conduct(actor("ducha"), city, key, Setting("native", "局长办公会2021年第2次（演示）", "JJ"))
    for login in judges:
        name_judge(actor("ducha"), judging(city, key), login)


def opened(city: City, key: str, **answers: str) -> Case:
    return open_case(actor("xianqu"), city, key, Bringing(answers, school=SCHOOL), ON).row


def held(row: Case) -> dict[str, str]:
    return dict(queries.followed(row, calendar_of(row.city)).held)


def named(city: City, sheet: str) -> Case:
    native(city, "civilised_campus_naming", "jijiaolian", "xueqian", "ducha2")
    row = step(opened(city, "civilised_campus_naming"), "hand_in", "xianqu", ON, own_sheet=sheet)
    row = step(row, "screen", "jijiao", ON, opinion="材料齐全（演示）")
    for login in ("jijiaolian", "xueqian", "ducha2"):
        row = step(row, "mark", login, date(2021, 3, 8), found_sheet=sheet)
    return step(row, "conclude", "jijiao", date(2021, 3, 12), final_sheet=sheet)


def test_a_title_is_won_posted_named_and_looked_at_again_and_what_is_not_mended_is_taken_back(schools: City) -> None:
    sheet = best(CivilisedCampus.scheme)
    row = step(named(schools, sheet), "post", "jijiao", date(2021, 3, 15), posted="局网站（演示）")
    assert (held(row)["grade"], held(row)["total"]) == ("标兵", "100")
    lapse_due(WORKER, schools, date(2021, 3, 24))
    row = step(row, "name", "jijiao", date(2021, 3, 25), PAPER, document_no="星文〔2021〕1号")
    row = step(row, SIGN, "fenguan", date(2021, 3, 26))
    title = Listing.objects.get(register="civilised_campuses")
    assert (row.state, title.title, title.values["grade"], title.until) == (
        "named",
        "演示学校1",
        "标兵",
        date(2024, 3, 26),
    )
    native(schools, "civilised_campus_recheck", "jijiaolian", "xueqian", "ducha2")
    open_timed(WORKER, schools, date(2021, 9, 1))
    check = Case.objects.get(procedure="civilised_campus_recheck")
    assert (check.entry_id, check.school) == (title.pk, SCHOOL)
    worse = best(CivilisedCampus.scheme, disaster=Mark("1", why="演示事故"))
    check = step(check, "hand_in", "xianqu", date(2021, 9, 6), own_sheet=sheet)
    for login in ("jijiaolian", "xueqian", "ducha2"):
        check = step(check, "mark", login, date(2021, 9, 13), found_sheet=worse)
    check = step(check, "conclude", "jijiao", date(2021, 9, 20), final_sheet=worse)
    assert (held(check)["still"], held(check)["grade"]) == ("0", "标兵"), "what the entry says stays what it was"
    check = step(
        check, "take_back", "jijiao", date(2021, 9, 22), why_withdrawn="演示事故", decision_no="星文〔2021〕9号"
    )
    check = step(check, SIGN, "fenguan", date(2021, 9, 23))
    title.refresh_from_db()
    assert (check.state, title.withdrawn_on) == ("taken_back", date(2021, 9, 23))


def test_an_accident_that_bars_a_school_fails_it_whatever_its_points_are(schools: City) -> None:
    other = opened_veto(schools)
    row = named(schools, best(CivilisedCampus.scheme))
    assert (held(row)["total"], held(row)["grade"], held(row)["passed"]) == ("100", "未达标", "0")
    assert other.school == SCHOOL


def opened_veto(city: City) -> Case:
    native(city, "safety_veto")
    paper = {"report": [("认定.txt", "认定（演示数据，虚构）".encode())]}
    told = {"kind": "grave", "found_on": "2021-02-20", "finding_no": "星安〔2021〕1号（演示）"}
    row = open_case(actor("jijiao"), city, "safety_veto", Bringing(told, paper, school=SCHOOL), ON).row
    row = step(row, "answer", "xianqu", ON, said="无异议（演示）")
    row = step(row, "enter", "jijiao", ON)
    row = step(row, SIGN, "fenguan", ON)
    entry = Listing.objects.get(register=SafetyVetoes.key)
    assert (entry.school, entry.until) == (SCHOOL, date(2022, 2, 20))
    return row


def limit(by: Case, number: str) -> None:
    """An entry of the ethics list about somebody."""
    Listing.objects.create(
        city=by.city, register=EthicsLimits.key, title="师德违规处理", same=same_as(EthicsLimits, {"teacher_no": number}, ""),
        since=date(2020, 10, 1), until=date(2021, 10, 1), by=by, values={}, private="",
    )  # fmt: skip


LOGINS = ("jijiaolian", "xueqian", "ducha2", "ducha", "fenguan")


def contested(city: City, totals: dict[str, Mark], **who: str) -> Case:
    stage = {"stage": "primary", "entry": "演示课例"}
    row = step(opened(city, "civics_contest", **stage, **{**TEACHER, **who}), "screen", "jijiao", ON, opinion="合格")
    for at, login in enumerate(LOGINS):
        lower = {"direction": Mark(str(15 - 3 * at), why="演示")}
        row = step(row, "mark", login, date(2021, 3, 8), judged_sheet=best(CivicsLesson.scheme, **lower, **totals))
    return step(row, "conclude", "jijiao", date(2021, 3, 12))


def test_a_contest_leaves_out_both_ends_and_shows_no_name_to_its_judges(schools: City) -> None:
    native(schools, "civics_contest", *LOGINS)
    row = contested(schools, {})
    assert (held(row)["total"], held(row)["grade"]) == ("94", "一等奖"), "of 100, 97, 94, 91 and 88"
    course = queries.course_of(row)
    assert {"teacher", "teacher_no"} <= course.private
    assert "演示教师" not in row.title


def test_a_teacher_whom_the_ethics_list_bars_wins_nothing_and_a_colleague_does(schools: City) -> None:
    native(schools, "civics_contest", *LOGINS)
    limit(opened(schools, "civics_contest", stage="primary", entry="别的课例", **TEACHER), "T0001")
    barred, free = contested(schools, {}), contested(schools, {}, teacher="演示同事", teacher_no="T0002")
    assert (held(barred)["grade"], held(barred)["passed"], held(barred)["total"]) == ("未获奖", "0", "94")
    assert (held(free)["grade"], held(free)["passed"]) == ("一等奖", "1")
    mark = sheets.held_for(barred, CivicsLesson.scheme, date(2021, 3, 8))["barred"]
    assert mark.held == "“师德违规限制库”中有效的1条"
    assert sheets.held_for(barred, CivicsLesson.scheme, date(2021, 10, 2)) == {}, "its last day is over"


def test_a_pupils_test_is_judged_by_the_number_drawn_and_a_slip_is_mended_by_the_judge_who_made_it(
    schools: City,
) -> None:
    native(schools, "arts_exam", *LOGINS)
    who = {"pupil": "演示考生", "exam_no": "2021990001", "subject_of": "music", "checked": "ok"}
    row = step(
        opened(schools, "arts_exam", **who), "draw", "jijiao", ON, room="3", drawn_no="17", tested_on="2021-03-08"
    )
    for login in LOGINS:
        skill = Mark("0" if login == "ducha" else "10")
        row = step(row, "mark", login, date(2021, 3, 8), judged_sheet=best(ArtsTest.scheme, skill=skill))
    row = step(row, "conclude", "jijiao", date(2021, 3, 9))
    assert (held(row)["total"], held(row)["grade"]) == ("90", "A")
    row = step(row, "tell", "jijiao", date(2021, 3, 10), told_on="2021-03-10")
    row = step(row, "ask", "xianqu", date(2021, 3, 11), why_review="怀疑漏判（演示）")
    row = step(row, "mend", "ducha", date(2021, 3, 12), judged_sheet=best(ArtsTest.scheme))
    row = step(row, "review", "jijiao", date(2021, 3, 12), looked_into="一名评委漏记技能分", changed="changed")
    row = step(row, SIGN, "fenguan", date(2021, 3, 12))
    assert (row.state, held(row)["total"]) == ("done", "90"), "the mended one is now the highest and is left out"
    told = str([row.title, *(one.answers for one in row.happenings.all())])
    assert "演示考生" not in told
    assert "2021990001" not in told


def test_ethics_come_first_in_a_teachers_year_and_another_hand_settles(schools: City) -> None:
    native(schools, "ethics_appraising")
    row = opened(schools, "ethics_appraising", period="2020年度", why="best", **TEACHER)
    limit(row, "T0001")
    row = step(row, "score", "xianqu", ON, scores=best(EthicsAppraisal.scheme), shown_on="2021-03-01")
    assert (held(row)["grade"], held(row)["total"]) == ("不合格", "100")
    lapse_due(WORKER, schools, date(2021, 3, 10))
    row.refresh_from_db()
    with pytest.raises(RefusedError, match="不办"):
        step(row, "settle", "xianqu", date(2021, 3, 10), minutes="1号")
    school = Actor("xiao", "校务子", "school", division=COUNTY, school=SCHOOL)
    told = Bringing({"minutes": "演示校〔2021〕1号"})
    row = take(school, Shown(row.pk, row.version), "settle", told, date(2021, 3, 10))
    entry = Listing.objects.get(register="ethics_appraisals")
    assert (row.state, entry.values["grade"], "演示教师" in str(entry.values)) == ("settled", "不合格", False)


def test_a_member_begins_with_eighty_and_no_item_counts_beyond_its_limit(schools: City) -> None:
    native(schools, "member_pointing")
    row = opened(schools, "member_pointing", period="2021年2月", member="演示党员", rhythm="month")
    sheet = written({"volunteer": Mark("9", why="志愿服务九次"), "late": Mark("3", why="迟到三次")})
    row = step(row, "score", "xianqu", ON, scores=sheet, shown_on="2021-03-01")
    assert (held(row)["total"], held(row)["grade"]) == ("82.5", "良好"), "80 + 4 of 9 - 1.5"
    assert MemberPoint.scheme.full == 100


def test_a_kindergarten_is_evaluated_in_its_turn_and_the_clock_opens_none(schools: City) -> None:
    native(schools, "kindergarten_evaluation", "jijiaolian", "xueqian", "ducha2")
    assert open_timed(WORKER, schools, date(2021, 1, 4)) == 0
    row = opened(schools, "kindergarten_evaluation")
    sheet = best(KindergartenConduct.scheme, food=Mark(absent=True, why="不供餐"))
    row = step(row, "hand_in", "xianqu", ON, own_sheet=sheet)
    for login in ("jijiaolian", "xueqian", "ducha2"):
        row = step(row, "mark", login, date(2021, 3, 8), found_sheet=sheet)
    row = step(row, "conclude", "jijiao", date(2021, 3, 12), final_sheet=sheet)
    assert (row.state, held(row)["total"], held(row)["grade"]) == ("drafted", "100", "优秀")


def test_the_clock_asks_private_schools_alone_and_of_stages_those_that_are_meant(schools: City) -> None:
    native(schools, "private_inspecting")
    native(schools, "quality_evaluation")
    open_timed(WORKER, schools, date(2021, 10, 8))

    def asked(key: str) -> list[str]:
        return sorted(Case.objects.filter(procedure=key).values_list("school", flat=True))

    assert asked("private_inspecting") == ["9900000002", "9900000003"]
    assert asked("quality_evaluation") == ["9900000001", "9900000002"]
