"""名单比对 through its pages: TV-07a, decisions, cases, and nothing for whoever it is not of. 演示数据（虚构）."""

import io
from datetime import date, timedelta

import polars as pl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from luoshi.bureau.board.working import OUTFIT
from luoshi.bureau.cases import queries as cases
from luoshi.bureau.cases.actions import Bringing, open_case, set_conduct
from luoshi.bureau.cases.actions.conducting import Setting
from luoshi.bureau.cases.models import Case
from luoshi.bureau.comparisons import actions
from luoshi.bureau.comparisons.models import Decision, Doubt, Finding, Run
from luoshi.bureau.files.models import File
from luoshi.bureau.files.queries import content, place
from luoshi.bureau.jobs.actions import stop
from luoshi.bureau.jobs.actions.running import Step, run_next
from luoshi.bureau.jobs.models import Job
from luoshi.bureau.jobs.worker import WORKER
from luoshi.bureau.journal.models import Entry
from luoshi.bureau.people.models import City, Institution, Person
from luoshi.reporting.plain_workbook import Sheet, as_plain_workbook
from luoshi.words.errors import RefusedError
from tests.bureau.conftest import Enter
from tests.bureau.xingzhou import actor
from tests.lists_of_persons import child, number

ON = date(2020, 9, 1)
OWN, OTHER = "角阳县", "斗城区"
HEADS = ("身份证件号", "姓名", "出生日期", "县(市、区)", "学校")
_FIELDS = ("number", "name", "born", "county", "school")


def rows(children, county: str = OWN):
    return [child(one, county=county) if isinstance(one, int) else one for one in children]


def book(children, county: str = OWN) -> bytes:
    told = [list(HEADS), *([one[key] for key in _FIELDS] for one in rows(children, county))]
    return as_plain_workbook([Sheet("名单", "", told)])


def csv(children, county: str = OWN) -> bytes:
    told = [HEADS, *(tuple(one[key] or "" for key in _FIELDS) for one in rows(children, county))]
    return "\n".join(",".join(one) for one in told).encode()


def parquet(children, county: str = OWN) -> bytes:
    made = io.BytesIO()
    pl.DataFrame([{key: one[key] for key in _FIELDS} for one in rows(children, county)]).write_parquet(made)
    return made.getvalue()


def sent(**lists: bytes):
    """A form with the lists; what they are is told by their content."""
    told = {}
    for key, made in lists.items():
        told[key] = io.BytesIO(made)
        told[key].name = f"{key}.bin"
    return told | {"on": ON.isoformat()}


TV_07A = {
    "household": book(range(1, 11)), "roll": csv(range(1, 9)), "elsewhere": parquet([9]), "present": csv(range(1, 7)),
    "away": csv([7]), "poor": csv([8, 10]),
}  # fmt: skip


def work() -> None:
    while run_next(WORKER, "worker-1", OUTFIT.handlers, lambda: False):
        pass


def brought(browser: Client, **lists: bytes) -> Run:
    answer = browser.post("/comparisons/", sent(**lists))
    assert answer.status_code == 302, answer.content.decode()[:3000]
    work()
    run = Run.objects.get(pk=int(answer["Location"].split("/")[2]))
    assert run.state == "compared", run.job.findings
    return run


@pytest.fixture
def house(city: City) -> City:
    """Both procedures run here, and each county has somebody."""
    for procedure in ("dropout", "child_placing"):
        set_conduct(actor("ducha"), city, procedure, Setting("native", "本市没有平台（演示）", "JJ"))
    Person.objects.create(username="doucheng", name="斗城丑", role="county", division="990102")
    return city


def test_tv_07a_through_the_pages(house: City, enter: Enter) -> None:
    browser = enter("xianqu")
    run = brought(browser, **TV_07A)
    found = {(one.comparison, one.line, one.poor) for one in Finding.objects.filter(run=run)}
    assert found == {("out_of_school", 11, "yes"), ("dropped_out", 9, "yes")}, "a workbook and CSV begin in line 2"
    assert run.counts == [
        {"county": "990121", "out_of_school": 1, "dropped_out": 1, "not_enrolled": 0, "not_placed": 0, "poor": 2, "doubtful": 0}
    ]  # fmt: skip
    page = browser.get(f"/comparisons/{run.pk}/").content.decode()
    assert f"9999**********{number(10)[-4:]}" in page
    assert number(10) not in page
    assert child(10)["name"] not in page


def test_decisions_count_in_the_next_comparison_and_in_the_next_run(house: City, enter: Enter) -> None:
    browser = enter("xianqu")
    lists = {"household": csv([1, 2]), "roll": csv([child(1, name="改名", county=OWN), 3])}
    run = brought(browser, **lists)
    assert [one.line for one in Finding.objects.filter(run=run)] == [3]
    doubt = Doubt.objects.get(run=run)
    page = f"/comparisons/{run.pk}/"
    assert "号码相同，姓名不同" in browser.get(page).content.decode()
    without = browser.post(f"{page}act/", {"judged": f"{doubt.pk}-different"})
    assert (without.status_code, "没有写理由" in without.content.decode()) == (409, True)
    browser.post(f"{page}act/", {"judged": f"{doubt.pk}-different", f"reason-{doubt.pk}": "查看户口簿，不是童某"})
    assert "查看户口簿" in browser.get(page).content.decode()
    told = "".join(f"{one.subject}{one.detail}{one.reason}" for one in Entry.objects.all())
    assert (doubt.pair in told, "不是童某" in told) == (True, False)
    browser.post(f"{page}act/", {"act": "compare"})
    work()
    assert [one.line for one in Finding.objects.filter(run=run)] == [2, 3]
    assert not Doubt.objects.filter(run=run).exists()
    later = brought(browser, household=csv([2, 1]), roll=lists["roll"])
    assert (Finding.objects.filter(run=later).count(), later.doubts.count(), later.decided) == (2, 0, 1)


def test_another_county_sees_nothing_and_the_bureau_only_counts(house: City, enter: Enter) -> None:
    run = brought(enter("xianqu"), household=csv([1, 2]), roll=csv([1]))
    page = f"/comparisons/{run.pk}/"
    assert enter("doucheng").get(page).status_code == 403
    assert enter("doucheng").post(f"{page}act/", {"act": "close"}).status_code == 403
    assert str(run.pk) not in {one.split("/")[0] for one in enter("doucheng").get("/comparisons/").content.decode().split("/comparisons/")[1:]}  # fmt: skip
    hidden = number(2)[-4:]
    for login in ("jijiao", "ducha"):
        told = enter(login).get(page).content.decode()
        assert ("角阳县" in told, hidden in told, "只看数" in told) == (True, False, True), login
    assert enter("fenguan").get(page).status_code == 403


def test_of_the_whole_city_each_county_sees_its_own(house: City, enter: Enter) -> None:
    both = [*rows([1, 2]), *rows([4, 5], OTHER), child(6, county=None), child(7, county="别处")]
    run = brought(enter("jijiao"), household=book(both), roll=csv([1]))
    assert {(one.county, one.line) for one in Finding.objects.filter(run=run)} == {("990121", 3), ("990102", 4), ("990102", 5)}  # fmt: skip
    assert [one[1] for one in run.told if one[0] == "县(市、区)"] == ["有 2 行没有写明本市的县(市、区)"]
    page = f"/comparisons/{run.pk}/"
    told = {login: enter(login).get(page).content.decode() for login in ("xianqu", "doucheng", "jijiao")}
    assert {login: (number(2)[-4:] in one, number(4)[-4:] in one) for login, one in told.items()} == {
        "xianqu": (True, False), "doucheng": (False, True), "jijiao": (False, False),
    }  # fmt: skip
    theirs = Finding.objects.get(run=run, line=4)
    refused = enter("xianqu").post(f"{page}act/", {"only": theirs.pk})
    assert (refused.status_code, Case.objects.count()) == (409, 0)
    assert enter("xianqu").post(f"{page}act/", {"act": "close"}).status_code == 409


def test_cases_are_opened_once_with_the_names_and_the_same_child_found_again_points_to_it(
    house: City, enter: Enter
) -> None:
    Institution.objects.create(city=house, code="3199012101", name="演示初中", kind="311", county="990121")
    browser = enter("xianqu")
    gone = child(8, county=OWN, school="演示初中", number=f"'{number(8)}")
    run = brought(browser, **TV_07A | {"roll": csv([*range(1, 8), gone])})
    page = f"/comparisons/{run.pk}/act/"
    one = Finding.objects.get(run=run, comparison="dropped_out")
    browser.post(page, {"only": one.pk, "cause": "weary"})
    row = Case.objects.get()
    assert (row.procedure, row.county, row.school, row.theme, row.title) == (
        "dropout",
        "990121",
        "3199012101",
        "weary",
        "控辍保学",
    )
    said = cases.private(row.happenings.get())
    assert (said["pupil"], said["roll_no"]) == (child(8)["name"], number(8))
    assert row.happenings.get().answers["found_by"] == "compared"
    again = browser.post(page, {"only": one.pk})
    assert (again.status_code, "所选的都已立案" in again.content.decode()) == (409, True)
    later = brought(browser, **TV_07A)
    assert Finding.objects.get(run=later, comparison="dropped_out").case == row
    assert row.number in browser.get(f"/comparisons/{later.pk}/?kind=dropped_out").content.decode()
    other = Finding.objects.get(run=later, comparison="out_of_school")
    browser.post(f"/comparisons/{later.pk}/act/", {"pick": [other.pk]})
    assert (Case.objects.count(), Finding.objects.filter(opened=True).count()) == (2, 2)
    told = "".join(f"{entry.subject}{entry.detail}{entry.reason}" for entry in Entry.objects.all())
    assert not {child(8)["name"], number(8), number(10)} & set(told.split())
    assert number(8) not in told
    browser.post(f"/comparisons/{later.pk}/act/", {"act": "compare"})
    work()
    assert Finding.objects.get(run=later, comparison="out_of_school", opened=True).case is not None


def test_a_child_whose_case_the_school_opened_gets_no_second_one(house: City, enter: Enter) -> None:
    told = {
        "pupil": "演示", "roll_no": number(8), "home": "演示村", "grade": "八年级", "found_by": "absent", "poverty": "no",
        "cause": "weary", "absent_since": "2020-09-14",
    }  # fmt: skip
    row = open_case(actor("xianqu"), house, "dropout", Bringing(told, county="990121"), date(2020, 9, 14)).row
    run = brought(enter("xianqu"), **TV_07A)
    one = Finding.objects.get(run=run, comparison="dropped_out")
    opened = actions.open_found(actor("xianqu"), run.pk, [one.pk], {}, date(2020, 9, 20))
    one.refresh_from_db()
    assert (opened.new, opened.there, one.case, one.opened) == (0, 1, row, False)


def test_several_disabled_children_are_listed_at_once_all_or_none(house: City, enter: Enter) -> None:
    browser = enter("xianqu")
    run = brought(browser, disabled=csv([1, 2, child(3, number=None, born=None, county=OWN)]), roll=csv([9]))
    page, doubt = f"/comparisons/{run.pk}/act/", Doubt.objects.get(run=run)
    browser.post(page, {"judged": f"{doubt.pk}-different", f"reason-{doubt.pk}": "入户核实"})
    browser.post(page, {"act": "compare"})
    work()
    picks = list(Finding.objects.filter(run=run).values_list("pk", flat=True))
    assert len(picks) == 3
    refused = browser.post(page, {"pick": picks, "kind": "mind", "degree": "2"})
    assert (refused.status_code, Case.objects.count(), "没有可用的出生日期" in refused.content.decode()) == (
        409,
        0,
        True,
    )
    browser.post(page, {"pick": picks[:2], "kind": "mind", "degree": "2"})
    told = [(row.procedure, cases.private(row.happenings.get())["child"]) for row in Case.objects.order_by("pk")]
    assert told == [("child_placing", child(1)["name"]), ("child_placing", child(2)["name"])]


def test_when_it_is_closed_lists_and_names_are_gone(house: City, enter: Enter) -> None:
    browser = enter("xianqu")
    run = brought(browser, household=csv([1, 2]), roll=csv([1]), poor=csv([1, 2]))
    second = brought(browser, household=csv([1, 2, 3]), roll=csv([1]))
    digests = {one.key: one.file.digest for one in run.files.select_related("file")}
    browser.post(f"/comparisons/{run.pk}/act/", {"act": "close"})
    run.refresh_from_db()
    assert (run.state, {one.who for one in Finding.objects.filter(run=run)}) == ("closed", {""})
    there = {key: place(one).exists() for key, one in digests.items()}
    assert there == {"household": False, "roll": True, "poor": False}, "the other run still needs its roll"
    with pytest.raises(RefusedError, match="销毁"):
        content(File.objects.get(digest=digests["household"]))
    assert browser.post(f"/comparisons/{run.pk}/act/", {"act": "compare"}).status_code == 409
    assert browser.get(f"/comparisons/{run.pk}/").status_code == 200
    late = second.until + timedelta(days=1)
    assert actions.expire(WORKER, second.until) == 0
    assert actions.expire(WORKER, late) == 1
    assert not place(digests["roll"]).exists()
    assert second.until - timezone.localdate() <= timedelta(days=30)


def test_a_comparison_that_is_stopped_or_killed_leaves_nothing_half(house: City, enter: Enter) -> None:
    browser = enter("xianqu")
    answer = browser.post("/comparisons/", sent(**TV_07A))
    run = Run.objects.get(pk=int(answer["Location"].split("/")[2]))
    job, calls = Job.objects.get(pk=run.job_id), list[int]()

    def interrupted(step: Step) -> dict[str, object]:
        def ending() -> bool:
            calls.append(1)
            return len(calls) > len(TV_07A) + 1  # when all is compared and written, before it is kept

        return OUTFIT.handlers[job.kind](
            Step(step.job, step.actor, step.arguments, step.checkpoint, step.worker, ending)
        )  # type: ignore[return-value]

    run_next(WORKER, "worker-1", {job.kind: interrupted}, lambda: False)
    run.refresh_from_db()
    assert (run.state, Finding.objects.count(), Doubt.objects.count()) == ("waiting", 0, 0)
    assert Job.objects.get(pk=job.pk).state == "waiting"
    stop(actor("xianqu"), job.pk)
    work()
    assert Finding.objects.count() == 0
    assert "已停止" in browser.get(f"/comparisons/{run.pk}/").content.decode()
    browser.post(f"/comparisons/{run.pk}/act/", {"act": "compare"})
    work()
    assert Finding.objects.filter(run=run).count() == 2


@pytest.mark.parametrize(
    ("lists", "said"),
    [
        ({"household": csv([1])}, "给出的名单比对不成"),
        ({"household": csv([1]), "roll": "姓名\n甲".encode()}, "没有“身份证件号”一列"),
        ({"household": csv([1]), "roll": b"PAR1 and nothing else"}, "不是完好的 Parquet 文件"),
        ({"household": csv([1]), "roll": b"\x00\x01\x02"}, "处理"),
        ({}, "给出的名单比对不成"),
    ],
)  # fmt: skip
def test_wrong_files_are_refused_in_four_parts_and_nothing_is_kept(
    house: City, enter: Enter, lists: dict[str, bytes], said: str
) -> None:
    answer = enter("xianqu").post("/comparisons/", sent(**lists))
    page = answer.content.decode()
    assert (answer.status_code, said in page) == (409, True)
    assert all(f"<dt>{one}</dt>" in page for one in ("位置", "情况", "规则", "处理"))
    assert (Run.objects.count(), File.objects.count()) == (0, 0)


def test_a_day_to_come_and_another_office_are_refused(house: City, enter: Enter) -> None:
    lists = sent(**TV_07A) | {"on": "2999-01-01"}
    assert "还没有到" in enter("xianqu").post("/comparisons/", lists).content.decode()
    answer = enter("xueqian").post("/comparisons/", sent(**TV_07A))
    assert (answer.status_code, "主办科室" in answer.content.decode()) == (409, True)


def test_names_and_numbers_lie_sealed(house: City, enter: Enter) -> None:
    run = brought(enter("xianqu"), household=csv([1, 2, child(3, name="改", county=OWN)]), roll=csv([1, 3]))
    with connection.cursor() as cursor:
        for table in ("comparisons_finding", "comparisons_doubt"):
            cursor.execute(f"SELECT * FROM {table}")
            told = str(cursor.fetchall())
            assert number(2)[-4:] not in told.replace(Finding.objects.get(run=run).code, ""), table
            assert "9999**" not in told


def test_a_page_costs_the_same_with_many_found(house: City, enter: Enter) -> None:
    browser = enter("xianqu")

    def asked(many: int) -> int:
        run = brought(browser, household=csv(range(1, many)), roll=csv([900]))
        browser.get(f"/comparisons/{run.pk}/")
        with CaptureQueriesContext(connection) as seen:
            assert browser.get(f"/comparisons/{run.pk}/").status_code == 200
        return len(seen)

    assert asked(3) == asked(150)
    assert Decision.objects.count() == 0
