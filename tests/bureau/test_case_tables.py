"""办件 in tables: counts of an outside platform come in line by line, lists go out with the name of whoever took them."""

import io
from datetime import date

import openpyxl
import pytest
from typer.testing import CliRunner

from luoshi.bureau.cases.actions import bring_counts
from luoshi.bureau.cases.actions.conducting import Counts
from luoshi.bureau.cases.counting import elsewhere, imported
from luoshi.bureau.cases.counts_files import headings, read_counts
from luoshi.bureau.cases.models import Imported
from luoshi.bureau.journal.models import Entry
from luoshi.bureau.people.models import City
from luoshi.cli import app
from luoshi.words.errors import RefusedError
from tests.bureau.conftest import Enter
from tests.bureau.test_cases import brought, native
from tests.bureau.xingzhou import actor

__all__ = ["native"]
ON = date(2021, 12, 31)
HEAD = "县区代码,县区名称,月份,登记,办结,逾期办结,在办\n"
GOOD = (
    HEAD + '990121,角阳县,2021-09,12,10,1,5\n,斗城区,2021年9月,"1,020",900,0,120\n,全市,202109,1032,910,1,125\n,,,,,,\n'
)


def refused(city: City, table: str) -> list[tuple[str, str]]:
    with pytest.raises(RefusedError) as refusal:
        read_counts(city, table.encode(), ON)
    assert all(one.rule and one.remedy for one in refusal.value.findings)
    return [(one.where, one.what) for one in refusal.value.findings]


def test_a_table_is_read_by_code_or_name_and_by_month_as_people_write_it(city: City) -> None:
    told = read_counts(city, GOOD.encode("gbk"), ON)
    month = date(2021, 9, 1)
    assert told == [
        Counts("990121", month, 12, 10, 1, 5), Counts("990102", month, 1020, 900, 0, 120), Counts("", month, 1032, 910, 1, 125),
    ]  # fmt: skip


def test_everything_wrong_is_told_at_once_with_its_line(city: City) -> None:
    table = HEAD + (
        "990199,,2021-09,1,1,0,0\n,没有县,2021-09,1,1,0,0\n990121,斗城区,2021-09,1,1,0,0\n990121,,九月,1,1,0,0\n"
        "990121,,2022-02,1,1,0,0\n990121,,2021-08,1,1,2,0\n990121,,2021-07,-1,1.5,0,甲\n990121,,2021-06,1,1,0,0\n"
        ",角阳县,2021-06,1,1,0,0\n,,2021-06,1,1,0,0\n"
    )
    assert refused(city, table) == [
        ("办件数.csv 第2行 县区代码", "没有“990199”这个单位"),
        ("办件数.csv 第3行 县区名称", "没有“没有县”这个单位"),
        ("办件数.csv 第4行 县区名称", "“斗城区”不是代码 990121 的单位"),
        ("办件数.csv 第5行 月份", "“九月”不是月份"),
        ("办件数.csv 第6行 月份", "“2022-02”还没有到"),
        ("办件数.csv 第7行 逾期办结", "逾期办结 2 件多于办结 1 件"),
        ("办件数.csv 第8行 登记", "“-1”不是件数"),
        ("办件数.csv 第8行 办结", "“1.5”不是件数"),
        ("办件数.csv 第8行 在办", "“甲”不是数字"),
        ("办件数.csv 第10行 月份", "与第9行是同一单位、同一月份"),
        ("办件数.csv 第11行 县区名称", "是空的"),
    ]


@pytest.mark.parametrize(
    ("table", "what"),
    [("", "缺少这些列"), ("月份,登记\n", "缺少这些列"), (HEAD, "没有一行有数"), ("\x00\x01\x02", "文字编码无法辨认")],
)
def test_what_is_no_table_is_said_so(city: City, table: str, what: str) -> None:
    assert what in refused(city, table)[0][1]


def test_statistics_of_a_procedure_that_runs_elsewhere_are_those_of_the_platform(city: City, enter: Enter) -> None:
    page = enter("jijiao")
    page.get("/procedures/petition/?on=2021-12-31")
    sent = {"file": io.BytesIO(GOOD.encode()), "source": "国家信访信息系统 2021-10-09 导出（演示）"}
    sent["file"].name = "办件数.csv"  # type: ignore[attr-defined]
    assert page.post("/procedures/petition/counts/?on=2021-12-31", sent).status_code == 302
    told = page.get("/procedures/petition/?on=2021-12-31").content.decode()
    assert "<b>1032</b>" in told
    assert "99.9%" in told
    assert "演示）" in told
    county = enter("xianqu").get("/procedures/petition/?on=2021-12-31").content.decode()
    assert "1032" not in county, "a county sees its own"
    assert "角阳县" in county


def test_a_table_with_findings_is_shown_on_the_page_and_nothing_is_kept(city: City, enter: Enter) -> None:
    sent = {"file": io.BytesIO((HEAD + "990121,,2021-09,1,1,2,0\n").encode()), "source": "演示"}
    answer = enter("ducha").post("/procedures/petition/counts/?on=2021-12-31", sent)
    assert answer.status_code == 409
    assert "第2行" in answer.content.decode()
    for wrong in ({"source": "演示"}, {"file": io.BytesIO(GOOD.encode()), "source": " "}):
        assert enter("ducha").post("/procedures/petition/counts/?on=2021-12-31", wrong).status_code == 409
    assert not Imported.objects.exists()
    assert enter("xianqu").post("/procedures/petition/counts/", sent).status_code == 403


def test_of_a_month_with_a_line_of_the_whole_city_that_line_counts_else_the_sum(city: City) -> None:
    bring_counts(actor("ducha"), city, "petition", read_counts(city, GOOD.encode(), ON), "演示")
    october = HEAD + "990121,,2021-10,2,2,0,6\n990102,,2021-10,3,3,1,100\n"
    bring_counts(actor("ducha"), city, "petition", read_counts(city, october.encode(), ON), "演示")
    told = elsewhere(imported(city, "petition", date(2021, 1, 1), ON))
    assert (told.whole.opened, told.whole.ended, told.whole.late, told.whole.running) == (1037, 915, 2, 106)
    assert [(one.key, one.opened, one.running) for one in told.by_county] == [("990102", 1023, 100), ("990121", 14, 6)]


def test_the_template_is_read_back_as_it_was_filled_in(city: City, enter: Enter) -> None:
    answer = enter("ducha").get("/procedures/petition/counts/template.xlsx?on=2021-12-31")
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    page = book.worksheets[0]
    assert [one.value for one in page[1]] == headings()
    assert [one.value for one in page[3]][:3] == ["990102", "斗城区", "2021-11"]
    for at, value in enumerate((4, 3, 1, 2), 4):
        page.cell(3, at).value = value
    filled = io.BytesIO()
    book.save(filled)
    assert read_counts(city, filled.getvalue(), ON) == [Counts("990102", date(2021, 11, 1), 4, 3, 1, 2)]


@pytest.mark.django_db(transaction=True)
def test_the_command_reads_the_same_table(city: City, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("counts")
    good, bad = folder / "好.csv", folder / "坏.csv"
    good.write_text(GOOD, encoding="utf-8")
    bad.write_text(HEAD + "990121,,2021-09,1,1,2,0\n", encoding="utf-8")
    run = CliRunner()
    told = run.invoke(app, ["cases", "counts", "petition", str(good), "--source", "演示"])
    assert (told.exit_code, told.output.strip()) == (0, "已导入 3 行。")
    wrong = run.invoke(app, ["cases", "counts", "petition", str(bad), "--source", "演示"])
    assert wrong.exit_code == 1
    assert "第2行" in wrong.output
    assert run.invoke(app, ["cases", "counts", "none", str(good), "--source", "演示"]).exit_code == 2


def test_a_list_of_cases_goes_out_without_a_person_and_with_who_took_it(native: City, enter: Enter) -> None:
    brought(native, topic="fees")
    answer = enter("jijiao").get("/cases/find/file/?procedure=petition&on=2021-12-31")
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    rows = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]
    assert rows[0][0] == "演示数据（虚构）"
    assert rows[2][:4] == ["教育信访-2020-0001", "教育信访", "收费", "已登记"]
    assert "演示家长" not in str(rows)
    assert "导出：基教丁（jijiao）" in str(book.properties.description)
    entry = Entry.objects.get(action="people.take_out")
    assert '"行数": 1' in entry.detail
    csv = enter("ducha").get("/cases/find/file/?form=csv").content.decode()
    assert "教育信访-2020-0001" in csv


def test_who_does_not_see_a_case_does_not_take_it_out_and_who_may_not_take_out_takes_nothing(
    native: City, enter: Enter
) -> None:
    brought(native)
    assert "0001" not in enter("xueqian").get("/cases/find/file/?form=csv").content.decode()
    assert enter("jijiaolian").get("/cases/find/file/").status_code == 403, "a contact does not export"
