"""区划与学校 in the house: lists carried out as one act, mergers that leave nobody's debts behind, pages of any day."""

import json
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from luoshi.bureau.board.working import OUTFIT
from luoshi.bureau.jobs.actions.running import run_next
from luoshi.bureau.jobs.models import Job
from luoshi.bureau.journal.actions import Actor
from luoshi.bureau.journal.models import Entry
from luoshi.bureau.ledger import queries as ledger
from luoshi.bureau.ledger.actions import confirm
from luoshi.bureau.people.models import City, Division, Institution, Succession
from luoshi.bureau.people.rights import answers, foreign, own_units
from luoshi.bureau.people.units import queries
from luoshi.bureau.people.units.actions import Terms, import_units, succeed
from luoshi.bureau.plans.models import Proposal
from luoshi.bureau.reminders import queries as reminders
from luoshi.bureau.reports.actions import Filled, Sum, file, open_period
from luoshi.bureau.reports.queries import mine
from luoshi.declared.returns.codes import KINDS
from luoshi.reading.units import read_register
from luoshi.words.calendars import national
from luoshi.words.divisions import How, Level
from luoshi.words.errors import RefusedError
from luoshi.words.provenance import digest
from tests.bureau import witness
from tests.bureau.conftest import Enter
from tests.bureau.xingzhou import actor, issued
from tests.real_places import luoyang

DAY = date(2020, 1, 1)
DUCHA = actor("ducha")
HEIR = Actor("yiqiao", "翼桥", "county", division="990107")


def bring(city: City, content: bytes, on: date, *, whole: bool = True, why: str = "") -> None:
    """A list carried out."""
    told = read_register(content, "册.csv", on, KINDS)
    import_units(DUCHA, city, told, Terms("册.csv", digest(content), on, whole=whole, why=why))


def merged(city: City, on: date = DAY) -> None:
    """斗城区 and 角阳县 are one district from a day."""
    text = "统计用区划代码,名称,类型,原代码,变更方式\n990107,翼桥区,区,990102;990121,合并\n"
    told = read_register(text.encode(), "变更.csv", on, KINDS)
    succeed(DUCHA, city, told, Terms("星政〔2019〕9号（虚构）", digest(text.encode()), on), How.MERGED)


TOWNSHIPS = 55
"""Of each county."""


def many(city: City, number: int) -> bytes:
    """So many units in all: townships of the two counties, carried out, and a list of schools in them."""
    townships = ["统计用区划代码,名称,类型"]
    townships += [
        f"{county}{at:03},{county}镇{at},镇" for county in ("990102", "990121") for at in range(1, TOWNSHIPS + 1)
    ]
    if not Division.ever.filter(level=Level.TOWNSHIP).exists():
        bring(city, "\n".join(townships).encode(), DAY)
    rows = ["学校标识码,学校名称,办学类型,举办者性质,区划代码,乡镇街道代码"]
    for at in range(number - 2 * TOWNSHIPS):
        county, township = ("990102", "990121")[at % 2], at % TOWNSHIPS + 1
        rows.append(f"2199{at:06},第{at}小学,小学,公办,{county},{county}{township:03}000")
    return "\n".join(rows).encode()


def test_luoyang_comes_in_by_its_lists_and_every_day_has_its_own(city: City) -> None:
    city.divisions.all().delete()
    bring(city, luoyang("luoyang_counties_2020.csv"), date(2020, 6, 30))
    bring(city, luoyang("luoyang_townships_2019.csv"), date(2019, 10, 31))
    bring(city, luoyang("luoyang_townships_2020.csv"), date(2020, 6, 30))
    history = luoyang("luoyang_gbt2260_history.csv").replace("洛阳市,高新".encode(), b"")
    bring(city, history, date(2021, 6, 1), whole=False)
    then, now = queries.counties(city, date(2020, 7, 1)), queries.counties(city, date(2021, 7, 1))
    assert (len(then), len(now)) == (16, 15)
    assert {"孟津区", "偃师区"} <= {one.name for one in now}
    assert {"孟津县", "吉利区", "偃师市"} <= {one.name for one in then}
    assert [Division.ever.filter(level=Level.TOWNSHIP).count(), city.divisions.count()] == [197, 15]
    there = queries.divisions_found(
        city, date(2021, 7, 1), Level.TOWNSHIP, "", queries.county_tree(city).answered("410308", date(2021, 7, 1))
    )
    assert {one.county for one in there} == {"410322", "410306"}
    person = Actor("mengjin", "孟津", "county", division="410308")
    assert own_units(person, ["410322", "410306", "410381", "410308"]) == ["410322", "410306", "410308"]


def test_a_list_is_one_act_with_counts_and_digest(city: City) -> None:
    content = many(city, 500)
    before = Entry.objects.count()
    bring(city, content, DAY)
    entry = Entry.objects.order_by("-number").first()
    assert Entry.objects.count() == before + 1
    assert entry is not None
    told = json.loads(entry.detail)
    assert (entry.action, told["新增"], told["摘要"], len(told["新增的"])) == (
        "people.units_import",
        390,
        digest(content),
        30,
    )
    with pytest.raises(RefusedError, match="完全相同"):
        bring(city, content, DAY)
    assert Institution.objects.count() == 390


def test_somebody_without_the_right_and_a_list_that_must_be_mended_write_nothing(city: City) -> None:
    told = read_register("统计用区划代码,名称,类型\n990109001,一镇,镇\n".encode(), "册.csv", DAY, KINDS)
    for who, why in ((actor("xianqu"), "没有这项权限"), (DUCHA, "不在名册中")):
        with pytest.raises(RefusedError, match=why):
            import_units(who, city, told, Terms("册.csv", "0" * 64, DAY))
    assert Division.ever.filter(level=Level.TOWNSHIP).count() == 0
    assert Entry.objects.filter(action="people.units_import", outcome="refused").count() == 2


def test_what_was_looked_at_is_what_is_carried_out(city: City) -> None:
    told = read_register("统计用区划代码,名称,类型\n990103,奎西区,区\n".encode(), "册.csv", DAY, KINDS)
    with pytest.raises(RefusedError, match="别的变动"):
        import_units(DUCHA, city, told, Terms("册.csv", "0" * 64, DAY, seen="f" * 16))


def test_the_database_itself_keeps_two_periods_of_one_code_apart(city: City) -> None:
    told = {"city": city, "name": "某", "kind": "county", "begun": date(2000, 1, 1), "until": date(2010, 1, 1)}
    Division.ever.create(code="990110", **told)
    for wrong in (
        {"code": "990110", "begun": date(2005, 1, 1), "until": date(2006, 1, 1)},
        {"code": "990110", "begun": None, "until": date(2000, 1, 1)},
        {"code": "990111", "begun": date(2010, 1, 1), "until": date(2009, 1, 1)},
        {"code": "990111", "parent": "990199"},
        {"code": "990112001000", "level": 2, "kind": "town"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Division.ever.create(**(told | wrong))
    Division.ever.create(code="990110", **(told | {"begun": date(2010, 1, 2), "until": None}))
    school = {"city": city, "name": "校", "kind": "211", "county": "990102"}
    Institution.objects.create(code="2199000001", until=date(2010, 1, 1), **school)
    with pytest.raises(IntegrityError), transaction.atomic():
        Institution.objects.create(code="2199000001", begun=date(2010, 1, 1), **school)


def test_the_heir_sees_and_answers_what_both_owed_and_nobody_else_does(proposals: dict[str, Proposal]) -> None:
    row = confirm(DUCHA, proposals["2.1"].pk, 1)
    row.divisions, row.due = ["990102", "990121"], date(2021, 9, 1)
    row.save()
    issued(row.edition_id)
    city, on = row.edition.city, date(2021, 8, 31)
    period = open_period(DUCHA, row.edition, on, ledger.items(city, row.edition, on), national(), counties=True)
    stranger = Actor("kui", "奎西", "county", division="990103")
    assert foreign(HEIR, "990102")
    assert mine(HEIR, period) == []
    merged(city)
    assert [one.code for one in queries.counties(city, DAY - timedelta(days=1))] == ["990102", "990121"]
    assert [one.code for one in city.divisions.all()] == ["990107"]
    assert own_units(HEIR, ["990102", "990121", "990103"]) == ["990102", "990121"]
    assert answers(HEIR, "990121")
    assert not answers(stranger, "990102", "990121")
    assert not foreign(Actor("old", "旧", "county", division="990121"), "990107")
    dues = reminders.open_dues(city, {}, on)
    assert [one.divisions for one in dues if one.key == f"item/{row.pk}"] == [("990107",)]
    asked = mine(HEIR, period)
    assert {one.call.division for one in asked} == {"990102", "990121"}
    assert mine(stranger, period) == []
    for one in asked:
        told = Filled("已全部消除", sums={row.targets.get().pk: Sum(Decimal("1.8"), on)})
        with witness.refused("reports.file", "只报本单位的"):
            file(stranger, one.call.pk, told)
        assert file(HEIR, one.call.pk, told).call == one.call


def test_rights_cost_the_same_at_any_number_of_units(city: City) -> None:
    told = list[int]()
    for content in (None, many(city, 500)):
        if content:
            bring(city, content, DAY)
        with CaptureQueriesContext(connection) as asked:
            assert own_units(HEIR, ["990102", "990107"]) == ["990107"]
            assert not foreign(HEIR, "990107")
        told.append(len(asked))
    assert told == [1, 1]


def test_pages_show_the_counties_of_their_day_and_a_unit_its_history(city: City, enter: Enter) -> None:
    merged(city)
    client = enter("ducha")
    then = client.get("/divisions/?on=2019-06-30").content.decode()
    now = client.get("/divisions/?on=2021-06-30").content.decode()
    assert "角阳县" in then
    assert "翼桥区" not in then
    assert "翼桥区" in now
    assert "角阳县" not in now
    page = client.get("/divisions/990107/?on=2021-06-30").content.decode()
    assert "断点" in page
    assert "沿革，内容与下表相同" in page
    assert "2020-01-01" in page
    assert "不存在" in client.get("/divisions/990121/?on=2021-06-30").content.decode()
    assert client.get("/divisions/990199/").status_code == 404


def test_a_list_is_shown_then_carried_out_by_the_worker(city: City, enter: Enter) -> None:
    client, rows = enter("ducha"), many(city, 500)
    sent = SimpleUploadedFile("学校.csv", rows.decode().encode("gb18030"))
    answer = client.post("/divisions/bring/", {"file": sent, "on": "2020-01-01", "whole": "1"})
    assert answer.status_code == 302
    shown = client.get(answer["Location"])
    page = shown.content.decode()
    assert "新增 <b>390</b>" in page
    assert Institution.objects.count() == 0
    seen = page.partition('name="seen" value="')[2][:16]
    form = {"on": "2020-01-01", "whole": "1", "seen": seen}
    for _ in range(2):
        assert client.post(answer["Location"].partition("?")[0], form)["Location"] == "/jobs/"
    job = Job.objects.get(kind="people.units_import")
    assert run_next(DUCHA, "w1", OUTFIT.handlers, lambda: False)
    job.refresh_from_db()
    assert (job.state, job.done, job.total) == ("done", 390, 390), job.findings
    assert Institution.objects.count() == 390
    schools = client.get("/divisions/?level=school&on=2020-01-01&q=第7小学").content.decode()
    assert "第7小学" in schools


def test_a_change_that_was_decided_needs_its_paper_and_the_right(city: City, enter: Enter) -> None:
    form = {"how": "merged", "before": "990102;990121", "after": "990107,翼桥区,区", "on": "2020-01-01", "paper": ""}
    assert "须有批准文件" in enter("ducha").post("/divisions/change/", form).content.decode()
    paper = form | {"paper": "星政〔2019〕9号（虚构）"}
    assert "没有这项权限" in enter("xianqu").post("/divisions/change/", paper).content.decode()
    assert enter("ducha").post("/divisions/change/", paper).status_code == 302
    assert Succession.objects.count() == 2
    renamed = paper | {"how": "renamed", "before": "990107", "after": "990107,翼桥新区,区", "on": "2021-01-01"}
    assert enter("ducha").post("/divisions/change/", renamed).status_code == 302
    ended = paper | {"how": "closed", "before": "990107", "after": "", "on": "2022-01-01"}
    assert enter("ducha").post("/divisions/change/", ended).status_code == 302
    assert list(Division.ever.filter(code="990107").order_by("begun").values_list("name", "until")) == [
        ("翼桥区", date(2020, 12, 31)),
        ("翼桥新区", date(2021, 12, 31)),
    ]


def test_boundaries_want_their_number_and_are_drawn_with_it(city: City, enter: Enter) -> None:
    ring = [[112.0, 34.0], [112.5, 34.0], [112.5, 34.5], [112.0, 34.5], [112.0, 34.0]]
    shape = {
        "type": "Feature",
        "properties": {"name": "斗城区"},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }
    told = json.dumps({"type": "FeatureCollection", "features": [shape]}).encode()
    client = enter("ducha")
    assert "不画边界" in client.get("/divisions/").content.decode()
    for number, content, why in (("", told, "不是审图号"), ("星S(2021年)001号", b"{}", "GeoJSON")):
        sent = {"number": number, "file": SimpleUploadedFile("b.geojson", content)}
        assert why in client.post("/divisions/boundaries/", sent).content.decode()
    sent = {"number": "星S(2021年)001号", "file": SimpleUploadedFile("b.geojson", told)}
    assert client.post("/divisions/boundaries/", sent).status_code == 302
    page = client.get("/divisions/").content.decode()
    assert "审图号：星S(2021年)001号" in page
    assert "<path d=" in page
