"""Lists: what ends is told the office that keeps them, they leave as a table, and programs read their public part alone."""

import io
from collections.abc import Iterator, MutableMapping
from datetime import date
from typing import cast

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from luoshi.bureau.cases.actions import Bringing, Shown, lapse_due, open_case, set_conduct, take
from luoshi.bureau.cases.actions.conducting import Setting
from luoshi.bureau.cases.known import known, lists
from luoshi.bureau.cases.models import Case, Listing
from luoshi.bureau.cases.owing import cases_owed
from luoshi.bureau.jobs.worker import WORKER
from luoshi.bureau.notices.actions import switch
from luoshi.bureau.people.models import City, Institution
from luoshi.handling.declaring import Procedure
from luoshi.handling.fields import day, line
from luoshi.handling.nouns import Begin, End
from luoshi.handling.parts import HOST
from luoshi.handling.registers import Register
from luoshi.handling.terms import workdays
from luoshi.words.errors import RefusedError
from tests.bureau.conftest import Enter
from tests.bureau.test_cases import brought, native
from tests.bureau.xingzhou import actor

__all__ = ["native"]
OPENED, END = date(2021, 9, 1), "2021-12-31"


class Halls(Register, key="test_halls", label="演示场馆名单"):
    """One hall that children may be taken to. 演示（虚构）."""

    name = line("场馆")
    keeper = line("负责人", private=True)
    ends = day("有效期至", future=True)
    title, until, warn, public, same = name, ends, workdays(10), (name,), (name,)


class HallCase(Procedure, key="test_hall", label="演示场馆备案", duties=("学前教育",)):
    """A hall is put on the list. 演示（虚构）."""

    name, keeper, ends = Halls.name, Halls.keeper, Halls.ends
    asked = Begin("已申请", by=HOST, asks=[name, keeper, ends])
    listed = End("已列入")
    enter = asked.to(listed, "列入", by=HOST, enters=Halls)


@pytest.fixture
def declared(city: City) -> Iterator[City]:
    """A procedure and a list that stand in declared/procedures as long as the test runs."""
    found = cast("MutableMapping[str, type[Procedure]]", known())
    of = cast("MutableMapping[str, type[Register]]", lists())
    found[HallCase.key], of[Halls.key] = HallCase, Halls
    yield city
    del found[HallCase.key], of[Halls.key]


def listed(city: City, name: str, ends: str = END) -> Case:
    told = {"name": name, "keeper": "演示负责人", "ends": ends}
    row = open_case(actor("xueqian"), city, HallCase.key, Bringing(told), OPENED).row
    return take(actor("xueqian"), Shown(row.pk, row.version), "enter", Bringing({}), OPENED)


def test_what_ends_is_told_the_office_that_keeps_the_list_one_due_a_day(declared: City) -> None:
    for name in ("演示馆甲", "演示馆乙"):
        listed(declared, name)
    listed(declared, "演示馆丙", "2022-12-31")
    assert list(cases_owed(declared, date(2021, 12, 1))) == []
    (due,) = cases_owed(declared, date(2021, 12, 20))
    assert (due.what, due.on, due.office) == ("名单：演示场馆名单，2条到期", date(2021, 12, 31), "XQ")
    assert due.link == "/registers/test_halls/?how=near"
    assert "演示馆" not in due.what


def test_entries_are_told_at_a_cost_that_does_not_grow(declared: City) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert list(cases_owed(declared, date(2021, 12, 20)))
        return len(seen)

    listed(declared, "演示馆1")
    few = asked()
    for number in range(2, 20):
        listed(declared, f"演示馆{number}")
    assert asked() == few


def test_a_list_leaves_as_a_table_without_persons(declared: City, enter: Enter) -> None:
    listed(declared, "演示馆甲")
    answer = enter("xueqian").get("/registers/test_halls/file/?on=2021-12-20")
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    rows = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]
    assert rows[1] == ["名称", "县(市、区)", "有效期至", "起", "止", "状态", "依据的办件"]
    assert rows[2][0] == "演示馆甲"
    assert rows[2][5] == "临近到期"
    assert "演示负责人" not in str(rows)
    assert "导出：学前丙（xueqian）" in str(book.properties.description)
    assert "演示馆甲" in enter("ducha").get("/registers/test_halls/file/?form=csv").content.decode()
    assert enter("xueqian").get("/registers/none/file/").status_code == 404


def test_programs_read_the_public_part_of_a_list_alone(declared: City) -> None:
    listed(declared, "演示馆甲")
    assert Client().get("/api/v1/registers/test_halls").status_code == 401
    switch(actor("ducha"), declared, public=True)
    (one,) = [each for each in Client().get("/api/v1/registers").json()["items"] if each["key"] == "test_halls"]
    assert one["fields"] == ["场馆"]
    told = Client().get("/api/v1/registers/test_halls").json()
    assert told["items"][0]["fields"] == [{"label": "场馆", "value": "演示馆甲"}]
    assert "演示负责人" not in str(told)
    assert Listing.objects.count() == 1


def test_the_clock_looks_only_at_cases_that_could_go_on_by_themselves(native: City) -> None:
    set_conduct(actor("ducha"), native, "petition", Setting("native", "演示", "JJ"))
    for _ in range(3):
        brought(native)
    with CaptureQueriesContext(connection) as seen:
        assert lapse_due(WORKER, native, date(2021, 1, 4)) == 0
    assert len(seen) == 2


def test_two_schools_with_the_same_number_keep_two_entries(city: City) -> None:
    set_conduct(actor("ducha"), city, "fire_item", Setting("native", "演示", "JJ"))
    for code in ("2199000001", "2199000002"):
        Institution.objects.create(city=city, code=code, name=f"演示{code}", kind="211", county="990121")

    def done(school: str, act: str, place: str) -> Case:
        told = {
            "serial": "1号", "place": place, "owner": "总务处", "tested_on": "2021-08-20", "runs_out": "2022-08-20",
            "what": "extinguisher", "amount": "12",
        }  # fmt: skip
        row = open_case(actor("xianqu"), city, "fire_item", Bringing(told, school=school), OPENED).row
        return take(actor("xianqu"), Shown(row.pk, 1), act, Bringing({}), OPENED)

    done("2199000001", "enter", "一楼")
    with pytest.raises(RefusedError, match="名单里没有"):
        done("2199000002", "renew", "二楼")
    done("2199000002", "enter", "二楼")
    done("2199000002", "renew", "三楼")
    told = Listing.objects.order_by("pk").values_list("school", "title", "followed_by")
    last = Listing.objects.latest("pk").pk
    assert list(told) == [("2199000001", "一楼", None), ("2199000002", "二楼", last), ("2199000002", "三楼", None)]
