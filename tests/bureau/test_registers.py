"""名单 and 四色图 on their pages: entries with their history, what ends soon, what is public, what bars; TV-16d by number."""

from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image

from luoshi.bureau.board.own_work import of_school
from luoshi.bureau.cases import risks
from luoshi.bureau.cases.actions import Bringing, Shown, lapse_due, open_case, set_conduct, take
from luoshi.bureau.cases.actions.conducting import Setting
from luoshi.bureau.cases.listing import Sought, ending, entries_of
from luoshi.bureau.cases.models import Case, Listing
from luoshi.bureau.jobs.worker import WORKER
from luoshi.bureau.journal.actions import Actor
from luoshi.bureau.journal.models import Entry
from luoshi.bureau.people.models import City, Institution, Person
from luoshi.bureau.people.queries import acting
from luoshi.declared.procedures.ethics_cases import EthicsLimits
from luoshi.declared.procedures.risks import RiskPoint
from luoshi.handling.permitting import SIGN
from tests.bureau.conftest import Enter
from tests.bureau.xingzhou import actor

DAY = date(2020, 9, 14)
SCHOOL, OTHER = "3199012101", "3199010201"
TEACHER, CODE = "演示教师（虚构）", "T0001"
POINT = {
    "place": "实验楼201", "activity": "化学实验", "category": "chemicals", "danger": "酸碱灼伤（演示数据，虚构）",
    "method": "lec", "direct": "no",
}  # fmt: skip
GRADES = {"red": ("6", "10", "15"), "orange": ("3", "6", "15"), "yellow": ("3", "6", "7"), "blue": ("1", "6", "7")}
LEFT = {"left_likelihood": "1", "left_exposure": "6", "left_consequence": "7"}
HAZARD = {
    "found": "sampled", "found_on": "2020-09-14", "level": "major", "category": "building", "place": "二号楼梯",
    "matter": "扶手松动（演示数据，虚构）", "stopped_on": "2020-09-14",
}  # fmt: skip
LEAD = {
    "source_of": "letter", "told_on": "2020-03-02", "who": "匿名", "school_unit": SCHOOL, "nature": "public", "teacher": TEACHER,
    "violation": "D10", "lead": "有偿补课（演示数据，虚构）", "minors": "no",
}  # fmt: skip
ASK = {"what": "评优评先", "code": CODE, "purpose": "2020年教师节表彰（演示）"}


@pytest.fixture
def house(city: City) -> City:
    """星州 with two schools that have an account, another county, an office of persons; the procedures run here."""
    for key, office in (("risk_listing", "JJ"), ("hazard", "JJ"), ("ethics_case", "RS")):
        set_conduct(actor("ducha"), city, key, Setting("native", "演示", office))
    for code, name, county in ((SCHOOL, "演示初中", "990121"), (OTHER, "演示二中", "990102")):
        Institution.objects.create(city=city, code=code, name=name, kind="311", county=county)
        Person.objects.create(username=f"s{code}", name=name, role="school", division=county, school=code)
    Person.objects.create(username="doucheng", name="斗城丑", role="county", division="990102")
    for login in ("renshi", "renshi2"):
        Person.objects.create(username=login, name=f"人事{login}", role="section", office="RS")
    return city


def by(login: str) -> Actor:
    return acting(Person.objects.get(username=login))


def point(city: City, code: str, grade: str = "orange", school: str = SCHOOL, place: str = "实验楼201") -> Listing:
    """A point of risk that a school listed."""
    school_hand = by(f"s{school}")
    told = dict(zip(("likelihood", "exposure", "consequence"), GRADES[grade], strict=True))
    row = open_case(
        school_hand, city, "risk_listing", Bringing({**POINT, **told, "code": code, "place": place}), DAY
    ).row
    plan = {"managing": "双人双锁", "owner": "化学教师", "leader": "王校长", "emergency": "冲洗", **LEFT}
    row = take(school_hand, Shown(row.pk, 1), "plan", Bringing(plan), DAY)
    row = take(school_hand, Shown(row.pk, row.version), "enter_major" if grade == "red" else "enter", Bringing({}), DAY)
    if grade == "red":
        county = by("xianqu" if school == SCHOOL else "doucheng")
        take(county, Shown(row.pk, row.version), SIGN, Bringing({}), DAY)
    return Listing.objects.get(by=row)


def _picture() -> bytes:
    kept = BytesIO()
    Image.new("RGB", (8, 8), "white").save(kept, "PNG")
    return kept.getvalue()


def hazard(city: City, at: str = "", school: str = SCHOOL) -> Case:
    """A major hazard at a point, found by the office."""
    photo = {"photo_before": [("照片.png", _picture())]}
    told = {**HAZARD, **({"point": at} if at else {})}
    return open_case(actor("jijiao"), city, "hazard", Bringing(told, photo, school=school), DAY).row


def sanctioned(city: City) -> Listing:
    """A teacher of the school got 记过, decided on 10 March 2020."""
    host, paper = by("renshi"), [("材料.txt", "演示".encode())]
    on = date(2020, 3, 2)
    row = open_case(host, city, "ethics_case", Bringing(LEAD, county="990121"), on).row

    def step(who: Actor, act: str, day: date, files: dict[str, object] | None = None, **told: str) -> None:
        nonlocal row
        row = take(who, Shown(row.pk, row.version), act, Bringing(told, files or {}), day)  # type: ignore[arg-type]

    step(host, "give", on, handler_unit="JJ")
    step(actor("jijiao"), "file", date(2020, 3, 3), first_look="属实", filed_no="1", teacher_no=CODE)
    step(actor("fenguan"), SIGN, date(2020, 3, 3))
    step(actor("jijiao"), "gather", date(2020, 3, 6), {"evidence": paper}, investigators="2", facts="属实")
    step(actor("jijiao"), "hear", date(2020, 3, 9), heard_on="2020-03-09", statement="承认")
    decided = {
        "sanction": "demerit", "organ": "星州市教育局", "decided_on": "2020-03-10", "decision_no": "星教处〔2020〕1号",
        "served_on": "2020-03-12",
    }  # fmt: skip
    step(actor("jijiao"), "decide", date(2020, 3, 12), {"decision": paper}, **decided)
    step(by("renshi2"), SIGN, date(2020, 3, 12))
    step(actor("fenguan"), SIGN, date(2020, 3, 12))
    return Listing.objects.get(register=EthicsLimits.key)


def queries(of: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as seen:
        of()
    return len(seen)


# 四色图 ------------------------------------------------------------------------------------------------------------------


def test_the_sheet_shows_each_point_by_what_is_left_of_it_and_red_where_a_major_hazard_is_open(house: City) -> None:
    point(house, "星-01", "orange")
    point(house, "星-02", "yellow", place="锅炉房")
    hazard(house, "星-02")
    hazard(house)
    sheet = risks.sheet_of(house, {SCHOOL}, DAY)
    assert [(one.spot.point.code, str(one.spot.shown), one.spot.hazard) for one in sheet.rows] == [
        ("星-02", "major", True),
        ("星-01", "low", False),
    ]
    assert [one.place for one in sheet.apart] == ["二号楼梯"]


def test_two_schools_use_the_same_code_and_neither_reddens_the_other(house: City) -> None:
    point(house, "01")
    point(house, "01", school=OTHER)
    hazard(house, "01", school=OTHER)
    assert [one.spot.hazard for one in risks.sheet_of(house, {SCHOOL}, DAY).rows] == [False]
    assert [one.spot.hazard for one in risks.sheet_of(house, {OTHER}, DAY).rows] == [True]


def test_the_sheet_is_seen_by_the_school_its_county_the_safety_office_and_supervision(
    house: City, enter: Enter
) -> None:
    point(house, "星-01")
    seen = {
        login: enter(login).get(f"/schools/{SCHOOL}/risks/").status_code
        for login in (
            "ducha",
            "jijiao",
            "xianqu",
            f"s{SCHOOL}",
            "xueqian",
            "doucheng",
            f"s{OTHER}",
            "fenguan",
            "chayue",
        )
    }
    assert seen == {
        "ducha": 200, "jijiao": 200, "xianqu": 200, f"s{SCHOOL}": 200, "xueqian": 403, "doucheng": 403, f"s{OTHER}": 403,
        "fenguan": 403, "chayue": 403,
    }  # fmt: skip
    county = {
        login: enter(login).get("/counties/990121/risks/").status_code for login in ("xianqu", "doucheng", f"s{SCHOOL}")
    }
    assert county == {"xianqu": 200, "doucheng": 403, f"s{SCHOOL}": 403}


def test_the_printed_sheet_says_the_colour_in_words_and_has_a_card_for_each_point(house: City, enter: Enter) -> None:
    point(house, "星-01", "red")
    point(house, "星-02", "yellow", place="锅炉房")
    page = enter(f"s{SCHOOL}").get(f"/schools/{SCHOOL}/risks/?paper=A3&on={DAY}").content.decode()
    assert page.count('risk-card"') == 2
    for said in (
        "重大风险（红）",
        "低风险（蓝）",
        "双人双锁",
        "化学教师",
        "学校主要负责人（含部门、岗位）",
        "2021-09-14",
        "paper-a3.css",
    ):
        assert said in page, said
    assert 'risk-card"' not in enter(f"s{SCHOOL}").get(f"/schools/{SCHOOL}/risks/?part=table&on={DAY}").content.decode()


def test_a_countys_summary_counts_its_schools_and_costs_the_same_for_many_points(house: City, enter: Enter) -> None:
    point(house, "星-01", "orange")
    hazard(house, "星-01")
    few = queries(lambda: risks.sheets_of(house, {"990121"}, DAY))
    for number in range(2, 9):
        point(house, f"星-{number:02}", "yellow")
        hazard(house, f"星-{number:02}")
    assert queries(lambda: risks.sheets_of(house, {"990121"}, DAY)) == few == 3
    page = enter("xianqu").get(f"/counties/990121/risks/?on={DAY}").content.decode()
    assert "演示初中" in page
    assert "演示二中" not in page


# 名单 --------------------------------------------------------------------------------------------------------------------


def test_a_list_is_looked_through_by_county_words_and_standing(house: City, enter: Enter) -> None:
    first = point(house, "星-01")
    point(house, "星-02", place="锅炉房")
    point(house, "斗-01", school=OTHER, place="食堂")
    found = lambda **told: [one.title for one in entries_of(actor("ducha"), house, RiskPoint, DAY, Sought(**told)).rows]  # noqa: E731
    assert found() == ["食堂", "锅炉房", "实验楼201"]
    assert found(county="990102") == ["食堂"]
    assert found(words="锅炉") == ["锅炉房"]
    assert found(words=first.by.number) == ["实验楼201"]
    assert found(school=SCHOOL, how="lapsed") == []
    assert len(found(how="valid")) == 3
    for login, told in (("xianqu", "食堂"), (f"s{SCHOOL}", "食堂"), (f"s{OTHER}", "锅炉房")):
        assert told not in enter(login).get("/registers/risk_points/").content.decode(), login


def test_an_entry_tells_which_case_entered_it(house: City, enter: Enter) -> None:
    entry = point(house, "星-01")
    page = enter(f"s{SCHOOL}").get(f"/registers/entries/{entry.pk}/").content.decode()
    for said in (entry.by.number, "较大风险（橙）", "双人双锁", "2021-09-14", "演示初中"):
        assert said in page, said
    assert enter(f"s{OTHER}").get(f"/registers/entries/{entry.pk}/").status_code == 403
    assert enter("doucheng").get(f"/registers/entries/{entry.pk}/").status_code == 403


def test_the_person_of_an_entry_is_masked_and_seen_whole_with_a_purpose(house: City, enter: Enter) -> None:
    entry = sanctioned(house)
    page = f"/registers/entries/{entry.pk}/"
    assert TEACHER in enter("renshi").get(page).content.decode()
    told = enter("ducha").get(page).content.decode()
    assert TEACHER not in told
    assert CODE not in told
    whole = f"/private/register/{entry.pk}/"
    assert TEACHER not in enter("ducha").post(whole, {"purpose": ""}).content.decode()
    assert TEACHER in enter("ducha").post(whole, {"purpose": "核对处分期（演示）"}).content.decode()
    last = Entry.objects.order_by("-number")[0]
    assert (last.actor, last.action, last.outcome) == ("ducha", "people.unmask", "done")
    assert TEACHER not in f"{last.detail}{last.reason}{last.subject}"


def test_an_office_that_has_no_part_in_a_guarded_matter_does_not_find_its_entries(house: City, enter: Enter) -> None:
    entry = sanctioned(house)
    assert enter("xueqian").get(f"/registers/entries/{entry.pk}/").status_code == 404
    assert entry.by.number not in enter("xueqian").get("/registers/ethics_limits/").content.decode()
    assert enter("xueqian").get(f"/private/register/{entry.pk}/").status_code == 404
    assert entry.by.number in enter("renshi").get("/registers/ethics_limits/").content.decode()


def test_what_ends_within_sixty_days_is_told_by_the_office_that_hosts_it(house: City, enter: Enter) -> None:
    first, second = point(house, "星-01"), point(house, "星-02", place="锅炉房")
    point(house, "斗-01", school=OTHER, place="食堂")
    Listing.objects.filter(pk=first.pk).update(until=DAY + timedelta(days=60))
    Listing.objects.filter(pk=second.pk).update(until=DAY + timedelta(days=61))
    assert [one.title for one in ending(actor("ducha"), house, DAY)] == ["实验楼201"]
    assert ending(by("doucheng"), house, DAY) == []
    assert queries(lambda: ending(actor("ducha"), house, DAY)) == 1
    Listing.objects.filter(pk=first.pk).update(until=date(2100, 1, 1))
    assert ending(actor("ducha"), house, DAY) == []
    assert enter("ducha").get("/registers/ending/").status_code == 200


def test_what_leaves_the_house_is_the_public_part_alone_and_it_is_entered(house: City, enter: Enter) -> None:
    case = point(house, "星-01").by
    Listing.objects.create(
        city=house, register="training_licences", title="演示培训学校", county="990121", same="1" * 32, since=DAY, by=case,
        values={"institution": "演示培训学校", "address": "演示路1号", "licence_no": "演证1", "operator": "不公开的人"},
    )  # fmt: skip
    answer = enter("ducha").get("/registers/training_licences/public/csv/")
    told = answer.content.decode("utf-8-sig")
    assert "演示培训学校" in told
    assert "不公开的人" not in told
    last = Entry.objects.order_by("-number")[0]
    assert (last.action, last.outcome) == ("people.take_out", "done")
    assert enter("chayue").get("/registers/training_licences/public/csv/").status_code == 403
    assert "演示培训学校" not in enter("doucheng").get("/registers/training_licences/public/csv/").content.decode(
        "utf-8-sig"
    )
    assert enter("ducha").get("/registers/risk_points/public/csv/").status_code == 404, "nothing of it is public"
    assert enter("ducha").get("/registers/training_licences/public/xlsx/").status_code == 200


# 能否评优 ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("on", "said"),
    [
        ("2020-09-10", "到 2021-03-10（含当日）不得评优评先"),
        ("2021-03-10", "到 2021-03-10（含当日）不得评优评先"),
        ("2021-03-11", "没有查到"),
    ],
)
def test_tv_16d_a_demerit_of_10_march_2020_bars_awards_until_10_march_2021(
    house: City, enter: Enter, on: str, said: str
) -> None:
    sanctioned(house)
    assert said in enter("renshi").post("/registers/bars/", {**ASK, "on": on}).content.decode()


def test_whose_certificate_was_revoked_gets_none_for_five_years_whatever_became_of_the_sanction(
    house: City, enter: Enter
) -> None:
    row = sanctioned(house).by
    lapse_due(WORKER, house, date(2020, 5, 6))
    told = {"taken": "revoked", "taken_on": "2020-05-06", "taken_no": "星教资〔2020〕1号（虚构）"}
    paper = {"certificate": [("决定.txt", "演示".encode())]}
    for who, act, brought in (
        (by("renshi"), "take_certificate", Bringing(told, paper)),
        (actor("fenguan"), SIGN, Bringing({})),
    ):
        row.refresh_from_db()
        take(who, Shown(row.pk, row.version), act, brought, date(2020, 5, 7))
    for on, said in (("2025-05-06", "到 2025-05-06（含当日）不得申请教师资格"), ("2025-05-07", "没有查到")):
        asked = {**ASK, "what": "申请教师资格", "on": on}
        assert said in enter("renshi").post("/registers/bars/", asked).content.decode()


def test_by_name_the_school_must_fit_and_a_namesake_elsewhere_is_told(house: City, enter: Enter) -> None:
    sanctioned(house)
    browser = enter("ducha")
    asked = {**ASK, "code": "", "on": "2020-09-10", "name": TEACHER}
    assert "受限" in browser.post("/registers/bars/", {**asked, "school": SCHOOL}).content.decode()
    told = browser.post("/registers/bars/", {**asked, "school": OTHER}).content.decode()
    assert "没有查到" in told
    assert "别的学校有同姓名的 1 条" in told
    assert "没有查到" in browser.post("/registers/bars/", {**asked, "name": "演示", "school": SCHOOL}).content.decode()


def test_who_asked_and_what_for_is_on_the_journal_and_whom_about_is_not(house: City, enter: Enter) -> None:
    sanctioned(house)
    enter("renshi").post("/registers/bars/", {**ASK, "on": "2020-09-10"})
    last = Entry.objects.order_by("-number")[0]
    assert (last.actor, last.action, last.outcome) == ("renshi", "cases.bars", "done")
    assert "2020年教师节表彰（演示）" in last.reason
    told = f"{last.detail}{last.reason}{last.subject}"
    assert TEACHER not in told
    assert CODE not in told


def test_without_a_purpose_a_name_or_the_right_office_nothing_is_answered(house: City, enter: Enter) -> None:
    sanctioned(house)
    asked = {**ASK, "on": "2020-09-10"}
    for login, told, said in (
        ("renshi", {"purpose": ""}, "没有写明"),
        ("renshi", {"code": ""}, "没有写明是谁"),
        ("renshi", {"on": "昨天"}, "日期"),
        ("renshi", {"what": "发奖金"}, "没有“发奖金”"),
        ("xueqian", {}, "由人事、教师科室查"),
    ):
        answer = enter(login).post("/registers/bars/", {**asked, **told})
        assert (answer.status_code, said in answer.content.decode()) == (409, True), (login, told)
        assert "2021-03-10" not in answer.content.decode()
    for login in ("xianqu", "fenguan", "chayue", f"s{SCHOOL}"):
        assert enter(login).post("/registers/bars/", asked).status_code == 403, login


# 学校 --------------------------------------------------------------------------------------------------------------------


def test_a_schools_page_counts_its_own_cases_and_entries_at_the_same_cost(house: City, enter: Enter) -> None:
    point(house, "星-01")
    hazard(house)
    own = by(f"s{SCHOOL}")
    few = queries(lambda: of_school(own, house, "990121", SCHOOL, DAY))
    for number in range(2, 6):
        point(house, f"星-{number:02}")
        hazard(house)
    point(house, "斗-01", school=OTHER)
    work = of_school(own, house, "990121", SCHOOL, DAY)
    assert work is not None
    assert [(one.key, one.many) for one in work.cases] == [("hazard", 5)]
    assert [(one.key, one.many, one.pressing) for one in work.lists] == [("risk_points", 5, 0)]
    assert work.sheet
    assert queries(lambda: of_school(own, house, "990121", SCHOOL, DAY)) == few
    page = enter(f"s{SCHOOL}").get(f"/returns/schools/{SCHOOL}/?on={DAY}").content.decode()
    assert "安全隐患" in page
    assert f"/schools/{SCHOOL}/risks/" in page
    other = of_school(by(f"s{OTHER}"), house, "990121", SCHOOL, DAY)
    assert other is not None
    assert (other.cases, other.lists, other.sheet) == ([], [], False)
