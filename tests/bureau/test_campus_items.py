"""进校园事项 beside one another: the plan's cap is kept at the council, likes, second checks and burdened schools are told before."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from luoshi.bureau.cases import queries
from luoshi.bureau.cases.actions import Bringing, open_case, set_conduct
from luoshi.bureau.cases.actions.conducting import Setting
from luoshi.bureau.cases.beside import cautions
from luoshi.bureau.cases.models import Case
from luoshi.bureau.indicators.models import OwnParameter
from luoshi.bureau.journal.models import Entry
from luoshi.bureau.people.models import City, Institution
from luoshi.bureau.people.queries import calendar_of
from luoshi.words.errors import RefusedError
from tests.bureau.conftest import Enter
from tests.bureau.test_cases import step
from tests.bureau.xingzhou import actor

FILED, DECIDED = date(2020, 11, 20), date(2020, 12, 20)
ITEM = {
    "item": "校园食堂安全检查", "kind": "inspection", "route": "annual", "sponsor_unit": "安全科", "sponsor_kind": "bureau",
    "basis": "星教〔2020〕1号（虚构）", "objects": "市直各校", "begins_on": "2021-03-01", "ends_on": "2021-03-31", "site_days": "1",
    "materials": "无", "whole": "no",
}  # fmt: skip


@pytest.fixture
def hosted(city: City) -> City:
    """The office JJ hosts what is filed for schools."""
    set_conduct(actor("ducha"), city, "campus_item", Setting("native", "局长办公会2020年第3次", "JJ"))
    return city


def filed(city: City, item: str = "消防演练检查", **told: str) -> Case:
    return open_case(actor("jijiao"), city, "campus_item", Bringing({**ITEM, "item": item, **told}), FILED).row


def council(row: Case) -> Case:
    row = step(row, "check", "jijiao", DECIDED, opinion="列入")
    return step(row, "council", "jijiao", DECIDED, minutes="星教党组纪〔2020〕12号", met_on="2020-12-18")


def set_own(city: City, key: str, value: int) -> None:
    OwnParameter.objects.create(
        city=city, key=key, value=Decimal(value), begun=date(2020, 1, 1), source="局规（演示）", by="督查甲"
    )


def told(row: Case) -> dict[str, str]:
    held = queries.followed(row, calendar_of(row.city)).held
    return {one.where: one.what for one in cautions(row, held, DECIDED)}


def test_tv_15a_and_b_what_goes_beyond_half_of_the_baseline_is_refused_at_the_council(
    hosted: City, enter: Enter
) -> None:
    set_own(hosted, "campus_items_baseline", 5)
    for name in ("消防检查", "校车督查"):
        council(filed(hosted, name))
    row = step(filed(hosted, "食品抽检"), "check", "jijiao", DECIDED, opinion="列入")
    with pytest.raises(RefusedError) as refused:
        step(row, "council", "jijiao", DECIDED, minutes="13", met_on="2020-12-18")
    (finding,) = refused.value.findings
    assert finding.what == "2021年计划已通过 2 项，再加一项就超过上限"
    assert finding.rule.startswith("基数 5 项，上限 2 项＝基数×0.5取整")
    assert Entry.objects.filter(action="cases.take", outcome="refused", subject_id=str(row.pk)).exists()
    page = enter("jijiao").get(f"/cases/{row.pk}/").content.decode()
    assert "再加一项就超过上限" in page, "the button says it before it is pressed"
    assert f"/cases/{row.pk}/do/council/" not in page
    council(filed(hosted, "防汛检查", begins_on="2022-03-01", ends_on="2022-03-02"))
    step(
        step(filed(hosted, "一事一批", route="single"), "check", "jijiao", DECIDED, opinion="可"),
        "single",
        "jijiao",
        DECIDED,
    )


def test_while_no_baseline_is_set_nothing_is_refused_and_the_page_says_so(hosted: City) -> None:
    row = filed(hosted)
    assert told(row) == {"年度上限": "还没有设定基数，上限无从核对"}
    assert council(row).state == "agreed"


def test_tv_15d_two_items_on_canteens_in_one_month_are_to_be_merged_unless_they_name_other_schools(
    hosted: City, enter: Enter
) -> None:
    set_own(hosted, "campus_items_baseline", 46)
    one = filed(hosted, "校园食堂安全检查", objects="斗城区各校")
    for at, objects in ((1, "斗城区20所学校"), (0, "角阳县各校"), (1, "全市各校")):
        other = filed(hosted, "学校食堂专项督查", objects=objects)
        assert len(told(other)) == at, objects
    assert told(other)["同类事项"] == f"{one.number}《校园食堂安全检查》同月、涉及的学校有重合，都是“食堂”"
    page = enter("jijiao").get(f"/cases/{other.pk}/do/check/").content.decode()
    assert "办理前请看" in page
    assert "请考虑归并到同一事项" in page
    assert told(filed(hosted, "食堂回头看", begins_on="2021-04-01", ends_on="2021-04-02")) == {}


def test_a_second_comprehensive_check_of_a_department_and_a_fifth_visit_in_a_term_are_told(hosted: City) -> None:
    set_own(hosted, "campus_items_baseline", 46)
    Institution.objects.create(
        city=hosted, code="3141000001", name="星州市第一小学", county="990102", begun=date(2019, 9, 1)
    )
    names = ("消防", "校车", "防溺水", "体质监测")
    for at, name in enumerate(names):
        filed(
            hosted, name, begins_on=f"2021-0{at + 3}-01", ends_on=f"2021-0{at + 3}-02", whole="yes" if not at else "no"
        )
    fifth = filed(hosted, "图书馆评估", whole="yes", objects="星州市第一小学")
    assert told(fifth) == {
        "综合性督查检查": "安全科在2021年的综合性督查检查连这一项共 2 项",
        "学校负担": "连这一项，星州市第一小学本学期（2021-02-01至2021-07-31）要接待 5 项到校事项",
    }
    assert told(filed(hosted, "劳动教育调研", site_days="0")) == {}, "nobody comes"
    assert told(filed(hosted, "国防教育", begins_on="2021-09-01", ends_on="2021-09-02")) == {}, "another term"


def test_who_only_files_sees_nothing_of_others(hosted: City, enter: Enter) -> None:
    filed(hosted, "校园食堂安全检查")
    row = open_case(
        actor("xianqu"), hosted, "campus_item", Bringing({**ITEM, "item": "学校食堂督查", "route": "emergency"}), FILED
    ).row
    assert "办理前请看" in enter("jijiao").get(f"/cases/{row.pk}/").content.decode()
    assert "办理前请看" not in enter("xianqu").get(f"/cases/{row.pk}/").content.decode()


def test_forty_items_cost_as_many_queries_as_one(hosted: City) -> None:
    def asked(row: Case) -> int:
        held = queries.followed(row, calendar_of(row.city)).held
        with CaptureQueriesContext(connection) as seen:
            cautions(row, held, DECIDED)
        return len(seen)

    filed(hosted)
    few = asked(filed(hosted))
    for at in range(38):
        filed(hosted, f"演示事项{at}")
    assert asked(filed(hosted)) == few
