"""The first visit to an empty house: a city's folder is given on the page, and the bureau can work."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from luoshi.bureau.people.models import City, Person
from luoshi.bureau.plans.models import Proposal
from luoshi.declared import INDICATORS
from luoshi.reading.city import load
from tests import files

XINGZHOU = Path(__file__).resolve().parents[2] / "cities" / "xingzhou"
WORDS = "晴川历历汉阳树Qc7"
pytestmark = pytest.mark.django_db


def _zip(**changed: bytes) -> SimpleUploadedFile:
    told = {path.name: path.read_bytes() for path in XINGZHOU.iterdir()}
    return SimpleUploadedFile("xingzhou.zip", files.packed({**told, **{f"{k}.csv": v for k, v in changed.items()}}))


def _admin() -> str:
    return next(one.login for one in load(XINGZHOU, {one.key for one in INDICATORS}).people if one.role == "admin")


def _sent(**more: object) -> dict[str, object]:
    return {"files": _zip(), "login": _admin(), "password": WORDS, "again": WORDS, **more}


def test_a_city_is_opened_from_a_zip_and_its_administrator_comes_in() -> None:
    browser = Client()
    assert "从一个市的文件夹开始" in browser.get("/enter/").content.decode()
    assert browser.get("/start/").status_code == 200
    answer = browser.post("/start/", _sent())
    assert answer.status_code == 302, answer.content.decode()[-2000:]
    city = City.objects.get()
    assert (city.key, city.name, city.divisions.count()) == ("xingzhou", "星州市", 16)
    assert Proposal.objects.filter(decision="open").count() > 200
    assert browser.post("/enter/", {"username": _admin(), "password": WORDS}).status_code == 302
    assert Person.objects.filter(demo=True).count() == 0


def test_once_a_city_is_there_the_door_is_shut(city: City) -> None:
    assert Client().get("/start/").status_code == 404
    assert Client().post("/start/", _sent()).status_code == 404
    assert City.objects.count() == 1


@pytest.mark.parametrize(
    ("more", "saying"),
    [
        ({"again": "别的"}, "两次输入的不同"),
        ({"password": "123", "again": "123"}, "太容易猜到"),
        ({"login": "nobody"}, "没有系统管理员"),
        ({"files": []}, "没有选文件"),
        ({"files": SimpleUploadedFile("a.zip", b"PK\x03\x04xx")}, "处理"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_kept(more: dict[str, object], saying: str, tmp_path: Path) -> None:
    answer = Client().post("/start/", _sent(**more))
    assert answer.status_code == 422
    assert saying in answer.content.decode()
    assert City.objects.count() == 0
    assert not list(tmp_path.glob("cities/*"))


def test_findings_of_the_tables_are_told_all_at_once(tmp_path: Path) -> None:
    answer = Client().post("/start/", _sent(files=_zip(divisions=b"code,name\n", leaders=b"name\n")))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "divisions.csv" in page
    assert "leaders.csv" in page
    assert not list(tmp_path.glob("cities/*"))
