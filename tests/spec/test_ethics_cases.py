"""师德违规处理: domain.md §16.4, TV-16d by number, and its edge cases."""

from datetime import date

import pytest

from luoshi.declared.procedures.ethics_cases import EthicsCase, EthicsLimits, TeachingBans
from luoshi.handling.permitting import EXTEND
from luoshi.handling.registers import Span, Standing, barring, entered, standing_on
from luoshi.words.calendars import national
from luoshi.words.errors import RefusedError
from tests.case_files import File

LEAD = {
    "source_of": "letter", "told_on": "2020-03-02", "who": "匿名", "school_unit": "3141000001", "nature": "public", "teacher": "演示教师",
    "violation": "D10", "lead": "有偿补课（演示数据，虚构）", "minors": "no",
}  # fmt: skip
DECIDED = {
    "sanction": "demerit", "organ": "星州市教育局", "decided_on": "2020-03-10", "decision_no": "星教处〔2020〕1号", "decision": "决定书",
    "served_on": "2020-03-12",
}  # fmt: skip
FOUND = {"investigators": "2", "evidence": "笔录", "facts": "属实"}


def filed(**told: str) -> File:
    file = File(EthicsCase, "host", "2020-03-02", {**LEAD, **told}).do("give", "host", "2020-03-02", handler_unit="JS")
    return file.do("file", "handler", "2020-03-03", first_look="初核属实", filed_no="1", teacher_no="T0001")


def deciding() -> File:
    return (
        filed()
        .do("gather", "handler", "2020-03-06", "甲", **FOUND)
        .do("hear", "handler", "2020-03-09", heard_on="2020-03-09", statement="承认")
    )


def served() -> File:
    return deciding().do("decide", "handler", "2020-03-12", "甲", **DECIDED)


def sanctioned(sanction: str, on: str, before: tuple[Span, ...] = ()) -> Span:
    told = {"sanction": sanction, "decided_on": on}
    return entered(EthicsLimits, told, date(2021, 12, 31), before)


def test_tv_16d_a_demerit_of_10_march_2020_ends_on_10_march_2021_and_awards_are_barred() -> None:
    span = entered(EthicsLimits, served().case.held, date(2020, 3, 12))
    assert span == Span(date(2020, 3, 10), date(2021, 3, 10))
    assert barring("评优评先", [(EthicsLimits, span)], date(2020, 9, 10)) == span
    assert barring("评优评先", [(EthicsLimits, span)], date(2021, 3, 10)) == span
    assert barring("评优评先", [(EthicsLimits, span)], date(2021, 3, 11)) is None


@pytest.mark.parametrize(
    ("sanction", "until"),
    [
        ("warning", date(2020, 9, 10)),
        ("demerit", date(2021, 3, 10)),
        ("demotion", date(2022, 3, 10)),
        ("removal", date(2022, 3, 10)),
        ("limits", date(2022, 3, 10)),
        ("dismissal", None),
    ],
)
def test_a_sanction_lasts_by_its_kind(sanction: str, until: date | None) -> None:
    assert sanctioned(sanction, "2020-03-10").until == until


def test_what_is_left_of_a_sanction_is_added_to_a_new_one_up_to_forty_eight_months() -> None:
    first = sanctioned("demotion", "2020-03-10")
    second = sanctioned("demotion", "2021-03-10", (first,))
    assert second.until == date(2024, 3, 10)
    third = sanctioned("demotion", "2021-06-10", (first, second))
    assert third.until == date(2025, 6, 10)
    assert sanctioned("warning", "2022-03-11", (first,)).until == date(2022, 9, 11)


def test_the_last_month_of_a_sanction_is_told_and_what_was_lifted_bars_nothing() -> None:
    span = sanctioned("demerit", "2020-03-10")
    assert standing_on(EthicsLimits, span, date(2021, 2, 9), national()) is Standing.VALID
    assert standing_on(EthicsLimits, span, date(2021, 2, 10), national()) is Standing.NEAR
    assert standing_on(EthicsLimits, span, date(2021, 2, 10), national(), withdrawn=True) is Standing.WITHDRAWN


def test_a_case_is_closed_within_six_months_and_twelve_at_most() -> None:
    file = filed()
    assert file.last == "2020-09-03"
    assert file.do(EXTEND, "leader", "2020-09-01", reason="案情复杂").last == "2021-03-03"
    with pytest.raises(RefusedError, match="只可延期1次"):
        file.do(EXTEND, "leader", "2021-03-01", reason="再延")


def test_one_investigator_is_refused_and_so_is_a_minor_questioned_without_a_guardian() -> None:
    with pytest.raises(RefusedError, match="调查取证不少于2人"):
        filed().do("gather", "handler", "2020-03-06", **{**FOUND, "investigators": "1"})
    with pytest.raises(RefusedError, match="监护人或老师在场的记录"):
        filed(minors="yes").do("gather", "handler", "2020-03-06", **FOUND)


def test_what_tells_of_anybody_is_sealed_and_the_list_is_shown_to_nobody() -> None:
    private = {key for key, one in EthicsCase.declaration.fields.items() if one.private}
    assert {"teacher", "teacher_no", "who", "lead", "evidence", "guardians", "facts", "statement"} <= private
    assert (EthicsCase.guarded, EthicsLimits.public) == ("person", ())


def test_review_is_asked_within_thirty_days_and_judged_within_thirty_by_others() -> None:
    file = served()
    assert (file.state, file.last) == ("已送达，可申请复核", "2020-04-13")
    file.do("ask", "citizen", "2020-04-08", asked_on="2020-04-08", grounds="过重")
    assert file.last == "2020-05-08"
    told = {"outcome": "kept", "opinion": "复核决定", "opinion_served_on": "2020-04-30"}
    file.do("keep", "host", "2020-04-30", **told)
    assert (file.state, file.last) == ("已复核，可申诉", "2020-06-01")
    file.do("appeal", "citizen", "2020-05-20", asked_on="2020-05-20", grounds="仍过重")
    assert file.last == "2020-07-20"
    assert file.do(EXTEND, "leader", "2020-07-15", reason="复杂").last == "2020-08-18"


def test_nobody_asks_and_the_case_is_archived_while_the_sanction_stood_from_its_decision() -> None:
    file = served().wait("2020-05-01")
    assert file.state == "已定，待归档"
    assert file.do("put_away", "handler", "2020-05-06", archive_no="2020-1").state == "已归档"
    assert file.course.ways["decide"].enters == EthicsLimits.key


def test_a_changed_sanction_takes_the_old_entry_off_and_counts_from_the_first_decision() -> None:
    file = served().do("ask", "citizen", "2020-04-08", asked_on="2020-04-08", grounds="过重")
    with pytest.raises(RefusedError, match="只在“复核、申诉结果”为变更时办理"):
        file.do(
            "change",
            "host",
            "2020-04-20",
            outcome="kept",
            sanction="warning",
            opinion="决定",
            opinion_served_on="2020-04-20",
        )
    file.do(
        "change",
        "host",
        "2020-04-20",
        outcome="changed",
        sanction="warning",
        opinion="决定",
        opinion_served_on="2020-04-20",
    )
    way = file.course.ways["change"]
    assert way.enters == way.withdraws == EthicsLimits.key
    assert entered(EthicsLimits, file.case.held, date(2020, 4, 20)) == Span(date(2020, 3, 10), date(2020, 9, 10))


def test_a_private_school_decides_and_files_it() -> None:
    told = filed(nature="private").do("gather", "handler", "2020-03-06", **FOUND)
    told.do("hear", "handler", "2020-03-09", heard_on="2020-03-09", statement="承认")
    with pytest.raises(RefusedError, match="民办学校备案号"):
        told.do("decide", "handler", "2020-03-12", **DECIDED)
    assert told.do("decide", "handler", "2020-03-12", **DECIDED, record_no="备1").state == "已送达，可申请复核"


@pytest.mark.parametrize(("taken", "until"), [("revoked", date(2025, 5, 8)), ("lost", None)])
def test_a_certificate_that_was_taken_bars_from_a_new_one_for_five_years_or_for_ever(
    taken: str, until: date | None
) -> None:
    file = served().wait("2020-05-01")
    told = {"taken": taken, "taken_on": "2020-05-08", "taken_no": "星教资〔2020〕1号（虚构）", "certificate": "决定"}
    with pytest.raises(RefusedError, match="撤销、丧失教师资格的决定"):
        file.do("take_certificate", "host", "2020-05-09", **{**told, "certificate": ""})
    file.do("take_certificate", "host", "2020-05-09", **told)
    assert (file.state, file.course.ways["take_certificate"].signed) == ("教师资格已撤销，待归档", ("leader",))
    span = entered(TeachingBans, file.case.held, date(2020, 5, 9))
    assert span == Span(date(2020, 5, 8), until)
    assert barring("申请教师资格", [(TeachingBans, span)], date(2025, 5, 8)) == span
    assert (barring("应聘教师", [(TeachingBans, span)], date(2025, 5, 9)) is None) == (until is not None)
    assert file.do("put_away_barred", "host", "2020-05-20", archive_no="2020-1").state == "已归档"


def test_a_certificate_is_taken_after_review_and_appeal_alone_and_given_back_by_decision() -> None:
    told = {"taken": "revoked", "taken_on": "2020-03-12", "taken_no": "1", "certificate": "决定"}
    with pytest.raises(RefusedError, match="从已定，待归档办起"):
        served().do("take_certificate", "host", "2020-03-12", **told)
    file = served().wait("2020-05-01").do("take_certificate", "host", "2020-05-09", **told)
    assert file.do("restore", "host", "2020-09-01", restored="判决书").state == "已定，待归档"
    assert file.course.ways["restore"].withdraws == TeachingBans.key
