"""账号表: read with all findings at once, looked at, carried out as a job; first codes are shown once."""

import csv
import io
import time
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from typer.testing import CliRunner

from luoshi.bureau.board.working import OUTFIT
from luoshi.bureau.jobs.actions import resume, stop
from luoshi.bureau.jobs.actions.running import run_next
from luoshi.bureau.jobs.models import Job
from luoshi.bureau.journal.actions import Actor
from luoshi.bureau.journal.models import Entry
from luoshi.bureau.journal.queries import broken
from luoshi.bureau.people.models import City, Person
from luoshi.bureau.posts import importing
from luoshi.bureau.posts.accounts import COLUMNS, Sheet, compare, read_accounts
from luoshi.bureau.posts.actions import add_accounts, issue_codes
from luoshi.bureau.posts.codes import DAYS, draw, opens, sealed
from luoshi.bureau.posts.importing import PIECE, carry_out
from luoshi.bureau.posts.models import FirstCode, Intake, Post
from luoshi.bureau.posts.template import as_template
from luoshi.cli import app
from luoshi.words.provenance import digest
from tests.bureau import witness
from tests.bureau.conftest import Enter
from tests.bureau.paging import cost
from tests.bureau.xingzhou import actor

pytestmark = pytest.mark.django_db
WORKER = Actor("worker", "后台办理", "admin")
TODAY = date(2021, 9, 1)
HEAD = "账号,姓名,角色,科室,单位,股室,职务,电话,起,止,主要任职\n"


def _sheet(*lines: str) -> Sheet:
    return read_accounts("账号.csv", (HEAD + "\n".join(lines)).encode())


BUREAU = 60
"""People in the bureau; a city with more has them in its counties and schools."""


def many(count: int) -> bytes:
    """A workbook of made-up people (虚构), sixty of them in the bureau, as many as come in a county, each with one post."""
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(COLUMNS)
    for at in range(count):
        office, unit = ("JJ", "") if at < BUREAU else ("", ("990102", "990121")[at % 2])
        role = "联络员" if office else "县(市、区)"
        table.writerow([f"p{at:05}", f"虚构{at}", role, office, unit, "", "", "", "2021-09-01", "", ""])
    return out.getvalue().encode()


def _carried(sheet: Sheet, on: date = TODAY) -> Intake:
    assert sheet.findings == ()
    assert compare(sheet.rows, on).differences
    return carry_out(actor("guanli"), "账号.csv", digest(b"x"), sheet.rows, lambda _: None)


def test_every_finding_is_told_at_once_by_its_cell(city: City) -> None:
    sheet = _sheet(
        "a b,,科长,,,,,,2021-02-30,,", "ok,好人,联络员,,,,,,2021-09-01,2021-08-01,",
        "c1,县人,县(市、区),,,,,,2021-09-01,,", "c2,县人,县(市、区),,角阳县,没有的股,,,2021-09-01,,也许",
        "d,一名,查阅,,,,,,2021-09-01,,是", "d,二名,科室,学前教育科,,,,,2021-09-01,,是",
    )  # fmt: skip
    told = "\n".join(map(str, sheet.findings))
    for words in (
        "第2行 账号", "第2行 姓名", "第2行 角色", "第2行 起", "第3行 科室", "第3行 止", "第4行 单位", "第5行 股室",
        "第5行 主要任职", "第7行 姓名", "第7行 主要任职",
    ):  # fmt: skip
        assert words in told, words


def test_a_file_that_is_none_is_told(city: City) -> None:
    assert "缺少这些列" in str(read_accounts("x.csv", b"a,b\n1,2\n").findings)
    assert read_accounts("x.csv", HEAD.encode()).findings
    assert read_accounts("x.xlsx", b"PK\x03\x04 broken").findings


def test_what_it_would_do_is_said_before_anything_is_done(city: City) -> None:
    _carried(_sheet("new1,新人,联络员,基础教育科,,,科员,1,2021-09-01,,", "gone,走的人,查阅,,,,,,2020-01-01,,"))
    before = witness.everything_else()
    compared = compare(
        _sheet(
            "new1,新人,联络员,JJ,,,科员,2,2021-09-01,,", "new1,新人,科室,XQ,,,,,2021-09-01,,",
            "gone,走的人,查阅,,,,,,2020-01-01,2021-12-31,", "new2,又一人,查阅,,,,,,2021-09-01,,",
        ).rows,
        TODAY,
    )  # fmt: skip
    assert [(one.kind, one.words) for one in compared.differences] == [
        ("changed", "电话 1 → 2"), ("post", ""), ("ended", "止 空 → 2021-12-31"), ("person", ""),
    ]  # fmt: skip
    assert witness.everything_else() == before


def test_carried_out_it_makes_people_without_a_password_and_each_post(city: City) -> None:
    made = _carried(_sheet("new1,新人,联络员,JJ,,,科员,1,2021-09-01,,", "new1,新人,科室,XQ,,,,,2021-09-01,,是"))
    person = Person.objects.get(username="new1")
    assert (person.has_usable_password(), person.must_change, person.role, person.office) == (
        False,
        True,
        "section",
        "XQ",
    )
    assert [(one.office, one.main) for one in person.posts.order_by("office")] == [("JJ", False), ("XQ", True)]
    assert {one.intake_id for one in person.posts.all()} == {made.pk}, (
        "the post names the workbook: that is the history"
    )
    assert broken() is None


def test_brought_again_it_does_nothing_and_says_so(city: City) -> None:
    lines = ("new1,新人,联络员,JJ,,,科员,1,2021-09-01,,",)
    _carried(_sheet(*lines))
    before = Post.objects.count()
    again = _carried(_sheet(*lines))
    assert (again.counts["same"], again.counts["person"], Post.objects.count()) == (1, 0, before)


def test_the_journal_has_one_entry_with_the_digest_and_one_for_each_person_who_reads_otherwise(city: City) -> None:
    _carried(_sheet("new1,新人,联络员,JJ,,,科员,1,2021-09-01,,"))
    assert not Entry.objects.filter(subject_kind="person", subject_id="new1").exists()
    entries = list(Entry.objects.filter(subject_kind="intake").order_by("number"))
    assert [one.action for one in entries] == ["posts.accounts", "posts.accounts_piece", "posts.accounts_done"]
    assert all(digest(b"x") in one.detail for one in entries)
    _carried(_sheet("new1,新名,联络员,JJ,,,科员,1,2021-09-01,2030-01-01,"))
    told = Entry.objects.get(subject_kind="person", subject_id="new1")
    assert "姓名 新人 → 新名；止 空 → 2030-01-01" in told.detail
    assert Person.objects.get(username="new1").name == "新名"


def test_a_founding_account_keeps_its_post_beside_a_new_one(city: City) -> None:
    _carried(_sheet("jijiao,基教丁,科室,RS,,,,,2021-09-01,,"))
    assert sorted(Post.objects.filter(person__username="jijiao").values_list("office", "main")) == [
        ("JJ", True),
        ("RS", False),
    ]
    assert (
        Person.objects.get(username="jijiao").has_usable_password()
        is Person.objects.get(username="ducha").has_usable_password()
    )


@pytest.mark.parametrize("login", ["ducha", "jijiao", "xianqu", "fenguan"])
def test_only_the_administrator_brings_accounts(city: City, enter: Enter, login: str) -> None:
    client = enter(login)
    file = SimpleUploadedFile("a.csv", (HEAD + "n,新人,查阅,,,,,,2021-09-01,,").encode())
    assert client.post("/accounts/act/", {"file": file}).status_code == 403
    with witness.refused("posts.codes", "没有这项权限"):
        issue_codes(actor(login), TODAY, office="JJ")
    assert not Person.objects.filter(username="n").exists()


def _upload(enter: Enter, content: bytes) -> str:
    client = enter("guanli")
    page = client.post("/accounts/act/", {"file": SimpleUploadedFile("账号.csv", content)}).content.decode()
    sent = {name: page.split(f'name="{name}" value="', 1)[1].split('"', 1)[0] for name in ("aside", "name", "digest")}
    assert client.post("/accounts/act/", {"act": "carry", **sent}).status_code == 302
    assert client.post("/accounts/act/", {"act": "carry", **sent}).status_code == 302, "pressed twice it is one job"
    return page


def test_as_a_job_it_is_stopped_between_pieces_and_gone_on_with(
    city: City, enter: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "PIECE", 10)
    page = _upload(enter, many(35))
    assert "新账号 <b>35</b>" in page
    job = Job.objects.get()

    def stopping(step: object) -> dict[str, object]:
        stop(actor("guanli"), job.pk)
        return importing.import_accounts(step)  # type: ignore[arg-type,return-value]

    run_next(WORKER, "w1", {job.kind: stopping}, lambda: False)
    job.refresh_from_db()
    assert (job.state, Person.objects.filter(username__startswith="p0").count()) == ("stopped", 0)
    resume(actor("guanli"), job.pk)
    run_next(WORKER, "w2", OUTFIT.handlers, lambda: False)
    job.refresh_from_db()
    assert (job.state, job.done, job.total) == ("done", 35, 35)
    assert Intake.objects.get().counts["person"] == 35
    assert Entry.objects.filter(action="posts.accounts_piece").count() == 4
    assert Entry.objects.latest("number").action == "posts.accounts_done"


def test_findings_of_a_workbook_stand_on_the_page_and_nothing_is_kept(city: City, enter: Enter) -> None:
    answer = enter("guanli").post(
        "/accounts/act/", {"file": SimpleUploadedFile("a.csv", (HEAD + "n,,王,,,,,,x,,").encode())}
    )
    assert answer.status_code == 409
    assert "第2行 角色" in answer.content.decode()
    assert Intake.objects.count() == 0


def test_the_template_is_read_as_it_was_handed_out_with_its_drop_downs(city: City, enter: Enter) -> None:
    content = enter("guanli").get("/accounts/template.xlsx").content
    book = openpyxl.load_workbook(io.BytesIO(content))
    page = book["账号表"]
    assert [one.value for one in page[1]] == list(COLUMNS)
    assert len(page.data_validations.dataValidation) == 4
    for at, value in enumerate(("new9", "新人", "联络员", "基础教育科", None, None, "科员", "8", date(2021, 9, 1)), 1):
        page.cell(2, at).value = value
    out = io.BytesIO()
    book.save(out)
    sheet = read_accounts("账号表.xlsx", out.getvalue())
    assert (sheet.findings, sheet.rows[0].office, sheet.rows[0].begun) == ((), "JJ", TODAY)
    assert as_template()


def test_first_codes_are_shown_once_let_in_once_and_expire(city: City, enter: Enter) -> None:
    _carried(_sheet("new1,新人,联络员,JJ,,,,,2021-09-01,,"))
    page = enter("guanli").post("/accounts/act/", {"act": "codes", "place": "office/JJ"})
    assert page["Cache-Control"] == "no-store"
    code = page.content.decode().split("<code>", 1)[1].split("</code>", 1)[0]
    assert code not in str(Entry.objects.latest("number").detail)
    assert code not in FirstCode.objects.get().digest
    today = timezone.localdate()
    assert opens("new1", code.lower().replace("-", " "), today) is not None
    assert opens("new1", code, today + timedelta(days=DAYS + 1)) is None
    assert opens("new1", draw(), today) is None
    assert opens("jijiao", code, today) is None
    client = enter()
    assert client.post("/enter/", {"username": "new1", "password": code}).status_code == 302
    assert client.get("/offices/")["Location"] == "/own/password/", "whoever came in by a code sets a password first"
    words = "Xingzhou-2021-演示"
    assert client.post("/own/password/", {"old": "", "new": words, "again": words}).status_code == 302
    assert client.get("/offices/").status_code == 200
    assert opens("new1", code, today) is None, "a password was set: the code is dead"
    assert not Person.objects.get(username="new1").must_change
    with witness.refused("posts.codes", "没有人等首次进入码"):
        issue_codes(actor("guanli"), today, office="JJ")


def test_a_new_sheet_makes_the_old_codes_worthless(city: City) -> None:
    _carried(_sheet("new1,新人,联络员,JJ,,,,,2021-09-01,,"))
    first, second = (issue_codes(actor("guanli"), TODAY, office="JJ")[0] for _ in range(2))
    assert opens("new1", first.code, TODAY) is None
    assert opens("new1", second.code, TODAY) is not None
    assert sealed("new1", first.code) != sealed("new2", first.code)


def _timed(count: int) -> dict[str, float]:
    told, begun = {}, time.perf_counter()
    sheet = read_accounts("账号.csv", many(count))
    told["read"] = time.perf_counter() - begun
    begun = time.perf_counter()
    made = carry_out(actor("guanli"), "账号.csv", digest(b"many"), sheet.rows, lambda _: None)
    told["carried out"] = time.perf_counter() - begun
    assert made.counts["person"] == count
    begun = time.perf_counter()
    assert len(issue_codes(actor("guanli"), TODAY, division="990121")) > count * 0.45
    told["codes"] = time.perf_counter() - begun
    return told


def test_a_thousand_accounts_come_in_a_tenth_of_the_time_of_ten_thousand(city: City) -> None:
    assert sum(_timed(1000).values()) < 6


@pytest.mark.prove
def test_ten_thousand_accounts_come_in_under_a_minute(city: City, capsys: pytest.CaptureFixture) -> None:
    told = _timed(10_000)
    with capsys.disabled():
        print("\n10 000 accounts:", ", ".join(f"{name} {spent:.1f} s" for name, spent in told.items()))  # noqa: T201
    assert sum(told.values()) < 60
    assert broken() is None


PAGES = (
    "/people/",
    "/offices/",
    "/offices/JJ/",
    "/county-offices/990121/",
    "/figures/",
    "/people/p00001/",
    "/delegations/",
)


def _asked(enter: Enter) -> dict[str, tuple[int, float]]:
    client, told = enter("guanli"), {}
    for page in PAGES:
        client.get(page)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(page).status_code == 200, page
        told[page] = (len(queries), cost(client, page).usual)
    return told


@pytest.mark.prove
def test_pages_cost_the_same_at_500_and_10_000_people(city: City, enter: Enter, capsys: pytest.CaptureFixture) -> None:
    rows = read_accounts("账号.csv", many(10_000)).rows
    carry_out(actor("guanli"), "账号.csv", digest(b"1"), rows[:500], lambda _: None)
    few = _asked(enter)
    carry_out(actor("guanli"), "账号.csv", digest(b"2"), rows[500:], lambda _: None)
    lots = _asked(enter)
    with capsys.disabled():
        for page, (queries, spent) in lots.items():
            print(f"\n{page:20} {queries} queries, p95 {few[page][1] * 1000:.1f} → {spent * 1000:.1f} ms", end="")  # noqa: T201
    assert {page: queries for page, (queries, _) in few.items()} == {
        page: queries for page, (queries, _) in lots.items()
    }
    assert {page: spent for page, (_, spent) in lots.items() if spent > 1.2 * few[page][1]} == {}


def test_pages_ask_the_same_of_a_house_with_many_people(city: City, enter: Enter) -> None:
    def asked() -> list[int]:
        client = enter("guanli")
        client.get("/people/")
        counts = []
        for page in PAGES:
            with CaptureQueriesContext(connection) as queries:
                client.get(page)
            counts.append(len(queries))
        return counts

    rows = read_accounts("账号.csv", many(400)).rows
    carry_out(actor("guanli"), "账号.csv", digest(b"1"), rows[:80], lambda _: None)
    few = asked()
    carry_out(actor("guanli"), "账号.csv", digest(b"2"), rows[80:], lambda _: None)
    assert asked() == few
    assert max(few) <= 12
    assert PIECE >= 100


def test_the_command_looks_refuses_and_carries_out(city: City, tmp_path: Path) -> None:
    bad, good = tmp_path / "bad.csv", tmp_path / "good.csv"
    bad.write_text(HEAD + "n,,王,,,,,,x,,", encoding="utf-8")
    good.write_text(HEAD + "new1,新人,联络员,JJ,,,,,2021-09-01,,", encoding="utf-8")
    told = CliRunner().invoke(app, ["people", "import", str(bad)])
    assert (told.exit_code, "没有登记任何一行" in told.output) == (1, True)
    looked = CliRunner().invoke(app, ["people", "import", str(good), "--look"])
    assert (looked.exit_code, "新账号 1" in looked.output, Person.objects.filter(username="new1").exists()) == (
        0,
        True,
        False,
    )
    done = CliRunner().invoke(app, ["people", "import", str(good)])
    assert (done.exit_code, "新账号 1" in done.output, Person.objects.filter(username="new1").exists()) == (
        0,
        True,
        True,
    )


def test_a_workbook_ends_no_post_in_the_past_for_nobody_could_hand_over_then(city: City, enter: Enter) -> None:
    _carried(_sheet("new1,新人,联络员,JJ,,,,,2021-09-01,,"))
    over = "new1,新人,联络员,JJ,,,,,2021-09-01,2021-09-30,"
    with witness.refused("posts.accounts_piece", "止日 2021-09-30 已过"):
        add_accounts(actor("guanli"), Intake.objects.get().pk, _sheet(over).rows, date(2021, 10, 8))
    page = enter("guanli").post("/accounts/act/", {"file": SimpleUploadedFile("a.csv", (HEAD + over).encode())})
    assert (page.status_code, "离任须办交接" in page.content.decode()) == (409, True)
    add_accounts(actor("guanli"), Intake.objects.get().pk, _sheet(over).rows, TODAY)
    assert str(Post.objects.get(person__username="new1").until) == "2021-09-30"
