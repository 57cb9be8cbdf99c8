"""A child's case: what tells of it is read inside its county, and outside with a purpose on the journal; TV-21b by number."""

from datetime import date

import pytest

from luoshi.bureau.cases.actions import Bringing, open_case, set_conduct
from luoshi.bureau.cases.actions.conducting import Setting
from luoshi.bureau.cases.models import Case
from luoshi.bureau.journal.models import Entry
from luoshi.bureau.people.models import City, Institution, Person
from luoshi.bureau.people.queries import acting
from luoshi.words.errors import RefusedError
from tests.bureau.conftest import Enter
from tests.bureau.xingzhou import actor

PUPIL = "演示学生（虚构）"
TOLD = {
    "pupil": PUPIL, "roll_no": "G000000000000000000", "home": "演示村", "grade": "八年级", "found_by": "absent", "poverty": "no",
    "cause": "weary", "absent_since": "2020-09-14",
}  # fmt: skip
SCHOOL = "3199012101"


@pytest.fixture
def row(city: City) -> Case:
    """A pupil of 角阳县 is missing."""
    set_conduct(actor("ducha"), city, "dropout", Setting("native", "本县没有平台（演示）", "JJ"))
    Institution.objects.create(city=city, code=SCHOOL, name="演示初中", kind="311", county="990121")
    Person.objects.create(username="doucheng", name="斗城丑", role="county", division="990102")
    Person.objects.create(username="xuexiao", name="校务寅", role="school", division="990121", school=SCHOOL)
    return open_case(actor("xianqu"), city, "dropout", Bringing(TOLD, school=SCHOOL), date(2020, 9, 14)).row


def test_a_county_and_the_school_read_it_and_nobody_else_in_full(row: Case, enter: Enter) -> None:
    assert (row.county, row.school, row.title) == ("990121", SCHOOL, "控辍保学")
    page = f"/cases/{row.pk}/"
    assert PUPIL in enter("xianqu").get(page).content.decode()
    assert PUPIL in enter("xuexiao").get(page).content.decode()
    for login, status in (("jijiao", 200), ("ducha", 200), ("fenguan", 200), ("xueqian", 403), ("doucheng", 403)):
        answer = enter(login).get(page)
        assert (answer.status_code, PUPIL in answer.content.decode()) == (status, False), login


def test_tv_21b_another_countys_child_is_refused_and_on_the_journal(row: Case, enter: Enter) -> None:
    assert enter("doucheng").get(f"/cases/{row.pk}/").status_code == 403
    told = Entry.objects.order_by("-number")[0]
    assert (told.actor, told.action, told.outcome) == ("doucheng", "people.turn_away", "refused")


def test_outside_its_county_it_is_read_with_a_purpose_that_the_journal_keeps(row: Case, enter: Enter) -> None:
    page = f"/private/case/{row.pk}/"
    browser = enter("jijiao")
    assert PUPIL not in browser.get(page).content.decode()
    assert PUPIL not in browser.post(page, {"purpose": ""}).content.decode()
    assert PUPIL in browser.post(page, {"purpose": "省厅督办该生劝返"}).content.decode()
    told = Entry.objects.order_by("-number")[0]
    assert (told.actor, told.action, told.outcome) == ("jijiao", "people.unmask", "done")
    assert "省厅督办该生劝返" in f"{told.detail}{told.reason}"
    assert PUPIL not in f"{told.detail}{told.reason}{told.subject}"
    assert enter("doucheng").get(page).status_code in {403, 404}


def test_the_pupils_name_is_in_no_list_no_queue_and_no_search(row: Case, enter: Enter) -> None:
    for login in ("xianqu", "ducha", "jijiao", "xuexiao"):
        browser = enter(login)
        for page in ("/cases/", "/cases/find/", f"/cases/find/?words={PUPIL}", "/procedures/dropout/"):
            told = browser.get(page).content.decode().replace(f'value="{PUPIL}"', "")
            assert PUPIL not in told, (login, page)


def test_a_school_opens_its_own_and_no_other(row: Case, city: City) -> None:
    other = Institution.objects.create(city=city, code="3199010201", name="别校", kind="311", county="990102")
    school = acting(Person.objects.get(username="xuexiao"))
    assert open_case(school, city, "dropout", Bringing(TOLD), date(2020, 9, 14)).row.school == SCHOOL
    with pytest.raises(RefusedError):
        open_case(school, city, "dropout", Bringing(TOLD, school=other.code), date(2020, 9, 14))
