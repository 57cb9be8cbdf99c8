"""A procedure of eight states costs one file: pages, steps, picture, manual and statistics come with it, nothing else is touched."""

import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

import luoshi.declared.procedures as declared
from luoshi.bureau.cases.known import forget, known
from luoshi.bureau.cases.models import Case, Listing
from luoshi.bureau.people.models import City, Office
from luoshi.describing import procedures as manual
from luoshi.handling.courses import course
from tests.bureau.conftest import Enter
from tests.bureau.test_cases_api import ask
from tests.walks import walk, wrongs

FILE = '''
"""研学旅行报备（演示，虚构）."""

from luoshi.handling.declaring import Procedure
from luoshi.handling.fields import choice, day, line, number, paper
from luoshi.handling.nouns import Begin, Clock, End, State
from luoshi.handling.parts import COUNTY, HOST, LEADER
from luoshi.handling.registers import Register
from luoshi.handling.terms import days, months, workdays


class Routes(Register, key="trip_routes", label="研学线路名单"):
    """A route that was let through."""

    route = line("线路")
    pupils = number("学生人数", least=1)
    title, public, same = route, (route,), (route,)
    valid, warn = months(12), days(30)


class Trip(Procedure, key="trip", label="研学旅行报备", duties=("义务教育",)):
    """A school's trip, eight states from notice to summary."""

    route, pupils = Routes.route, Routes.pupils
    leaves_on = day("出发日期", future=True)
    kind = choice("类别", options={"red": "红色", "nature": "自然"})
    plan = paper("安全预案")
    summary = line("总结")
    title, theme, weight, same = route, kind, pupils, (route,)
    checking = Clock("审核期限", workdays(5), workdays(1))

    noticed = Begin("已报备", checking, by=COUNTY, asks=[route, pupils, kind, leaves_on], opens="报备研学旅行")
    planned = State("预案已审", checking)
    agreed = State("已同意")
    leaving = State("出行中")
    back = State("已返回")
    told = End("已总结")
    refused = End("不同意")
    dropped = End("已取消", decided=False)

    check = noticed.to(planned, "审预案", by=HOST, needs=[plan])
    refuse = noticed.to(refused, "不同意", by=HOST).also(planned)
    agree = planned.to(agreed, "同意", by=HOST, signed=[LEADER])
    drop = agreed.to(dropped, "取消", by=COUNTY)
    go = agreed.to(leaving, "出行", by=COUNTY)
    come = leaving.to(back, "返回", by=COUNTY)
    tell = back.to(told, "总结", by=COUNTY, needs=[summary], enters=Routes)
'''


@pytest.fixture
def trip(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The file beside those that are there, for the time of a test."""
    (tmp_path / "school_trips.py").write_text(FILE, "utf-8")
    monkeypatch.setattr(declared, "__path__", [*declared.__path__, str(tmp_path)])
    forget()
    yield
    sys.modules.pop("luoshi.declared.procedures.school_trips", None)
    forget()


@pytest.mark.usefixtures("trip")
def test_it_walks_and_stands_in_the_manual() -> None:
    made = course(known()["trip"])
    assert len(made.places) == 8
    for seed in range(60):
        assert list(wrongs(made, walk(made, seed))) == []
    page = manual.page()
    assert "## 研学旅行报备" in page
    assert "## 研学线路名单" in page
    assert page.count("(#trip)") == 1


@pytest.mark.usefixtures("trip")
def test_it_has_pages_steps_a_list_and_statistics(city: City, enter: Enter) -> None:
    Office.objects.filter(city=city, code="JJ").update(duties=["义务教育"])
    county, host, leader = enter("xianqu"), enter("jijiao"), enter("fenguan")
    assert "研学旅行报备" in county.get("/procedures/").content.decode()
    sent = {"route": "星桥（演示）", "pupils": "40", "kind": "nature", "leaves_on": "2099-05-01", "county": "990121"}
    answer = county.post("/cases/new/trip/", sent)
    row = Case.objects.get()
    assert (answer.status_code, answer["Location"], row.number[:7]) == (302, f"/cases/{row.pk}/", "研学旅行报备-")
    for browser, act, told in (
        (host, "check", {"plan": _file()}), (host, "agree", {}), (leader, "签字", {}), (county, "go", {}), (county, "come", {}),
        (county, "tell", {"summary": "平安"}),
    ):  # fmt: skip
        assert f"/do/{quote(act)}/" in browser.get(f"/cases/{row.pk}/").content.decode(), act
        row.refresh_from_db()
        answer = browser.post(f"/cases/{row.pk}/do/{act}/", {"version": row.version, **told})
        assert answer.status_code == 302, answer.content.decode()
    row.refresh_from_db()
    assert (row.state, row.decided) == ("told", True)
    page = county.get("/procedures/trip/").content.decode()
    assert "自然" in page
    assert "<svg" in page
    assert Listing.objects.get().by_id == row.pk
    assert "星桥（演示）" in county.get("/registers/trip_routes/").content.decode()
    assert "研学旅行报备" in str(ask("/procedures", "jijiao")[1])
    status, counts = ask("/procedures/trip/statistics", "jijiao")
    assert (status, "trip" in str(counts)) == (200, True), counts


def _file() -> object:
    from django.core.files.uploadedfile import SimpleUploadedFile  # of one test

    return SimpleUploadedFile("预案.txt", "安全预案（演示）".encode())
