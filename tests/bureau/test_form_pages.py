"""报表 and 套表 on pages: the burden is seen first, a held column is blocked by name, a blank is filled by what was confirmed."""

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from luoshi.bureau.board.working import OUTFIT
from luoshi.bureau.forms import bundling, queries
from luoshi.bureau.forms.actions import send, set_baseline
from luoshi.bureau.forms.models import Filing, Request, TableMapping
from luoshi.bureau.forms.recognising import fields
from luoshi.bureau.jobs.actions.running import run_next
from luoshi.bureau.jobs.models import Job
from luoshi.bureau.jobs.worker import WORKER
from luoshi.bureau.people.models import City
from luoshi.bureau.people.rights import roles_of
from luoshi.checking.workbooks import as_workbook
from tests.blanks import by_word
from tests.bureau import xingzhou
from tests.bureau.asking_forms import approved, asked, filled_lake
from tests.bureau.conftest import Enter
from tests.filled import changed

LINES = "占地面积\n图书册数\n食堂面积（平方米）\n经营方式：自营、委托经营\n是否有食堂\n开办日期\n就餐人数（人）\n备注"


@pytest.fixture
def based(city: City, settings, tmp_path: Path) -> City:
    settings.LAKE = tmp_path / "lake"
    filled_lake()
    set_baseline(xingzhou.actor("ducha"), city, 2021, 46, "2020年报表清单（虚构）")
    return city


def test_headings_one_a_line_become_columns_and_those_that_are_held_are_found() -> None:
    told = fields(LINES, {"premises": 1})
    assert [(one.label, one.kind, one.form if not one.kind else "", one.unit) for one in told] == [
        ("占地面积", "premises", "", ""),
        ("图书册数", "equipment", "", ""),
        ("食堂面积", "", "amount", "平方米"),
        ("经营方式", "", "choice", ""),
        ("是否有食堂", "", "flag", ""),
        ("开办日期", "", "day", ""),
        ("就餐人数", "", "count", "人"),
        ("备注", "", "words", ""),
    ]
    assert told[3].choices == ("自营", "委托经营")


def test_a_section_asks_on_the_page_and_reads_which_columns_are_blocked(based: City, enter: Enter) -> None:
    section = enter("jijiao")
    sent = {
        "title": "食堂调查",
        "fields": LINES,
        "office": "JJ",
        "basis": "星教〔2021〕1号（虚构）",
        "kind": ["211"],
        "times": "1",
        "month": "3",
    }
    answer = section.post("/forms/ask/?year=2021", sent)
    row = Request.objects.get()
    assert answer["Location"] == f"/forms/{row.pk}/"
    page = section.get(answer["Location"]).content.decode()
    assert page.count("不再要</span>") == 2
    assert "校舍和占地 2020（年报）" in page
    assert "由分管局领导、督查室办理" in page
    refused = section.post("/forms/ask/?year=2021", sent | {"basis": "", "outside": "生态环境局"})
    told = refused.content.decode()
    assert refused.status_code == 409
    assert "没有写依据文件" in told
    assert "生态环境局的报表没有商教育部门" in told
    assert "经营方式：自营、委托经营" in told, "what was typed is still there"


def test_the_approver_decides_and_the_list_shows_the_burden_beside_the_cap(based: City, enter: Enter) -> None:
    row = asked(based)
    leader = enter("fenguan")
    first = row.columns.get(place=1)
    leader.post(f"/forms/{row.pk}/act/", {"act": "approve", "version": 1, "reason": "", "release": first.pk})
    row.refresh_from_db()
    assert row.state == "asked"
    leader.post(f"/forms/{row.pk}/act/", {"act": "approve", "version": 1, "reason": "须现场核", "release": first.pk})
    row.refresh_from_db()
    assert (row.state, row.number) == ("approved", "表备〔2021〕1号")
    with CaptureQueriesContext(connection) as asked_for:
        page = leader.get("/forms/?year=2021").content.decode()
    assert len(asked_for) <= 12
    assert "1 / 23" in page
    assert "已有仍要（经批准）" in leader.get(f"/forms/{row.pk}/").content.decode()


def test_a_county_bundle_goes_out_and_comes_back_in_one_go_with_findings(based: City, enter: Enter) -> None:
    row = approved(asked(based))
    send(xingzhou.actor("jijiao"), row.pk, "2021-1")
    section = enter("jijiao")
    county = row.sheets.first().county
    answer = section.get(f"/forms/{row.pk}/sheets.zip?period=2021-1&county={county}")
    archive = zipfile.ZipFile(io.BytesIO(answer.content))
    names = [name for name in archive.namelist() if "清单" not in name]
    assert len(names) == row.sheets.filter(county=county).count()

    def write(book: openpyxl.Workbook) -> None:
        page = book.worksheets[0]
        line = next(at for at in range(1, 12) if str(page.cell(at, 1).value) == "1")
        page.cell(line, 19).value = "三百"

    back = io.BytesIO()
    with zipfile.ZipFile(back, "w") as made:
        for at, name in enumerate(names):
            made.writestr(f"改过的名字{at}.xlsx", changed(archive.read(name), write))
        made.writestr("别的.xlsx", by_word())
    brought = SimpleUploadedFile("全县.zip", back.getvalue())
    page = section.post(f"/forms/{row.pk}/take/", {"period": "2021-1", "file": brought}).content.decode()
    assert f"收到 {len(names)} 份" in page
    assert "别的.xlsx" in page
    filing = Filing.objects.first()
    marked = section.get(f"/forms/filings/{filing.pk}/")
    assert "核对结果" in openpyxl.load_workbook(io.BytesIO(marked.content)).sheetnames
    assert enter("chayue").get(f"/forms/filings/{filing.pk}/").status_code == 403
    with CaptureQueriesContext(connection) as asked_for:
        section.get(f"/forms/{row.pk}/")
    assert len(asked_for) <= 12, len(asked_for)


def test_a_county_sees_takes_and_brings_back_its_own_schools_only(based: City, enter: Enter) -> None:
    row = approved(asked(based))
    send(xingzhou.actor("jijiao"), row.pk, "2021-1")
    own, other = (row.sheets.filter(county__in=["990121"]), row.sheets.exclude(county="990121"))
    county = enter("xianqu")
    page = county.get(f"/forms/{row.pk}/").content.decode()
    assert own.first().name in page
    assert other.first().name not in page
    archive = zipfile.ZipFile(io.BytesIO(county.get(f"/forms/{row.pk}/sheets.zip?period=2021-1").content))
    assert len(archive.namelist()) == own.count() + 1
    asked_of = queries.asked_of(row, list(row.sheets.all()))
    files = [SimpleUploadedFile("a.xlsx", as_workbook(asked_of[one.unit])) for one in (own.first(), other.first())]
    page = county.post(f"/forms/{row.pk}/take/", {"period": "2021-1", "file": files}).content.decode()
    assert "收到 1 份" in page
    assert "不在发出的名单里" in page
    assert Filing.objects.get().sheet.county == "990121"
    assert county.get(f"/forms/{row.pk}/sheets.zip?period=2021-1&county={other.first().county}").status_code == 404
    assert other.first().name not in enter("chayue").get(f"/forms/{row.pk}/").content.decode()


def test_many_sheets_are_made_as_long_work_and_taken_where_jobs_are(
    based: City, enter: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = approved(asked(based))
    made = send(xingzhou.actor("jijiao"), row.pk, "2021-1")
    monkeypatch.setattr(bundling, "AT_ONCE", 3)
    monkeypatch.setattr(bundling, "PIECE", 4)
    section, address = enter("jijiao"), f"/forms/{row.pk}/sheets.zip?period=2021-1"
    assert section.get(address)["Location"] == f"/forms/{row.pk}/", "a look at an address asks for nothing"
    assert "生成全市一包" in section.get(f"/forms/{row.pk}/").content.decode()
    for _ in range(2):
        assert section.post(address)["Location"] == "/jobs/"
    job, looks = Job.objects.get(), iter([False])
    assert run_next(WORKER, "甲", OUTFIT.handlers, lambda: next(looks, True))
    job.refresh_from_db()
    assert (job.state, job.done, job.total) == ("waiting", 8, made)
    assert run_next(WORKER, "乙", OUTFIT.handlers, lambda: False)
    answer = section.get(section.post(address)["Location"])
    archive = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    assert archive.testzip() is None
    names = [one.rsplit("_", 1)[-1] for one in archive.namelist() if "清单" not in one]
    assert sorted(names) == sorted(f"{one.unit}.xlsx" for one in row.sheets.all())
    assert not (Path(settings.HOME) / "making" / f"forms-{job.pk}.zip").exists()
    assert enter("chayue").post(address).status_code == 403


def test_a_blank_is_brought_confirmed_and_filled_and_next_months_is_filled_at_once(based: City, enter: Enter) -> None:
    section = enter("jijiao")
    answer = section.post("/tables/", {"file": SimpleUploadedFile("县区表.docx", by_word())})
    page = section.get(answer["Location"]).content.decode()
    assert "班数、班额和分年级学生数·在校学生数" in page
    assert "学段=小学" in page
    sent = {f"of-{at}": "" for at in range(6)} | {
        "of-0": "班数、班额和分年级学生数·在校学生数",
        "how-0": "sum",
        "where-0": "学段=小学",
        "shift-0": "0",
        "of-3": "教职工名册·（行数）",
        "how-3": "count",
        "where-3": "教职工类别=专任教师",
    }
    wrong = section.post(answer["Location"], sent | {"where-0": "学段=大学"})
    assert wrong.status_code == 409
    assert "“学段”可写：" in wrong.content.decode()
    section.post(answer["Location"], sent)
    assert len(TableMapping.objects.get().bindings) == 2
    page = section.get(answer["Location"]).content.decode()
    assert "这一栏还没有对应到报表" in page
    filled = section.get(f"{answer['Location']}filled/")
    archive = zipfile.ZipFile(io.BytesIO(filled.content))
    assert archive.namelist() == ["县区表.docx", "空缺清单.csv"]
    assert "还没有对应" in archive.read("空缺清单.csv").decode("utf-8-sig")


def test_pages_are_there_for_everybody_and_for_what_is_not_there_404(based: City, enter: Enter) -> None:
    for member in xingzhou.MEMBERS:
        browser = enter(member.login)
        assert browser.get("/forms/").status_code == 200
        assert browser.get("/tables/").status_code == (200 if member.role in roles_of("bureau_see") else 403)
        assert browser.get("/forms/99/").status_code == 404
        fills, gathers = (member.role in roles_of(one) for one in ("fill_tables", "gather_form"))
        assert browser.get("/tables/" + "0" * 64 + "/").status_code == (404 if fills else 403)
        assert browser.get("/forms/filings/1/").status_code == (404 if gathers else 403)
