"""科室与人员: what an office says changes by dated acts with a reason; a county minds its own 股室 and nobody else's."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from luoshi.bureau.people.models import City, Office
from luoshi.bureau.posts.actions import Term, amend_county_office, amend_office, appoint
from luoshi.bureau.posts.actions.offices import OfficeWords, Section
from luoshi.bureau.posts.models import CountyOffice, OfficeChange
from tests.bureau import witness
from tests.bureau.conftest import Enter
from tests.bureau.xingzhou import actor

pytestmark = pytest.mark.django_db
TODAY = date(2021, 9, 1)
OTHER, OWN = "990102", "990121"
WORDS = OfficeWords("基础教育科", ("义务教育", "课后服务"), ("2",), "丙副局长")


def _amend(
    login: str = "ducha", told: OfficeWords = WORDS, since: date = TODAY, reason: str = "党组会〔2021〕5号（虚构）"
) -> None:
    amend_office(actor(login), "JJ", told, since, reason, TODAY)


def test_a_change_keeps_what_was_before_what_after_and_why(city: City) -> None:
    with witness.done("posts.office"):
        _amend()
    office, kept = Office.objects.get(code="JJ"), OfficeChange.objects.get()
    assert (office.duties, office.leads, office.leader) == (["义务教育", "课后服务"], ["2"], "丙副局长")
    assert (kept.before["leader"], kept.after["leader"], kept.on) == ("乙副局长", "丙副局长", TODAY)
    assert "name" not in kept.after, "only what changed"


@pytest.mark.parametrize(
    ("told", "since", "reason", "said"),
    [
        (WORDS, TODAY + timedelta(days=1), "依据", "还没有到"), (WORDS, TODAY, " ", "没有写依据"),
        (OfficeWords(" ", (), (), ""), TODAY, "依据", "没有写名称"), (OfficeWords("长" * 61, (), (), ""), TODAY, "依据", "太长"),
        (OfficeWords("基础教育科", ("义务教育", "特殊教育", "大班额"), ("义务教育",), "乙副局长"), TODAY, "依据", "没有改动"),
        (OfficeWords("基础教育科", ("词" * 31,), (), ""), TODAY, "依据", "太长"),
    ],
)  # fmt: skip
def test_a_change_that_cannot_be_is_refused(city: City, told: OfficeWords, since: date, reason: str, said: str) -> None:
    with witness.refused("posts.office", said):
        _amend(told=told, since=since, reason=reason)


@pytest.mark.parametrize("login", ["jijiao", "fenguan", "xianqu", "chayue"])
def test_only_the_office_and_the_administrator_change_offices(city: City, login: str) -> None:
    with witness.refused("posts.office", "没有这项权限"):
        _amend(login)


def _section(
    login: str = "xianqu", division: str = OWN, number: int = 0, name: str = "基教股", reason: str = "依据"
) -> CountyOffice:
    city = City.objects.get()
    return amend_county_office(
        actor(login), city, division, number, Section(name, ("义务教育",), "县人", "8"), reason, TODAY
    )


def test_a_county_minds_its_own_offices(city: City) -> None:
    with witness.done("posts.county_office"):
        made = _section()
    with witness.done("posts.county_office"):
        _section(number=made.pk, name="教育股")
    assert CountyOffice.objects.get().name == "教育股"
    with witness.refused("posts.county_office", "已有同名股室"):
        _section(name="教育股")
    with witness.refused("posts.county_office", "没有写依据"):
        _section(name="人事股", reason="")


def test_another_county_s_offices_are_not_touched_and_not_shown(city: City, enter: Enter) -> None:
    made = _section("guanli", OTHER)
    with witness.refused("posts.county_office", "是别的县(市、区)的"):
        _section(division=OTHER)
    with witness.refused("posts.county_office", "没有这个股室"):
        _section(number=made.pk)
    client = enter("xianqu")
    assert client.get(f"/county-offices/{OTHER}/").status_code == 403
    assert client.post(f"/county-offices/{OTHER}/act/", {"name": "甲股", "reason": "依据"}).status_code == 403
    assert "斗城区" not in client.get("/offices/").content.decode()
    assert client.get(f"/county-offices/{OWN}/").status_code == 200


@pytest.mark.parametrize("login", ["ducha", "jijiao", "fenguan", "chayue"])
def test_nobody_of_the_bureau_but_the_administrator_minds_a_county_s_offices(city: City, login: str) -> None:
    with witness.refused("posts.county_office", "没有这项权限"):
        _section(login)


def test_whoever_belongs_to_a_county_office_does_not_mind_them(city: City) -> None:
    made, today = _section(), timezone.localdate()
    founding = appoint(actor("guanli"), "xianqu", Term("county", today, division=OWN, section=made.pk), today, "任命")
    founding.person.posts.exclude(pk=founding.pk).update(ended_on=today)
    with witness.refused("posts.county_office", "属于一个股室"):
        amend_county_office(actor("xianqu"), city, OWN, 0, Section("人事股"), "依据", today)


def test_the_pages_show_and_change_it(city: City, enter: Enter) -> None:
    client, today = enter("guanli"), str(timezone.localdate())
    sent = {
        "name": "基础教育科",
        "duties": "义务教育 课后服务",
        "leads": "2",
        "leader": "丙副局长",
        "since": today,
        "reason": "党组会",
    }
    assert client.post("/offices/JJ/act/", sent).status_code == 302
    page = client.get("/offices/JJ/").content.decode()
    for words in ("丙副局长", "乙副局长 → 丙副局长", "基教丁", "党组会"):
        assert words in page
    assert client.post("/offices/JJ/act/", {**sent, "reason": ""}).status_code == 409
    assert client.get("/offices/XX/").status_code == 404
    assert (
        client.post(
            f"/county-offices/{OWN}/act/", {"name": "基教股", "duties": "义务教育", "reason": "依据"}
        ).status_code
        == 302
    )
    county = client.get(f"/county-offices/{OWN}/").content.decode()
    assert "基教股" in county
    assert "县区己" in county
    reader = enter("chayue").get("/offices/JJ/").content.decode()
    assert "由督查室" in reader or "disabled" in reader


def test_a_person_is_found_and_given_a_post_on_the_pages(city: City, enter: Enter) -> None:
    client, today = enter("guanli"), str(timezone.localdate())
    assert "学前丙" in client.get("/people/?q=学前").content.decode()
    assert "学前丙" not in client.get("/people/?office=JJ").content.decode()
    sent = {"role": "section", "office": "RS", "begun": today, "until": "", "reason": "任命", "title": "副科长"}
    assert client.post("/people/xueqian/act/", sent).status_code == 302
    page = client.get("/people/xueqian/").content.decode()
    assert "人事科 副科长" in page
    assert "登记任职" in page
    assert client.post("/people/xueqian/act/", {**sent, "begun": "昨天"}).status_code == 409
    post = page.split('name="post" value="')[1].split('"')[0]
    assert client.post("/people/xueqian/act/", {"act": "main", "post": post}).status_code == 302
    assert enter("xueqian").get("/people/xueqian/").status_code == 200
    assert enter("jijiao").get("/people/xueqian/").status_code == 404
    assert enter("jijiao").get("/people/").status_code == 403
