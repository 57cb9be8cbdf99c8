"""县级交换 on its pages: packages made, downloaded and taken by buttons, a county's house founded where a city's is."""

from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from luoshi.bureau.exchanges.models import Package, Peer
from luoshi.bureau.exchanges.parcels import opened
from luoshi.bureau.people.models import City, Person
from luoshi.bureau.people.units.actions import Terms, import_units
from luoshi.reading.units import Register
from tests.bureau import witness, xingzhou
from tests.bureau.apart import house
from tests.bureau.conftest import Enter
from tests.bureau.two_houses import HERE, Houses

pytestmark = pytest.mark.django_db


def _sent(client: Client, content: bytes, **told: str) -> str:
    """What the page says after a file was sent."""
    sent = {"package": SimpleUploadedFile("包.zip", content), **told}
    return client.post("/packages/act/", sent, follow=True).content.decode()


def test_a_package_is_made_by_a_button_and_downloaded(city: City, enter: Enter) -> None:
    browser = enter("ducha")
    page = browser.post("/packages/act/", {"act": "pack", "county": HERE}, follow=True).content.decode()
    assert "已生成第1号下发包" in page
    kept = Package.objects.get()
    answer = browser.get(f"/packages/{kept.pk}/")
    assert opened(answer.content, "包.zip").label.county == HERE
    assert "attachment" in answer["Content-Disposition"]
    told = browser.post("/packages/act/", {"act": "pack", "county": "999999"})
    assert (told.status_code, "没有代码为“999999”的县(市、区)" in told.content.decode()) == (409, True)


def test_a_file_that_is_no_package_is_refused_in_four_parts(city: City, enter: Enter) -> None:
    browser = enter("ducha")
    for content in (b"", b"PK\x03\x04", b"x" * 2000):
        page = _sent(browser, content or b" ", act="take")
        assert "不是交换包，或已经损坏" in page
    assert "没有选文件" in browser.post("/packages/act/", {"act": "take"}).content.decode()


def test_the_page_costs_the_same_with_many_packages_as_with_one(city: City, enter: Enter) -> None:
    browser, asked = enter("ducha"), []
    for _ in range(2):
        browser.post("/packages/act/", {"act": "pack", "county": HERE}, follow=True)
        with CaptureQueriesContext(connection) as captured:
            browser.get("/packages/")
        asked.append(len(captured))
        for number in range(2, 30):
            Package.objects.get_or_create(
                city=city, county=HERE, way="up", number=number, kind="answers",
                defaults={"digest": "0" * 64, "state": "taken", "by": "演示"},
            )  # fmt: skip
    assert asked[0] == asked[1]


def test_a_county_sees_its_own_packages_in_the_citys_house_and_no_others(city: City, enter: Enter) -> None:
    for code in ("990102", HERE):
        enter("ducha").post("/packages/act/", {"act": "pack", "county": code})
    page = enter("xianqu").get("/packages/").content.decode()
    assert "角阳县" in page
    assert "斗城区" not in page


def test_a_countys_house_is_founded_on_the_start_page_and_works_on_its_own(tmp_path: Path, db: None) -> None:
    folder = tmp_path / "city"
    folder.mkdir()
    down = tmp_path / "down.zip"
    with house(folder, "exchange_start") as told:
        there = Houses(tmp_path, told)
        there.county(["build"], ["pack", str(down)])
        there.close()
    browser, content = Client(), down.read_bytes()
    assert "从市里的下发包建立县级版" in browser.get("/start/").content.decode()
    words = {
        "edition": "county",
        "login": "xianguan",
        "name": "县管理",
        "password": "Luoshi-2099y",
        "again": "Luoshi-2099y",
    }
    broken = SimpleUploadedFile("包.zip", content[:-1])
    assert browser.post("/start/", {**words, "files": broken}).status_code == 422
    assert not City.objects.exists()
    page = browser.post(
        "/start/", {**words, "files": SimpleUploadedFile("包.zip", content)}, follow=True
    ).content.decode()
    assert "请与市里通话核对" in page
    assert Peer.objects.get().county == HERE
    browser.force_login(Person.objects.get(username="xianqu"))
    page = browser.get("/packages/").content.decode()
    assert "<b>县级版</b> 角阳县，依据星州市教育局第1号下发包" in page
    assert "斗城区" not in page
    for address in ("/", "/mine/", "/returns/", "/agreeing/", "/plans/", "/divisions/", "/overview/", "/indicators/"):
        told_page = browser.get(address)
        assert told_page.status_code == 200, address
        assert "斗城区" not in told_page.content.decode(), address
    assert "这个包的方向" not in _sent(browser, content, act="take")
    assert Package.objects.filter(way="down").count() == 1
    with witness.refused("people.units_import", "随市里的下发包更新"):
        import_units(
            xingzhou.INSTALLER,
            City.objects.get(),
            Register(schools=False),
            Terms("名册.csv", "0" * 64, date(2021, 9, 1)),
        )
