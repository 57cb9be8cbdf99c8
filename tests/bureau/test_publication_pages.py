"""公布件 on its pages: drafted, approved and out by their buttons; read by everybody where the public page is open; files as frozen."""

import csv
import io
import zipfile

import pytest
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from luoshi.bureau.people.models import City
from luoshi.bureau.publications.models import Publication
from luoshi.publishing.nouns import WITHHELD
from tests.bureau import published
from tests.bureau.conftest import Enter
from tests.bureau.published import SECRET, TODAY, inspected, licensed, seen
from tests.bureau.test_publications import cell

pytestmark = pytest.mark.django_db


@pytest.fixture
def measured(city: City) -> City:
    City.objects.filter(pk=city.pk).update(public=True)
    city.public = True
    with override_settings(LAKE=published.lake()):
        published.measure(city)
    return city


def test_a_bulletin_goes_from_the_form_to_everybody_by_its_buttons(measured: City, enter: Enter) -> None:
    office, leader, stranger = enter("ducha"), enter("fenguan"), enter("")
    page = office.post("/publications/draft/", {"kind": "education_spending", "on": "2021-11-30", "audience": "public"})
    row = Publication.objects.get()
    assert page["Location"] == f"/publications/{row.pk}/"
    assert stranger.get("/public/publications/2021-1/").status_code == 404
    own = office.post(
        f"/publications/{row.pk}/act/", {"act": "approve", "version": "1", "words": "同意", "on": "2021-11-30"}
    )
    assert own.status_code == 409
    assert "拟稿和审批须为两个人" in own.content.decode()
    leader.post(
        f"/publications/{row.pk}/act/", {"act": "approve", "version": "1", "words": "同意公开", "on": "2021-11-30"}
    )
    office.post(f"/publications/{row.pk}/act/", {"act": "publish", "version": "2", "on": "2021-11-30"})
    told = stranger.get("/public/publications/2021-1/").content.decode()
    assert "教育经费执行情况统计公告" in told
    assert "公布〔2021〕1号" in told
    assert "<svg" in told
    assert "分管戊" not in told, "who approved it is no matter of the public's"
    assert "公布〔2021〕1号" in stranger.get("/public/publications/").content.decode()


def test_a_correction_and_a_withdrawal_are_in_the_open(measured: City, enter: Enter) -> None:
    licensed(measured)
    row = published.published(measured, "training_institutions")
    licensed(measured, "演示第二中心（虚构）")
    office, stranger = enter("ducha"), enter("")
    office.post(
        f"/publications/{row.pk}/act/",
        {"act": "correct", "version": seen(row).version, "words": "漏列", "on": "2021-11-30"},
    )
    second = Publication.objects.get(edition=2)
    enter("fenguan").post(
        f"/publications/{second.pk}/act/", {"act": "approve", "version": "1", "words": "同意", "on": "2021-11-30"}
    )
    office.post(f"/publications/{second.pk}/act/", {"act": "publish", "version": "2", "on": "2021-11-30"})
    newest, first = (stranger.get(f"/public/publications/2021-1/{at}").content.decode() for at in ("", "1/"))
    assert "更正（第2版）" in newest
    assert "（新增）" in newest
    assert "这一版已经更正" in first
    assert "第二中心" not in first
    office.post(
        f"/publications/{second.pk}/act/", {"act": "withdraw", "version": seen(second).version, "words": "许可核查中"}
    )
    gone = stranger.get("/public/publications/2021-1/").content.decode()
    assert "已撤回" in gone
    assert "许可核查中" in gone
    assert "演示培训中心" not in gone
    assert stranger.get("/public/publications/2021-1/2/tables.xlsx").status_code == 404
    assert "许可核查中" in stranger.get("/public/publications/").content.decode()


def test_files_hold_what_the_page_shows(measured: City, enter: Enter) -> None:
    row = published.published(measured, "education_spending")
    stranger = enter("")
    rows = list(csv.DictReader(io.StringIO(stranger.get("/public/publications/2021-1/1/funds.csv").content.decode())))
    assert rows[-1]["unit"] == "全市"
    assert rows[-1]["bulletin_spending"] == cell(row, "funds", -1, "bulletin_spending")
    assert {one["note"] for one in rows} == {"演示数据（虚构）"}
    package = zipfile.ZipFile(io.BytesIO(stranger.get("/public/publications/2021-1/1/datapackage.zip").content))
    assert {"datapackage.json", "funds.csv", "funds.sdmx.csv", "funds.structure.json"} <= set(package.namelist())
    one, other = (stranger.get("/public/publications/2021-1/1/tables.xlsx").content for _ in range(2))
    assert one == other, "the same edition makes the same bytes"
    assert stranger.get("/public/publications/2021-1/1/passwd").status_code == 404


def test_the_public_page_keeps_to_itself_what_the_bureau_keeps(measured: City, enter: Enter) -> None:
    inspected(measured)
    row = published.published(measured, "inspection_results", audience="bureau")
    assert enter("").get("/public/publications/2021-1/").status_code == 404
    assert enter("chayue").get(f"/publications/{row.pk}/").status_code == 404, "系统内 is not 局内"
    assert SECRET not in enter("ducha").get(f"/publications/{row.pk}/").content.decode()
    City.objects.update(public=False)
    assert enter("").get("/public/publications/").status_code == 404


def test_lists_cost_the_same_whatever_they_hold(measured: City, enter: Enter) -> None:
    licensed(measured)
    published.published(measured, "training_institutions")
    told = {"desk": (enter("ducha"), "/publications/"), "public": (enter(""), "/public/publications/")}
    for client, address in told.values():
        client.get(address)
        with CaptureQueriesContext(connection) as few:
            client.get(address)
        published.published(measured, "training_institutions", TODAY)
        with CaptureQueriesContext(connection) as many:
            client.get(address)
        assert len(many) == len(few)


def test_what_is_withheld_says_so_and_why(measured: City, enter: Enter) -> None:
    row = published.published(measured, "education_spending")
    content = row.content
    content["tables"][0]["columns"][2]["persons"] = True
    content["tables"][0]["rows"][0][2] = WITHHELD
    from luoshi.publishing.nouns import content_of

    Publication.objects.filter(pk=row.pk).update(content=content, digest=content_of(content).digest)
    told = enter("").get("/public/publications/2021-1/").content.decode()
    assert "不公布" in told
    assert "人数过少" in told
